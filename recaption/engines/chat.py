"""A question as a chat, the way chat templates and servers take it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from recaption.clip import Picture, Question, Turn

Part = dict[str, Any]


def chat(
    question: Question, show: Callable[[Picture], Part], play: Callable[[Turn], Part] | None = None
) -> list[dict[str, Any]]:
    """Messages by role.

    Args:
        show: makes a picture a part of a message.
        play: makes the frames of a film one part of a message; without it they are pictures with their times before
            them.
    """
    talk: list[dict[str, Any]] = []
    for exchange in question.earlier:
        talk += [_asked(exchange.turn, show, play), {"role": "assistant", "content": [_words(exchange.reply)]}]
    return [*talk, _asked(question.turn, show, play)]


def _asked(turn: Turn, show: Callable[[Picture], Part], play: Callable[[Turn], Part] | None) -> dict[str, Any]:
    if play and turn.is_film:
        shown = [play(turn)]
    elif turn.times:
        shown = timed(turn.times, [show(picture) for picture in turn.pictures])
    else:
        shown = [show(picture) for picture in turn.pictures]
    return {"role": "user", "content": [*shown, _words(turn.prompt)]}


def timed(times: Sequence[float], shown: Sequence[Part]) -> list[Part]:
    """The frames of a film as parts of a message, each with its time in seconds before it."""
    return [part for time, one in zip(times, shown, strict=True) for part in (_words(f"{time:.2f} seconds:"), one)]


def _words(text: str) -> Part:
    return {"type": "text", "text": text}
