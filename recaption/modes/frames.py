"""Each frame alone, then all descriptions as one caption."""

from __future__ import annotations

import asyncio

from recaption.clip import Draft, Frames, Step
from recaption.modes.ask import Ask
from recaption.modes.summary import summarize
from recaption.prompts import Prompts


async def frames(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe every frame by itself, all of them side by side, then merge, a person's words for the clip included."""
    replies = await asyncio.gather(*(ask(prompts.frame(i, f.time), [f]) for i, f in enumerate(frames, 1)))
    steps = [Step(f.time, f.time, reply.text) for f, reply in zip(frames, replies, strict=True)]
    return Draft(await summarize(steps, ask, prompts), tuple(steps))
