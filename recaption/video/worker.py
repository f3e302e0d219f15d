"""The inside of a decode worker: clips come in over a socket, frames go out, or a file of a clip's own, one at a time.

Each message is 8 bytes that give the length of a pickle, the pickle, and after a reply of frames their raw pixels. Both
ends are this program.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from recaption.clip import Clip
from recaption.errors import DecodeError, RunError
from recaption.orphans import die_with
from recaption.video.cut import Cut, cut
from recaption.video.decode import Schedule, decode, schedule
from recaption.video.sample import Sampling

LENGTH = struct.Struct("!Q")
NICER = 5
"""How much a worker yields to the engine: of a core that both want it still gets a quarter, and never holds up a
step."""


@dataclass(frozen=True)
class Request:
    """A clip to decode; with `pixels` False only its schedule is wanted."""

    clip: Clip
    sampling: Sampling
    longest: int | None
    decoder: str
    pixels: bool


@dataclass(frozen=True)
class CutRequest:
    """A clip to write as a file of its own."""

    clip: Clip
    dest: Path


@dataclass(frozen=True)
class Pixels:
    """The head of a reply of frames: everything but the pixels, which follow it as raw uint8 of `shape`."""

    schedule: Schedule
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Ready:
    """The first message of a worker."""


Reply = Ready | Pixels | Schedule | Cut | DecodeError | RunError


def main(descriptor: int, parent: int) -> None:
    """Serve the socket until the other end closes it or the process `parent` is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent)
    os.nice(NICER)
    gc.freeze()
    with socket.socket(fileno=descriptor) as channel:
        _send(channel, Ready())
        while (request := _receive(channel)) is not None:
            _answer(channel, request)
            # PyAV's objects refer to each other, and behind them are megabytes of FFmpeg's that Python does not count.
            gc.collect()


def _answer(channel: socket.socket, request: Request | CutRequest) -> None:
    clip = request.clip
    try:
        if isinstance(request, CutRequest):
            _send(channel, cut(clip, request.dest))
            return
        if not request.pixels:
            _send(channel, schedule(clip, request.sampling))
            return
        frames = decode(clip, request.sampling, request.longest, request.decoder)
    except (DecodeError, RunError) as error:
        _send(channel, error)
        return
    except Exception as error:
        # Whatever a clip does to the decoder must stay the failure of that one clip.
        _send(channel, DecodeError("crashed", f"{clip.path}: {type(error).__name__}: {error}"))
        return
    _send(channel, Pixels(Schedule(frames.times, frames.duration, frames.flags), frames.rgb.shape))
    channel.sendall(frames.rgb.data.cast("B"))


def _send(channel: socket.socket, reply: Reply) -> None:
    body = pickle.dumps(reply)
    channel.sendall(LENGTH.pack(len(body)) + body)


def _receive(channel: socket.socket) -> Request | CutRequest | None:
    """The next request; None when the other end is closed."""
    head = channel.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = channel.recv(length, socket.MSG_WAITALL)
    return pickle.loads(body) if len(body) == length else None
