"""What a part of a sentence can be, as far as its words show: an opener, a noun phrase, a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb, is_noun
from recaption.postfilter.vocabulary import listed

_WORD = re.compile(r"[\w'-]+")
_TOKEN = re.compile(r"[\w'-]+|,")
_OPENERS = w.PREPOSITIONS | listed(
    """regarding concerning meanwhile otherwise overall however still apart aside other besides again here there
    elsewhere then also even so and but yet once next nevertheless nonetheless now little far wherever left right"""
)
_NO_NOUNS = listed(
    """he she they it there i we who which whose whom where when while but so because although though if until to as
    than"""
)
_ARTICLES = w.DEFINITE | {"a", "an", "another", "each", "every"}
_BEFORE_ARTICLE = (
    w.PREPOSITIONS
    | {","}
    | listed("and or nor neither both all half not no any even either only plus such many than quite whether")
)
_NEVER_LAST = w.DANGLING | {"no", "not"}
_LONGEST_ITEM = 7  # words, with one "and" or "or" among them
_LISTING = frozenset(["and", "or", "nor", "not", "no"])
_FINITE = w.AUXILIARIES - {"be", "been", "being"}
_STARTS = w.DETERMINERS | listed("he she they it there i we you one everyone everything")


def words_of(part: str) -> list[str]:
    return _WORD.findall(part)


def opens(part: str) -> bool:
    """Whether a lower-case part can open a sentence, and states nothing: "in the background", "otherwise"."""
    words = words_of(part)
    if words[:2] in (["the", "whole"], ["the", "entire"], ["all", "the"], ["all", "this"], ["no", "matter"]):
        return True
    return not words or ((words[0] in _OPENERS or is_adverb(words[0])) and not states(words))


def is_phrase(part: str) -> bool:
    """Whether a lower-case part can be a noun phrase: no verb, and an article only first, or behind "of" or "and"."""
    words, tokens = words_of(part), _TOKEN.findall(part)
    if not (_NO_NOUNS.isdisjoint(words) and _FINITE.isdisjoint(words)):
        return False
    if any(word in _ARTICLES and before not in _BEFORE_ARTICLE for before, word in pairwise(tokens)):
        return False
    if not words or words[-1] in _NEVER_LAST or states(words):
        return False
    items = part.strip(", ").split(", ")
    return len(items) == 1 or (not _LISTING.isdisjoint(words_of(", ".join(items[1:]))) and all(map(_is_item, items)))


def _is_item(item: str) -> bool:
    """Whether a part can be one of a list, which has short ones."""
    words = words_of(item)
    return len(words) <= _LONGEST_ITEM and w.PREPOSITIONS.isdisjoint(words[:-1])


def states(words: Sequence[str]) -> bool:
    """Whether words state something: "the baker kneads dough and the kitchen"."""
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        following = words[i + 1] if i + 1 < len(words) else ""
        if before in ("", "who", "that", "what", "whatever") or not is_noun(before):
            continue
        if word in _FINITE:
            return True
        transitive = following in w.DETERMINERS or (following and is_noun(following) and word.endswith("s"))
        if word in w.THIRD_PERSON and (transitive or following == "and" or following in w.PREPOSITIONS - {"of"}):
            return True
        if transitive and is_noun(word) and word.endswith("s") and not w.is_plural(before):
            return True
    return False


def is_clause(part: str) -> bool:
    """Whether a lower-case part can stand alone: it begins with a determiner or pronoun and has a verb."""
    words = words_of(part)
    return len(words) > 1 and words[0] in _STARTS and any(_can_be_verb(words, i) for i in range(1, len(words)))


def _can_be_verb(words: Sequence[str], i: int) -> bool:
    word = words[i]
    return word in w.FINITE or (word.endswith(("s", "ed")) and words[i - 1] not in w.DETERMINERS | w.PREPOSITIONS)
