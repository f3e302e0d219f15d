"""A question as a chat, the way chat templates and servers take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recaption.clip import Picture, Question, Turn

Part = dict[str, Any]


def chat(question: Question, show: Callable[[Picture], Part]) -> list[dict[str, Any]]:
    """Messages by role. The frames of a video have their times before them.

    Args:
        show: makes a picture a part of a message.
    """
    talk: list[dict[str, Any]] = []
    for exchange in question.earlier:
        talk += [_asked(exchange.turn, show), {"role": "assistant", "content": [_words(exchange.reply)]}]
    return [*talk, _asked(question.turn, show)]


def _asked(turn: Turn, show: Callable[[Picture], Part]) -> dict[str, Any]:
    shown = [show(picture) for picture in turn.pictures]
    if turn.times:
        shown = [part for time, one in zip(turn.times, shown, strict=True) for part in (_words(_timed(time)), one)]
    return {"role": "user", "content": [*shown, _words(turn.prompt)]}


def _timed(time: float) -> str:
    return f"{time:.2f} seconds:"


def _words(text: str) -> Part:
    return {"type": "text", "text": text}
