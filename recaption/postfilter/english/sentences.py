"""Where sentences begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

from recaption.postfilter.english.words import SENTENCE_STARTERS

TERMINALS = ".!?…。！？"
CLOSERS = "\"'”’)]}»」』》）】"
_STOP = f"[{re.escape(TERMINALS)}]"
# A run of them as one and more: a pattern that begins with one character is found fastest.
_END = re.compile(
    rf"{_STOP}{_STOP}*[{re.escape(CLOSERS)}]*(?=(?P<space>\s*)[\s\"'“‘(\[«]*(?P<following>[^\W_]*))"
    r"(?P<plain>(?<=[a-z]{5}[.!?])(?<!approx.)(?= [A-Z]))?"  # most ends: behind a word too long for an abbreviation
)
_QUOTATION = re.compile(
    r"\"[^\"\n]{1,200}\"|“[^“”\n]{1,200}”|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』|《[^《》\n]{1,200}》"
)
_OPENING_QUOTES = "“「『《"
_HAN = re.compile(r"[\u3400-\u9fff]")
_WIDE_STOPS = frozenset("。！？")
_GOES_ON = tuple("，、；：的")  # behind a quotation that ended with a mark of its own
QUOTED_WHOLE = re.compile(r"[\"“]([^\"“”]+)[\"”]")
"""A text that is one quotation from its first character to its last."""
_OPENERS = "\"'“‘(["
_LONGEST_ABBREVIATION = 24

_NEVER_LAST = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "mt",
        "ft",
        "gen",
        "col",
        "sgt",
        "lt",
        "capt",
        "rev",
        "hon",
        "e.g",
        "i.e",
        "vs",
        "cf",
        "fig",
        "figs",
        "approx",
        "ca",
        "viz",
        "no",
        "nos",
        "vol",
        "pp",
        "est",
    ]
)
_PERHAPS_LAST = frozenset(
    [
        "etc",
        "a.m",
        "p.m",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "al",
        "u.s",
        "u.k",
        "u.n",
        "d.c",
        "ave",
        "blvd",
        "dept",
    ]
)
_ABBREVIATIONS = _NEVER_LAST | _PERHAPS_LAST
_INITIALS = re.compile(r"(?:[a-z]\.)*[a-z]\Z")


@lru_cache(maxsize=8)  # several rules in a row ask about one text
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, white space outside; what has no end of its own counts as a sentence too.

    Time grows linearly with the text.
    """
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    quoted = list(quotations(text)[::-1])
    for mark in _END.finditer(text):
        first, end = mark.span()
        if first < start:
            continue
        while quoted and quoted[-1][1] <= first:
            quoted.pop()
        inside = quoted and quoted[-1][0] <= first and end < quoted[-1][1]
        if not inside and (mark["plain"] is not None or is_end(text, mark)):
            found.append((start, end))
            start = mark.end("space")
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return tuple(found)


def is_end(text: str, mark: re.Match[str]) -> bool:
    """Whether a run of terminal marks ends a sentence, and not an abbreviation, a number or a quotation in it."""
    start, end = mark.span()
    if end == len(text):
        return True
    if text[start] in _WIDE_STOPS:
        return not (text[end - 1] in CLOSERS and text[end] in _GOES_ON)
    if not text[end].isspace():
        return mark[0] in (".", "!", "?") and bool(_HAN.match(text, start - 1) and _HAN.match(text, end))
    following = mark["following"]
    if following[:1].islower():
        return False
    return mark[0] != "." or not is_abbreviation(text, start, following)


def is_abbreviation(text: str, stop: int, following: str = "") -> bool:
    """Whether the full stop at `stop` belongs to the word before it, given the word that follows.

    Args:
        following: the next word; "" at the end of the text, where a word that may end a sentence counts as ending it.
    """
    before = text[max(0, stop - _LONGEST_ABBREVIATION) : stop]
    if not before or before[-1].isspace():
        return False
    word = before.rsplit(None, 1)[-1].lstrip(_OPENERS).lower()
    if len(word) > 1 and word not in _ABBREVIATIONS and "." not in word:
        return False
    if word in {"no", "nos", "vol", "fig", "figs", "pp"}:
        return following[:1].isdigit()
    if word in _NEVER_LAST:
        return True
    initials = word[1:2] in ("", ".") and _INITIALS.match(word) and word != "i"
    if initials or word in _PERHAPS_LAST:
        return bool(following) and following not in SENTENCE_STARTERS
    return False


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip().rstrip(CLOSERS)[-1:] in tuple(TERMINALS)


def capitalised(text: str) -> str:
    """The text with a capital at its start, where it starts with a letter that has one."""
    return text[:1].upper() + text[1:] if text[:1].islower() else text


@lru_cache(maxsize=8)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each quotation; a mark without its partner near by opens none."""
    if '"' not in text and (text.isascii() or not any(mark in text for mark in _OPENING_QUOTES)):
        return ()
    return tuple(match.span() for match in _QUOTATION.finditer(text))
