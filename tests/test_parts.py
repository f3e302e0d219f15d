"""The parquet parts that `recaption ray` writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import fsspec
import pyarrow.parquet as pq
import pytest

from recaption import cli, results
from recaption.clip import Caption, Clip, Edit, Step
from recaption.errors import RunError, UsageError
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
    with pytest.raises(RunError, match=r"holds the captions of another run:\n  mode: diffsw there, grid now"):
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


def test_failures_go_when_their_clips_have_captions(out: str) -> None:
    parts = Parts(out, RUN)
    parts.add([failed("a"), failed("b"), failed("c", size=-1)])
    assert len(parts.failed_places()) == 3
    parts.add([captioned("a", start=1.0, end=2.0), captioned("c", start=1.0, end=2.0), captioned("b")])
    parts.drop_spent_failures()
    assert len(parts.failed) == 1
    assert failed("b")["id"] in parts.failed
    parts.close()


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
