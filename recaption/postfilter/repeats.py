"""Sentences that were said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans

_NO_WORD = re.compile(r"[\W_]+")
# "The scene cuts to a new shot.": said in the same words of each cut. A loop of a model repeats its neighbours as well.
_STAGING = re.compile(r"\b(?:cuts?|camera|scene|shot|view|pans?|tilts?|zooms?)\b")


def _repeated(text: str) -> Iterator[Change]:
    places = spans(text)
    keys = [_NO_WORD.sub(" ", text[start:end].casefold()).strip() for start, end in places]
    again = [bool(key) and key in seen for key, seen in _with_seen(keys)]
    for i, (_, end) in enumerate(places):
        if not again[i]:
            continue
        loops = keys[i] == keys[i - 1] or again[i - 1] or (i + 1 < len(keys) and again[i + 1])
        if loops or not _STAGING.search(keys[i]):
            yield Change(places[i - 1][1], end, "")


def _with_seen(keys: list[str]) -> Iterator[tuple[str, set[str]]]:
    """Each key with the keys before it."""
    seen: set[str] = set()
    for key in keys:
        yield key, seen
        seen.add(key)


REPEATED = Rule(
    "repeated",
    "a sentence that was said before goes, but not a cut or a camera move that comes again on its own",
    ("A man walks. A dog runs. A man walks!", "A man walks. A dog runs."),
    _repeated,
    language="English",
)
