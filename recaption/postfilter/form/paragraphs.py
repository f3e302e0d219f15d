"""Several lines become one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.english.sentences import CLOSERS, TERMINALS
from recaption.postfilter.english.words import SENTENCE_STARTERS
from recaption.postfilter.rule import Change, Rule

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W_]+")
_ENDED = re.compile(r"(?<!\.)[.!?]\Z")
_JOINING = ",;:-–—" + TERMINALS


def _paragraphs(text: str) -> Iterator[Change]:
    for match in _BREAK.finditer(text) if "\n" in text else ():
        start, end = match.span()
        if start == 0 or end == len(text):
            yield Change(start, end, "")
        elif text[end].islower() and _ENDED.search(text, max(0, start - 3), start):
            yield Change(start, end + 1, " " + text[end].upper())
        else:
            yield Change(start, end, " " if _flows(text, start, end) else ". ")


def _flows(text: str, start: int, end: int) -> bool:
    """Whether the line goes on in the next one, or has its own mark at the end.

    A sentence without a full stop can only be told from a wrapped line by how the next one begins: any capital after an
    empty line, and after a single newline a word that hardly has a capital elsewhere.
    """
    before = text[max(0, start - 8) : start].rstrip(CLOSERS + "*_")
    if not before or before[-1] in _JOINING or not text[end].isupper():
        return True
    if text.count("\n", start, end) > 1:
        return False
    word = _WORD.match(text, end)
    return word is None or word[0] not in SENTENCE_STARTERS


PARAGRAPHS = Rule(
    "paragraph",
    "several lines become one",
    ("A man walks.\n\nHe sits.", "A man walks. He sits."),
    _paragraphs,
    quoted=True,
    language="English",
)
