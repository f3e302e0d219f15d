"""What a mode asks, answered by the store where it can and by the engine where it must."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from time import perf_counter

from recaption.clip import Clip, Exchange, Frame, Question, Reply, Turn
from recaption.engines import Engine
from recaption.errors import AskError, RecaptionError
from recaption.modes.ask import Said
from recaption.prompts import VIDEO, Prompt
from recaption.store import Answer, Store, question_key
from recaption.video.layout import arrange

log = logging.getLogger(__name__)


class Asking:
    """`modes.ask.Ask` for one clip.

    Attributes:
        answers: every answer that was given, in the order of asking.
    """

    def __init__(self, clip: Clip, engine: Engine, store: Store, max_tokens: int) -> None:
        self.answers: list[Answer] = []
        self._clip = clip
        self._engine = engine
        self._store = store
        self._max_tokens = max_tokens

    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> Reply:
        question = self._question(prompt, images, earlier)
        key = question_key(question)
        answer = self._store.answer(self._clip, key)
        if answer is None:
            log.debug("asking %s %s", self._clip.id, key)
            answer = await self._asked(question)
            self._store.answered(self._clip, key, answer)
        self.answers.append(answer)
        return answer.reply

    def fits(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> bool:
        return self._engine.fits(self._question(prompt, images, earlier))

    def was_cut(self, text: str) -> bool:
        """Whether a text is an answer that the limit of tokens ended."""
        return any(answer.reply.is_cut and answer.reply.text == text for answer in self.answers)

    def _question(self, prompt: Prompt, images: Sequence[Frame], earlier: Sequence[Said]) -> Question:
        longest = self._engine.longest
        last = turn(prompt, images, longest)
        talk = tuple(Exchange(turn(said.prompt, said.images, longest), said.reply) for said in earlier)
        return Question(last.prompt, last.pictures, self._max_tokens, last.times, talk)

    async def _asked(self, question: Question) -> Answer:
        started = perf_counter()
        try:
            reply = await self._engine.ask(question)
        except RecaptionError:
            raise
        except Exception as error:
            raise AskError("engine", f"{type(error).__name__}: {error}") from error
        if not reply.text.strip():
            raise AskError("empty", f"no words in the answer to {question.prompt[:200]!r}")
        return Answer(reply, perf_counter() - started)


def turn(prompt: Prompt, images: Sequence[Frame], longest: int | None = None) -> Turn:
    """A prompt with its pictures, laid out as it says; see `video.layout.arrange`."""
    times = tuple(frame.time for frame in images) if prompt.layout == VIDEO else ()
    return Turn(prompt.text, arrange(prompt.layout, images, longest) if images else (), times)
