"""Words and marks of a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")


class Token(NamedTuple):
    """A word in lower case, or a mark, with its place in the text."""

    start: int
    end: int
    word: str

    @property
    def is_mark(self) -> bool:
        return not self.word[0].isalnum()


NOTHING = Token(0, 0, ".")


class Tokens:
    """The tokens of one sentence; outside of it there are full stops."""

    def __init__(self, text: str, start: int, end: int) -> None:
        found = _TOKEN.finditer(text, start, end)
        self._all = [Token(match.start(), match.end(), match[0].lower().replace("’", "'")) for match in found]

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, i: int) -> Token:
        return self._all[i] if 0 <= i < len(self._all) else NOTHING

    def word(self, i: int) -> str:
        return self[i].word

    def words(self, i: int, count: int) -> tuple[str, ...]:
        return tuple(self[i + k].word for k in range(count))

    def follows(self, i: int, phrase: str) -> bool:
        """Whether the words of a phrase stand at `i`."""
        wanted = tuple(phrase.split())
        return self.words(i, len(wanted)) == wanted
