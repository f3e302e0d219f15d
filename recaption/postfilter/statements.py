"""What a part of a sentence can be, as far as its words show: an opener, a noun phrase, a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from recaption.postfilter import words as w
from recaption.postfilter.noun_phrase import is_adverb, is_noun

_WORD = re.compile(r"[\w'-]+")
_OPENERS = w.PREPOSITIONS | frozenset(
    """regarding concerning meanwhile otherwise overall however still apart aside other besides again here there
    elsewhere then also even so and but yet once next nevertheless nonetheless now little far wherever left right""".split()
)
_NO_NOUNS = frozenset(
    """he she they it there i we who which whose whom where when while but so because although though if until to as than""".split()
)
_BEFORE_ARTICLE = w.PREPOSITIONS | frozenset(
    "and or nor neither both all half not no any even either only plus such many than quite whether".split()
)
_FINITE = w.AUXILIARIES - {"be", "been", "being"}
_STARTS = w.DETERMINERS | frozenset("he she they it there i we you one everyone everything".split())


@lru_cache(maxsize=2)  # several rules in a row ask about one text
def vocabulary(text: str) -> frozenset[str]:
    """The lower-case words of a text, with the marks that stick to them: a cheap look before a dear one."""
    return vocabulary_of(text)


def vocabulary_of(part: str) -> frozenset[str]:
    return frozenset(part.lower().split())


def marked(words: str) -> frozenset[str]:
    """Words as they come in a vocabulary: lower-case, alone and beside a mark."""
    plain = words.lower().split()
    curly = [word.replace("'", "’") for word in plain if "'" in word]
    forms = {word + mark for word in (*plain, *curly) for mark in ("", *".,;:!?)", "...", "…")}
    return frozenset(forms | {f"({word}" for word in plain})


def words_of(part: str) -> list[str]:
    return _WORD.findall(part)


def opens(part: str) -> bool:
    """Whether a lower-case part can open a sentence, and states nothing: "in the background", "otherwise"."""
    words = words_of(part)
    if words[:2] in (["the", "whole"], ["the", "entire"], ["all", "the"], ["all", "this"], ["no", "matter"]):
        return True
    return not words or ((words[0] in _OPENERS or is_adverb(words[0])) and not states(words))


def is_phrase(part: str) -> bool:
    """Whether a lower-case part can be a noun phrase: no verb, and no article but at its start and behind "of", "and"."""
    words = words_of(part)
    for i, word in enumerate(words):
        if word in _NO_NOUNS or word in _FINITE:
            return False
        if i and word in _ARTICLES and words[i - 1] not in _BEFORE_ARTICLE:
            return False
    _, comma, listed = part.partition(", ")
    return bool(words) and not states(words) and words[-1] not in _NEVER_LAST and not (comma and _LIST.isdisjoint(words_of(listed)))


_NEVER_LAST = w.DANGLING | {"no", "not"}
_LIST = frozenset(["and", "or", "nor", "not", "no"])
_ARTICLES = w.DEFINITE | {"a", "an", "another", "each", "every"}


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
