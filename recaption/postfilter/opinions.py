"""Mood, meaning, judgement and guesses that no camera records go, by sentence or by clause.

What mixes an opinion with what is seen stays, and where a clean cut is not possible the sentence stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recaption.postfilter.judgements import (
    Reading,
    Stretch,
    follows_opening,
    goes_on,
    inner_tail,
    is_opening,
    is_sentence_of_opinion,
    is_tail,
    weight,
    without_marks,
)
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans
from recaption.postfilter.words import AUXILIARIES, THIRD_PERSON

_LEAST = 1  # weight of a sentence that is looked at more closely
_LONGEST = 800  # characters of a sentence that is looked at; nobody writes longer ones
_PAUSE = re.compile(r"(?P<mark>,| [–—-]|—|:|;)\s+")
_END = re.compile(r"[.!?…]+[\"”’')]*\Z")


@dataclass(frozen=True)
class _Part:
    """What stands between two pauses: `start` with the mark before it, `body` without."""

    start: int
    body: int
    end: int
    mark: str
    said: Stretch


def _opinions(text: str) -> Iterator[Change]:
    sentences = spans(text)
    words = without_marks(text.lower())
    if len(words) != len(text):  # a letter whose small form is longer
        return
    for i, (start, end) in enumerate(sentences):
        if end - start > _LONGEST or weight(words[start:end]) < _LEAST:
            continue
        sentence = text[start:end]
        reading = Reading(sentence)
        parts = _parts(sentence, reading)
        if is_sentence_of_opinion([part.said for part in parts]):
            yield Change(sentences[i - 1][1] if i else 0, end if i else _next(sentences, i, len(text)), "")
        else:
            yield from _cuts(parts, reading, sentence, start)


def _next(sentences: Sequence[tuple[int, int]], i: int, end: int) -> int:
    return sentences[i + 1][0] if i + 1 < len(sentences) else end


def _parts(sentence: str, reading: Reading) -> list[_Part]:
    end = _END.search(sentence)
    stop = end.start() if end else len(sentence)
    marks = [(match.start(), match.end(), match["mark"].strip()) for match in _PAUSE.finditer(sentence, 0, stop)]
    ends = [*(start for start, _, _ in marks), stop]
    return [
        _Part(start, body, at, mark, reading.stretch(body, at))
        for (start, body, mark), at in zip([(0, 0, ""), *marks], ends, strict=True)
    ]


def _cuts(parts: Sequence[_Part], reading: Reading, sentence: str, offset: int) -> Iterator[Change]:
    i = 1
    if len(parts) > 1 and parts[0].mark != ";" and is_opening(parts[0].said):
        body = parts[1].body
        yield Change(offset, offset + body + 1, sentence[body : body + 1].upper())
    elif parts:
        yield from _inner(parts[0], reading, offset)
    while i < len(parts):
        if (i == 1 and follows_opening(parts[0].said, parts[1].said)) or not is_tail(parts[i].said):
            yield from _inner(parts[i], reading, offset)
            i += 1
            continue
        last = i
        while last + 1 < len(parts) and goes_on(parts[last + 1].said):
            last += 1
        yield Change(offset + parts[i].start, offset + _resume(parts, i, last), "")
        i = last + 1


def _inner(part: _Part, reading: Reading, offset: int) -> Iterator[Change]:
    if part.said.net + part.said.seen < 2:
        return
    at = inner_tail(reading, part.body, part.end)
    if at is not None:
        yield Change(offset + at, offset + part.end, "")


def _resume(parts: Sequence[_Part], first: int, last: int) -> int:
    """Where the text goes on behind parts that go: at the next mark, or behind it where it parted subject and verb."""
    following = parts[last + 1 :][:1]
    if following and (parts[first].mark in "–—-" or _wants_subject(parts[:first], following[0])):
        return following[0].body - 1
    return parts[last].end


def _wants_subject(before: Sequence[_Part], following: _Part) -> bool:
    verb = following.said.words[:1]
    has_verb = any(word in THIRD_PERSON or word in AUXILIARIES for part in before for word in part.said.words)
    return bool(verb) and (verb[0] in AUXILIARIES or verb[0].endswith("s")) and not has_verb


OPINIONS = Rule(
    "opinion",
    "moods, meanings, judgements and guesses go, by sentence or by clause",
    ("A man walks home, suggesting a sense of calm. The mood is peaceful.", "A man walks home."),
    _opinions,
)
