"""DiffSW, the differential sliding window of ShareGPT4Video (arXiv 2406.04325, section 3.2)."""

from __future__ import annotations

from itertools import pairwise

from recaption.clip import Draft, Frame, Frames, Step
from recaption.modes.ask import Ask, Said
from recaption.modes.summary import summarize
from recaption.prompts import Prompt, Prompts


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


async def diffsw_history(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """DiffSW as one growing conversation: each step shows one new frame, and the model remembers the ones before.

    What was said before is the prefix of the next question, so that an engine which caches prefixes reads it once. When
    it no longer fits, the older half is forgotten.
    """
    said: list[Said] = []

    async def say(prompt: Prompt, frame: Frame) -> str:
        while len(said) > 1 and not ask.fits(prompt, [frame], said):
            del said[: len(said) // 2]
        reply = await ask(prompt, [frame], said)
        said.append(Said(prompt, (frame,), reply.text))
        return reply.text

    steps = [Step(frames[0].time, frames[0].time, await say(prompts.first(frames[0].time), frames[0]))]
    for i, (before, after) in enumerate(pairwise(frames), 1):
        steps.append(Step(before.time, after.time, await say(prompts.next(i, before.time, after.time), after)))
    return Draft(await summarize(steps, ask, prompts), tuple(steps))
