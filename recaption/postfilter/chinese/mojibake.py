"""What is left of characters that nobody can read any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule

# Replacement characters read as GBK, and memory that held no text, which GBK shows as "烫" and "屯".
_LOST = re.compile(r"(?:锟斤拷)+(?:锟斤?)?|烫{4,}|屯{4,}")
_TRACE = re.compile("[锟烫屯]")


def _mojibake(text: str) -> Iterator[Change]:
    if _TRACE.search(text):
        for match in _LOST.finditer(text):
            yield Change(match.start(), match.end(), "")


MOJIBAKE = Rule(
    "unicode",
    "what is left of unreadable characters goes",
    ("一名锟斤拷男子走过。", "一名男子走过。"),
    _mojibake,
    quoted=True,
    language="Chinese",
)
