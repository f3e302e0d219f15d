"""Decoding in worker processes that can be killed: decoders hang in native code, and crash.

A worker is a fresh Python that imports the decoder and nothing else, neither torch nor the caller's main script. It
does one clip at a time; one that hangs past the deadline or dies is one failed clip, and another takes its place.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

import numpy as np

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, MissingExtra, RunError, UsageError
from recaption.video.cut import Cut, cut
from recaption.video.decode import DECODERS, Schedule, decode, schedule
from recaption.video.sample import Sampling
from recaption.video.worker import LENGTH, Alive, Pixels, Request, Whole

START_SECONDS = 60.0
"""How long a worker may take to start; importing its packages takes a fraction of a second on an idle machine."""

_BOOT = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = sys.argv[3:]; "
    "from recaption.video.worker import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)


T = TypeVar("T")


@dataclass(frozen=True)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: socket.socket

    def kill(self) -> None:
        self.process.kill()
        self.channel.close()


class DecodePool:
    """Worker processes that decode clips, for one event loop.

    Workers start when they are first needed and then stay. They end with this process, however it ends. (On Linux they
    end with the thread that runs the event loop.)

    Args:
        workers: how many clips are decoded at the same time.
        deadline: seconds that one clip may take, from when a worker begins with it.
        decoder: "pyav" or "decord".

    Raises:
        UsageError: no such decoder, a number that is not above 0, or decord is not installed.
    """

    def __init__(self, workers: int, deadline: float, decoder: str = "pyav") -> None:
        if workers < 1 or not deadline > 0:
            raise UsageError(f"{workers} decode workers with a deadline of {deadline} s: both must be above 0")
        if decoder not in DECODERS:
            raise UsageError(f"--decoder {decoder}: known decoders are {', '.join(DECODERS)}")
        if decoder == "decord" and importlib.util.find_spec("decord") is None:
            raise MissingExtra("decord", "decord")
        self._deadline = deadline
        self._decoder = decoder
        self._free = asyncio.Semaphore(workers)
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._killed: list[subprocess.Popen[bytes]] = []
        self._closed = False

    async def __aenter__(self) -> DecodePool:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def decode(self, clip: Clip, sampling: Sampling, longest: int | None = None) -> Frames:
        """The sampled frames of a clip, as `recaption.video.decode.decode` gives them.

        Raises:
            DecodeError: as there, or "deadline" or "crashed".
            RunError: no worker can be started.
        """
        return await self.do(clip, partial(decode, clip, sampling, longest, self._decoder))

    async def schedule(self, clip: Clip, sampling: Sampling) -> Schedule:
        """When the frames are shown that PyAV would take, as `recaption.video.decode.schedule` gives it.

        Raises:
            DecodeError: as there, or "deadline" or "crashed".
            RunError: no worker can be started.
        """
        return await self.do(clip, partial(schedule, clip, sampling))

    async def cut(self, clip: Clip, dest: Path) -> Cut:
        """Write a clip as a file of its own, as `recaption.video.cut.cut` does it with PyAV.

        Raises:
            DecodeError: as there, or "deadline" or "crashed", which may leave a file beside `dest`.
            RunError: as there, or no worker can be started.
        """
        return await self.do(clip, partial(cut, clip, dest))

    async def do(self, clip: Clip, call: Callable[[], T]) -> T:
        """What a function gives of a clip; it and what it gives can be pickled.

        Raises:
            DecodeError: as the function, or "deadline" or "crashed".
            RunError: as the function, or no worker can be started.
        """
        return await self.do_in_parts(clip, Whole(call))

    async def do_in_parts(self, clip: Clip, call: Callable[[Callable[[], None]], T]) -> T:
        """As `do`, for what may take long: the deadline is that of each part.

        Args:
            call: gets a function to call after each part.
        """
        reply = await self._ask(Request(clip.path, call))
        if isinstance(reply, DecodeError | RunError):
            raise reply
        return cast(T, reply)

    async def close(self) -> None:
        """End all workers. Clips that are being decoded fail with RunError."""
        self._closed = True
        while self._idle:
            self._kill(self._idle.pop())
        # The channel of a busy worker belongs to the coroutine that waits for its end.
        for worker in self._all:
            worker.process.kill()
        await asyncio.gather(*(_exit_status(p) for p in [*self._killed, *(worker.process for worker in self._all)]))

    async def _ask(self, request: Request) -> object:
        async with self._free:
            worker = await self._take(request.path)
            try:
                async with asyncio.timeout(self._deadline) as limit:
                    await _send(worker.channel, request)
                    while isinstance(reply := await _reply(worker.channel), Alive):
                        limit.reschedule(asyncio.get_running_loop().time() + self._deadline)
            except (OSError, EOFError) as error:
                self._kill(worker)
                if self._closed:
                    raise RunError("the decode workers were stopped") from None
                path = request.path
                if isinstance(error, TimeoutError) and limit.expired():
                    raise DecodeError("deadline", f"{path}: not decoded after {self._deadline:g} s") from None
                end = _told(await _exit_status(worker.process))
                raise DecodeError("crashed", f"{path}: the decoder {end}") from None
            except BaseException:
                # It may be in the middle of a reply that nobody will read.
                self._kill(worker)
                raise
            self._idle.append(worker)
        return reply

    async def _take(self, path: str) -> _Worker:
        """An idle worker that is alive, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.poll() is None:
                return worker
            self._kill(worker)
        if self._closed:
            raise RunError("the decode workers were stopped")
        worker = _start()
        self._all.append(worker)
        try:
            async with asyncio.timeout(START_SECONDS) as limit:
                await _receive(worker.channel)
        except (OSError, EOFError):
            self._kill(worker)
            status = await _exit_status(worker.process)
            if status is not None and status < 0 and not self._closed and not limit.expired():
                raise DecodeError("crashed", f"{path}: the decoder {_told(status)} at its start") from None
            raise RunError(
                f"a decode worker does not start, it {_told(status)}; what it says is on standard error"
            ) from None
        except BaseException:
            self._kill(worker)
            raise
        return worker

    def _kill(self, worker: _Worker) -> None:
        if worker not in self._all:
            return
        self._all.remove(worker)
        worker.kill()
        # A process that waits for a dead network disk dies only when the disk answers: nobody waits for it here.
        self._killed = [process for process in [*self._killed, worker.process] if process.poll() is None]


def _start() -> _Worker:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with theirs:
        arguments = [str(theirs.fileno()), str(os.getpid()), *map(str, sys.path)]
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            # numpy's linear algebra, which no worker uses, would start a thread for each core.
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
    return _Worker(process, ours)


async def _send(channel: socket.socket, request: Request) -> None:
    body = pickle.dumps(request)
    await asyncio.get_running_loop().sock_sendall(channel, LENGTH.pack(len(body)) + body)


async def _reply(channel: socket.socket) -> object:
    reply = await _receive(channel)
    if not isinstance(reply, Pixels):
        return reply
    rgb = np.empty(reply.shape, np.uint8)
    await _fill(channel, rgb.data.cast("B"))
    return Frames(reply.times, rgb, reply.duration, reply.flags)


async def _receive(channel: socket.socket) -> object:
    head = bytearray(LENGTH.size)
    await _fill(channel, memoryview(head))
    body = bytearray(*LENGTH.unpack(head))
    await _fill(channel, memoryview(body))
    return pickle.loads(body)


async def _fill(channel: socket.socket, view: memoryview) -> None:
    """Fill the view from the channel.

    Raises:
        EOFError: the other end closed it before.
    """
    loop = asyncio.get_running_loop()
    while view:
        count = await loop.sock_recv_into(channel, view)
        if not count:
            raise EOFError
        view = view[count:]


async def _exit_status(process: subprocess.Popen[bytes]) -> int | None:
    """How a process that was killed ended; None when it has not after 5 s."""
    try:
        return await asyncio.to_thread(process.wait, 5)
    except subprocess.TimeoutExpired:
        return None


def _told(status: int | None) -> str:
    if status is not None and status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return "does not end" if status is None else f"ended with status {status}"
