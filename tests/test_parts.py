"""The parquet parts that `recaption ray` writes."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import datasets
import fsspec
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from recaption import cli, results
from recaption.clip import Caption, Clip, Edit, Step
from recaption.errors import RunError, UsageError
from recaption.ids import place
from recaption.parts import Parts
from recaption.store import Fingerprint, caption_row, failure_row

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
TOLD = Caption("A ball.", "The ball.", (Step(0.0, 2.0, "A ball."),), (Edit("lead-in", "The", "A"),), ("cut",), 3, 2)

Row = dict[str, object]


def captioned(name: str, **clip: object) -> Row:
    return caption_row(Clip(f"/films/{name}", size=1, **clip), TOLD, RUN)  # type: ignore[arg-type]


def failed(name: str, caption: Caption | None = None, size: int = 1) -> Row:
    clip = Clip(f"/films/{name}", 1.0, 2.0, size)
    span = {"start": clip.start, "end": clip.end}
    return span | failure_row(clip, "damaged", "frame 3", caption, RUN)


@pytest.fixture(params=["folder", "memory"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "out") if request.param == "folder" else f"memory://{uuid4().hex}"


def files(out: str) -> list[str]:
    fs, root = fsspec.core.url_to_fs(out)
    return sorted(path.removeprefix(root).lstrip("/") for path in fs.find(root))


def opened(out: str, run: Fingerprint = RUN) -> Parts:
    parts = Parts(out, run)
    parts.close()
    return parts


def test_a_clip_is_written_once(out: str) -> None:
    parts = Parts(out, RUN)
    rows = [captioned("a"), captioned("b"), failed("c"), captioned("a")]
    assert [row["path"] for row in parts.add(rows)] == ["/films/a", "/films/b", "/films/c"]
    assert parts.add([captioned("b"), failed("c"), captioned("d")]) == [captioned("d")]
    assert parts.add([captioned("b")]) == []
    parts.close()
    assert (len(parts.captioned), len(parts.failed)) == (3, 1)
    again = opened(out)
    assert (len(again.captioned), len(again.failed)) == (3, 1)
    assert [file.partition("/")[0] for file in files(out) if ".lock" not in file] == [
        "captions",
        "captions",
        "failures",
        "run.json",
    ]


def test_the_same_clips_make_the_same_part(tmp_path: Path) -> None:
    for name, rows in (("x", "abc"), ("y", "cab"), ("z", "ab")):
        parts = Parts(str(tmp_path / name), RUN)
        parts.add(map(captioned, rows))
        parts.close()
    names = [[file.name for file in (tmp_path / name / "captions").iterdir()] for name in "xyz"]
    assert names[0] == names[1] != names[2]


def test_another_run_is_told_the_difference(out: str) -> None:
    opened(out)
    with pytest.raises(RunError, match=r"holds the results of another run:\n  mode: diffsw there, grid now"):
        Parts(out, replace(RUN, mode="grid"))


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path), RUN)
    with pytest.raises(RunError, match="in use"):
        Parts(str(tmp_path), RUN)
    parts.close()


def test_a_run_of_one_machine_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "captions.jsonl").write_text("")
    with pytest.raises(RunError, match="a run of one machine"):
        Parts(str(tmp_path), RUN)
    assert [file.name for file in tmp_path.iterdir()] == ["captions.jsonl"]


@pytest.mark.parametrize("out", ["nosuch://bucket/a", "hdfs4://x"])
def test_an_unknown_kind_of_url_is_wrong_usage(out: str) -> None:
    with pytest.raises(UsageError, match=out):
        Parts(out, RUN)


def added(out: str, *rows: Row) -> Parts:
    """Rows that one run writes to its end."""
    parts = Parts(out, RUN)
    parts.add(rows)
    parts.settle()
    parts.close()
    return parts


def texts(out: str, kind: str) -> dict[str, str]:
    """What the parts say of each path."""
    fs, _ = fsspec.core.url_to_fs(out)
    parts = [path for path in files(out) if path.startswith(kind)]
    rows = [row for path in parts for row in pq.read_table(f"{out}/{path}", filesystem=fs).to_pylist()]
    told = {row["path"]: row.get("reason") or row["caption"] for row in rows}
    assert len(told) == len(rows)
    return told


def test_failures_go_when_their_clips_have_captions(out: str) -> None:
    added(out, failed("a"), failed("b"), failed("c", size=-1))
    parts = added(out, captioned("a", start=1.0, end=2.0), captioned("c", start=1.0, end=2.0), captioned("b"))
    assert len(parts.failed) == parts.failed_before() == 1
    assert failed("b")["id"] in parts.failed
    assert texts(out, "failures") == {"/films/b": "damaged"}


def test_a_file_that_changed_has_the_caption_of_its_newest_version(out: str) -> None:
    added(out, captioned("a"), captioned("b"), captioned("c"))
    # The hash of a part's clips, which its name ends in, may sort before the older part's.
    for version in range(2, 6):
        row = captioned("a", mtime_ns=version) | {"caption": f"version {version}"}
        parts = added(out, row, captioned("b", mtime_ns=version))
        assert texts(out, "captions") == {
            "/films/a": f"version {version}",
            "/films/b": "A ball.",
            "/films/c": "A ball.",
        }
    assert len(parts.captioned) == 3
    assert row["id"] in parts.captioned
    assert captioned("a")["id"] not in parts.captioned


def test_each_text_of_a_clip_keeps_its_caption(out: str) -> None:
    parts = added(out, captioned("a", text="a dog"), captioned("a", text="a cat"), captioned("a"))
    assert len(parts.captioned) == 3


def test_a_new_version_that_fails_takes_the_place_of_an_old_caption(out: str) -> None:
    added(out, captioned("a", start=1.0, end=2.0), captioned("b"))
    added(out, failed("a", size=7))
    assert texts(out, "captions") == {"/films/b": "A ball."}
    assert texts(out, "failures") == {"/films/a": "damaged"}


def test_a_caption_stays_while_its_file_is_away(out: str) -> None:
    added(out, captioned("a", start=1.0, end=2.0))
    added(out, failed("a", size=-1) | {"reason": "missing"})
    assert texts(out, "captions") == {"/films/a": "A ball."}
    assert texts(out, "failures") == {}


def test_what_fails_again_has_its_new_reason(out: str) -> None:
    added(out, failed("a"), failed("b"))
    parts = added(out, failed("a") | {"reason": "timeout"}, failed("a") | {"reason": "missing"})
    assert texts(out, "failures") == {"/films/a": "timeout", "/films/b": "damaged"}
    assert (len(parts.failed), parts.failed_before()) == (2, 1)
    added(out, failed("a") | {"reason": "missing"})
    assert texts(out, "failures") == {"/films/a": "missing", "/films/b": "damaged"}


def test_failed_places_have_names_that_are_no_text(out: str) -> None:
    parts = added(out, failed("a\udcff"))
    assert place("/films/a\udcff", 1.0, 2.0) in parts.failed_places()


def test_what_a_crash_left_aside_is_in_no_readers_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Parts(str(tmp_path), RUN)
    parts.add([captioned("a")])
    monkeypatch.setattr("os.fsync", lambda _: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        parts.add([captioned("b")])
    monkeypatch.undo()
    parts.close()
    assert len(list(tmp_path.glob("*.recaption-part"))) == 1
    (tmp_path / "clip.mp4.part").touch()
    assert datasets.load_dataset("parquet", data_dir=str(tmp_path / "captions"), cache_dir=tmp_path / "cache")
    opened(str(tmp_path))
    assert [path.name for path in tmp_path.glob("*part")] == ["clip.mp4.part"]


def test_a_store_gets_each_part_whole_and_where_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    out = f"memory://{uuid4().hex}"
    monkeypatch.delattr(fsspec.AbstractFileSystem, "copy")
    added(out, captioned("a"))
    assert texts(out, "captions") == {"/films/a": "A ball."}


class Object(AbstractBufferedFile):
    """A file of a store that fetches as much as fsspec asks for."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        self.fs.meeting.wait(timeout=30)
        self.fs.fetched.append(end - start)
        return bytes(self.fs.cat_file(self.path)[start:end])


class Store(MemoryFileSystem):
    protocol = "counting"
    fetched: ClassVar[list[int]] = []
    meeting = threading.Barrier(1)

    def _open(self, path: str, mode: str = "rb", block_size: int | None = None, **options: Any) -> Any:
        if mode == "rb":
            return Object(self, path, block_size=block_size or "default")
        return super()._open(path, mode, block_size, **options)


def test_ids_are_read_side_by_side_and_little_else(monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.register_implementation("counting", Store, clobber=True)
    out = f"counting://{uuid4().hex}"
    chance = random.Random(1)
    parts = Parts(out, RUN)
    for part in range(4):
        parts.add(captioned(f"{part}{n}") | {"raw": chance.randbytes(5000).hex()} for n in range(500))
    # Whoever reads alone waits for the others in vain.
    monkeypatch.setattr(Store, "meeting", threading.Barrier(4))
    monkeypatch.setattr(Store, "fetched", [])
    assert len(Parts(out, RUN).captioned) == 2000
    assert sum(Store.fetched) < 4 * 300_000 < sum(file["size"] for file in Store().ls(f"{out}/captions")) / 8


def test_results_read_parts_as_they_read_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = Parts(str(tmp_path), RUN)
    lost = replace(TOLD, text="")
    parts.add([captioned("a"), captioned("b", text="a ball"), failed("c"), failed("d", lost)])
    parts.close()
    rows = {str(row["path"]): row for row in results.captions(tmp_path)}
    assert rows == {"/films/a": captioned("a"), "/films/b": captioned("b", text="a ball")}
    failures = {row["path"]: row for row in results.failures(tmp_path)}
    assert failures["/films/c"] == {name: value for name, value in failed("c").items() if name not in ("start", "end")}
    assert failures["/films/d"] == failed("d", lost)
    with pytest.raises(SystemExit):
        cli.main(["status", str(tmp_path)])
    assert capsys.readouterr().out.splitlines()[:3] == [
        "captioned 2",
        "failed    2",
        "  2 damaged: a frame that was asked for is damaged",
    ]


def test_a_name_that_is_no_text_is_written_with_escapes(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path), RUN)
    parts.add([captioned("a\udcff")])
    parts.close()
    assert [row["path"] for row in results.captions(tmp_path)] == ["/films/a\\udcff"]


def test_an_answer_that_is_no_text_is_written_with_escapes(tmp_path: Path) -> None:
    odd = "half \ud83d"
    told = replace(TOLD, steps=(Step(0.0, 2.0, odd),), edits=(Edit("lead-in", odd, odd),), flags=(odd,))
    parts = Parts(str(tmp_path), RUN)
    parts.add([caption_row(Clip("/films/a"), told, RUN)])
    parts.close()
    (row,) = results.captions(tmp_path)
    texts = [row["steps"][0]["text"], row["edits"][0]["before"], row["edits"][0]["after"], row["flags"][0]]
    assert texts == ["half \\ud83d"] * 4


def test_a_part_that_is_cut_is_named(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path), RUN)
    parts.add([captioned("a")])
    parts.close()
    (part,) = (tmp_path / "captions").iterdir()
    assert pq.read_table(part).num_rows == 1
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(RunError, match=part.name):
        Parts(str(tmp_path), RUN)
    json.loads((tmp_path / "run.json").read_text())
