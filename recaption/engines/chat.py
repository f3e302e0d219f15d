"""A question as a chat, the way chat templates and servers take it."""

from __future__ import annotations

from collections.abc import Callable
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
        shown = [
            part for time, one in zip(turn.times, turn.pictures, strict=True) for part in (_timed(time), show(one))
        ]
    else:
        shown = [show(picture) for picture in turn.pictures]
    return {"role": "user", "content": [*shown, _words(turn.prompt)]}


def _timed(time: float) -> Part:
    return _words(f"{time:.2f} seconds:")


def _words(text: str) -> Part:
    return {"type": "text", "text": text}
