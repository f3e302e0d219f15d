"""The end of a caption: an unfinished last sentence goes back to its last whole clause, or goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.ending.clauses import (
    LONGEST,
    ends_with_subject,
    has_open_pair,
    is_sentence,
    misses_verb,
    opens,
    whole_clause,
)
from recaption.postfilter.ending.last_words import (
    cannot_end,
    ends_surely,
    is_broken,
    is_broken_measure,
    is_open_number,
    never_ends,
)
from recaption.postfilter.ending.verbs import has_verb, words_of
from recaption.postfilter.english.sentences import CLOSERS, capitalised, is_abbreviation, spans
from recaption.postfilter.rule import Change, Rule

_MANY = 3  # sentences of a caption that has its marks; where the last one has none, it was rather cut than left open
_TAIL = 160  # characters at the end of a sentence that tell whether it can end there
_LAST_WORD = re.compile(r"(?P<unit>(?:\d ?|/))?(?P<word>[^\W_]+(?:['’.-][^\W_]+)*)\Z")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_FILMED = re.compile(r"\b(?:shot|view|close-up|closeup|angle|footage)\b", re.I)


def _unfinished(text: str) -> Iterator[Change]:
    """The last sentence where it plainly stops in the middle of a phrase."""
    sentences = spans(text)
    if not sentences:
        return
    start, end = sentences[-1]
    sentence = text[start:end]
    if not _has_mark(text):
        stops = _stops_inside(sentence, len(sentences) == 1) or (len(sentences) >= _MANY and _may_go_on(sentence))
    elif sentence.endswith(("...", "…")):
        stops = _stops_inside(sentence.rstrip(".… ") or ".", True)
    else:
        stops = sentence.endswith(".") and never_ends(_tail(sentence))
    if stops:
        yield from _cut(text, sentences)


def _cut_off(text: str) -> Iterator[Change]:
    """The last sentence where its end is not certain: no mark, or one that a number or an abbreviation may own."""
    sentences = spans(text)
    if not sentences or (_has_mark(text) and not _doubtful_mark(text)):
        return
    yield from _cut(text, sentences)


def _full_stop(text: str) -> Iterator[Change]:
    if not text or _has_mark(text):
        return
    kept = text.rstrip(",;:-–— ")
    yield Change(len(kept), len(text), "。" if _CJK.match(kept[-1:]) else ".")


def _capital(text: str) -> Iterator[Change]:
    if capitalised(text) != text:
        yield Change(0, 1, text[:1].upper())


def _has_mark(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in tuple(".!?…。！？")


def _doubtful_mark(text: str) -> bool:
    """Whether the mark at the end may stand inside a sentence: "2." of "2.5", "Mr.", "No.", an ellipsis."""
    bare = text.rstrip(CLOSERS)
    if bare.endswith(("..", "…", " No.", " Nos.", " Fig.", " Vol.")):
        return True
    return bare.endswith(".") and (bare[-2:-1].isdigit() or is_abbreviation(text, len(bare) - 1, "then"))


def _may_go_on(sentence: str) -> bool:
    return not ends_surely(_tail(sentence))


def _tail(sentence: str) -> list[str]:
    return words_of(sentence[-_TAIL:])[-8:]


def _stops_inside(sentence: str, alone: bool) -> bool:
    """Whether a sentence without a mark at its end cannot be whole.

    Args:
        alone: there is no other sentence, so that it may be a caption without any verb.
    """
    if sentence[-1] in ",;:-–—([{“«/&" or has_open_pair(sentence):
        return True
    tail = _tail(sentence)
    last = _LAST_WORD.search(sentence[-_TAIL:])
    if not tail or last is None or _CJK.match(last["word"][-1]):
        return False
    if cannot_end(tail) or is_open_number(tail) or is_broken_measure(last["unit"] or "", last["word"]):
        return True
    if is_broken(last["word"]) and not last["unit"]:
        return True
    if len(sentence) > LONGEST:
        return False
    if misses_verb(sentence) or ends_with_subject(sentence):
        return True
    if ", " in sentence and opens(sentence):
        return not is_sentence(sentence)
    return not alone and not has_verb(words_of(sentence)) and not _FILMED.search(sentence)


def _cut(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Change]:
    start, end = sentences[-1]
    whole = whole_clause(text[start:end].rstrip(".… "))
    if whole is not None:
        shared = next(i for i, letter in enumerate(whole) if text[start + i : start + i + 1] != letter)
        yield Change(start + shared, len(text), whole[shared:])
        return
    yield Change(sentences[-2][1] if len(sentences) > 1 else 0, len(text), "")


UNFINISHED = Rule(
    "unfinished",
    "a last sentence that stops inside a phrase goes, or is cut back to its last whole clause",
    ("A man walks down a street, carrying a small", "A man walks down a street."),
    _unfinished,
    language="English",
)
CUT = Rule(
    "cut",
    "the model was cut at its limit: its last sentence goes, or is cut back to its last whole clause",
    ("A man walks down a street. He stops at the red doo", "A man walks down a street."),
    _cut_off,
    cut_only=True,
    language="English",
)
FULL_STOP = Rule(
    "full_stop",
    "a caption ends with a full stop",
    ("A red ball rolls to the left", "A red ball rolls to the left."),
    _full_stop,
    language="English",
)


CAPITAL = Rule("capital", "a caption begins with a capital", ("a man walks.", "A man walks."), _capital)
