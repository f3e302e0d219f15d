"""Mood, meaning, judgement and guesses that no camera records go, by sentence or by clause.

What a clause is about decides: words of mood and meaning speak for an opinion, words for what is seen against it, and
how much of it there must be depends on the clause's shape. Where an opinion is mixed with what is seen, and where a
clean cut is not possible, the sentence stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.opinion import remarks
from recaption.postfilter.opinion.judgements import (
    follows_fact,
    front,
    inner_tail,
    is_main,
    is_opening,
    is_sentence_of_opinion,
    is_tail,
    list_goes_on,
)
from recaption.postfilter.opinion.shapes import has_verb, is_finite
from recaption.postfilter.opinion.stretches import Reading, Stretch, is_small, may_judge, without_marks, words_of
from recaption.postfilter.opinion.words import HINTS
from recaption.postfilter.rule import Change, Rule

_LONGEST = 800  # characters of a sentence that is looked at; nobody writes longer ones
_PAUSE = re.compile(r"(?P<mark>,| [–—-]|—|:|;)\s+")
_DASHES = ("–", "—", "-")
_END = re.compile(r"[.!?…]+[\"”’')]*\Z")


class _Part(NamedTuple):
    """What stands between two pauses: `start` with the mark before it, `body` without."""

    start: int
    body: int
    end: int
    mark: str
    said: Stretch


def _opinions(text: str) -> Iterator[Change]:
    hints = words_of(text) & HINTS
    words = without_marks(text.lower()) if hints else ""
    if len(words) != len(text):  # nothing to find, or a capital whose small letter is longer
        return
    sentences = spans(text)
    for i, (start, end) in enumerate(sentences):
        present = frozenset(hint for hint in hints if words.find(hint, start, end) >= 0)
        if not present or end - start > _LONGEST:
            continue
        changes = _judged(text[start:end], words[start:end], present)
        if changes is None:
            yield _sentence(sentences, i, len(text))
        else:
            yield from (Change(start + change.start, start + change.end, change.new) for change in changes)


@lru_cache(maxsize=REMEMBERED)
def _judged(sentence: str, words: str, hints: frozenset[str]) -> Sequence[Change] | None:
    """The changes of one sentence; None where all of it is an opinion.

    Args:
        words: the sentence in lower case and without marks.
        hints: those of its words, or parts of them, that speak for an opinion.
    """
    if not may_judge(sentence, words, hints):
        return ()
    reading = Reading(sentence)
    parts = _parts(sentence, reading)
    if liked := remarks.liked(sentence):
        return (Change(*liked),) if liked[2] else None
    if reading.is_of_user or not parts[0].said.words:
        return ()
    if len(parts) == 1 and remarks.is_remark(sentence, parts[0].said):
        return None
    if remarked := _remarked(sentence, reading, parts[0].end):
        return remarked
    at = inner_tail(reading, 0, parts[0].end)
    told = at is not None and follows_fact(reading, 0, at)
    if not told and is_sentence_of_opinion([part.said for part in parts]):
        return None
    return tuple(_cuts(parts, reading, sentence))


def _remarked(sentence: str, reading: Reading, first_end: int) -> tuple[Change, ...]:
    """What a remark of the teller's costs a sentence that tells something too."""
    one = (
        remarks.opened(sentence) or remarks.led_to(sentence, reading) or remarks.first_predicate(reading, 0, first_end)
    )
    return tuple(Change(*cut) for cut in ([one] if one else remarks.cuts(sentence, reading)))


def _sentence(sentences: Sequence[tuple[int, int]], i: int, end: int) -> Change:
    """A sentence goes, with the space before it, or behind it where it is the first."""
    if i:
        return Change(sentences[i - 1][1], sentences[i][1], "")
    return Change(0, sentences[1][0] if len(sentences) > 1 else end, "")


def _parts(sentence: str, reading: Reading) -> list[_Part]:
    closing = _END.search(sentence)
    stop = closing.start() if closing else len(sentence)
    marks = [(match.start(), match.end(), match["mark"].strip()) for match in _PAUSE.finditer(sentence, 0, stop)]
    ends = [*(start for start, _, _ in marks), stop]
    return [
        _Part(start, body, end, mark, reading.stretch(body, end))
        for (start, body, mark), end in zip([(0, 0, ""), *marks], ends, strict=True)
    ]


def _cuts(parts: Sequence[_Part], reading: Reading, sentence: str) -> Iterator[Change]:
    """The opinions in a sentence that is none as a whole."""
    if len(parts) > 1 and _goes_first(parts[0].said, parts[1].mark):
        body = parts[1].body
        yield Change(0, body + 1, sentence[body].upper())
    else:
        yield from _inner(parts[0], reading)
    i = 1
    while i < len(parts):
        part = parts[i]
        if (joint := front(reading, part.body, part.end)) is not None:
            yield Change(part.body, joint, "")
        elif (
            not (is_tail(part.said) or _is_aside(part))
            or (i == 1 and is_main(part.said, parts[0].said))
            or _ends_in_opinion(part, reading)
        ):
            yield from _inner(part, reading)
        else:
            last = i + list_goes_on([later.said for later in parts[i + 1 :]])
            yield Change(part.start, _resume(parts, i, last), "")
            i = last
        i += 1


def _is_aside(part: _Part) -> bool:
    """ ": pure magic", " - simply stunning"."""
    return part.mark != "," and part.said.points > 1 and not part.said.seen and part.said.content < 4


def _ends_in_opinion(part: _Part, reading: Reading) -> bool:
    """Whether a part has a second predicate, and only that is an opinion."""
    at = inner_tail(reading, part.body, part.end)
    return at is not None and reading.text.startswith(" and ", at) and follows_fact(reading, part.body, at)


def _goes_first(said: Stretch, mark: str) -> bool:
    if mark == ":" and said.points > 1 and not said.seen and said.content < 6:
        return True
    return is_sentence_of_opinion([said]) if mark == ";" else is_opening(said)


def _inner(part: _Part, reading: Reading) -> Iterator[Change]:
    at = inner_tail(reading, part.body, part.end) if part.said.points else None
    if at is not None:
        yield Change(at, part.end, "")


def _resume(parts: Sequence[_Part], first: int, last: int) -> int:
    """Where the text goes on behind parts that go: at the next mark, or behind it where it parted subject and verb."""
    following = parts[last + 1 :][:1]
    paired = following and following[0].mark in _DASHES and parts[first].mark in _DASHES
    if following and (paired or _wants_subject(parts[:first], following[0])):
        return following[0].body - 1
    return parts[last].end


def _wants_subject(before: Sequence[_Part], following: _Part) -> bool:
    """Whether a part begins with the verb of what stands before."""
    first = following.said.words[0] if following.said.words else ""
    is_verb = is_finite(first) or (first.endswith("s") and not is_small(first))
    return is_verb and not any(has_verb(part.said.words) for part in before)


OPINIONS = Rule(
    "opinion",
    "moods, meanings, judgements and guesses go, by sentence or by clause",
    ("A man walks home, suggesting a sense of calm. The mood is peaceful.", "A man walks home."),
    _opinions,
    language="English",
)
