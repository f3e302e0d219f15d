"""Single characters: Unicode form, control characters, white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import beyond_ascii, rare_marks

# Everything that str.splitlines() splits at. Patterns that begin with one character are found fastest.
_LINE_BREAK = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")
# Controls but tab and newline, zero-width and direction marks, soft hyphen, byte order mark, surrogates, noncharacters,
# and U+FFFD, which a token cut inside a character leaves. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
_UNWANTED = re.compile(
    "[\0-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_NON_ASCII = re.compile(r"[^\0-\x7f][^\0-\x7f]*")
_MOST_MARKS = 30  # in a row: the bound of the Stream-Safe Text Format, UAX #15, section 13
_LONG_RUN = re.compile(rf"[^\0-\x7f][^\0-\x7f]{{{_MOST_MARKS}}}")
_ODD_SPACES = ("  ", " \n", "\n\n\n", *"\t\v\f\r\x1c\x1d\x1e\x1f")
_LOOSE_MARKS = (" ,", " .", " ;", " :", " !", " ?")
_RARE_SPACE = re.compile(r"\s")
_SPACES = re.compile(r"\n(?:[^\S\n]*\n){2,}|(?:[^\S\n ]|  )[^\S\n]*| +(?=\n)|\A +| +\Z")
_BEFORE_MARK = re.compile(r" (?<=[^\s.] )(?=[,.;:!?](?:[\s\"'”’)]|\Z))")
_COMMAS = re.compile(r",(?: ?,)+")
_MISSING_SPACE = re.compile(
    r"[.!?](?<=[a-z]{2}.)(?=(?:The|A|An|In|On|At|As|He|She|They|It|This|There|Then|His|Her|Their)[ ,])"
)


def _line_breaks(text: str) -> Iterator[Change]:
    for match in _LINE_BREAK.finditer(text) if _LINE_BREAK.search(rare_marks(text)) else ():
        yield Change(match.start(), match.end(), "\n")


def _unwanted(text: str) -> Iterator[Change]:
    for match in _UNWANTED.finditer(text) if _UNWANTED.search(rare_marks(text)) else ():
        yield Change(match.start(), match.end(), "")


def _composed(text: str) -> Iterator[Change]:
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _LONG_RUN.search(text)):
        return
    for match in _NON_ASCII.finditer(text):
        start = max(0, match.start() - 1)  # a letter that a mark goes with
        run = _few_marks(text[start : match.end()])
        yield Change(start, match.end(), unicodedata.normalize("NFC", run))


def _few_marks(text: str) -> str:
    """The text with at most 30 combining marks in a row; more than that is noise, and sorting them is slow."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _spacing(text: str) -> Iterator[Change]:
    found: list[Change] = []
    odd = text != text.strip(" ") or any(space in text for space in _ODD_SPACES)
    if odd or _RARE_SPACE.search(beyond_ascii(text)):
        found += [Change(match.start(), match.end(), _space(match, text)) for match in _SPACES.finditer(text)]
    if any(loose in text for loose in _LOOSE_MARKS):
        found += [Change(match.start(), match.end(), "") for match in _BEFORE_MARK.finditer(text)]
    found += [Change(match.start(), match.end(), ",") for match in _COMMAS.finditer(text)]
    found += [Change(match.end(), match.end(), " ") for match in _MISSING_SPACE.finditer(text)]
    done = 0
    for change in sorted(found, key=lambda change: (change.start, change.end)):
        if change.start >= done:
            yield change
            done = max(change.end, change.start + 1)


def _space(match: re.Match[str], text: str) -> str:
    if match[0].startswith("\n"):
        return "\n\n"
    at_edge = (
        match.start() == 0 or match.end() == len(text) or text[match.end()] == "\n" or text[match.start() - 1] == "\n"
    )
    return "" if at_edge else " "


LINE_BREAKS = Rule(
    "line_break",
    "line separators of other systems become newlines",
    ("One.\r\nTwo.", "One.\nTwo."),
    _line_breaks,
    quoted=True,
)
UNWANTED = Rule(
    "control_character",
    "control, zero-width and direction characters and halves of characters go",
    ("A man\u200b walks.\ufffd", "A man walks."),
    _unwanted,
    quoted=True,
)
COMPOSED = Rule("unicode", "Unicode in composed form (NFC)", ("A cafe\u0301.", "A caf\u00e9."), _composed, quoted=True)
SPACING = Rule(
    "spacing",
    "one space between words, none before a comma or stop",
    ("A man  walks , slowly.", "A man walks, slowly."),
    _spacing,
    quoted=True,
)
