"""Sentences that say again, in the same or nearly the same words, what an earlier one said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.repetition.recurrence import has_few, recurrence
from recaption.postfilter.repetition.retelling import Told, retells, stem
from recaption.postfilter.rule import Change, Rule

_REACH = 40  # sentences back to which one can be nearly the same, so that time stays linear
_ENDS = ".!?…。！？"
_SPOKEN = re.compile(r"[\"“][^\"“”]*[\"”]\Z")
# "The scene cuts to a new shot.": said in the same words of each cut. A loop of a model repeats its neighbours as well.
_STAGED = re.compile(
    r"(?:[\w' ]{1,30}, )?(?:\w+ ){0,3}?(?:camera|scene|shot|view|lens|perspective|angle|focus|frame)\b"
)
_CUT = re.compile(r"\b(?:cuts?|cutting|switch(?:es)?|transitions?|fades?|returns?|jumps?|dissolves?|changes|shifts?)\b")
_CAMERA_MOVES = frozenset(map(stem, s.CAMERA_MOVES))
_CAMERA_WORDS = frozenset(map(stem, s.CAMERA_WORDS))
_TELLING = 3  # words besides those of cameras that tell a move from all others


def _repeated(text: str) -> Iterator[Change]:
    if not recurrence(text).repeats:
        return
    places = spans(text)
    few_new = _with_few_new_words(text, places)
    if not few_new:
        return
    told = [Told(text[start:end]) for start, end in places]
    again = _told_before(told, few_new)
    for i, (_, end) in enumerate(places):
        if not again[i] or _SPOKEN.match(told[i].text):
            continue
        looping = told[i].words == told[i - 1].words or again[i - 1] or (i + 1 < len(told) and again[i + 1])
        if looping or not _is_staging(told[i]):
            yield Change(places[i - 1][1], end, "")


def _with_few_new_words(text: str, places: Sequence[tuple[int, int]]) -> set[int]:
    """Numbers of the sentences in which hardly a word is new."""
    found: set[int] = set()
    seen: set[str] = set()
    for i, (start, end) in enumerate(places):
        words = set(text[start:end].casefold().replace(",", "").rstrip(_ENDS).split())
        if seen and has_few(len(words - seen), len(words)):
            found.add(i)
        seen |= words
    return found


def _told_before(told: Sequence[Told], candidates: set[int]) -> list[bool]:
    """Of each sentence whether an earlier one told it."""
    again: list[bool] = []
    exact: set[tuple[str, ...]] = set()
    known: set[str] = set()
    for i, sentence in enumerate(told[: max(candidates) + 1]):
        first = max(0, i - _REACH)
        again.append(
            i in candidates
            and bool(sentence.words)
            and (
                sentence.words in exact
                or any(retells(sentence, told[j], told[max(0, j - 3) : j], known) for j in range(first, i))
            )
        )
        exact.add(sentence.words)
        known |= sentence.stems
    return again + [False] * (len(told) - len(again))


def _is_staging(told: Told) -> bool:
    """Whether a sentence tells a cut, or a camera move with nothing that tells it from others: both come again."""
    if not _STAGED.match(told.text):
        return False
    moves = [fact for fact in told.facts if fact.stem in _CAMERA_MOVES]
    telling = [fact for fact in told.facts if fact.stem not in _CAMERA_WORDS and not fact.stem.endswith("ly")]
    return bool(_CUT.search(told.text)) or (bool(moves) and len(telling) < _TELLING)


REPEATED = Rule(
    "repeated",
    "a sentence goes that says nothing that an earlier one did not say, but not a cut or a camera move on its own",
    (
        "A man in a red hat throws a ball and laughs. A dog runs. The man in the red hat throws the ball.",
        "A man in a red hat throws a ball and laughs. A dog runs.",
    ),
    _repeated,
    language="English",
)
