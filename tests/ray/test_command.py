"""What the command does with what the replicas pack, and what it tells them; without a cluster."""

from __future__ import annotations

import asyncio
import errno
import pickle
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import ray

from recaption import results
from recaption.caption import Options
from recaption.clip import Caption, Clip, Frames
from recaption.engines.serving import Serving
from recaption.errors import RunError, UsageError
from recaption.parts import Parts
from recaption.ray import command, pipeline
from recaption.ray.blocks import Decoded, of_decoded
from recaption.ray.command import Idle
from recaption.ray.pipeline import Pipeline
from recaption.ray.replica import Replica
from recaption.schedule import Tally
from recaption.store import Fingerprint, caption_row
from tests.engines.servers import serving
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)


def packed(name: str) -> dict[str, Any]:
    rows = [caption_row(Clip(f"/films/{name}"), Caption("A ball.", "A ball."), RUN)]
    return {"rows": pickle.dumps(rows), "replica": "a", "idle": 1.0, "seconds": 2.0}


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with closing(Parts(str(tmp_path), RUN)) as made:
        yield made


@in_loop
async def written(parts: Parts, rows: Iterator[dict[str, Any]], tally: Tally, idle: Idle) -> None:
    await asyncio.wait_for(command._written(rows, command._Writing(parts, tally), idle), timeout=60)


def test_what_is_finished_is_written_while_nothing_else_comes(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PART_SECONDS", 0.05)
    there = threading.Event()
    monkeypatch.setattr(parts, "add", lambda rows: [Parts.add(parts, rows), there.set()][0])

    def rows() -> Iterator[dict[str, Any]]:
        yield packed("a")
        assert there.wait(timeout=30)
        assert [row["path"] for row in results.captions(tmp_path)] == ["/films/a"]
        yield packed("b")

    tally, idle = Tally(), Idle()
    written(parts, rows(), tally, idle)
    assert tally.captioned == len(list(results.captions(tmp_path))) == 2
    assert idle.share == 0.5


def test_a_full_disk_ends_the_run_while_nothing_else_comes(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PART_SECONDS", 0.05)
    gone = threading.Event()
    monkeypatch.setattr(ray, "shutdown", gone.set)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    def rows() -> Iterator[dict[str, Any]]:
        yield packed("a")
        assert gone.wait(timeout=30)

    with pytest.raises(RunError, match="No space left"):
        written(parts, rows(), Tally(), Idle())


def test_replicas_find_the_key_and_the_adapter_from_other_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ray, "cluster_resources", lambda: {"CPU": 3.0})
    monkeypatch.setattr(pipeline, "_seen", lambda _: None)
    Path("key").write_text("secret")
    Path("adapter").mkdir()
    Path("adapter/adapter_config.json").write_text("{}")
    with serving() as server:
        assert told(Serving(base_url=server.url, key_file=Path("key"))).key_file == tmp_path / "key"
    assert told(Serving(engine="vllm", lora=Path("adapter")), model="tiny").lora == tmp_path / "adapter"


@in_loop
async def test_a_replica_leaves_out_what_is_similar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray, "cluster_resources", lambda: {"CPU": 3.0})
    shades = np.array((200, 201, 200, 20, 22, 21), np.uint8)
    rgb = np.broadcast_to(shades[:, None, None, None], (6, 48, 64, 3)).copy()
    rgb[:, :9, :, 0] = 255
    films = [
        Decoded(Clip(f"/films/{i}", size=1), Frames(tuple(2.0 * j for j in range(6)), rgb, 12.0)) for i in range(3)
    ]
    with serving() as server:
        work = piped(Serving(base_url=server.url), keyframes="similar", keyframe_model="tiny", mode="frames").work
        rows = (await Replica(pickle.loads(pickle.dumps(work)))(of_decoded(films))).to_pylist()
        with pytest.raises(UsageError, match="name one with --keyframe-model"):
            piped(Serving(base_url=server.url), keyframes="similar")
    assert work.fingerprint.frames.startswith("every 2 s, at most 64; kept where the cosine by tiny@")
    assert [[step["start"] for step in row["steps"]] for row in rows] == [[0.0, 6.0, 10.0]] * 3


def told(asked: Serving, model: str | None = None) -> Serving:
    """The options about engines as a replica gets them."""
    return piped(asked, model=model).work.options.common.serving


def piped(asked: Serving, **more: Any) -> Pipeline:
    given = {"revision": None, "prompts": "default", "max_tokens": 512, "retries": 1, "merge": "rules"}
    films = {"mode": "diffsw", "context": "window", "every": 2.0, "max_frames": 64, "frames": 16}
    rest = {"model": None, "budget": None, "deadline": 120.0, "decoder": "pyav"}
    return Pipeline(Options.of(asked, (), **{**given, **films, **rest, **more}), 1, None, 1)
