"""Three captions of a clip, as Stable Video Diffusion made them (arXiv 2311.15127, section 3.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from recaption.clip import Draft, Frames, Step
from recaption.modes.ask import Ask
from recaption.prompts import Prompts
from recaption.video.keyframes import middle_of


async def svd(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe the clip as a video, and its middle frame as a picture, side by side; then make one caption of both.

    All three are kept: the steps are the caption of the whole clip and that of its middle frame, in this order.
    """
    middle = frames[middle_of(frames)]
    of_video, of_middle = await asyncio.gather(
        ask(prompts.video(), list(frames)), ask(prompts.middle(middle.time), [middle])
    )
    steps = (Step(0.0, frames.duration, of_video.text), Step(middle.time, middle.time, of_middle.text))
    return Draft(await join(steps, ask, prompts), steps)


async def join(steps: Sequence[Step], ask: Ask, prompts: Prompts) -> str:
    """One caption of the two steps of `svd`."""
    video, middle = steps
    return (await ask(prompts.join(middle.start, middle.text, video.text))).text
