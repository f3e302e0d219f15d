"""Lists: bullets and numbers go, items become sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recaption.postfilter.english.sentences import ends_sentence
from recaption.postfilter.rule import Change, Rule

_LINE = re.compile(r"[^\n]*\n?")
_BULLET = r"[-*+•‣⁃◦▪▫●○■◆◇►▶▸➤➔→»✓✔☑✦★·∙–—]"
_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]{0,6}"
_KEYCAP = r"[0-9#*]\ufe0f?\u20e3|[\u2460-\u2473\u2776-\u277f]"
# "1. FC Köln" and its like are the names of clubs.
_NUMBER = r"\d{1,3}[.)](?! [A-Z]{2,4} [A-Z])|[a-h]\)|\(\d{1,3}\)|\([a-h]\)|#\d{1,2}[.:)]"
MARKER = re.compile(
    rf"(?: {{0,12}}(?:> ?)?(?:{_BULLET} +(?:\[[ xX✓]\] +)?|(?:\*\*)?(?:{_NUMBER})(?:\*\*)? +(?=\S)|(?:{_KEYCAP}"
    rf"|{_PICTURE}) *(?=\S)))+"
)
# Marks that stand for something else where there is only one of them.
_DOUBTFUL = re.compile(
    r" {0,12}(?:\d{1,2}(?::| ?[-–—])|#\d{1,2}|\[\d{1,2}\]|(?:[ivx]{1,4}|[IVX]{1,4}|[a-h]|[A-H])[.)]|[A-H]\)) +(?=\S)"
)
_QUOTE = re.compile(r" {0,3}(?:> ?)+(?=\S|\Z)")
_INLINE_NUMBER = re.compile(r"(?<=[.!?:;]) \(?(\d{1,3})[.)] (?=[A-Z*])")
_INLINE_BULLET = re.compile(r"(?<=[.!?:;]) [-*•–—] (?=[A-Z*])")
_INTRO = re.compile(
    r"\b(?:follow(?:s|ing)|includ(?:e|es|ing)|breakdown|descriptions?|captions?|summary|sequence|details?|elements?"
    r"|observations?"
    r"|key points?|scenes?|steps|events|video|image|clip|account|list|points|moments|happens|timeline|order)\b"
    r"[^.!?\n]{0,80}:\s*\Z",
    re.I,
)


@lru_cache(maxsize=2)  # several rules in a row ask about one text
def lines_of(text: str) -> tuple[tuple[int, str], ...]:
    """Start and content of each line, the newline left out."""
    return tuple((match.start(), match[0].removesuffix("\n")) for match in _LINE.finditer(text) if match[0])


def _lists(text: str) -> Iterator[Change]:
    """Markers go, an item without a mark at its end gets one, and the line that only announces the list goes."""
    lines = [(start, line) for start, line in lines_of(text) if line.strip()]
    markers = _markers([line for _, line in lines])
    enumerating = False  # the items belong to a sentence that a colon ended: "He carries three things:"
    for number, (start, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        marked_next = number + 1 < len(lines) and markers[number + 1] > 0
        if not markers[number]:
            enumerating = line.endswith(":") and marked_next
            if enumerating and len(line) <= 200 and _INTRO.search(line):
                yield Change(start, start + len(line), "")
                enumerating = False
            elif quote := _QUOTE.match(line):
                yield Change(start, start + quote.end(), "")
            continue
        end = markers[number]
        first = line[end : end + 1]
        enumerating = enumerating and first.islower()
        yield Change(start, start + end + 1, first if enumerating else first.upper())
        yield from _inline(start, line, line[:end].strip())
        item = line.rstrip().rstrip("*_`")
        goes_on = following[:1].islower() and not marked_next
        closed = item[-1:] in (",", ";", ":", "-") or ends_sentence(item)
        if following and not goes_on and len(item) > end and not closed:
            mark = "," if enumerating and marked_next else "."
            yield Change(start + len(item), start + len(item), mark)


def _markers(lines: Sequence[str]) -> list[int]:
    """Where the marker of each line ends, 0 where it has none; a doubtful one needs another beside it."""
    sure = [match.end() if (match := MARKER.match(line)) else 0 for line in lines]
    doubtful = [match.end() if (match := _DOUBTFUL.match(line)) else 0 for line in lines]
    if sum(map(bool, doubtful)) < 2:
        return sure
    return [a or b for a, b in zip(sure, doubtful, strict=True)]


def _inline(start: int, line: str, marker: str) -> Iterator[Change]:
    """The further marks of a list that stands in one line: "1. A man walks. 2. He sits."."""
    if marker in ("-", "*", "•", "–", "—"):
        for match in _INLINE_BULLET.finditer(line):
            yield Change(start + match.start(), start + match.end(), " ")
        return
    if marker.strip("().*") != "1":
        return
    expected = 2
    for match in _INLINE_NUMBER.finditer(line):
        if int(match[1]) == expected:
            yield Change(start + match.start(), start + match.end(), " ")
            expected += 1


LISTS = Rule(
    "list",
    "marks of bullets and numbers go, items become sentences",
    ("- A man walks\n- He sits.", "A man walks.\nHe sits."),
    _lists,
    language="English",
)
