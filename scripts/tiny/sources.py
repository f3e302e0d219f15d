"""Which sentences of a question about texts each sentence of the answer comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recaption.evaluate.matcher import Told, names_in, read

_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|$)", re.MULTILINE)


@dataclass(frozen=True)
class Sentence:
    """A sentence's place in its text, in characters, and what it tells: events, or else the things that it names."""

    start: int
    end: int
    tells: tuple[Told | str, ...]


def sentences(text: str) -> list[Sentence]:
    return [Sentence(m.start(), m.end(), _tells(m.group())) for m in _SENTENCE.finditer(text)]


def sources(question: str, answer: str) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """Each sentence of an answer, with the sentences of the question that tell the same, each of them once."""
    left = sentences(question)
    for sentence in sentences(answer):
        found = list(dict.fromkeys(_matching(left, sentence.tells)))
        left = [s for s in left if s not in found]
        yield sentence, found


def _tells(sentence: str) -> tuple[Told | str, ...]:
    return tuple(read(sentence)) or tuple(names_in(sentence))


def _matching(left: Sequence[Sentence], tells: Sequence[Told | str]) -> Iterator[Sentence]:
    for told in tells:
        yield from [s for s in left if told in s.tells][:1]
