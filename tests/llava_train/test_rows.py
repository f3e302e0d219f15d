"""Containers of rows: the same rows from each, as a table and as a stream."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import datasets
import pytest
from PIL import Image

from llava_train.recipe import Data
from llava_train.rows import Stream, rows
from llava_train.samples import SampleError
from recaption.errors import MissingExtra, RecipeError

PNG = io.BytesIO()
Image.new("RGB", (4, 3), (255, 0, 0)).save(PNG, "PNG")
ROWS: list[dict[str, Any]] = [
    {
        "image": f"{i}.png",
        "conversations": [{"from": "human", "value": f"<image>\n{i}?"}, {"from": "gpt", "value": "a"}],
    }
    for i in range(7)
]


def write(folder: Path, kind: str) -> str:
    path = folder / f"rows.{kind}"
    if kind == "json":
        path.write_text(json.dumps(ROWS))
    elif kind == "jsonl":
        path.write_text("\n\n".join(map(json.dumps, ROWS)))
    elif kind == "parquet":
        datasets.Dataset.from_list(ROWS).to_parquet(path)
    elif kind == "saved":
        datasets.Dataset.from_list(ROWS).save_to_disk(path)
    else:
        path.mkdir()
        datasets.Dataset.from_list(ROWS).to_parquet(path / "part.parquet")
    return str(path)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.mark.parametrize("kind", ["json", "jsonl", "parquet", "saved", "folder"])
def test_a_table_gives_each_row_by_number(tmp_path: Path, kind: str) -> None:
    made = rows(Data(path=write(tmp_path, kind)))
    assert not isinstance(made, Stream)
    assert len(made) == len(ROWS)
    assert [made[i] for i in (6, 0, 3)] == [ROWS[i] for i in (6, 0, 3)]


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "saved", "folder"])
def test_a_stream_gives_the_rows_in_order_and_again(tmp_path: Path, kind: str) -> None:
    made = rows(Data(path=write(tmp_path, kind), stream=True))
    assert isinstance(made, Stream)
    for _ in range(2):
        assert [json.loads(row) if isinstance(row, str) else row for row in made] == ROWS


@pytest.mark.parametrize("kind", ["parquet", "folder"])
def test_a_stream_prepares_nothing_on_disk(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path, kind)
    prepared = tmp_path / "cache"
    assert len(list(rows(Data(path=path, stream=True)))) == len(ROWS)
    assert not list(prepared.rglob("*.arrow"))
    rows(Data(path=path))
    assert list(prepared.rglob("*.arrow"))


@pytest.mark.parametrize("stream", [False, True])
def test_a_name_is_looked_up_by_datasets(monkeypatch: pytest.MonkeyPatch, stream: bool) -> None:
    asked: list[Any] = []

    def load_dataset(*words: Any, **named: Any) -> Any:
        asked.append((words, named))
        table = datasets.Dataset.from_list(ROWS)
        return table.to_iterable_dataset() if named["streaming"] else table

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    made = rows(Data(path="owner/name:part", split="test", stream=stream))
    assert list(made) == ROWS
    assert asked == [(("owner/name", "part"), {"split": "test", "streaming": stream})]


@pytest.mark.parametrize("stream", [False, True])
def test_pictures_of_a_dataset_stay_undecoded(tmp_path: Path, stream: bool) -> None:
    picture = {"bytes": PNG.getvalue(), "path": None}
    features = datasets.Features({"image": datasets.Image(), "images": datasets.List(datasets.Image())})
    table = datasets.Dataset.from_list([{"image": picture, "images": [picture]}], features=features)
    table.to_parquet(tmp_path / "rows.parquet")
    made = rows(Data(path=str(tmp_path / "rows.parquet"), stream=stream))
    row = next(iter(made))
    assert row == {"image": picture, "images": [picture]}


def test_the_folder_of_a_captioning_run_gives_its_captions(tmp_path: Path) -> None:
    row = {"id": "a", "path": "/film.mp4", "caption": "A ball rolls.", "steps": []}
    (tmp_path / "captions.jsonl").write_text(json.dumps(row) + "\n")
    assert rows(Data(path=str(tmp_path)))[0] == row
    assert list(rows(Data(path=str(tmp_path), stream=True))) == [row]


def test_a_broken_line_is_one_sample_and_its_neighbours_stay(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(ROWS[0])}\n{{broken\n[1]\n{json.dumps(ROWS[1])}\n")
    made = rows(Data(path=str(path)))
    assert (made[0], made[3]) == (ROWS[0], ROWS[1])
    for i in (1, 2):
        with pytest.raises(SampleError, match=rf"format: .*rows\.jsonl, row {i}"):
            made[i]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("rows.json", "[", "cannot be read as JSON"),
        ("rows.json", "[]", "no rows"),
        ("rows.json", '{"a": 1}', "a list of rows"),
        ("rows.jsonl", "\n", "no rows"),
        ("gone.jsonl", None, "cannot be read"),
        ("gone.parquet", None, "neither rows nor a name"),
    ],
)
def test_containers_that_cannot_be_read_are_named(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(RecipeError, match=f"{name}: {message}"):
        rows(Data(path=str(tmp_path / name)))


def test_json_is_no_stream(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="JSON lines"):
        rows(Data(path=write(tmp_path, "json"), stream=True))


def test_without_datasets_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "datasets", None)
    with pytest.raises(MissingExtra, match=r"pip install 'recaption\[train\]'"):
        rows(Data(path="some/name"))
