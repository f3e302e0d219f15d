"""What a mode may do: ask a question, alone or after others, and see whether one would fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from recaption.clip import Frame, Reply
from recaption.prompts import Prompt


@dataclass(frozen=True)
class Said:
    """A prompt about frames, and the answer to it."""

    prompt: Prompt
    images: tuple[Frame, ...]
    reply: str


class Ask(Protocol):
    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> Reply:
        """The answer to a prompt about frames, laid out as the prompt says.

        Args:
            earlier: the conversation so far.

        Raises:
            AskError: the model gave no usable answer.
        """
        ...

    def fits(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> bool:
        """Whether a prompt and its answer, after what was said, fit the model's context."""
        ...
