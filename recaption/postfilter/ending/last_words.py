"""Words that no sentence ends with, alone or after those before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb, is_noun

_DESCRIBING = re.compile(
    r"\w+-(?:\w+ed|style|size|foot|met(?:re|er)|inch|store?y|year|like|drenched|lit|looking|speed|length)\Z"
    r"|\w+(?:(?<!hand)(?<!arm)(?<!mouth)(?<!spoon)(?<!fist)(?<!bag)(?<!cup)(?<!pocket)(?<!plate)ful|less|ous|ible|esque)\Z"
)
_LETTERS = re.compile(r"[a-z]+\Z")
# Letters that English words of four letters and more do not end in.
_BROKEN_END = re.compile(
    r"(?:[bcdfgkpqtvxz]l|[bcdfgkptvwz]r|[st]hr|[iujqv]|qu|[bcdfgjkpqtv]w|[^aio]c|bb|cc|dd|gg|kk|mm|nn|pp|rr|tt"
    r"|[bcdfpstvxz]n|[bcdfgkptvxz]m|[bcghkmpst]d|[gkvz]t|[bcdlmpst]g|[bdmpt]k|[dgnpst]b|[bdgknt]p|[bdlmnrvw]h)\Z"
)
_BETWEEN = s.DEGREES | {"and"}


def is_broken(word: str) -> bool:
    """Whether a word was cut inside: "le", "shov", "tabl"."""
    if not _LETTERS.match(word):
        return False
    if len(word) < 4:
        return word not in s.SHORT
    return word not in s.STRANGE_ENDS and bool(_BROKEN_END.search(word))


def cannot_end(tail: Sequence[str]) -> bool:
    """Whether no sentence ends with these words, in lower case; the last eight are enough."""
    last = tail[-1]
    before = tail[-2] if len(tail) > 1 else ""
    if before in s.LAST_AFTER.get(last, ()):
        return False
    if last in w.AUXILIARIES and before in ("he", "she", "it", "they", "there"):
        return s.RELATING.isdisjoint(tail)  # "as tall as he is"
    if last in s.NEVER_LAST or (last in s.SHORT_CLOSED and before in s.OWN | {"the"} - {"her"}):
        return True
    return _misses_subject_or_verb(last, before) or _misses_object(tail) or _misses_noun(tail)


def _misses_subject_or_verb(last: str, before: str) -> bool:
    """ "a door that", "and they", "until it", "but there", "and slowly", "while two"."""
    if last == "that":
        return is_noun(before) or before in s.JOINING
    if last in s.SUBJECTS or last == "who":
        return before not in s.COMPARED
    if last == "it":
        return before in s.BEFORE_LAST_IT
    if last in s.NUMBERS:
        return before in ("and", "or", "while", "as", "where")
    return before in s.JOINING and (last == "there" or is_adverb(last))


def _misses_object(tail: Sequence[str]) -> bool:
    """Whether a verb or preposition lacks its object: "he holds", "puts on", "sits on the mat in"."""
    last, before = tail[-1], tail[-2] if len(tail) > 1 else ""
    if last in s.AFTER_VERB and _ends_phrase(tail[:-1]):
        return True
    if last in s.SECOND_PARTICLES and is_noun(before) and before not in w.FINITE:
        return any(tail[i] in s.FIRST_PARTICLES and tail[i + 1] in s.OBJECT_STARTS for i in range(len(tail) - 2))
    if last in ("reads", "says"):
        return before in s.WRITTEN
    if last in s.NEED_OBJECT:
        subject = before
    elif before in s.NEED_OBJECT_WITH.get(last, ()):
        subject = tail[-3] if len(tail) > 2 else ""
    else:
        return False
    if not subject or not s.RELATING.isdisjoint(tail):
        return False  # "the cup that he holds"
    return subject in ("he", "she", "it", "and", "then") or (is_noun(subject) and not w.is_plural(subject))


def _ends_phrase(tail: Sequence[str]) -> bool:
    """Whether words end with a preposition and its noun, behind which no particle stands: "on the mat"."""
    i = len(tail) - 2
    while i > 0 and w.is_adjective(tail[i]) and not tail[-1].endswith("s"):
        i -= 1
    before = w.PREPOSITIONS - {"of", "to", "up", "out", "off", "down"}
    return i > 0 and tail[i] in w.DETERMINERS and is_noun(tail[-1]) and tail[i - 1] in before


def _misses_noun(tail: Sequence[str]) -> bool:
    """Whether a noun has to follow: an article and adjectives, or a genitive ("his long white", "the dog's")."""
    if tail[-1].endswith(("'s", "’s")) and len(tail) > 2:
        return tail[-3] not in s.COMPARED and (tail[-2] in w.DETERMINERS or w.is_adjective(tail[-2]))
    start = len(tail) - 1
    while start and (w.is_adjective(tail[start]) or _needs_noun(tail[start]) or tail[start] in _BETWEEN):
        start -= 1
    determiner, described = tail[start], [word for word in tail[start + 1 :] if word not in _BETWEEN]
    if not described or determiner not in s.OWN | s.NUMBERS | {"the", "this"}:
        return False
    last = described[-1]
    if determiner in ("a", "an") and last.endswith("ed") and last not in s.NOUNS_IN_ED:
        return True
    if _needs_noun(last):
        return (determiner, last) != ("a", "little") and (determiner in s.OWN or last not in s.PERSONS)
    if last in w.COLOURS:
        shade = len(described) > 1 and described[-2] in s.SHADES
        return not shade and (determiner in s.OWN or (start > 0 and tail[start - 1] in ("in", "with")))
    return "and" in tail[start + 1 :] and len(described) > 1


def _needs_noun(word: str) -> bool:
    return word in s.NEED_NOUN or bool(_DESCRIBING.match(word))
