"""Small real clips, and an engine that answers from what it is shown."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np

from recaption.clip import Question, Reply

RATE = 2
"""Frames a second of the clips made here."""

Colour = tuple[int, int, int]


def clip(path: Path, colours: Sequence[Colour], size: tuple[int, int] = (64, 48), codec: str = "libx264") -> Path:
    """An mp4 that shows each colour for two seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=RATE, options={"preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for colour in colours:
            for _ in range(2 * RATE):
                picture = np.full((size[1], size[0], 3), colour, np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    return path


def colours(seed: int, count: int = 3) -> list[Colour]:
    """Colours that follow from a seed."""
    rng = np.random.default_rng(seed)
    return [(int(r), int(g), int(b)) for r, g, b in rng.integers(0, 256, (count, 3))]


def make_clips(folder: Path, count: int, shots: int = 3) -> list[Path]:
    """So many different clips in a folder."""
    return [clip(folder / f"clip{i:03}.mp4", colours(i, shots)) for i in range(count)]


class ColourEngine:
    """Answers with the mean colours of the pictures and a hash of the prompt, a while later.

    Args:
        seconds: how long an answer takes.
        until: answers nobody before so many questions have waited at the same time.
        answers: how many questions it answers; the ones after wait for ever.
        answer: what to say or raise instead; None for the usual answer.
        longest_prompt: characters that fit.
        remember: whether to keep what was asked, and with it the frames.

    Attributes:
        asked: every question so far.
        most_waiting: how many questions waited at the same time, at most.
    """

    clips_in_flight = 128
    longest: int | None = None

    def __init__(
        self,
        model: str = "colour",
        seconds: float = 0.0,
        until: int = 0,
        answers: float = math.inf,
        answer: Callable[[Question], str | Reply | Exception | None] | None = None,
        longest_prompt: int = 10**9,
        remember: bool = True,
    ) -> None:
        self.model = model
        self.asked: list[Question] = []
        self.most_waiting = 0
        self.closed = False
        self._waiting = 0
        self._seconds = seconds
        self._until = until
        self._answers = answers
        self._answer = answer
        self._longest_prompt = longest_prompt
        self._remember = remember

    async def ask(self, question: Question) -> Reply:
        if self._remember:
            self.asked.append(question)
        self._waiting += 1
        self.most_waiting = max(self.most_waiting, self._waiting)
        try:
            await asyncio.sleep(self._seconds)
            self._answers -= 1
            if self._answers < 0:
                await asyncio.Event().wait()
            while self.most_waiting < self._until:
                await asyncio.sleep(0.001)
        finally:
            self._waiting -= 1
        special = self._answer(question) if self._answer else None
        if isinstance(special, Exception):
            raise special
        if isinstance(special, Reply):
            return special
        text = colour_answer(question) if special is None else special
        tokens = len(text.split())
        return Reply(text, "stop", len(question.prompt.split()), tokens, -1 / (1 + tokens))

    def fits(self, question: Question) -> bool:
        return len(question.prompt) <= self._longest_prompt

    async def close(self) -> None:
        self.closed = True


def colour_answer(question: Question) -> str:
    """What the engine says to a question, unless it is told otherwise."""
    means = [" ".join(str(round(float(mean))) for mean in picture.mean((0, 1))) for picture in question.pictures]
    words = hashlib.sha256(question.prompt.encode()).hexdigest()[:8]
    return f"Colours {' then '.join(means) or 'of no picture'} meet the words {words}."
