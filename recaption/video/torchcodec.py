"""Frames from an open decoder of torchcodec, which tells the time of a frame with the frame and not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

import numpy as np
import numpy.typing as npt

from recaption.clip import Frames
from recaption.pictures import rgb_of
from recaption.video.album import shrink
from recaption.video.sample import TOLERANCE, Every, Uniform

CHUNK = 16
"""Frames that are decoded before they are shrunk."""

T = TypeVar("T")
Taken = tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]
"""Presentation times in seconds, and pictures."""


@runtime_checkable
class TorchcodecDecoder(Protocol):
    """What is needed of a `torchcodec.decoders.VideoDecoder`."""

    @property
    def metadata(self) -> Any: ...

    def __len__(self) -> int: ...

    def get_frames_at(self, indices: list[int], /) -> Any: ...

    def get_frames_played_at(self, seconds: list[float], /) -> Any: ...


def read(decoder: TorchcodecDecoder, sampling: Every | Uniform, longest: int | None) -> Frames:
    """The frames that `recaption.video.decode.decode` takes of the file, without decoding all others.

    With one difference: an interval is widened when there are more than `max_frames` intervals, even if so few frames
    are shown for so long that it need not be. How long a frame is shown is not known before it is decoded.
    """
    flags: tuple[str, ...]
    if isinstance(sampling, Uniform):
        indices, flags = sampling.choose(range(len(decoder)))
        times, rgb = _taken(decoder.get_frames_at, indices, longest)
    elif len(decoder) > sampling.max_frames:
        times, rgb, flags = _at_intervals(decoder, sampling, longest)
    else:
        times, rgb = _taken(decoder.get_frames_at, range(len(decoder)), longest)
        indices, flags = sampling.choose((times - times[0]).tolist())
        times, rgb = times[indices], rgb[indices]
    begin, end = decoder.metadata.begin_stream_seconds, decoder.metadata.end_stream_seconds
    return Frames(tuple((times - begin).tolist()), rgb, end - begin, flags)


def _at_intervals(
    decoder: TorchcodecDecoder, sampling: Every, longest: int | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8], tuple[str, ...]]:
    begin = decoder.metadata.begin_stream_seconds
    (last,), last_picture = _taken(decoder.get_frames_at, [len(decoder) - 1], longest)
    seconds = np.arange(0.0, last - begin - TOLERANCE, sampling.seconds)
    is_widened = len(seconds) >= sampling.max_frames
    if is_widened:
        seconds = np.linspace(0.0, last - begin, sampling.max_frames)[:-1]
    asked = (begin + seconds + TOLERANCE).tolist()
    times, rgb = _taken(decoder.get_frames_played_at, asked, longest)
    times, first = np.unique(np.append(times, last), return_index=True)
    return times, np.concatenate([rgb, last_picture])[first], ("interval_widened",) if is_widened else ()


def _taken(get: Callable[[list[T]], Any], asked: Sequence[T], longest: int | None) -> Taken:
    """Frames in the order in which they are asked for."""
    batches = (get(list(asked[i : i + CHUNK])) for i in range(0, len(asked), CHUNK))
    taken = [(batch.pts_seconds.cpu(), shrink(rgb_of(batch.data), longest)) for batch in batches]
    return np.concatenate([times for times, _ in taken]), np.concatenate([pictures for _, pictures in taken])
