"""Workers that hang, crash or are killed cost one clip each, and never outlive their parent."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest

from recaption.clip import Clip
from recaption.errors import DecodeError, RunError, UsageError
from recaption.video import workers
from recaption.video.decode import decode
from recaption.video.sample import Every, Uniform
from recaption.video.workers import DecodePool
from tests.video.films import Film, named, read
from tests.video.parts import slow, stuck

SAMPLING = Every(0.7, 64)


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    return named("gop250.mp4").make(tmp_path_factory.mktemp("films"))


@pytest.fixture
def fifo(tmp_path) -> Path:
    """A file whose opening blocks for ever: nobody writes into the pipe."""
    path = tmp_path / "pipe.mp4"
    os.mkfifo(path)
    return path


def children() -> list[psutil.Process]:
    """The workers. Other tests of this process may have left the watcher of `multiprocessing`, which stays."""
    return [child for child in psutil.Process().children(recursive=True) if is_worker(child)]


def is_worker(child: psutil.Process) -> bool:
    try:
        return not any("resource_tracker" in word for word in child.cmdline())
    except psutil.NoSuchProcess:  # it ended between two questions; a zombie is one of these
        return False


def eventually(condition: Callable[[], object], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


async def soon(condition: Callable[[], object]) -> None:
    assert await asyncio.to_thread(eventually, condition)


async def fails(awaitable) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        await awaitable
    return caught.value


def test_frames_are_those_of_decoding_in_process(film):
    async def run():
        async with DecodePool(2, 60) as pool:
            assert children() == []
            got = await asyncio.gather(
                pool.decode(Clip.of(film), SAMPLING, 200),
                pool.decode(Clip.of(film, 1.0, 3.0), Uniform(5)),
                pool.schedule(Clip.of(film), SAMPLING),
            )
            assert len(children()) == 2
            return got

    whole, span, told = asyncio.run(run())
    expected = decode(Clip.of(film), SAMPLING, 200)
    assert (whole.times, whole.duration, whole.flags) == (expected.times, expected.duration, expected.flags)
    assert np.array_equal(whole.rgb, expected.rgb)
    assert np.array_equal(span.rgb, decode(Clip.of(film, 1.0, 3.0), Uniform(5)).rgb)
    assert told.times == expected.times
    assert children() == []


def test_a_worker_lets_go_of_each_clip(tmp_path):
    path = Film("large.mp4", options={"bf": "3", "refs": "8"}, size=(1280, 720), frames=60).make(tmp_path)

    async def run():
        async with DecodePool(1, 60) as pool:
            used = []
            for _ in range(12):
                await pool.decode(Clip.of(path), SAMPLING)
                (worker,) = children()
                used.append(worker.memory_full_info().uss)
            return used

    used = asyncio.run(run())
    assert used[-1] - used[1] < 20 * 2**20


def test_failures_keep_their_reasons_and_their_worker(film, tmp_path):
    text = tmp_path / "text.mp4"
    text.write_text("no film")

    async def run():
        async with DecodePool(1, 60) as pool:
            await pool.decode(Clip.of(film), SAMPLING)
            (worker,) = children()
            assert (await fails(pool.decode(Clip.of(text), SAMPLING))).reason == "unreadable"
            assert (await fails(pool.decode(Clip.of(tmp_path / "gone.mp4"), SAMPLING))).reason == "missing"
            assert (await fails(pool.decode(Clip.of(film, 60), SAMPLING))).reason == "span"
            assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8
            assert children() == [worker]

    asyncio.run(run())


def test_a_clip_that_blocks_for_ever_fails_at_its_deadline(film, fifo):
    async def run():
        async with DecodePool(2, 5) as pool:
            error, frames = await asyncio.gather(
                fails(pool.decode(Clip.of(fifo), SAMPLING)), pool.decode(Clip.of(film), SAMPLING)
            )
            assert error.reason == "deadline"
            assert str(fifo) in error.detail
            assert "5 s" in error.detail
            assert [read(f.rgb) for f in frames][-1] == 109
            await soon(lambda: len(children()) == 1)

    asyncio.run(run())
    assert children() == []


def test_each_part_of_long_work_has_the_deadline():
    async def main() -> None:
        async with DecodePool(1, 1.5) as pool:
            assert await pool.do_in_parts(Clip("film"), partial(slow, 0.6, 4)) == 4
            error = await fails(pool.do_in_parts(Clip("film"), partial(stuck, 3)))
            assert error.reason == "deadline"
            assert await pool.do(Clip("film"), partial(max, 1, 2)) == 2

    asyncio.run(main())


def test_what_work_raises_is_the_failure_of_its_clip():
    async def main() -> None:
        async with DecodePool(1, 5) as pool:
            error = await fails(pool.do(Clip("film"), partial(int, "no number")))
            assert error.reason == "crashed"
            assert "no number" in error.detail

    asyncio.run(main())


def test_a_stopped_worker_is_killed_at_the_deadline_and_replaced(film):
    async def run():
        async with DecodePool(1, 5) as pool:
            await pool.decode(Clip.of(film), SAMPLING)
            (worker,) = children()
            worker.suspend()
            assert (await fails(pool.decode(Clip.of(film), SAMPLING))).reason == "deadline"
            await soon(lambda: worker not in children())
            assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8

    asyncio.run(run())


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_worker_that_dies_at_work_fails_one_clip(film, fifo, kind):
    async def run():
        async with DecodePool(1, 60) as pool:
            await pool.decode(Clip.of(film), SAMPLING)
            (worker,) = children()
            task = asyncio.create_task(fails(pool.decode(Clip.of(fifo), SAMPLING)))
            await asyncio.sleep(0.3)
            worker.send_signal(kind)
            error = await task
            assert error.reason == "crashed"
            assert str(fifo) in error.detail
            assert kind.name in error.detail
            assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8

    asyncio.run(run())


def test_a_worker_that_dies_idle_costs_no_clip(film):
    async def run():
        async with DecodePool(1, 60) as pool:
            for _ in range(3):
                assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8
                (worker,) = children()
                worker.kill()
                await soon(lambda worker=worker: worker not in children())

    asyncio.run(run())


def test_workers_ignore_the_interrupt_key(film):
    async def run():
        async with DecodePool(1, 60) as pool:
            await pool.decode(Clip.of(film), SAMPLING)
            (worker,) = children()
            worker.send_signal(signal.SIGINT)
            await asyncio.sleep(0.2)
            assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8
            assert children() == [worker]

    asyncio.run(run())


def test_many_clips_and_few_workers_under_fire(film, tmp_path):
    """Workers are killed at random moments; every clip ends one way or the other, and the pool goes on."""
    noisy = Film("noisy.mp4", frames=200, options={"g": "50"}).make(tmp_path)

    async def run():
        async with DecodePool(2, 60) as pool:
            work = asyncio.gather(
                *(pool.decode(Clip.of(noisy), Uniform(16)) for _ in range(40)), return_exceptions=True
            )
            killed = []
            while not work.done():
                await asyncio.sleep(0.15)
                for worker in children()[:1]:
                    if len(killed) < 6:
                        worker.kill()
                        killed.append(worker)
            results = await work
            failed = [r for r in results if isinstance(r, BaseException)]
            assert all(isinstance(r, DecodeError) and r.reason == "crashed" for r in failed)
            assert len(failed) <= len(killed)
            assert len(failed) < 40
            await soon(lambda: not set(killed) & set(children()))
            assert len(await pool.decode(Clip.of(film), SAMPLING)) == 8

    asyncio.run(run())
    assert children() == []


def test_a_cancelled_clip_leaves_no_reply_behind(film, fifo):
    async def run():
        async with DecodePool(1, 60) as pool:
            await pool.decode(Clip.of(film), SAMPLING)
            task = asyncio.create_task(pool.decode(Clip.of(fifo), SAMPLING))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            frames = await pool.decode(Clip.of(film), Uniform(3))
            assert [read(f.rgb) for f in frames] == [18, 54, 91]

    asyncio.run(run())


def test_closing_ends_clips_in_flight(fifo):
    async def run():
        pool = DecodePool(1, 60)
        task = asyncio.create_task(pool.decode(Clip.of(fifo), SAMPLING))
        await soon(children)
        await asyncio.sleep(0.3)
        await pool.close()
        with pytest.raises(RunError):
            await task
        with pytest.raises(RunError):
            await pool.decode(Clip.of(fifo), SAMPLING)

    asyncio.run(run())
    assert children() == []


def test_a_worker_that_cannot_start_stops_the_run(film, monkeypatch):
    monkeypatch.setattr(workers, "_BOOT", "raise SystemExit(7)")

    async def run():
        async with DecodePool(1, 60) as pool:
            with pytest.raises(RunError, match="status 7"):
                await pool.decode(Clip.of(film), SAMPLING)

    asyncio.run(run())


PARENT = """
import asyncio, sys

SIDE_EFFECT = open({mark!r}, "a").write("x")

from recaption.clip import Clip
from recaption.video.sample import Every
from recaption.video.workers import DecodePool

async def main():
    pool = DecodePool(2, 600)
    await asyncio.gather(*(pool.decode(Clip.of({film!r}), Every(0.7, 64)) for _ in range(2)))
    print("ready", flush=True)
    await asyncio.gather(*(pool.decode(Clip.of({fifo!r}), Every(0.7, 64)) for _ in range({busy})))
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("busy", [0, 1, 2])
def test_no_worker_outlives_a_killed_parent(film, fifo, tmp_path, busy):
    """Nor do workers run the parent's main script again, which here has no main guard."""
    mark, script = tmp_path / "mark", tmp_path / "parent.py"
    script.write_text(PARENT.format(mark=str(mark), film=str(film), fifo=str(fifo), busy=busy))
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout.readline() == "ready\n"
        time.sleep(0.3)
        processes = psutil.Process(parent.pid).children(recursive=True)
        assert len(processes) == 2
    finally:
        parent.kill()
        parent.communicate()
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert alive == []
    assert mark.read_text() == "x"


def test_workers_import_nothing_heavy_and_no_file_of_the_current_folder(film, tmp_path):
    (tmp_path / "av.py").write_text("raise SystemExit('the wrong av')")
    script = f"""
        import asyncio, sys
        from recaption.video import workers
        from recaption.clip import Clip
        from recaption.video.sample import Every
        workers._BOOT += "; import os; os.write(2, repr(sorted(sys.modules)).encode())"
        async def main():
            pool = workers.DecodePool(1, 60)
            print(len(await pool.decode(Clip.of({str(film)!r}), Every(0.7, 64))))
            worker, = pool._all
            worker.channel.close()
            worker.process.wait(10)
        asyncio.run(main())
    """
    environment = os.environ | {"PYTHONPATH": str(Path(workers.__file__).parents[2]), "PYTHONSAFEPATH": "1"}
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert result.stdout == "8\n", result.stderr
    modules = result.stderr
    assert "'av'" in modules
    for heavy in ("torch", "transformers", "cv2", "PIL", "asyncio"):
        assert f"'{heavy}'" not in modules


@pytest.mark.parametrize(
    "make",
    [lambda: DecodePool(0, 5), lambda: DecodePool(1, 0), lambda: DecodePool(1, 5, "vlc")],
)
def test_impossible_pools_are_refused(make):
    with pytest.raises(UsageError):
        make()
