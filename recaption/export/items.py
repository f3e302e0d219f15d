"""What a set consists of, what a trainer reads, and how a set is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Placing = Literal["link", "copy", "refer"]
Made = Literal["cut", "frame", "copy"]
"""How a file of a set is made that is not there yet: a span is cut, a frame is taken, what is elsewhere is copied."""


@dataclass(frozen=True)
class Item:
    """One clip of a set, or one frame.

    Attributes:
        name: its file in the set. The stems of a set are all different, letter case aside.
        place: how files of the set name the clip.
        caption: one line.
        row: its row of captions.jsonl, and what `steps.COLUMNS` adds to it.
        source: the file that holds it now: the film, or the file that was made.
        made: how that was made; None for the film itself.
    """

    name: str
    place: str
    caption: str
    row: dict[str, Any]
    source: str
    made: Made | None = None

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    @property
    def kind(self) -> str:
        """image or video."""
        return "image" if "time" in self.row else "video"

    @property
    def columns(self) -> dict[str, Any]:
        """The row as a table of the set has it: path and times are those in the set."""
        times = {"start": None, "end": None} if self.made in ("cut", "frame") else {}
        return {**self.row, **times, "path": self.place, "caption": self.caption}


@dataclass(frozen=True)
class Items(Iterable[Item]):
    """The items of a set, by the paths of their clips, as often as they are asked for.

    Attributes:
        more: those of `steps.COLUMNS` that some of them have.
    """

    each: Callable[[], Iterator[Item]]
    more: tuple[str, ...]

    def __iter__(self) -> Iterator[Item]:
        return self.each()


@dataclass(frozen=True)
class Format:
    """What a trainer reads.

    Attributes:
        about: who reads it, and what it consists of.
        write: writes all files of a set but the clips into a folder.
        clips: where the clips lie in the set; None where `write` puts them in itself.
        budget: of the trainer's text encoder, as `postfilter.budget.Budget.of` takes it; None where it has many.
        absolute: the trainer wants absolute paths.
        can_refer: clips may stay where they are.
        suffixes: those that the trainer finds; empty for any.
        has_times: a clip may be a span of a longer film.
        has_columns: there is a place for `steps.COLUMNS`.
        has_pictures: an item may be a single frame.
        refuses: why a file cannot be taken, None where it can.
    """

    about: str
    write: Callable[[Path, Items], None]
    clips: str | None = ""
    budget: str | None = None
    absolute: bool = False
    can_refer: bool = True
    suffixes: tuple[str, ...] = ()
    has_times: bool = False
    has_columns: bool = False
    has_pictures: bool = False
    refuses: Callable[[str], str | None] | None = None


@dataclass(frozen=True)
class Options:
    """How a set is made.

    Attributes:
        placing: clips are linked to, copied, or stay where they are and are referred to by their absolute paths.
        fit: shorten captions that are over the trainer's budget, by whole sentences; otherwise they are refused.
        allow_tiny: take captions of the tiny model, which knows scripted cartoons only.
        overwrite: put the set in the place of what is there.
        cut: make a file of its own of each clip that is a span of a longer film.
        segments, parts, frames: see `steps.pieces`.
    """

    placing: Placing = "link"
    fit: bool = False
    cut: bool = False
    segments: bool = False
    parts: bool = False
    frames: bool = False
    allow_tiny: bool = False
    overwrite: bool = False
