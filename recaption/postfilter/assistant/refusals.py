"""A model that refuses: it says that it cannot, may not or will not tell what is in the clip, or that it is sorry.

A person in the scene who refuses is a fact, and so is a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recaption.postfilter.assistant import refusal_talk as talk
from recaption.postfilter.assistant.refusal_words import ABOUT
from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.english.sentences import QUOTED_WHOLE, quotations, spans
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import marked, vocabulary

_LONGEST = 1000  # characters of a sentence that are looked at
# One of the first words is in every refusal, or one of the second and one of those that it is about.
_SPEAKING = marked(
    """I I'm I've I'd I'll me my mine we we're we've our you you've your sorry apologies apologise apologize pardon
    forgive regrettably unfortunately alas AI assistant chatbot LLM regret"""
)
_DENYING = marked(
    """no not cannot can't couldn't unable impossible unavailable denied refused blocked rejected declined unsupported
    failed never didn't hasn't isn't aren't won't error beyond outside against missing off-limits inappropriate
    withheld"""
)


def is_refusal(text: str) -> bool:
    """Whether a text, raw or cleaned, has a sentence that refuses; quotation marks around it all count for nothing."""
    if whole := QUOTED_WHOLE.fullmatch(text.strip()):
        text = whole[1]
    return any(_refuses(text[start:end]) for start, end in spans(text))


def _refusals(text: str) -> Iterator[Change]:
    if is_refusal(text):
        yield Change(0, len(text), "")


def _may_be(words: frozenset[str]) -> bool:
    return not _SPEAKING.isdisjoint(words) or not (_DENYING.isdisjoint(words) or ABOUT.isdisjoint(words))


@lru_cache(maxsize=REMEMBERED)
def _refuses(sentence: str) -> bool:
    sentence = sentence[:_LONGEST]
    words = vocabulary(sentence)
    if sentence[0] in "\"“'‘«" or not _may_be(words):
        return False
    told = _unquoted(sentence)
    signs = (talk.FIRST_PERSON,) if talk.GOODBYE.match(told) else talk.signs(words)
    return any((found := sign.search(told)) and not talk.SAYS.search(told, 0, found.start()) for sign in signs)


def _unquoted(sentence: str) -> str:
    """The sentence with plain apostrophes, and without what it quotes."""
    kept, done = "", 0
    for start, end in quotations(sentence):
        kept += sentence[done:start] + "..."
        done = end
    return (kept + sentence[done:]).replace("’", "'")


REFUSALS = Rule(
    "refusal",
    "the model refuses to caption the clip, or is sorry that it cannot",
    ("I'm sorry, but I can't describe this clip.", ""),
    _refusals,
    fails=True,
    language="English",
)
