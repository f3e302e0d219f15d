"""`recaption review` as a process of its own, over captions of real clips."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from recaption.claim import open_run
from recaption.clip import Caption, Clip
from recaption.store import Fingerprint

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)


@contextmanager
def reviewing(out: Path, end: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """The address of the page of a running `recaption review`, which Ctrl-C or another signal ends."""
    command = [Path(sys.executable).with_name("recaption"), "review", out]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address, process.stderr and process.stderr.read()
            httpx.get(address)
            yield address
        finally:
            process.send_signal(end)
            _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def stored(out: Path, captions: dict[Clip, Caption]) -> None:
    """A run's folder with these captions. Written in a thread, since Playwright keeps a loop in the main one."""

    async def write() -> None:
        store = open_run(out, RUN)
        await asyncio.gather(*(store.finish(clip, caption) for clip, caption in captions.items()))
        store.close()

    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, write()).result()
