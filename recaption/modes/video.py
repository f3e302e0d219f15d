"""The frames as a video, one question."""

from __future__ import annotations

from recaption.clip import Draft, Frames
from recaption.modes.ask import Ask
from recaption.prompts import Prompts


async def video(frames: Frames, ask: Ask, prompts: Prompts) -> Draft:
    """Describe the clip from its frames at their times: a video for models that take one, else pictures with times."""
    return Draft((await ask(prompts.video(), list(frames))).text)
