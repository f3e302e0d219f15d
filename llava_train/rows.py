"""Where samples come from: containers of rows, finite ones by number, endless or huge ones as streams.

A container is JSON, JSON lines, Parquet, the folder of a captioning run, anything that `datasets` reads, or scripted
clips. What a row means is not its business: see `llava_train.formats`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llava_train.recipe import Data
from llava_train.samples import SampleError
from recaption import results
from recaption.database import NAME
from recaption.errors import MissingExtra, RecaptionError, RecipeError
from recaption.scripted.plan import plan
from recaption.scripted.world import Script

Row = dict[str, Any] | Script

READ_ROWS = 64
"""Rows that a stream reads at a time, pictures in their files' bytes included."""


@dataclass(frozen=True)
class Lines(Sequence[Row]):
    """JSON lines; a row is parsed when it is asked for, and a broken one raises SampleError "format" then."""

    where: str
    lines: Sequence[str]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return parsed(self.lines[index], f"{self.where}, row {index}")


@dataclass(frozen=True)
class Scripts(Sequence[Row]):
    """Scripts of clips: row i is clip i % clips of the seed."""

    samples: int
    clips: int
    seed: int
    seconds: tuple[float, float]

    def __len__(self) -> int:
        return self.samples

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return plan(self.seed, index % self.clips, self.seconds)


@dataclass(frozen=True)
class Arrow(Sequence[Row]):
    """Rows of a `datasets.Dataset` in Arrow's own types: pictures stay undecoded, {"bytes", "path"}."""

    table: Any

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.table[index].to_pylist()[0]


@dataclass(frozen=True)
class Stream:
    """Rows in the order of their container, from the beginning each time; none is held.

    Attributes:
        where: the container, for messages.
        rows: a row, or a line of JSON.
    """

    where: str
    rows: Iterable[dict[str, Any] | str]

    def __iter__(self) -> Iterator[dict[str, Any] | str]:
        return iter(self.rows)


def parsed(row: dict[str, Any] | str, where: str) -> dict[str, Any]:
    """A row, or the row in a line of JSON.

    Raises:
        SampleError: "format" when it is none.
    """
    if isinstance(row, dict):
        return row
    try:
        made = json.loads(row)
    except ValueError as error:
        raise SampleError("format", f"{where}: no JSON: {error}") from None
    if not isinstance(made, dict):
        raise SampleError("format", f"{where}: a row is a mapping of keys to values, not {str(made)[:80]!r}")
    return made


def rows(data: Data) -> Sequence[Row] | Stream:
    """The rows that a recipe names; a Stream where it says `stream`.

    Raises:
        RecipeError: they cannot be read, or there are none.
        MissingExtra: `datasets` is needed and not installed.
    """
    if data.scripted:
        return Scripts(data.scripted, data.clips or data.scripted, data.seed, data.seconds)
    made = _stream(data) if data.stream else _table(data)
    if not isinstance(made, Stream) and not len(made):
        raise RecipeError(f"{data.path}: no rows in it")
    return made


def _table(data: Data) -> Sequence[Row]:
    path = Path(data.path)
    match _kind(path):
        case "json":
            return _json(path)
        case "jsonl":
            return Lines(data.path, list(_FileLines(path)))
        case "run":
            return list(_Captions(path))
        case _:
            return Arrow(_dataset(data).with_format("arrow"))


def _stream(data: Data) -> Stream:
    path = Path(data.path)
    match _kind(path):
        case "json":
            raise RecipeError(f"{path}: JSON is read as a whole: leave stream out, or write it as JSON lines")
        case "jsonl":
            return Stream(data.path, _FileLines(path))
        case "run":
            return Stream(data.path, _Captions(path))
        case _:
            return Stream(data.path, _ArrowRows(_dataset(data).with_format("arrow")))


def _kind(path: Path) -> str:
    if path.is_dir():
        return "run" if any((path / name).is_file() for name in (NAME, results.CAPTIONS)) else "datasets"
    return {".json": "json", ".jsonl": "jsonl"}.get(path.suffix, "datasets")


@dataclass(frozen=True)
class _FileLines:
    path: Path

    def __iter__(self) -> Iterator[str]:
        try:
            with self.path.open(encoding="utf-8") as file:
                yield from (line for line in file if line.strip())
        except (OSError, UnicodeDecodeError) as error:
            raise RecipeError(f"{self.path}: cannot be read: {error}") from None


@dataclass(frozen=True)
class _Captions:
    folder: Path

    def __iter__(self) -> Iterator[dict[str, Any]]:
        try:
            yield from results.captions(self.folder)
        except RecaptionError as error:
            raise RecipeError(str(error)) from None


@dataclass(frozen=True)
class _ArrowRows:
    tables: Any

    def __iter__(self) -> Iterator[dict[str, Any]]:
        # Not iter(tables): inside a worker of a DataLoader that leaves out the rows of the other workers.
        for table in self.tables.iter(batch_size=READ_ROWS):
            yield from table.to_pylist()


def _json(path: Path) -> list[Row]:
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecipeError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(made, list) or not all(isinstance(row, dict) for row in made):
        raise RecipeError(f"{path}: a list of rows is needed, each a mapping of keys to values")
    return list(made)


def _dataset(data: Data) -> Any:
    """What `datasets` reads at a path or by a name.

    Raises:
        RecipeError: it reads nothing.
        MissingExtra: it is not installed.
    """
    try:
        import datasets
    except ImportError:
        raise MissingExtra("datasets", "train") from None
    path = Path(data.path)
    try:
        if path.suffix == ".parquet":
            return datasets.load_dataset("parquet", data_files=data.path, split=data.split, streaming=data.stream)
        if (path / "state.json").is_file():
            saved = datasets.load_from_disk(data.path)
            return saved.to_iterable_dataset() if data.stream else saved
        name, _, configuration = (data.path, "", "") if path.exists() else data.path.partition(":")
        return datasets.load_dataset(name, configuration or None, split=data.split, streaming=data.stream)
    except (OSError, ValueError) as error:
        raise RecipeError(f"{data.path}: neither rows nor a name that datasets can read: {error}") from None
