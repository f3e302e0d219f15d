"""Sentences that say nothing but that something did not change, or that nothing happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recaption.postfilter.english import words as w
from recaption.postfilter.english.by_sentence import REMEMBERED, by_sentence
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.negation import sameness
from recaption.postfilter.negation.statements import opens, states, words_of
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import listed, vocabulary

_LONGEST = 300  # characters of a sentence that says so little
_ADVERBIALS = w.PREPOSITIONS | listed(
    """all the still again yet either too here there ever otherwise meanwhile however though afterwards anymore any
    every each no regardless whatsoever overall even also both everywhere whatever once and further on onwards"""
)
_STATES = (w.AUXILIARIES - {"be", "been", "being"}) | {"with", "it", "they", "there", "who", "that"}
_ADDED = frozenset(["too", "also", "however", "for example"])
_BEFORE_NOUN = w.DETERMINERS | w.PREPOSITIONS | {"and", "or"}
_NEVER_LAST = w.DANGLING - listed("her his this that those these each both another") | {"in", "on"}
# A camera that does not move is a fact.
_FILMED = re.compile(r"\bcamera\b")
_STILL = re.compile(r"\b(?:shift|deviat|mov)")


def _unchanged(text: str) -> Iterator[Change]:
    return by_sentence(text, _judged)


@lru_cache(maxsize=REMEMBERED)
def _judged(sentence: str) -> Sequence[Change] | None:
    words = vocabulary(sentence)
    if len(sentence) > _LONGEST or sameness.ANY_WORD.isdisjoint(words):
        return ()
    told = sentence.lower().replace("’", "'").rstrip(".!… ")
    return None if any(_is_all(told, core) for core in sameness.cores(told, words)) else ()


def _is_all(told: str, core: re.Match[str]) -> bool:
    """Whether what stands around the core only names what did not change, and where, and since when."""
    before = sameness.COMPARED.sub("here", told[: core.start()])
    after = sameness.COMPARED.sub("here", told[core.end() :])
    if sameness.MORE.search(f"{before}|{after}") or (_FILMED.search(before) and _STILL.search(core[0])):
        return False
    return _names(before) and _is_adverbial(after)


def _names(before: str) -> bool:
    """Whether a beginning is a noun phrase, or nothing, behind any openers, with its verb in front of the core."""
    *openers, subject = before.split(", ")
    words = _without_verb(words_of(subject))
    if states(words) or (words and words[-1] in _NEVER_LAST):
        return False
    listed = "and" in words or not _ADDED.isdisjoint(openers) or (len(openers) > 1 and all(map(opens, openers[1:])))
    return all(
        part in _ADDED or opens(part) or ((listed or i > 0) and not states(words_of(part)))
        for i, part in enumerate(openers)
    )


def _without_verb(words: list[str]) -> list[str]:
    """The words of a subject without a verb and its auxiliaries at their end."""
    end = len(words)
    while end and (words[end - 1] in ("itself", "themselves", "not", "n't") or is_adverb(words[end - 1])):
        end -= 1
    if end > 1 and words[end - 1].endswith(("s", "ed", "en")) and words[end - 2] not in _BEFORE_NOUN:
        end -= 1
    while end and words[end - 1] in w.AUXILIARIES:
        end -= 1
    return words[:end]


def _is_adverbial(after: str) -> bool:
    """Whether an end only says where, when and how far."""
    for part in after.split(", "):
        words = words_of(part)
        if words and not (words[0] in _ADVERBIALS or is_adverb(words[0])):
            return False
        if not _STATES.isdisjoint(words) or states(words):
            return False
    return True


UNCHANGED = Rule(
    "no_change",
    "a sentence goes that only says that something did not change, or that nothing happened",
    ("The background remains unchanged throughout. A man walks.", "A man walks."),
    _unchanged,
    language="English",
)
