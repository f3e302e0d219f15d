"""The ways of captioning a clip. Each is one async function from Frames to a Draft; MODES names them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from recaption.clip import Draft, Frames
from recaption.modes.ask import Ask
from recaption.modes.diffsw import diffsw, diffsw_history
from recaption.modes.fast import fast
from recaption.modes.frames import frames
from recaption.modes.grid import grid
from recaption.modes.svd import svd
from recaption.modes.video import video
from recaption.prompts import Prompts


@dataclass(frozen=True)
class Mode:
    """A way of captioning.

    Attributes:
        caption: the function.
        sampling: "every" for a frame each `--every` seconds, "uniform" for `--frames` frames.
        roles: the roles of the prompt set that show pictures, and how many frames each; None for all of them.
        grows: each question comes after all earlier ones and their answers.
    """

    caption: Callable[[Frames, Ask, Prompts], Awaitable[Draft]]
    sampling: str
    roles: Mapping[str, int | None]
    grows: bool = False


MODES: dict[str, Mode] = {
    "diffsw": Mode(diffsw, "every", {"first": 1, "pair": 2}),
    "grid": Mode(grid, "uniform", {"grid": None}),
    "diffsw, history": Mode(diffsw_history, "every", {"first": 1, "next": 1}, grows=True),
    "frames": Mode(frames, "every", {"frame": 1}),
    "video": Mode(video, "every", {"video": None}),
    "fast": Mode(fast, "every", {"fast": None}),
    "svd": Mode(svd, "every", {"video": None, "middle": 1}),
}
