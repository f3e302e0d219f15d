"""A model that refuses: it says that it cannot, may not or will not tell what is in the clip, or that it is sorry.

A person in the scene who refuses is a fact, and so is a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from recaption.postfilter import refusal_talk as talk
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import quotations, spans
from recaption.postfilter.vocabulary import marked, vocabulary, vocabulary_of

_LONGEST = 1000  # characters of a sentence that are looked at
# A word of the first set is in every refusal, or one of the second and one of the third.
_SPEAKING = marked(
    """I I'm I've I'd I'll me my mine we we're we've our you you've your sorry apologies apologise apologize pardon
    forgive regrettably unfortunately alas AI assistant chatbot LLM regret"""
)
_DENYING = marked(
    """no not cannot can't couldn't unable impossible unavailable denied refused blocked rejected declined unsupported
    failed never didn't hasn't isn't aren't won't error beyond outside against missing off-limits inappropriate
    withheld"""
)
_ABOUT = marked(
    """video videos clip footage recording film image images picture file media attachment upload link content material
    caption captions description summary transcript answer response request prompt question task input format error
    describe process help assist comply describing captioning viewing watching commenting identifying naming helping
    model"""
)


def is_refusal(text: str) -> bool:
    """Whether a text, raw or cleaned, has a sentence that refuses."""
    return _may_be(vocabulary(text)) and any(_refuses(text[start:end]) for start, end in spans(text))


def _refusals(text: str) -> Iterator[Change]:
    if is_refusal(text):
        yield Change(0, len(text), "")


def _may_be(words: frozenset[str]) -> bool:
    return not _SPEAKING.isdisjoint(words) or not (_DENYING.isdisjoint(words) or _ABOUT.isdisjoint(words))


def _refuses(sentence: str) -> bool:
    sentence = sentence[:_LONGEST]
    if sentence[0] in "\"“'‘«" or not _may_be(vocabulary_of(sentence)):
        return False
    told = _unquoted(sentence)
    signs = (talk.FIRST_PERSON,) if talk.GOODBYE.match(told) else talk.SIGNS
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
