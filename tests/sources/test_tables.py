"""Tables of clips: csv, tsv, JSON lines and parquet."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recaption.errors import UsageError
from recaption.sources import Columns, Shard, check, clips, count, tables

ALL = Columns("file", "words", "from", "to")
Rows = list[dict[str, Any]]


def write_csv(path: Path, rows: Rows, delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_jsonl(path: Path, rows: Rows) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    "csv": write_csv,
    "tsv": lambda path, rows: write_csv(path, rows, "\t"),
    "jsonl": write_jsonl,
    "parquet": lambda path, rows: pq.write_table(pa.Table.from_pylist(rows), path),
}


@pytest.fixture(params=WRITERS)
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], str]:
    def write(rows: Rows) -> str:
        path = tmp_path / f"table.{request.param}"
        WRITERS[request.param](path, rows)
        return str(path)

    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "a b,c.mp4").write_bytes(b"film")
    return write


def row(
    file: str = "films/a b,c.mp4", words: str = "", start: float | None = None, end: float | None = None
) -> dict[str, Any]:
    return {"other": "x", "file": file, "words": words, "from": start, "to": end}


def test_rows_are_clips(table: Callable[[Rows], str], tmp_path: Path) -> None:
    film = str(tmp_path / "films" / "a b,c.mp4")
    path = table(
        [row(words='two "dogs"\nrun'), row(film, "", 1.5, 4.0), row(start=2.0, words=" "), row("films/none.mp4")]
    )
    check([path], ALL)
    found = list(clips([path], columns=ALL))
    assert [(clip.path, clip.text, clip.start, clip.end, clip.size) for clip in found] == [
        (film, 'two "dogs"\nrun', None, None, 4),
        (film, None, 1.5, 4.0, 4),
        (film, None, 2.0, None, 4),
        (str(tmp_path / "films" / "none.mp4"), None, None, None, -1),
    ]
    assert [clip.origin for clip in found] == [f"{path}, row {number}" for number in (1, 2, 3, 4)]
    assert not any(clip.fault for clip in found)
    assert count([path], columns=ALL) == 4


def test_a_wrong_row_is_one_clip_with_its_fault(table: Callable[[Rows], str]) -> None:
    path = table([row(""), row(start=-1.0), row(start=3.0, end=3.0), row(), row(end=float("inf"))])
    found = list(clips([path], columns=ALL))
    assert [clip.fault for clip in found] == [
        "no path in the column 'file'",
        "the clip would go from -1.0 to None s",
        "the clip would go from 3.0 to 3.0 s",
        "",
        found[4].fault,
    ]
    assert "is no time" in found[4].fault
    assert [clip.path for clip in found][:3] == [f"{path}:{number}" for number in (1, 2, 3)]


def test_a_missing_column_is_named_before_anything_starts(table: Callable[[Rows], str]) -> None:
    path = table([row()])
    with pytest.raises(UsageError, match=r"no column 'path' there; it has other, file, words, from, to"):
        check([path])


def test_times_may_be_those_of_a_clock(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("path\tfrom\tto\na.mp4\t0:00:01.5\t1:02:03\na.mp4\t2:30\t2:31\na.mp4\tsoon\t\n")
    found = list(clips([str(tmp_path / "a.tsv")], columns=Columns(start="from", end="to")))
    assert [(clip.start, clip.end) for clip in found] == [(1.5, 3723.0), (150.0, 151.0), (None, None)]
    assert found[2].fault == "'soon' in the column 'from' is no time"


def test_lines_that_are_no_json_are_faults_with_their_number(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"path": "a.mp4"}\n\n{"path": \n["a.mp4"]\n"a.mp4"\n{"path": 5}\n')
    found = list(clips([str(tmp_path / "a.jsonl")]))
    assert [clip.origin.rpartition(" ")[2] for clip in found] == ["1", "3", "4", "5", "6"]
    assert [bool(clip.fault) for clip in found] == [False, True, True, True, True]


def test_rows_that_no_file_can_have_are_faults(tmp_path: Path) -> None:
    lines = ['{"path": "a\\ud800.mp4"}', '{"path": "a.mp4", "words": "half \\ud83d"}']
    lines += ['{"path": "a.mp4", "from": 1' + "0" * 400 + "}", '{"path": "a.mp4", "from": true}']
    lines += ['{"path": {"bytes": "AAAA", "path": "x.mp4"}}', '{"path": "s3://b/\\ud83d.mp4"}', "[" * 200_000]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    check([str(tmp_path / "a.jsonl")], Columns("path", "words", "from"))
    found = list(clips([str(tmp_path / "a.jsonl")], columns=Columns("path", "words", "from")))
    assert [bool(clip.fault) for clip in found] == [True, False, True, True, True, True, True]
    assert found[1].text == "half ?"
    assert all(clip.id for clip in found)


def test_rows_of_parquet_that_no_file_can_have_are_faults(tmp_path: Path) -> None:
    texts = pa.Array.from_buffers(pa.string(), 3, pa.array([b"a.mp4", b"\xff.mp4", b"c.mp4"]).buffers())
    pq.write_table(pa.table({"path": texts}), tmp_path / "a.parquet")
    assert [bool(clip.fault) for clip in clips([str(tmp_path / "a.parquet")])] == [False, True, False]
    films = [{"bytes": b"film", "path": 5}, {"bytes": b"film", "path": 6}]
    pq.write_table(pa.table({"path": films}), tmp_path / "b.parquet")
    assert [clip.name for clip in clips([str(tmp_path / "b.parquet")])] == ["clip.mp4", "clip.mp4"]


def test_a_folder_with_a_broken_table_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"film")
    (tmp_path / "metadata.parquet").write_bytes(b"no parquet")
    with pytest.raises(UsageError, match=r"metadata\.parquet: cannot be read"):
        check([str(tmp_path)])


def test_a_quotation_that_nobody_closes_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('path,words\na.mp4,x\nb.mp4,"never closed\nc.mp4,y\n')
    found = list(clips([str(tmp_path / "a.csv")]))
    assert Path(found[0].path).name == "a.mp4"
    assert "no row of a table" in found[-1].fault
    assert "lines 3 to 4" in found[-1].fault


def test_a_path_that_is_no_text_is_found(tmp_path: Path) -> None:
    name = b"\xff.mp4"
    (tmp_path / os.fsdecode(name)).write_bytes(b"film")
    (tmp_path / "a.csv").write_bytes(b"path\n" + name + b"\n")
    (clip,) = clips([str(tmp_path / "a.csv")])
    assert (os.fsencode(clip.path), clip.size) == (os.fsencode(tmp_path) + b"/" + name, 4)


def test_tables_and_folders_together_in_shards(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / "films").mkdir(exist_ok=True)
        (tmp_path / "films" / f"{number}.mp4").write_bytes(b"film")
    write_csv(tmp_path / "a.csv", [{"path": f"other/{number}.mp4"} for number in range(20)])
    inputs = [str(tmp_path / "a.csv"), str(tmp_path / "films")]
    everything = list(clips(inputs))
    assert len(everything) == 40
    shards = [list(clips(inputs, Shard(index, 3))) for index in range(3)]
    assert sorted(clip.path for shard in shards for clip in shard) == sorted(clip.path for clip in everything)


@pytest.mark.parametrize(("name", "content"), [("a.parquet", b"no parquet"), ("a.csv", b""), ("a.jsonl", b"\n")])
def test_a_table_without_rows_is_told(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=r"cannot be read|no video found|no column"):
        check([str(tmp_path / name)])


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    pipe = os.open(tmp_path / "a.jsonl", os.O_RDWR)
    os.write(pipe, b'{"path": "a.mp4"}\n')
    found = tables.clips(str(tmp_path / "a.jsonl"), Columns())
    assert next(found).path == str(tmp_path / "a.mp4")
    os.close(pipe)
