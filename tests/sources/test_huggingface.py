"""Data sets as `datasets` writes and reads them: saved ones, and those of the Hub, which here are local folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recaption.clip import Clip
from recaption.errors import DecodeError, UsageError
from recaption.sources import Columns, Shard, check, clips, count
from recaption.storage import at_hand
from recaption.storage.spool import Spool

AS_STORED = datasets.Video(decode=False)
TEXT = Columns(text="words", start="from")


def content_of(clip: Clip) -> bytes:
    with at_hand(clip) as path:
        return Path(path).read_bytes()


def rows(films: list[Any], **columns: list[Any]) -> datasets.Dataset:
    features = {"video": AS_STORED, "words": datasets.Value("string"), "from": datasets.Value("float32")}
    given = {"video": films, "words": ["a dog", ""], "from": [1.5, None], **columns}
    return datasets.Dataset.from_dict(given, features=datasets.Features(features))


def embedded(name: str | None = "a.mp4") -> list[dict[str, Any]]:
    return [{"bytes": b"film a", "path": name}, {"bytes": b"film b", "path": "b.webm"}]


def test_films_in_the_rows_of_a_saved_dataset(tmp_path: Path) -> None:
    rows(embedded(None)).save_to_disk(tmp_path / "set")
    folder = str(tmp_path / "set")
    check([folder], TEXT)
    found = list(clips([folder], columns=TEXT))
    assert [(each.path, each.text, each.start, each.size) for each in found] == [
        (f"row://1/clip.mp4::{folder}", "a dog", 1.5, 6),
        (f"row://2/b.webm::{folder}", None, None, 6),
    ]
    assert [content_of(each) for each in found] == [b"film a", b"film b"]
    assert found == list(clips([folder], columns=TEXT))
    assert [each.name for each in found] == ["clip.mp4", "b.webm"]
    assert count([folder]) is None
    with pytest.raises(DecodeError, match=r"missing: row://1/clip\.mp4::.*came with a row"):
        content_of(Clip.of(found[0].path))


def test_each_split_is_read(tmp_path: Path) -> None:
    splits = datasets.DatasetDict({"train": rows(embedded()), "test": rows(embedded(), words=["x", "y"])})
    splits.save_to_disk(tmp_path / "set")
    folder = str(tmp_path / "set")
    found = list(clips([folder], columns=TEXT))
    assert [each.path for each in found] == [
        f"row://train/1/a.mp4::{folder}",
        f"row://train/2/b.webm::{folder}",
        f"row://test/1/a.mp4::{folder}",
        f"row://test/2/b.webm::{folder}",
    ]
    assert found[3].origin == f"{folder}, row test/2"
    shares = [list(clips([folder], Shard(i, 2), TEXT)) for i in range(2)]
    assert sorted(each.path for share in shares for each in share) == sorted(each.path for each in found)


def test_a_column_of_text_may_hold_the_paths(tmp_path: Path) -> None:
    made = datasets.Dataset.from_dict({"file": ["/films/a.mp4", ""], "words": ["a dog", "a cat"]})
    made.save_to_disk(tmp_path / "set")
    with pytest.raises(UsageError, match="no column 'path' there; it has file, words"):
        check([str(tmp_path / "set")])
    right, wrong = clips([str(tmp_path / "set")], columns=Columns("file", "words"))
    assert (right.path, right.text) == ("/films/a.mp4", "a dog")
    assert "no path in the column 'file'" in wrong.fault


def test_a_name_on_the_hub_is_read_as_a_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # `datasets` takes a folder of that name here for the repository, by the same code.
    monkeypatch.chdir(tmp_path)
    repository = tmp_path / "org" / "set"
    (repository / "train").mkdir(parents=True)
    for name in ("a.mp4", "b.mp4"):
        (repository / "train" / name).write_bytes(b"film")
    (repository / "train" / "metadata.csv").write_text("file_name,words\na.mp4,a dog\nb.mp4,a cat\n")
    check(["hf://datasets/org/set"], Columns(text="words"))
    found = list(clips(["hf://datasets/org/set"], columns=Columns(text="words")))
    assert [(each.path, each.text) for each in found] == [
        (str(repository / "train" / "a.mp4"), "a dog"),
        (str(repository / "train" / "b.mp4"), "a cat"),
    ]


def test_films_in_the_parquet_files_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "org" / "set" / "data").mkdir(parents=True)
    rows(embedded()).to_parquet(tmp_path / "org" / "set" / "data" / "train-00000-of-00001.parquet")
    url = "hf://datasets/org/set"
    check([url], TEXT)
    found = list(clips([url], columns=TEXT))
    assert [(each.path, each.text) for each in found] == [
        (f"row://train/1/a.mp4::{url}", "a dog"),
        (f"row://train/2/b.webm::{url}", None),
    ]
    assert [content_of(each) for each in found] == [b"film a", b"film b"]


def test_revisions_and_configurations_are_other_clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rows([{"bytes": b"film a", "path": "a.mp4"}, {"bytes": None, "path": "b.mp4"}])
    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: made)
    name = "hf://datasets/org/set"
    found = {given: [each.path for each in clips([given])] for given in (f"{name}:a", f"{name}@v2:b/", f"{name}@v2")}
    assert found == {
        f"{name}:a": [f"row://1/a.mp4::{name}:a", f"{name}/b.mp4"],
        f"{name}@v2:b/": [f"row://1/a.mp4::{name}@v2:b", f"{name}@v2/b.mp4"],
        f"{name}@v2": [f"row://1/a.mp4::{name}@v2", f"{name}@v2/b.mp4"],
    }


def test_a_saved_dataset_may_be_named_by_a_url(tmp_path: Path) -> None:
    rows(embedded()).save_to_disk(tmp_path / "a set")
    url = (tmp_path / "a set").as_uri()
    check([url], TEXT)
    assert next(clips([url], columns=TEXT)).path == f"row://1/a.mp4::{tmp_path / 'a set'}"


def test_what_is_no_dataset_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "state.json").write_text("{}")
    for name in ("set", "hf://datasets/org/none"):
        with pytest.raises(UsageError, match=f"{name}: no data set that can be read"):
            check([name])


def test_a_folder_with_metadata_is_what_its_table_says(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).write_bytes(b"film")
    (tmp_path / "metadata.csv").write_text("camera,place\nred,here\n")
    assert len(list(clips([str(tmp_path)]))) == 2
    (tmp_path / "metadata.jsonl").write_text('{"file_name": "b.mp4", "words": "a cat"}\n{"file_name": "c.mp4"}\n')
    check([str(tmp_path)], Columns(text="words"))
    found = list(clips([str(tmp_path)], columns=Columns(text="words")))
    assert [(each.path, each.text, each.size) for each in found] == [
        (str(tmp_path / "b.mp4"), "a cat", 4),
        (str(tmp_path / "c.mp4"), None, -1),
    ]


@pytest.mark.parametrize("kind", [pa.binary(), pa.struct([("bytes", pa.binary()), ("path", pa.string())])])
def test_films_in_a_parquet_file(tmp_path: Path, kind: pa.DataType) -> None:
    contents = [bytes([number]) * 1000 for number in range(20)]
    values = contents if kind == pa.binary() else [{"bytes": content, "path": "a.mp4"} for content in contents]
    table = pa.table({"video": pa.array(values, kind), "words": [str(number) for number in range(20)]})
    pq.write_table(table, tmp_path / "t.parquet")
    assert count([str(tmp_path / "t.parquet")], columns=Columns("video", "words")) is None
    found = clips([str(tmp_path / "t.parquet")], columns=Columns("video", "words"))
    first = next(found)
    held = len(os.listdir("/proc/self/fd"))
    assert content_of(first) == contents[0]
    for number, each in enumerate(found, 1):
        assert content_of(each) == contents[number]
        assert len(os.listdir("/proc/self/fd")) <= held + 2  # what nobody holds any more is gone


def test_films_of_other_shards_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []

    class Counted(Spool):
        def __init__(self, content: bytes = b"") -> None:
            kept.append(content)
            super().__init__(content)

    monkeypatch.setattr("recaption.sources.rows.Spool", Counted)
    pq.write_table(pa.table({"path": [bytes([number]) for number in range(20)]}), tmp_path / "t.parquet")
    found = [each for index in range(3) for each in clips([str(tmp_path / "t.parquet")], Shard(index, 3))]
    assert len({each.path for each in found}) == len(found) == len(kept) == 20
