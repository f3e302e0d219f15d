"""Lists of words: as sets, as patterns, and as a cheap look into a text."""

from __future__ import annotations

import re
from functools import lru_cache

_BEYOND_ASCII = re.compile(r"[^\0-\x7f][^\0-\x7f]*")
_RARE = re.compile(r"[^ A-Za-z0-9,.'-][^ A-Za-z0-9,.'-]*")
_MARKS = ("", *".,;:!?)", "...", "…")
_REMEMBERED = 256


def listed(words: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words.split())


def any_of(phrases: str) -> str:
    """A pattern for one of the words; "_" stands for a space in it."""
    return f"(?:{'|'.join(phrases.split())})".replace("_", " ")


def marked(words: str) -> frozenset[str]:
    """Words as they come in a vocabulary: lower-case, alone and beside a mark."""
    plain = words.lower().split()
    curly = [word.replace("'", "’") for word in plain if "'" in word]
    return frozenset([*(word + mark for word in (*plain, *curly) for mark in _MARKS), *(f"({word}" for word in plain)])


@lru_cache(maxsize=_REMEMBERED)  # several rules in a row ask about one text and its sentences
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text in lower case, with the marks that stick to them: a cheap look before a dear one."""
    return frozenset(text.lower().split())


@lru_cache(maxsize=8)
def beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII, each once: of most texts hardly any."""
    return "" if text.isascii() else "".join(set("".join(_BEYOND_ASCII.findall(text))))


@lru_cache(maxsize=2)  # the rules on form ask about one text
def rare_marks(text: str) -> str:
    """The characters that are not in nearly every text, each once: a short text for a first look."""
    return "".join(set("".join(_RARE.findall(text))))


def count(runs: re.Pattern[str], text: str) -> int:
    """How many characters of a text are in such runs."""
    return sum(map(len, runs.findall(text)))
