"""Captions on a real Ray cluster of several nodes on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import ray
import ray.data
from ray.cluster_utils import Cluster

from recaption import Captioner, results, sources
from recaption.ray import caption, curate
from recaption.scripted import files, footage
from recaption.scripted.render import write
from tests.clips import make_clips
from tests.engines.servers import answer, refuse, serving

ROOT = Path(__file__).parents[2]
STORE = 100 * 2**20
"""Bytes of each node's object store."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Three nodes; the first one, where the run is watched from, has room for one actor."""
    # A node that is gone is missed after some seconds, a slow one is not.
    quick = {"health_check_period_ms": 1000, "health_check_failure_threshold": 4}
    head = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False, "_system_config": quick}
    made = Cluster(initialize_head=True, head_node_args=head)
    for _ in range(2):
        made.add_node(num_cpus=3, object_store_memory=STORE)
    yield made
    ray.shutdown()
    made.shutdown()


def recaption(cluster: Cluster, *words: str | Path) -> subprocess.Popen[str]:
    """`recaption ray` on the cluster."""
    return subprocess.Popen(
        [sys.executable, "-c", "from recaption.cli import main; main()", "ray", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "RAY_ADDRESS": cluster.address},
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=240)
    return process.returncode, said


def table(folder: Path, films: int, spans: int) -> Path:
    """A table with many spans of few films, and wrong rows."""
    rows = [
        {"path": str(path), "from": number / 10, "to": number / 10 + 2}
        for number in range(spans)
        for path in make_clips(folder / "films", films)
    ]
    rows += [rows[0], {"path": "none.mp4"}, {"from": 1}]
    path = folder / "clips.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


SPANS = ("--start-column", "from", "--end-column", "to", "--mode", "grid", "--frames", "2")


def expected(path: Path) -> set[str]:
    columns = sources.Columns(start="from", end="to")
    return {clip.id for clip in sources.clips([str(path)], None, columns)}


def written(out: Path) -> list[str]:
    """The ids of all rows."""
    return [row["id"] for row in (*results.captions(out), *results.failures(out))]


def slowly(handler: Any, asked: dict[str, Any]) -> None:
    time.sleep(0.5)
    answer(handler, asked)


def until(what: Callable[[], object], process: subprocess.Popen[str]) -> None:
    while not what():
        if process.poll() is not None:
            raise AssertionError(f"it ended before: {ended(process)}")
        time.sleep(0.05)


def replicas(node: Any) -> list[psutil.Process]:
    """The replicas that run on a node."""
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    return [child for child in raylet.children() if "Replica" in _title(child)]


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_rows_of_a_dataset_get_the_captions_that_one_machine_gives_them(cluster: Cluster, tmp_path: Path) -> None:
    clips = [path for path, _ in files.make(tmp_path, 3, 7, (3.0, 4.0), (160, 120))]
    ray.init(cluster.address, logging_level="error", ignore_reinit_error=True)
    rows = [{"path": str(path), "number": number} for number, path in enumerate([*clips, tmp_path / "none.mp4"])]
    captions = caption(ray.data.from_items(rows), model="tiny", decode_cpus=1, block=2).take_all()
    by_path = {row["path"]: row for row in captions}
    assert len(by_path) == len(captions) == 4
    assert by_path[str(tmp_path / "none.mp4")]["reason"] == "missing"
    with Captioner(model="tiny", jobs=1) as captioner:
        for told in captioner.stream(clips):
            row = by_path[told.clip.path]  # type: ignore[union-attr]
            assert row["caption"] == told.text  # type: ignore[union-attr]
            assert [step["text"] for step in row["steps"]] == [step.text for step in told.steps]  # type: ignore[union-attr]
            assert row["flags"] == list(told.flags)  # type: ignore[union-attr]
            assert row["seconds"]["decode"] > 0
    ray.shutdown()


def test_raw_footage_becomes_clips_and_captions_in_one_pipeline(cluster: Cluster, tmp_path: Path) -> None:
    ray.init(cluster.address, logging_level="error", ignore_reinit_error=True)
    script = footage.footage(5, 1, shots=(2, 2), seconds=(2.5, 3.0), fades=0.0, same_place=0.0, size=(320, 180))
    film, wrong = tmp_path / "film.mp4", tmp_path / "wrong.mp4"
    write(script, film, fps=24)
    wrong.write_text("no film")
    clips = curate(ray.data.from_items([{"path": str(film)}, {"path": str(wrong)}]), cpus=1)
    rows = {row["start"]: row for row in clips.take_all()}
    ((cut, _),) = footage.cuts(script)
    failed = rows.pop(None)
    assert (failed["reason"], failed["keep"]) == ("unreadable", False)
    assert all(row["flags"] == [] for row in rows.values())
    assert sorted(rows) == pytest.approx([0.0, cut], abs=1.5 / 24)
    kept = clips.filter(lambda row: row["reason"] is None)
    spans = {"text_column": "text", "start_column": "start", "end_column": "end"}
    captions = caption(kept, mode="grid", model="tiny", decode_cpus=1, **spans).take_all()
    assert {(row["id"], row["start"], row["end"]) for row in captions} == {
        (row["id"], row["start"], row["end"]) for row in rows.values()
    }
    assert all(row["caption"] for row in captions)
    ray.shutdown()


def test_the_command_writes_parts_and_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    path, out = table(tmp_path, 3, 8), tmp_path / "out"
    with serving() as server:
        words = (path, *SPANS, "--out", out, "--base-url", server.url, "--decode-cpus", "1")
        status, said = ended(recaption(cluster, *words, "--limit", "20"))
        assert status == 0, said
        assert "20 captioned, 0 failed" in said
        assert "idle share of the engines: " in said
        status, said = ended(recaption(cluster, *words))
        assert status == 3, said
        assert "4 captioned, 2 failed" in said
        assert "20 were captioned before" in said
        asked = len(server.asked)
        assert sorted(written(out)) == sorted(expected(path))
        status, said = ended(recaption(cluster, *words, "--frames", "3"))
        assert status == 1
        assert "frames: 2 spread evenly there, 3 spread evenly now" in said
        (tmp_path / "none.mp4").symlink_to(tmp_path / "films" / "clip000.mp4")
        status, said = ended(recaption(cluster, *words, "--retry-failed"))
        assert status == 3, said
        assert len(server.asked) == asked + 1 == 25
    assert {row["reason"] for row in results.failures(out)} == {"row"}
    told = {row["path"] for row in results.captions(out)}
    assert str(tmp_path / "none.mp4") in told
    assert len(written(out)) == 26


def test_a_replica_is_killed_and_a_node_goes_and_every_clip_is_there_once(cluster: Cluster, tmp_path: Path) -> None:
    path, out = table(tmp_path, 4, 40), tmp_path / "out"
    with serving(*[slowly] * 100_000) as server:
        process = recaption(
            cluster,
            *(path, *SPANS, "--out", out, "--base-url", server.url),
            *("--replicas", "2", "--decode-cpus", "2", "--clips", "4"),
        )
        until(lambda: len(server.asked) > 20, process)
        victim = next(one for node in cluster.list_all_nodes() for one in replicas(node))
        victim.send_signal(signal.SIGKILL)
        before = len(server.asked)
        until(lambda: len(server.asked) > before + 20, process)
        until(lambda: any(map(replicas, cluster.worker_nodes)), process)
        gone = next(node for node in cluster.worker_nodes if replicas(node))
        cluster.remove_node(gone, allow_graceful=False)
        status, said = ended(process)
    assert status == 3, said
    assert sorted(written(out)) == sorted(expected(path))
    assert {row["reason"] for row in results.failures(out)} == {"missing", "row"}
    # What was lost in the middle was asked again.
    assert len(server.asked) > 160


def test_an_engine_that_dies_ends_the_run(cluster: Cluster, tmp_path: Path) -> None:
    path, out = table(tmp_path, 2, 10), tmp_path / "out"
    with serving(*[None] * 4, *[refuse(401)] * 100) as server:
        words = (path, *SPANS, "--out", out, "--base-url", server.url, "--decode-cpus", "1", "--clips", "2")
        status, said = ended(recaption(cluster, *words))
        assert status == 1, said
        assert said.splitlines()[-1].startswith("recaption: the server does not take the key")
    assert len(set(written(out))) == len(written(out))


def test_who_interrupts_finds_what_was_finished(cluster: Cluster, tmp_path: Path) -> None:
    path, out = table(tmp_path, 2, 40), tmp_path / "out"
    with serving(*[slowly] * 100_000) as server:
        words = (path, *SPANS, "--out", out, "--base-url", server.url, "--decode-cpus", "1", "--clips", "4")
        process = recaption(cluster, *words)
        until(lambda: len(server.asked) > 40, process)
        process.send_signal(signal.SIGINT)
        status, said = ended(process)
    assert status == 130, said
    assert "goes on from here" in said
    ids = written(out)
    assert len(set(ids)) == len(ids)
    assert 0 < len(ids) < 80


def test_more_than_the_cluster_has_is_wrong_usage(cluster: Cluster, tmp_path: Path) -> None:
    make_clips(tmp_path, 1)
    status, said = ended(recaption(cluster, tmp_path, "--model", "tiny", "--replicas", "99", "--out", tmp_path / "out"))
    assert status == 2
    assert "take 101 CPUs" in said
    assert not (tmp_path / "out").exists()


def test_nothing_joins_the_cluster_again_once_the_command_has_left_it(cluster: Cluster) -> None:
    words = "from recaption.cli import main\ntry: main(['ray', 'none'])\nexcept SystemExit: import ray; ray.wait([1])"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_ADDRESS": cluster.address}
    done = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, timeout=240)
    assert "Ray has not been started" in done.stderr
