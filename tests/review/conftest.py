from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recaption.clip import Caption, Clip, Edit, Step
from tests.clips import clip
from tests.reviewing import reviewing, stored

RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Captions of a red, a green and a blue clip; the green one is named and captioned with markup."""
    clips = {
        name: Clip.of(clip(tmp_path / "clips" / f"{name}.mp4", [colour, colour]))
        for name, colour in (("a-red", RED), ("b-blue", BLUE), (f"c-{EVIL}", GREEN))
    }
    red, blue, evil = clips.values()
    stored(
        tmp_path / "out",
        {
            red: Caption(
                "A red wall is lit.",
                "The video shows a red wall that is lit.",
                steps=(Step(0, 2, "A red wall."),),
                edits=(Edit("lead_in", "The video shows a red wall that", "A red wall"),),
                mean_logprob=-0.1,
            ),
            evil: Caption(
                f"A sign reads {EVIL}.", f"A sign reads {EVIL}.</s>", flags=("hedge", "cut"), mean_logprob=-0.5
            ),
            blue: Caption("A blue wall.", "A blue wall.", flags=("hedge",), mean_logprob=-2.0),
        },
    )
    return tmp_path / "out"


@pytest.fixture
def address(out: Path) -> Iterator[str]:
    with reviewing(out) as address:
        yield address
