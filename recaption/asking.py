"""What a mode asks, answered by the store where it can and by the engine where it must."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from recaption.clip import Clip, Exchange, Frame, Question, Reply, TokenSampling, Turn
from recaption.engines import Engine
from recaption.errors import AskError, RecaptionError
from recaption.modes.ask import Said
from recaption.postfilter.assistant.refusals import is_refusal
from recaption.postfilter.repetition.loops import is_loop
from recaption.prompts import VIDEO, Prompt
from recaption.store import Answer, Store, question_key
from recaption.video.layout import arrange

log = logging.getLogger(__name__)


TEMPERATURE = 0.7
"""At which a question is asked again whose answer, the most likely one, was no use. A usual value, measured by nothing
here."""

SEEDS_A_TIME = 1000
"""Seeds between the first attempts of two times that a person asks; more than anybody's retries."""

FAULTS = ("cut", "loop", "refusal")
"""What makes an answer worth asking again, the least evil first."""


class Asking:
    """`modes.ask.Ask` for one clip.

    Args:
        retries: how often a question is asked again whose answer has one of FAULTS: with twice the tokens where it was
            cut, else with other sampling. What has the least fault of all attempts is the answer.

    Where a person asked for another caption of the clip, its questions are sampled too, each time with other seeds.

    Attributes:
        answers: every answer that was given, in the order of asking.
        taken: those that the mode got.
    """

    def __init__(self, clip: Clip, engine: Engine, store: Store, max_tokens: int, retries: int = 0) -> None:
        self.answers: list[Answer] = []
        self.taken: list[Reply] = []
        self._clip = clip
        self._engine = engine
        self._store = store
        self._max_tokens = max_tokens
        self._retries = retries

    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> Reply:
        question = self._question(prompt, images, earlier)
        seed = SEEDS_A_TIME * self._store.times_again(self._clip)
        if seed:
            question = _sampled(question, seed)
        replies = [await self._answer(question)]
        while len(replies) <= self._retries and (found := fault(replies[-1])):
            question = _another(question, found, seed + len(replies))
            if not self._engine.fits(question):
                break
            replies.append(await self._answer(question))
        self.taken.append(min(replies, key=_badness) if len(replies) > 1 else replies[0])
        return self.taken[-1]

    async def _answer(self, question: Question) -> Reply:
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
        return any(reply.is_cut and reply.text == text for reply in self.taken)

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


def fault(reply: Reply) -> str | None:
    """Which of FAULTS an answer has; a loop that the limit ended is a loop."""
    if is_refusal(reply.text):
        return "refusal"
    if is_loop(reply.text):
        return "loop"
    return "cut" if reply.is_cut else None


def _badness(reply: Reply) -> int:
    found = fault(reply)
    return FAULTS.index(found) + 1 if found else 0


def _another(question: Question, found: str, seed: int) -> Question:
    if found == "cut":
        return replace(question, max_tokens=2 * question.max_tokens)
    return _sampled(question, seed)


def _sampled(question: Question, seed: int) -> Question:
    return replace(question, sampling=TokenSampling(TEMPERATURE, seed))


def turn(prompt: Prompt, images: Sequence[Frame], longest: int | None = None) -> Turn:
    """A prompt with its pictures, laid out as it says; see `video.layout.arrange`."""
    times = tuple(frame.time for frame in images) if prompt.layout == VIDEO else ()
    return Turn(prompt.text, arrange(prompt.layout, images, longest) if images else (), times)
