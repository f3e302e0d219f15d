"""All keyframes in one picture, one question (the fast mode of ShareCaptioner-Video)."""

from __future__ import annotations

from recaption.clip import Draft, Frames
from recaption.modes.ask import Ask
from recaption.prompts import Prompts


async def fast(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe the clip from its keyframes in one picture."""
    return Draft((await ask(prompts.fast(), list(frames))).text)
