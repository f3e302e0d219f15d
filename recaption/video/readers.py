"""Frames from readers that are open already: a curation job hands on what it has."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError
from recaption.video import decord, torchcodec
from recaption.video.decord import DecordReader
from recaption.video.sample import Every, Uniform
from recaption.video.torchcodec import TorchcodecDecoder

Reader = DecordReader | TorchcodecDecoder

_locks: WeakKeyDictionary[Reader, threading.Lock] = WeakKeyDictionary()


def read(reader: Reader, sampling: Every | Uniform, longest: int | None) -> Frames:
    """The sampled frames of an open reader, read in this thread; a reader is used by one thread at a time.

    Raises:
        DecodeError: "unreadable" when the reader raises anything.
    """
    with _locks.setdefault(reader, threading.Lock()):
        try:
            if isinstance(reader, DecordReader):
                return decord.read(reader, Clip(named(reader)), sampling, longest)
            return torchcodec.read(reader, sampling, longest)
        except Exception as error:
            said = next(iter(str(error).splitlines()), "")
            raise DecodeError("unreadable", f"{named(reader)}: {type(error).__name__}: {said}") from None


def named(reader: Reader) -> str:
    return f"an open {type(reader).__name__} of {type(reader).__module__.partition('.')[0]}"
