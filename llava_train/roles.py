"""Clips whose happenings are known in words become samples: each role of the captioner asks its own question.

The questions come from the prompt sets of the captioner, the frames from its samplings and its decoder, and their
layout from its own, so that training and captioning cannot drift apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Generic, TypeVar

from llava_train import films
from llava_train.samples import Sample, Show, exchange
from recaption.asking import turn
from recaption.caption import longest_side
from recaption.clip import Clip, Frame, Picture, Step
from recaption.evaluate.report import sampled
from recaption.prompts import PASTED, VIDEO, Prompt, Prompts
from recaption.scripted import grammar
from recaption.scripted.render import picture
from recaption.scripted.world import Script
from recaption.video.sample import Sampling

MODE = {"first": "diffsw", "pair": "diffsw", "fast": "fast", "grid": "grid", "video": "video"}
"""The mode of captioning that asks for each role with pictures."""
ROLES = ("first", "pair", "summary", "fast", "grid", "video", "recaption")

Film = TypeVar("Film", Script, Clip)


@dataclass(frozen=True)
class Told(Generic[Film]):
    """A clip, and what is known of it in words.

    Attributes:
        caption: of the whole clip.
        sampled: seconds of the frames that a sampling takes of the clip.
        every, spread: how frames are taken, with their times and for a grid.
        steps: as DiffSW tells them: the first frame, then what happened between each two; none where nobody told them.
        grid: of the whole clip, as far as the frames of a grid show it.
        brief: a short prompt for the clip; empty where there is none.
        hint: what a person said of the clip before it was captioned; empty where nobody did.
    """

    film: Film
    caption: str
    sampled: Callable[[Sampling], Sequence[float]]
    every: Sampling
    spread: Sampling
    steps: tuple[Step, ...] = ()
    grid: str = ""
    brief: str = ""
    hint: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Those of ROLES that have a lesson."""
        has = {
            "first": bool(self.steps),
            "pair": len(self.steps) > 1,
            "summary": len(self.steps) > 1,
            "recaption": bool(self.brief),
        }
        return tuple(role for role in ROLES if has.get(role, True))

    @property
    def times(self) -> tuple[float, ...]:
        """Seconds of the frames that steps tell of, or that the captioner would take for them."""
        return tuple(step.end for step in self.steps) or tuple(self.sampled(self.every))


@dataclass(frozen=True)
class Lesson(Generic[Film]):
    """One question about a clip, and its true answer.

    Attributes:
        times: seconds of the frames that are shown, in order; none for questions about text.
    """

    role: str
    film: Film
    prompt: Prompt
    times: tuple[float, ...]
    answer: str


def tell(script: Script, rng: random.Random, every: Sampling, spread: Sampling) -> Told[Script]:
    """A scripted clip in true words, as far as frames taken that way show it."""
    times = sampled(script, every)
    told, found = grammar.steps(script, times, rng)
    caption = grammar.summary(told, found, rng)
    return Told(
        film=script,
        caption=caption,
        sampled=partial(sampled, script),
        steps=tuple(Step(told[max(i - 1, 0)][0], time, text) for i, (time, text) in enumerate(told)),
        grid=grammar.caption(script, sampled(script, spread), rng),
        brief=grammar.brief(script, rng),
        every=every,
        spread=spread,
    )


def lessons(told: Told[Film], role: str, prompts: Prompts) -> list[Lesson[Film]]:
    """Every lesson of a role, which is one of `told.roles`; many for "pair", else one.

    Raises:
        SampleError: the frames' times cannot be had.
    """
    asks, steps = prompts.hinted(told.hint), told.steps

    def lesson(prompt: Prompt, shown: Sequence[float], answer: str) -> Lesson[Film]:
        return Lesson(role, told.film, prompt, tuple(shown), answer)

    match role:
        case "first":
            return [lesson(asks.first(steps[0].end), [steps[0].end], steps[0].text)]
        case "pair":
            return [
                lesson(asks.pair(i, before.end, after.end, before.text), [before.end, after.end], after.text)
                for i, (before, after) in enumerate(pairwise(steps), 1)
            ]
        case "summary":
            return [lesson(asks.summary(steps), (), told.caption)]
        case "fast":
            return [lesson(asks.fast(), told.times, told.caption)]
        case "grid":
            return [lesson(asks.grid(), told.sampled(told.spread), told.grid or told.caption)]
        case "video":
            return [lesson(asks.video(), told.times, told.caption)]
        case "recaption":
            return [lesson(asks.recaption(told.brief), (), told.caption)]
        case _:
            raise ValueError(f"no role {role!r}; there are {', '.join(ROLES)}")


def sample(lesson: Lesson[Script] | Lesson[Clip], prompts: Prompts, width: int) -> Sample:
    """The sample of a lesson; its pictures are drawn or decoded when they are asked for.

    Args:
        width: pixels that frames of a script are drawn wide; where they are pasted they have the script's own size,
            because the bands between them are so many pixels wide.
    """
    prompt, times = lesson.prompt, lesson.times
    if not times:
        return exchange(prompt.text, lesson.answer)
    show: Show
    if isinstance(lesson.film, Script):
        show = partial(_drawn, lesson.film, prompt, times, None if prompt.layout in PASTED else width)
    else:
        show = partial(_decoded, lesson.film, prompt, times, partial(longest_side, prompts, MODE[lesson.role]))
    count = 1 if prompt.layout in PASTED else len(times)
    return exchange(prompt.text, lesson.answer, count, times if prompt.layout == VIDEO else (), (show,))


def _drawn(script: Script, prompt: Prompt, times: Sequence[float], width: int | None, seen: int) -> tuple[Picture, ...]:
    return turn(prompt, [Frame(time, picture(script, time, width)) for time in times], seen).pictures


def _decoded(
    clip: Clip, prompt: Prompt, times: Sequence[float], longest: Callable[[int], int], seen: int
) -> tuple[Picture, ...]:
    return turn(prompt, films.frames(clip, times, longest(seen)), seen).pictures
