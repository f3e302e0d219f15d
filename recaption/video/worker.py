"""The inside of a decode worker: what is to be done with a clip comes in over a socket, what comes of it goes out.

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
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from recaption.clip import Frames
from recaption.errors import DecodeError, RunError
from recaption.orphans import die_with

LENGTH = struct.Struct("!Q")
NICER = 5
"""How much a worker yields to the engine: of a core that both want it still gets a quarter, and never holds up a
step."""


@dataclass(frozen=True)
class Request:
    """Something to do with a clip: a call of a function of this program.

    Attributes:
        path: of the clip, for messages.
        call: gets a function that says that it is getting on.
    """

    path: str
    call: Callable[[Callable[[], None]], object]


T = TypeVar("T")


@dataclass(frozen=True)
class Whole(Generic[T]):
    """A call that is done in one part."""

    call: Callable[[], T]

    def __call__(self, alive: Callable[[], None]) -> T:
        return self.call()


@dataclass(frozen=True)
class Pixels:
    """The head of a reply of frames: everything but the pixels, which follow it as raw uint8 of `shape`."""

    times: tuple[float, ...]
    duration: float
    flags: tuple[str, ...]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Ready:
    """The first message of a worker."""


@dataclass(frozen=True)
class Alive:
    """The work is getting on; its reply is still to come."""


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


def _answer(channel: socket.socket, request: Request) -> None:
    try:
        reply = request.call(lambda: _send(channel, Alive()))
    except (DecodeError, RunError) as error:
        reply = error
    except Exception as error:
        # Whatever a clip does to the decoder must stay the failure of that one clip.
        reply = DecodeError("crashed", f"{request.path}: {type(error).__name__}: {error}")
    if isinstance(reply, Frames):
        _send(channel, Pixels(reply.times, reply.duration, reply.flags, reply.rgb.shape))
        channel.sendall(reply.rgb.data.cast("B"))
    else:
        _send(channel, reply)


def _send(channel: socket.socket, reply: object) -> None:
    body = pickle.dumps(reply)
    channel.sendall(LENGTH.pack(len(body)) + body)


def _receive(channel: socket.socket) -> Request | None:
    """The next request; None when the other end is closed."""
    head = channel.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = channel.recv(length, socket.MSG_WAITALL)
    request: Request | None = pickle.loads(body) if len(body) == length else None
    return request
