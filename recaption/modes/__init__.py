"""The ways of captioning a clip. Each is one async function from Frames to a Draft; MODES names them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from recaption.clip import Draft, Frames
from recaption.modes.ask import Ask
from recaption.modes.diffsw import diffsw
from recaption.modes.fast import fast
from recaption.modes.grid import grid
from recaption.prompts import Prompts


@dataclass(frozen=True)
class Mode:
    """A way of captioning.

    Attributes:
        caption: the function.
        sampling: "every" for a frame each `--every` seconds, "uniform" for `--frames` frames.
        roles: the roles of the prompt set that show pictures.
    """

    caption: Callable[[Frames, Ask, Prompts], Awaitable[Draft]]
    sampling: str
    roles: tuple[str, ...]


MODES: dict[str, Mode] = {
    "diffsw": Mode(diffsw, "every", ("first", "pair")),
    "grid": Mode(grid, "uniform", ("grid",)),
    "fast": Mode(fast, "every", ("fast",)),
}
