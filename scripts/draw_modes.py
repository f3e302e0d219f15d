"""Draw what a model is shown and asked in each mode, and for DiffSW what tiny answers, into `docs/modes/`.

python -m scripts.draw_modes docs/modes
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from recaption import prompts
from recaption.asking import Asking, turn
from recaption.clip import Clip, Frame, Frames, Reply, Turn
from recaption.engines import Engine, choose
from recaption.engines.serving import load
from recaption.modes import MODES
from recaption.modes.ask import Said
from recaption.prompts import Prompt
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.decode import decode
from recaption.video.sample import Every, Uniform

SEED, SECONDS, SIZE = 7, (8.0, 14.0), (256, 144)
"""The first clip of `make demo`, smaller."""

WIDTH, MARGIN, GAP = 7.8, 0.12, 0.1
"""Inches."""
PIXELS = 130
"""In an inch, of the drawing and of what is shown in it."""
LINE, LETTERS_AN_INCH, FONT = 0.168, 12.6, 10
BLUE, GREY = "#dbe9f9", "#eeeeee"


@dataclass(frozen=True)
class Drawing:
    """One picture of the docs.

    Attributes:
        mode: a key of MODES.
        prompts: a prompt set.
        rows: which of the questions are drawn, None for all.
        columns: how many pictures lie beside each other.
        inches: the most that all columns take.
        answers: whether they are drawn too.
    """

    mode: str
    prompts: str = "default"
    rows: tuple[int, ...] | None = None
    columns: int = 2
    inches: float = 3.5
    answers: bool = False


DRAWINGS = {
    "diffsw": Drawing("diffsw", rows=(0, 1, 2, -1), answers=True),
    "pasted": Drawing("diffsw", "sharecaptioner", rows=(1,)),
    "history": Drawing("diffsw, history", rows=(0, 1, 2)),
    "grid": Drawing("grid"),
    "fast": Drawing("fast", inches=1.9),
    "frames": Drawing("frames", rows=(0, 1, 2)),
    "video": Drawing("video", columns=3),
    "svd": Drawing("svd", columns=3),
}


@dataclass
class Recorder:
    """Asks, and keeps what was asked and answered."""

    inner: Asking
    asked: list[Turn] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)

    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> Reply:
        place = len(self.asked)
        self.asked.append(turn(prompt, images))
        reply = await self.inner(prompt, images, earlier)
        self.answers[place] = reply.text
        return reply

    def fits(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> bool:
        return self.inner.fits(prompt, images, earlier)


async def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    engine = load(choose.choose("tiny", None))
    with tempfile.TemporaryDirectory() as clips:
        [(path, _)] = files.make(Path(clips), 1, SEED, SECONDS, SIZE)
        clip = Clip.of(path)
        frames = {"every": decode(clip, Every(2.0, 64)), "uniform": decode(clip, Uniform(16))}
    for name, drawing in DRAWINGS.items():
        shown = await rows_of(drawing, frames[MODES[drawing.mode].sampling], clip, engine)
        draw(shown, folder / f"{name}.png")
    await engine.close()


async def rows_of(drawing: Drawing, frames: Frames, clip: Clip, engine: Engine) -> list[Row]:
    """The questions of a mode about frames that are drawn."""
    ask = Recorder(Asking(clip, engine, MemoryStore(), max_tokens=512))
    await MODES[drawing.mode].caption(frames, ask, prompts.load(drawing.prompts))
    told = [(turn, ask.answers[place] if drawing.answers else "") for place, turn in enumerate(ask.asked)]
    chosen = told if drawing.rows is None else [told[row] for row in drawing.rows]
    return [Row.of(turn, answer, drawing) for turn, answer in chosen]


def draw(rows: Sequence[Row], path: Path) -> None:
    """Questions below each other: their pictures on the left, their words and the answer on the right."""
    left = max(row.width for row in rows) + 3 * MARGIN
    letters = int((WIDTH - left - 2 * MARGIN) * LETTERS_AN_INCH)
    heights = [row.height(letters) for row in rows]
    page_height = sum(heights) + 2 * MARGIN + 2 * GAP * (len(rows) - 1)
    figure = Figure(figsize=(WIDTH, page_height), facecolor="white")
    top = page_height - MARGIN
    for row, height in zip(rows, heights, strict=True):
        row.draw(figure, top, left, letters)
        top -= height + 2 * GAP
    figure.savefig(path, dpi=PIXELS)


@dataclass(frozen=True)
class Row:
    """A question on its way onto paper; all lengths in inches.

    Attributes:
        scale: inches of its pictures over those at PIXELS.
    """

    turn: Turn
    answer: str
    columns: int
    scale: float

    @classmethod
    def of(cls, turn: Turn, answer: str, drawing: Drawing) -> Row:
        columns = min(drawing.columns, len(turn.pictures)) or 1
        wide = sum(picture.shape[1] for picture in turn.pictures[:columns]) / PIXELS
        scale = min(1.0, (drawing.inches - GAP * (columns - 1)) / wide) if wide else 1.0
        return cls(turn, answer, columns, scale)

    @property
    def texts(self) -> dict[str, str]:
        """What is said, by the colour of its bubble."""
        return {BLUE: self.turn.prompt, **({GREY: self.answer} if self.answer else {})}

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a picture."""
        if not self.turn.pictures:
            return 0.0, 0.0
        height, width = self.turn.pictures[0].shape[:2]
        return width / PIXELS * self.scale, height / PIXELS * self.scale

    @property
    def width(self) -> float:
        return self.columns * (self.size[0] + GAP) - GAP

    def height(self, letters: int) -> float:
        words = sum(len(_lines(text, letters)) * LINE + 2 * GAP for text in self.texts.values())
        return max(words, -(-len(self.turn.pictures) // self.columns) * self._step)

    @property
    def _step(self) -> float:
        """From one row of pictures to the next: a time stands below each frame of a video."""
        return self.size[1] + (2 * GAP if self.turn.times else GAP)

    def draw(self, figure: Any, top: float, left: float, letters: int) -> None:
        page_width, page_height = figure.get_size_inches()
        width, height = self.size
        for i, picture in enumerate(self.turn.pictures):
            x = MARGIN + i % self.columns * (width + GAP)
            y = top - i // self.columns * self._step - height
            axes = figure.add_axes((x / page_width, y / page_height, width / page_width, height / page_height))
            axes.imshow(picture, interpolation="antialiased")
            axes.set_xticks([])
            axes.set_yticks([])
            if self.turn.times:
                axes.set_xlabel(f"{self.turn.times[i]:.2f} s", fontsize=8, labelpad=2)
        for colour, text in self.texts.items():
            lines = _lines(text, letters)
            figure.text(
                left / page_width,
                (top - 0.06) / page_height,
                "\n".join(lines),
                fontsize=FONT,
                va="top",
                bbox={"boxstyle": "round,pad=0.4", "facecolor": colour, "edgecolor": "none"},
            )
            top -= len(lines) * LINE + 2 * GAP


def _lines(text: str, letters: int) -> list[str]:
    return [line for part in text.strip().splitlines() for line in textwrap.wrap(part, letters)]


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
