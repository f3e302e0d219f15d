"""How sentences, and parts of them, go out of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Change

Judge = Callable[[str], Sequence[Change] | None]
"""What a rule makes of one sentence: its changes, or None where all of it goes."""

REMEMBERED = 256
"""Sentences that a judge may remember: the rules run again and again over one text, and most sentences stay."""


def by_sentence(text: str, judge: Judge) -> Iterator[Change]:
    """The changes of each sentence; one that goes takes a space beside it along."""
    places = spans(text)
    first = None  # of a run of sentences that go
    for i, (start, end) in enumerate(places):
        changes = judge(text[start:end])
        if changes is None:
            first = i if first is None else first
            continue
        if first is not None:
            yield Change(places[first][0], start, "")
            first = None
        for change in changes:
            yield Change(start + change.start, start + change.end, change.new)
    if first is not None:
        yield Change(places[first - 1][1] if first else 0, len(text), "")
