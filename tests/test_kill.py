"""The command is killed at random moments and started again, as often as it takes."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil

from tests.clips import clip, colours

ROOT = Path(__file__).parents[1]
CLIPS, KILLS = 40, 10
IN_FLIGHT = 8

Answers = dict[tuple[str, str], tuple[str, float]]


def start(films: Path, out: Path, log: Path, seconds: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.colour_command", str(films), "--out", str(out), "--jobs", "2"]
        + ["--clips", str(IN_FLIGHT)],
        cwd=ROOT,
        env={**os.environ, "COLOUR_SECONDS": str(seconds), "COLOUR_LOG": str(log)},
        stderr=subprocess.DEVNULL,
    )


def asked(log: Path) -> list[tuple[str, str]]:
    """The questions that one start of the command put to its engine: clip and key."""
    lines = log.read_text().splitlines(keepends=True) if log.exists() else []
    return [(line.split()[1], line.split()[2]) for line in lines if line.endswith("\n")]


def stored(out: Path) -> tuple[Answers, int]:
    """Every stored answer with the moment at which it was stored, and the number of finished clips."""
    path = out / "recaption.db"
    if not path.exists():
        return {}, 0
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return {}, 0
        answers = database.execute("SELECT clip, key, reply, at FROM answers").fetchall()
        finished = database.execute("SELECT count(*) FROM clips").fetchone()[0]
    return {(clip, key): (reply, at) for clip, key, reply, at in answers}, finished


def rows(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "captions.jsonl").read_text().splitlines()]


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the command as the kernel would, and see that its workers go with it."""
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def test_ten_kills_lose_nothing_and_ask_nothing_twice(tmp_path: Path) -> None:
    films, out = tmp_path / "films", tmp_path / "captions"
    shots = [1 + i % 12 for i in range(CLIPS)]
    for i, count in enumerate(shots):
        clip(films / f"clip{i:02}.mp4", colours(i, count))
    questions = sum(count + 2 for count in shots)
    chance = random.Random(2)
    finished_at_kills = []
    for number in range(KILLS):
        before, _ = stored(out)
        log = tmp_path / f"asked{number}"
        process = start(films, out, log, seconds=0.1)
        # Told by its progress and not by the clock alone, so that slow machines are killed in the middle too; each clip
        # in flight waits for one answer, so that of the questions beyond those some have theirs, on fast machines too.
        enough = IN_FLIGHT + chance.randint(1, (questions - len(before)) // 8)
        while len(asked(log)) < enough:
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        kill(process)
        after, finished = stored(out)
        assert not set(asked(log)) & set(before)
        assert len(set(asked(log))) == len(asked(log))
        assert before.items() <= after.items()
        finished_at_kills.append(finished)
    # The kills came in the middle of the work: after some clips, and before the last.
    assert 0 < finished_at_kills[-1] < CLIPS
    assert finished_at_kills == sorted(finished_at_kills)

    before, _ = stored(out)
    assert start(films, out, tmp_path / "asked", seconds=0.0).wait(120) == 0
    after, finished = stored(out)
    assert (finished, len(after)) == (CLIPS, questions)
    assert before.items() <= after.items()
    assert set(asked(tmp_path / "asked")) == set(after) - set(before)

    captions = rows(out)
    assert sorted(str(row["path"]) for row in captions) == sorted(map(str, films.iterdir()))
    assert (out / "failures.jsonl").read_text() == ""
    assert start(films, tmp_path / "reference", tmp_path / "asked by it", seconds=0.0).wait(120) == 0
    assert [told(row) for row in captions] == [told(row) for row in rows(tmp_path / "reference")]


def told(row: dict[str, object]) -> dict[str, object]:
    """A row without the time that it took."""
    return {**row, "seconds": None}
