from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from recaption.claim import open_run
from recaption.clip import Caption, Clip
from recaption.database import NAME
from recaption.errors import RunError, UsageError
from recaption.results import captions, describe, merge, status, write_exports, write_lines
from recaption.store import Fingerprint
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour@1", "default", "hash", "every 2 s, at most 64", 512)


def clip(name: str) -> Clip:
    return Clip(f"/films/{name}.mp4", size=1, mtime_ns=2)


async def fill(
    out: Path, captioned: str, failed: str = "", run: Fingerprint = RUN, shard: str | None = None, complete: bool = True
) -> None:
    """A folder with a row for each letter."""
    store = open_run(out, run, shard=shard)
    for name in captioned:
        await store.finish(clip(name), Caption(f"Clip {name} in {out.name}.", "raw"))
    for name in failed:
        await store.fail(clip(name), "deadline" if name < "m" else "no_video", f"{name} failed")
    if complete:
        store.mark_complete()
    write_exports(store, out)
    store.close()


def paths(file: Path) -> list[str]:
    return [Path(json.loads(line)["path"]).stem for line in file.read_text().splitlines()]


@in_loop
async def test_exports_are_sorted_whole_and_leave_nothing_aside(tmp_path: Path) -> None:
    await fill(tmp_path, "cab", "z")
    assert paths(tmp_path / "captions.jsonl") == ["a", "b", "c"]
    assert paths(tmp_path / "failures.jsonl") == ["z"]
    assert not list(tmp_path.glob("*.part"))


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "captions.jsonl"
    write_lines(path, ["old"])

    def failing() -> list[str]:
        raise RunError("the database is damaged")

    with pytest.raises(RunError):
        write_lines(path, (line for _ in range(2) for line in failing()))
    assert path.read_text() == "old\n"
    write_lines(path, iter(["new", "ビデオ"]))
    assert path.read_text() == "new\nビデオ\n"
    (tmp_path / "folder").mkdir()
    with pytest.raises(RunError, match="folder: cannot be written"):
        write_lines(tmp_path / "folder", ["x"])


@in_loop
async def test_captions_come_from_the_database_while_it_is_there(tmp_path: Path) -> None:
    await fill(tmp_path, "ab")
    (tmp_path / "captions.jsonl").write_text("")
    assert [row["path"] for row in captions(tmp_path)] == ["/films/a.mp4", "/films/b.mp4"]
    (tmp_path / NAME).rename(tmp_path / "elsewhere.db")
    assert not list(captions(tmp_path))
    assert len(list(captions(tmp_path, tmp_path / "elsewhere.db"))) == 2


def test_a_folder_without_captions_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no captions\.jsonl"):
        captions(tmp_path)
    with pytest.raises(UsageError, match="no captions there"):
        status(tmp_path)
    with pytest.raises(UsageError, match="no shards"):
        merge(tmp_path)


@in_loop
async def test_status_counts_reasons(tmp_path: Path) -> None:
    await fill(tmp_path, "ab", "cde", complete=False)
    lines = describe(status(tmp_path))
    assert lines[:2] == ["captioned 2", "failed    3"]
    assert lines[2].startswith("  3 deadline: decoding took longer")
    assert lines[3].startswith(f"{tmp_path}: diffsw, colour@1, prompts default, every 2 s")
    assert lines[3].endswith("not finished")
    await fill(tmp_path, "", "yz")
    assert [line.strip()[:4] for line in describe(status(tmp_path))[2:4]] == ["3 de", "2 no"]
    assert describe(status(tmp_path))[-1].endswith("; finished")


@in_loop
async def test_shards_become_one(tmp_path: Path) -> None:
    await fill(tmp_path / "shard-0", "ae", "m", shard="0/3")
    await fill(tmp_path / "shard-1", "b", shard="1/3")
    await fill(tmp_path / "shard-2", "d", "xc", shard="2/3")
    assert describe(status(tmp_path))[:2] == ["captioned 4", "failed    3"]
    merged, warnings = merge(tmp_path)
    assert (merged.captioned, dict(merged.failed)) == (4, {"deadline": 1, "no_video": 2})
    assert not warnings
    assert paths(tmp_path / "captions.jsonl") == ["a", "b", "d", "e"]
    assert paths(tmp_path / "failures.jsonl") == ["c", "m", "x"]
    assert len(list(captions(tmp_path))) == 4
    before = (tmp_path / "captions.jsonl").read_bytes()
    merge(tmp_path)
    assert (tmp_path / "captions.jsonl").read_bytes() == before


@pytest.mark.parametrize("captioned_in", ["shard-0", "shard-1"])
@in_loop
async def test_a_clip_of_two_shards_is_taken_once_and_its_caption_wins(tmp_path: Path, captioned_in: str) -> None:
    for name in ("shard-0", "shard-1"):
        await fill(tmp_path / name, "a" if name == captioned_in else "", "" if name == captioned_in else "a")
    merged, _ = merge(tmp_path)
    assert (merged.captioned, merged.failed.total()) == (1, 0)
    (row,) = captions(tmp_path)
    assert row["caption"] == f"Clip a in {captioned_in}."


@in_loop
async def test_what_is_missing_is_told(tmp_path: Path) -> None:
    await fill(tmp_path / "shard-0", "a", shard="0/4")
    await fill(tmp_path / "shard-2", "b", shard="2/4", complete=False)
    _, warnings = merge(tmp_path)
    assert warnings == ["shard-2 did not come to its end", "missing: shard-1, shard-3"]
    await fill(tmp_path / "shard-1", "c", shard="1/2")
    assert "the shards were cut in different ways: into 2 and 4" in merge(tmp_path)[1]


@in_loop
async def test_shards_of_different_runs_are_not_joined(tmp_path: Path) -> None:
    await fill(tmp_path / "shard-0", "a")
    await fill(tmp_path / "shard-1", "b", run=replace(RUN, model="colour@2"))
    with pytest.raises(RunError, match="colour@1 there, colour@2 now"):
        merge(tmp_path)
    assert not (tmp_path / "captions.jsonl").exists()


@in_loop
async def test_a_folder_with_a_run_of_its_own_is_not_merged_into(tmp_path: Path) -> None:
    await fill(tmp_path, "a")
    await fill(tmp_path / "shard-0", "b")
    with pytest.raises(UsageError, match="a run of its own"):
        merge(tmp_path)


@in_loop
async def test_shards_without_a_database_are_read_by_their_files(tmp_path: Path) -> None:
    for name, captioned in (("shard-0", "a"), ("shard-1", "b")):
        await fill(tmp_path / name, captioned, "z")
        (tmp_path / name / NAME).unlink()
    merged, _ = merge(tmp_path)
    assert (merged.captioned, merged.failed.total()) == (2, 1)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}', "\udcff"])
@in_loop
async def test_a_line_that_is_no_row_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    await fill(tmp_path / "shard-0", "a")
    (tmp_path / "shard-0" / NAME).unlink()
    file = tmp_path / "shard-0/captions.jsonl"
    file.write_bytes(file.read_bytes() + line.encode(errors="surrogateescape") + b"\n")
    with pytest.raises(RunError, match=r"captions\.jsonl(, line 2: no row|: cannot be read)"):
        merge(tmp_path)


@in_loop
async def test_names_that_are_no_text_are_merged(tmp_path: Path) -> None:
    strange = Clip("/films/\udcff\n.mp4", size=1, mtime_ns=1)
    store = open_run(tmp_path / "shard-0", RUN)
    await store.finish(strange, Caption("A ball.", "A ball."))
    store.close()
    merge(tmp_path)
    (row,) = captions(tmp_path)
    assert row["path"] == strange.path


@in_loop
async def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    await fill(tmp_path, "abc")
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("DROP TABLE clips")
    connection.close()
    with pytest.raises(RunError, match=r"recaption\.db: no such table"):
        status(tmp_path)
