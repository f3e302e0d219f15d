"""Asking again where an answer was cut, loops or refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recaption.asking import TEMPERATURE, Asking
from recaption.clip import GREEDY, Clip, Question, Reply, TokenSampling
from recaption.prompts import Prompt
from recaption.store import MemoryStore
from tests.clips import ColourEngine
from tests.loops import in_loop

GOOD = "A man walks along the pier."
LOOP = "A man walks. " + "He stops. " * 40
REFUSAL = "I'm sorry, but I can't describe this video."
CLIP = Clip("/films/a.mp4", size=1, mtime_ns=2)
PROMPT = Prompt("Describe it.")


def cut(words: int) -> Reply:
    return Reply(" ".join(f"word{number}" for number in range(words)), "length", 10, words)


def stop(text: str) -> Reply:
    return Reply(text, "stop", 10, 5)


async def asked(
    answer: Callable[[Question], Reply], retries: int = 1, store: MemoryStore | None = None, longest: int = 10**9
) -> tuple[Reply, Asking, list[Question]]:
    engine = ColourEngine(answer=answer)
    engine.fits = lambda question: question.max_tokens <= longest  # type: ignore[method-assign]
    ask = Asking(CLIP, engine, store or MemoryStore(), 100, retries)
    return await ask(PROMPT), ask, engine.asked


@in_loop
async def test_a_cut_answer_gets_twice_the_tokens() -> None:
    reply, ask, questions = await asked(lambda q: stop(GOOD) if q.max_tokens > 100 else cut(100))
    assert reply.text == GOOD
    assert [(q.max_tokens, q.sampling) for q in questions] == [(100, GREEDY), (200, GREEDY)]
    assert len(ask.answers) == 2
    assert ask.taken == [reply]
    assert not ask.was_cut(cut(100).text)


@pytest.mark.parametrize("bad", [LOOP, REFUSAL])
@in_loop
async def test_a_loop_or_a_refusal_gets_other_sampling(bad: str) -> None:
    reply, _, questions = await asked(lambda q: stop(GOOD) if q.sampling != GREEDY else stop(bad))
    assert reply.text == GOOD
    assert [(q.max_tokens, q.sampling) for q in questions] == [(100, GREEDY), (100, TokenSampling(TEMPERATURE, 1))]


@in_loop
async def test_a_loop_that_the_limit_ended_is_no_matter_of_the_limit() -> None:
    _, _, questions = await asked(lambda q: Reply(LOOP, "length", 10, 100))
    assert [q.max_tokens for q in questions] == [100, 100]


@in_loop
async def test_each_attempt_is_another_question() -> None:
    reply, ask, questions = await asked(lambda q: stop(LOOP), retries=3)
    assert reply.text == LOOP
    assert [q.sampling.seed for q in questions] == [0, 1, 2, 3]
    assert len(ask.answers) == 4


@in_loop
async def test_of_useless_attempts_the_least_bad_is_taken() -> None:
    said = iter([stop(REFUSAL), stop(LOOP), stop(REFUSAL)])
    reply, *_ = await asked(lambda q: next(said), retries=2)
    assert reply.text == LOOP


@pytest.mark.parametrize("retries", [0, 2])
@in_loop
async def test_a_good_answer_is_not_asked_for_again(retries: int) -> None:
    assert len((await asked(lambda q: stop(GOOD), retries))[2]) == 1


@in_loop
async def test_without_retries_the_first_answer_stands() -> None:
    reply, _, questions = await asked(lambda q: cut(100), retries=0)
    assert reply.is_cut
    assert len(questions) == 1


@in_loop
async def test_what_does_not_fit_the_context_is_not_asked() -> None:
    reply, _, questions = await asked(lambda q: cut(q.max_tokens), retries=3, longest=200)
    assert [q.max_tokens for q in questions] == [100, 200]
    assert reply.is_cut


@in_loop
async def test_every_attempt_is_kept_and_not_asked_twice() -> None:
    store = MemoryStore()
    first = await asked(lambda q: stop(LOOP), retries=2, store=store)
    again = await asked(lambda q: stop(GOOD), retries=2, store=store)
    assert again[0] == first[0]
    assert len(first[2]) == 3
    assert again[2] == []
