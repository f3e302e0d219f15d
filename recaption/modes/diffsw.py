"""DiffSW, the differential sliding window of ShareGPT4Video (arXiv 2406.04325, section 3.2)."""

from __future__ import annotations

from itertools import pairwise

from recaption.clip import Draft, Frames, Step
from recaption.modes.ask import Ask
from recaption.modes.summary import summarize
from recaption.prompts import Prompts


async def diffsw(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe the first frame, then what changes between each two neighbouring frames, then sum up.

    Only the last reply is carried from pair to pair. A clip of one frame is described by that frame alone.
    """
    reply = await ask(prompts.first(frames[0].time), [frames[0]])
    steps = [Step(frames[0].time, frames[0].time, reply.text)]
    for i, (before, after) in enumerate(pairwise(frames), 1):
        reply = await ask(prompts.pair(i, before.time, after.time, reply.text), [before, after])
        steps.append(Step(before.time, after.time, reply.text))
    return Draft(await summarize(steps, ask, prompts), tuple(steps))
