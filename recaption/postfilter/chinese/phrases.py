"""Word lists as patterns, and words of known kinds in a row: how rules read Chinese without a dictionary of it all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_FIRST_LETTER = re.compile(r"(?:\(\?<[!=][^()]*\))?([^\W\d_])")


def any_of(words: str) -> str:
    """A pattern for each of the words, which may be patterns themselves; the longer ones come first."""
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"


class WordSet:
    """Many words, found fast: a place is looked at only where one of their first characters stands.

    The words may be patterns that begin with a character of their own, perhaps behind a look behind.
    """

    def __init__(self, *lists: str) -> None:
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word in " ".join(lists).split():
            first = _FIRST_LETTER.match(word)
            if first is None:
                raise ValueError(f"{word!r} begins with no character of its own")
            words[first[1]].append(word)
        self._patterns = {letter: re.compile(any_of(" ".join(each))) for letter, each in words.items()}
        self._letters = re.compile(f"[{''.join(words)}]")

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The word that stands at a position."""
        pattern = self._patterns.get(text[position : position + 1])
        return pattern.match(text, position) if pattern else None

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first word between two positions."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The words between two positions, none overlapping."""
        end = len(text) if end is None else end
        for letter in self._letters.finditer(text, start, end):
            if letter.start() >= start and (word := self._patterns[letter[0]].match(text, letter.start(), end)):
                yield word
                start = word.end()


@dataclass(frozen=True)
class Token:
    """A known word in a text."""

    kind: str
    start: int
    end: int


class Lexicon:
    """Words by kind; the longest word counts, and of two kinds the first one given."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds: dict[str, str] = {}
        for kind, words in kinds.items():
            for word in words.split():
                self._kinds.setdefault(word, kind)
        self._longest = max(map(len, self._kinds))
        self._first = frozenset(word[0] for word in self._kinds)

    def read(self, text: str, start: int, end: int) -> list[Token]:
        """The known words from `start` on, up to the first place where none stands, or one of the kind "none".

        Digits and spaces are of the kind "num".
        """
        found: list[Token] = []
        while start < end:
            token = self._word(text, start, end)
            if token is None or token.kind == "none":
                break
            found.append(token)
            start = token.end
        return found

    def _word(self, text: str, start: int, end: int) -> Token | None:
        if text[start].isdigit() or text[start] == " ":
            return Token("num", start, start + 1)
        if text[start] in self._first:
            for length in range(min(self._longest, end - start), 0, -1):
                if kind := self._kinds.get(text[start : start + length]):
                    return Token(kind, start, start + length)
        return None
