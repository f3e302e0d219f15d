"""What the tiny model is taught of a scripted clip."""

from __future__ import annotations

import random

from llava_train import roles
from llava_train.roles import Lesson
from recaption.evaluate.report import EVERY, MAX_FRAMES
from recaption.prompts import Prompts
from recaption.scripted.world import Script
from recaption.video.sample import Every, Uniform

ROLES = ("first", "pair", "summary", "fast", "grid", "recaption")
SPREAD = Uniform(16)
"""The frames of a grid, as the command takes them."""


def lessons(script: Script, prompts: Prompts, rng: random.Random) -> list[Lesson[Script]]:
    """Every lesson of one clip: first frame, each pair of frames, summary, fast, grid, and re-caption."""
    told = roles.tell(script, rng, Every(EVERY, MAX_FRAMES), SPREAD)
    return [lesson for role in ROLES if role in told.roles for lesson in roles.lessons(told, role, prompts)]
