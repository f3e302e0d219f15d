"""Words that no sentence ends with, alone or after those before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from recaption.postfilter.ending import end_words as e
from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb, is_noun
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.opinion.words import WEIGHTS

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
    return word not in s.STRANGE_ENDS and (bool(_BROKEN_END.search(word)) or word[-3:] not in _known_ends())


@cache
def _known_ends() -> frozenset[str]:
    """The last three letters of each word that the rules know: nearly all that English words end in."""
    known = (VISIBLE, WEIGHTS, w.FINITE, s.NEED_NOUN, s.NEED_OBJECT, e.OTHER_WORDS)
    return frozenset(word[-3:] for words in known for word in words)


def is_broken_measure(number_before: str, word: str) -> bool:
    """Whether a short word behind a number is no unit: "about 50 c"."""
    return bool(number_before) and len(word) < 3 and word.isalpha() and word.islower() and word not in e.UNITS


def is_open_number(tail: Sequence[str]) -> bool:
    """Whether words end with a number that may go on, or counts something: "chalks up 2", but not "in lane 4"."""
    return tail[-1][0].isdigit() and tail[-2:-1] != [] and tail[-2] not in e.NUMBERED


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
    if last == "then" or last in e.ORDINALS:
        return _is_left_open(tail)
    if before == "as" and last in e.MEASURED:
        return tail[-4:-3] != ["as"]  # "as far", not "as far as possible"
    return _misses_subject_or_verb(tail) or _misses_object(tail) or _misses_noun(tail)


def never_ends(tail: Sequence[str]) -> bool:
    """Whether words cannot be a sentence's last even with a full stop behind them: "turns to the.", "turns into."."""
    if not tail or tail[-1] in e.BEFORE_NOUN:
        return bool(tail)
    return tail[-1] in e.ONLY_PREPOSITIONS and s.RELATING.isdisjoint(tail)


def ends_surely(tail: Sequence[str]) -> bool:
    """Whether words end as hardly any but whole sentences do: an adverb, a particle, a pronoun, "is" and its adjective.

    A noun is no such end, since much that was cut ends with one.
    """
    if len(tail) < 3:
        return False
    last, before = tail[-1], tail[-2]
    if last in e.PREPOSITIONS_TOO:
        return before in s.OBJECTS or before in w.FINITE
    if last in e.PARTICLES or is_adverb(last):
        return before not in s.JOINING and before not in w.PREPOSITIONS - e.PARTICLES
    if last in s.OBJECTS:
        return last != "her"
    described = w.is_adjective(last) or (before == "and" and w.is_adjective(tail[-3]))
    return described and before not in w.DETERMINERS and not e.LINKING.isdisjoint(tail[-5:-1])


def _is_left_open(tail: Sequence[str]) -> bool:
    """ "sits down, then", "while a third"; "until then" and "from the first to the second" are whole."""
    last, before = tail[-1], tail[-2] if len(tail) > 1 else ""
    if last == "then":
        return before not in e.BEFORE_THEN and tail[-3:-1] != ["now", "and"]
    return before in w.DETERMINERS and e.CONTRASTED.isdisjoint(tail[:-1])


def _misses_subject_or_verb(tail: Sequence[str]) -> bool:
    """ "a door that", "and they", "until it", "but there", "and slowly", "and behind", "while two"."""
    last, before = tail[-1], tail[-2] if len(tail) > 1 else ""
    if last == "that":
        return is_noun(before) or before in s.JOINING
    if last in s.SUBJECTS or last == "who":
        return before not in s.COMPARED
    if last == "it":
        return before in s.BEFORE_LAST_IT
    if last in s.NUMBERS:
        return before in ("and", "or", "while", "as", "where")
    if before in s.JOINING and last in w.PREPOSITIONS:
        return tail[-3:-2] != [] and tail[-3] not in w.PREPOSITIONS and tail[-3] not in s.PAIRED_BY_AND
    return before in s.JOINING and (last == "there" or is_adverb(last))


def _misses_object(tail: Sequence[str]) -> bool:
    """Whether a verb or preposition lacks its object: "he holds", "puts on", "sits on the mat in"."""
    last, before = tail[-1], tail[-2] if len(tail) > 1 else ""
    if last in s.AFTER_VERB and _ends_phrase(tail[:-1]):
        return True
    if last in e.HARDLY_PARTICLES and len(tail) > 2 and tail[-3] in w.DETERMINERS and is_noun(before):
        return True
    if before in e.BEFORE_BASE and w.third_person(last) in s.NEED_OBJECT:
        return not (len(tail) > 3 and tail[-4] in w.DETERMINERS and is_noun(tail[-3]))  # "a rope to hold"
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
        return s.COMPARED.isdisjoint(tail[-4:-1])
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
    if word in s.NEED_NOUN or _DESCRIBING.match(word):
        return True
    noun_too = word in e.NOUNS_TOO or word in VISIBLE or word.endswith(("ed", "ing"))
    return w.is_adjective(word) and not noun_too
