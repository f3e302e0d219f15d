"""Engines answer questions with a multimodal LLM: one protocol, whatever runs underneath."""

from __future__ import annotations

from typing import Protocol

from recaption.clip import Question, Reply


class Engine(Protocol):
    """Answers questions; batches inside, so that hundreds may be asked side by side.

    Attributes:
        model: what rows and fingerprints call the model, its revision included.
        clips_in_flight: how many clips, each with one question at a time, keep it busy.
        longest: pixels of a picture's longest side beyond which the model sees nothing more; None when it takes any.
    """

    model: str
    clips_in_flight: int
    longest: int | None

    async def ask(self, question: Question) -> Reply:
        """The answer to one question.

        Raises:
            AskError: "context" when the question and its answer cannot fit, "engine" when the model failed on it.
        """
        ...

    def fits(self, question: Question) -> bool:
        """Whether a question and an answer of `max_tokens` fit the model's context."""
        ...

    async def close(self) -> None:
        """Stop the engine; waiting questions fail."""
        ...
