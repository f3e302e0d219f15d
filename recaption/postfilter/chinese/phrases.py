"""Words of known kinds in a row: how the rules read a phrase without a dictionary of the whole language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    kind: str
    start: int
    end: int


class Lexicon:
    """Words by kind, in simplified characters; the longest word counts, and of two kinds the first one given."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds: dict[str, str] = {}
        for kind, words in kinds.items():
            for word in words.split():
                self._kinds.setdefault(word, kind)
        self._longest = max(map(len, self._kinds))
        self._first = frozenset(word[0] for word in self._kinds)

    def read(self, text: str, start: int, end: int) -> Iterator[Token]:
        """The known words from `start` on, up to the first place where none stands; digits are of the kind "num"."""
        while start < end:
            token = self._word(text, start, end)
            if token is None:
                return
            yield token
            start = token.end

    def _word(self, text: str, start: int, end: int) -> Token | None:
        if text[start].isdigit() or text[start] == " ":
            return Token("num", start, start + 1)
        if text[start] in self._first:
            for length in range(min(self._longest, end - start), 0, -1):
                if kind := self._kinds.get(text[start : start + length]):
                    return Token(kind, start, start + length)
        return None


def any_of(words: str) -> str:
    """A pattern for each of the words, which may be patterns themselves; where two begin alike, the longer one first."""
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"
