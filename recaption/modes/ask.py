"""What a mode may do: ask a question, and see whether one would fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from recaption.clip import Frame, Reply
from recaption.prompts import Prompt


class Ask(Protocol):
    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = ()) -> Reply:
        """The answer to a prompt about frames, laid out as the prompt says.

        Raises:
            AskError: the model gave no usable answer.
        """
        ...

    def fits(self, prompt: Prompt) -> bool:
        """Whether a prompt without pictures, and its answer, fit the model's context."""
        ...
