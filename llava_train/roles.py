"""Clips with scripts become samples: each role of the captioner asks its own question and gets the true answer.

The words come from the prompt sets of the captioner, so that training and captioning cannot drift apart.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from recaption.clip import Frame, Picture, Step
from recaption.evaluate.report import frame_times, sampled
from recaption.prompts import SEPARATE, Prompt, Prompts
from recaption.scripted import grammar
from recaption.scripted.render import picture
from recaption.scripted.world import Script
from recaption.video.layout import arrange
from recaption.video.sample import Uniform

ROLES = ("first", "pair", "summary", "fast", "grid", "recaption")
GRID_FRAMES = 16


@dataclass(frozen=True)
class Lesson:
    """One question about a script, and its true answer.

    Attributes:
        times: seconds of the frames that are shown, in order; none for questions about text.
    """

    role: str
    script: Script
    prompt: Prompt
    times: tuple[float, ...]
    answer: str

    def pictures(self, width: int | None = None) -> tuple[Picture, ...]:
        """The pictures that go with the question, laid out as the captioner lays them out.

        Args:
            width: of each frame in pixels; None for the script's own, and always the script's own where frames are
                pasted, because the bands between them are so many pixels wide.
        """
        if not self.times:
            return ()
        if self.prompt.layout != SEPARATE:
            width = None
        return arrange(self.prompt.layout, [Frame(t, picture(self.script, t, width)) for t in self.times])


def lessons(script: Script, prompts: Prompts, rng: random.Random) -> list[Lesson]:
    """Every lesson of one clip: first frame, each pair of frames, summary, fast, grid, and re-caption."""
    times = frame_times(script)
    told, found = grammar.steps(script, times, rng)
    caption = grammar.summary(told, found, rng)
    steps = [Step(told[max(i - 1, 0)][0], time, text) for i, (time, text) in enumerate(told)]

    def lesson(role: str, prompt: Prompt, shown: Sequence[float], answer: str) -> Lesson:
        return Lesson(role, script, prompt, tuple(shown), answer)

    made = [lesson("first", prompts.first(times[0]), times[:1], told[0][1])]
    for i in range(1, len(times)):
        prompt = prompts.pair(i, times[i - 1], times[i], told[i - 1][1])
        made.append(lesson("pair", prompt, times[i - 1 : i + 1], told[i][1]))
    if len(times) > 1:
        made.append(lesson("summary", prompts.summary(steps), (), caption))
    made.append(lesson("fast", prompts.fast(), times, caption))
    spread = sampled(script, Uniform(GRID_FRAMES))
    made.append(lesson("grid", prompts.grid(), spread, grammar.caption(script, spread, rng)))
    made.append(lesson("recaption", prompts.recaption(grammar.brief(script, rng)), (), caption))
    return made
