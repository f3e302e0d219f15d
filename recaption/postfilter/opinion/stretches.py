"""How much in some words of a sentence speaks for an opinion, and how much for something that is seen."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import quotations
from recaption.postfilter.opinion import words as ow
from recaption.postfilter.opinion.phrases import PHRASES, STRONG_OPENING, WEAK_OPENING
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

_WORD = re.compile(r"[a-zà-ÿ]+(?:['’](?:t|ll|ve|re|d|m)\b)?|\d[\d.,:]*|[\"“”]")
_MARKS = '.,;:!?-–—()"“”'
_POSSESSIVES = ("'s ", "’s ")
_SMALL = (
    w.DETERMINERS
    | w.PREPOSITIONS
    | w.CONJUNCTIONS
    | w.AUXILIARIES
    | listed("he she it they you i we him them me us who which that what whose there here not s so too")
)
# Nouns that carry what their adjective says: "a bittersweet note", "a peaceful end".
_CARRYING = listed(
    """note touch quality air edge twist dimension flavour flavor ending end scene sight image picture step act way
    manner thing evening day place experience turn gesture move fashion display"""
)
_COORDINATING = frozenset(["and", "yet", "but"])
# Who says these talks to the user, and captions nothing.
_FIRST_PERSON = listed("i my me i'm i'll i've i'd i’m i’ll i’ve i’d")


@dataclass(frozen=True)
class Stretch:
    """Some words of a sentence.

    Attributes:
        words: in lower case, without marks.
        points: how much speaks for an opinion, turns of phrase included.
        phrases: how much of it is turns of phrase.
        seen: how many words name what is seen.
    """

    words: Sequence[str]
    points: int
    phrases: int
    seen: int

    @property
    def net(self) -> int:
        return self.points - self.seen

    @cached_property
    def content(self) -> int:
        """The number of words that are more than grammar."""
        return sum(word not in _SMALL for word in self.words)

    @cached_property
    def is_lofty(self) -> bool:
        """Whether something speaks for an opinion, and hardly anything is seen."""
        return self.points >= 1 and self.seen <= 1


class Reading:
    """A sentence, with what each of its words says."""

    def __init__(self, sentence: str) -> None:
        self.text = _without_quoted(sentence).lower()
        found = list(_WORD.finditer(self.text))
        self._starts = [match.start() for match in found]
        self._words = [match[0] for match in found]
        self._points = _weigh(self._words)
        self._seen = [word in VISIBLE or not word[0].isalpha() for word in self._words]
        self._phrases = list(self._find_phrases())

    @property
    def is_of_user(self) -> bool:
        return not _FIRST_PERSON.isdisjoint(self._words)

    def stretch(self, start: int, end: int) -> Stretch:
        """The words between two places of the sentence."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        phrases = sum(weight for at, stop, weight in self._phrases if start <= at and stop <= end)
        opening = start + 4 if self.text.startswith(("and ", "but ", "yet "), start) else start
        if STRONG_OPENING.match(self.text, opening, end):
            phrases += 2
        elif WEAK_OPENING.match(self.text, start, end):
            phrases += 1
        points = sum(self._points[first:last]) + phrases
        return Stretch(self._words[first:last], points, phrases, sum(self._seen[first:last]))

    def _find_phrases(self) -> Iterator[tuple[int, int, int]]:
        """Start, end and weight of each turn of phrase."""
        known = {phrase for word in PHRASES.keys() & set(self._words) for phrase in PHRASES[word]}
        for pattern, weight in known:
            for match in pattern.finditer(self.text):
                yield match.start(), match.end(), weight


def _without_quoted(sentence: str) -> str:
    """The sentence with spaces for what stands between quotation marks, as long as it was."""
    for start, end in quotations(sentence):
        sentence = sentence[: start + 1] + " " * (end - start - 2) + sentence[end - 1 :]
    return sentence


def _weigh(words: Sequence[str]) -> list[int]:
    """How much each word speaks for an opinion: an adjective before a noun that is not abstract says nothing."""
    points = [ow.WEIGHTS.get(word) or int(ow.is_abstract_by_ending(word)) for word in words]
    if ow.JUDGING.isdisjoint(words):
        return points
    describes = False  # whether an adjective at this place belongs to such a noun
    for i in range(len(words) - 2, -1, -1):
        following = words[i + 1]
        chained = following in ow.JUDGING or (following in _COORDINATING and words[i + 2 : i + 3] != [])
        if not chained or following in VISIBLE:
            describes = following in VISIBLE or not (points[i + 1] or following in _SMALL or following in _CARRYING)
        elif following in _COORDINATING and words[i + 2] not in ow.JUDGING:
            describes = False
        if describes and words[i] in ow.JUDGING and not words[i].endswith("ly"):
            points[i] = 0
    return points


def is_small(word: str) -> bool:
    """Whether a word is only grammar."""
    return word in _SMALL


@lru_cache(maxsize=4)  # the same text is asked about for its words and for their places
def without_marks(text: str) -> str:
    """The text with spaces for its marks, as long as it was."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    for ending in _POSSESSIVES:
        text = text.replace(ending, "   ")
    return text


@lru_cache(maxsize=2)  # several rules ask about one text
def words_of(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(without_marks(text.lower()).split())


def may_judge(sentence: str, words: str, hints: frozenset[str]) -> bool:
    """Whether a sentence may hold an opinion: a quick look.

    One light hint does not do where two things are seen between the same commas, or in the whole of a sentence that
    begins with it.

    Args:
        words: the sentence in lower case and without marks.
        hints: the words of the text that speak for an opinion.
    """
    found = [word for word in words.split() if word in hints]
    if len(found) != 1 or ow.WEIGHTS.get(found[0], 0) > 1 or found[0] in ow.CRAFT | ow.TELLTALE:
        return bool(found)
    at = words.find(found[0])
    start = sentence.rfind(",", 0, at) + 1
    end = sentence.find(",", at) if start else len(sentence)
    return sum([word in VISIBLE for word in words[start : end if end > 0 else None].split()]) < 2
