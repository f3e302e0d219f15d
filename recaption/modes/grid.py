"""All frames in one grid, one question (the way of ShareGPT4Video-8B)."""

from __future__ import annotations

from recaption.clip import Draft, Frames
from recaption.modes.ask import Ask
from recaption.prompts import Prompts


async def grid(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe the clip from uniformly spaced frames in one picture."""
    return Draft((await ask(prompts.grid(), list(frames))).text)
