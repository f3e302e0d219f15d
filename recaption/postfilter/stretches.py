"""How much in some words of a sentence speaks for an opinion, and how much for something that is seen."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from recaption.postfilter import opinion_words as ow
from recaption.postfilter import words as w
from recaption.postfilter.opinion_phrases import PHRASES, STRONG_OPENING, WEAK_OPENING

_WORD = re.compile(r"[a-zà-ÿ]+(?:['’](?:t|ll|ve|re|d|m)\b)?|\d[\d.,:]*|[\"“”]")
_MARKS = ".,;:!?-–—()\"“”"
_POSSESSIVES = ("'s ", "’s ")
_SMALL = (
    w.DETERMINERS
    | w.PREPOSITIONS
    | w.CONJUNCTIONS
    | w.AUXILIARIES
    | frozenset("he she it they you i we him them me us who which that what whose there here not s so too".split())
)
# Who says these talks to the user, and captions nothing.
_FIRST_PERSON = frozenset("i my me i'm i'll i've i'd i’m i’ll i’ve i’d".split())


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
        self.text = sentence.lower()
        found = list(_WORD.finditer(self.text))
        self._starts = [match.start() for match in found]
        self._words = [match[0] for match in found]
        self._points = [ow.WEIGHTS.get(word) or int(ow.is_abstract_by_ending(word)) for word in self._words]
        self._seen = [word in ow.VISIBLE or not word[0].isalpha() for word in self._words]
        self._phrases = list(self._find_phrases())

    @property
    def is_of_user(self) -> bool:
        return not _FIRST_PERSON.isdisjoint(self._words)

    def stretch(self, start: int, end: int) -> Stretch:
        """The words between two places of the sentence."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        phrases = sum(weight for at, stop, weight in self._phrases if start <= at and stop <= end)
        if STRONG_OPENING.match(self.text, start, end):
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


def is_small(word: str) -> bool:
    """Whether a word is only grammar."""
    return word in _SMALL


def without_marks(text: str) -> str:
    """The text with spaces for its marks, as long as it was."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    for ending in _POSSESSIVES:
        text = text.replace(ending, "   ")
    return text


def weight(words: str) -> int:
    """How much the words of a lower-case text without marks speak for an opinion: a quick look."""
    get = ow.WEIGHTS.get
    return sum([get(word, 0) for word in words.split()])
