"""Markdown: fences, headings, lists, emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import ends_sentence

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"[ ]{0,12}(?:`{3,}|~{3,})[\w+-]{0,20} {0,12}\Z")
_HASHES = re.compile(r" {0,3}(?:> ?)?#{1,6} +(?=\S)")
_BOLD_LINE = re.compile(r" {0,3}(\*\*|__)([^*_]+)\1:? *\Z")
_MARKER = re.compile(r"(?: {0,12}(?:> ?)?(?:[-*+•‣◦▪●·–—] +|(?:\d{1,3}[.)]|[a-h]\)|\(\d{1,3}\)) +(?=\S)))+")
_QUOTE = re.compile(r" {0,3}(?:> ?)+(?=\S|\Z)")
_NUMBER = re.compile(r"(?<=[.!?:;]) (\d{1,3})[.)] (?=[A-Z*])")
_INTRO = re.compile(
    r"\b(?:follow(?:s|ing)|includ(?:e|es|ing)|breakdown|descriptions?|captions?|summary|sequence|details?|elements?|observations?"
    r"|key points?|scenes?|steps|events|video|image)\b[^.!?\n]{0,80}:\s*\Z",
    re.I,
)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,500}\)")
_EMPHASIS = re.compile(
    r"\*{2,3}|~~|`+|(?<!\w)_{2,3}(?=\w)|(?<=[\w.!?,])_{2,3}(?!\w)"
    r"|(?<![\w*])(?P<star>\*)(?=[^\s*][^*\n]{0,300}(?<![\s*])\*(?![\w*]))|(?<=[^\s*])(?P<close>\*)(?![\w*])"
    r"|(?<!\w)_(?=[^\s_][^_\n]{0,300}[^\s_]_(?!\w))|(?<=[^\s_])_(?!\w)"
)
_MARK = re.compile(r"[*_`~]")
_TITLE_WORDS = range(2, 10)


def _lines(text: str) -> list[tuple[int, str]]:
    """Start and content of each line, the newline left out."""
    return [(match.start(), match[0].removesuffix("\n")) for match in _LINE.finditer(text) if match[0]]


def _fences(text: str) -> Iterator[Change]:
    for start, line in _lines(text):
        if _FENCE.match(line):
            yield Change(start, start + len(line), "")


def _headings(text: str) -> Iterator[Change]:
    """Headings and rulers go; of a heading that is a sentence, or the last or only line, just the marks go."""
    lines = _lines(text)
    last = next((start for start, line in reversed(lines) if line.strip()), -1)
    whole = all(_is_heading(line) or _is_ruler(line) or not line.strip() for _, line in lines)
    for number, (start, line) in enumerate(lines):
        if _is_ruler(line):
            yield Change(start, start + len(line), "")
        elif _is_heading(line):
            keep = whole or start == last or ends_sentence(line.strip("*_ "))
            if not keep:
                yield Change(start, start + len(line), "")
            elif hashes := _HASHES.match(line):
                yield Change(start, start + hashes.end(), "")
        elif start != last and _is_title(line) and not (number + 1 < len(lines) and lines[number + 1][1].strip()):
            yield Change(start, start + len(line), "")


def _is_ruler(line: str) -> bool:
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks[0] in "-*_=" and marks == marks[0] * len(marks)


def _is_heading(line: str) -> bool:
    if _HASHES.match(line):
        return True
    bold = _BOLD_LINE.match(line)
    return bold is not None and not ends_sentence(bold[2])


def _is_title(line: str) -> bool:
    """A line such as "A Day at the Beach": all long words with capitals, and no mark at its end."""
    if len(line) > 100 or not line or not line.rstrip()[-1:].isalnum():
        return False
    words = line.split()
    return (
        len(words) in _TITLE_WORDS
        and words[0][0].isupper()
        and all(w[0].isupper() for w in words if len(w) > 3)
        and (sum(w[0].isupper() for w in words) >= 2)
    )


def _lists(text: str) -> Iterator[Change]:
    """Markers go, an item without a mark at its end gets one, and the line that only announces the list goes."""
    lines = [(start, line) for start, line in _lines(text) if line.strip()]
    enumerating = False  # the items belong to a sentence that a colon ended: "He carries three things:"
    for number, (start, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        marker = _MARKER.match(line)
        if not marker:
            enumerating = line.endswith(":") and _MARKER.match(following) is not None
            if enumerating and len(line) <= 200 and _INTRO.search(line):
                yield Change(start, start + len(line), "")
                enumerating = False
            elif quote := _QUOTE.match(line):
                yield Change(start, start + quote.end(), "")
            continue
        first = line[marker.end() : marker.end() + 1]
        enumerating = enumerating and first.islower()
        yield Change(start, start + marker.end() + 1, first if enumerating else first.upper())
        yield from _inline_numbers(start, line, marker[0].strip())
        item = line.rstrip().rstrip("*_`")
        goes_on = following[:1].islower() and not _MARKER.match(following)
        if (
            following
            and not goes_on
            and len(item) > marker.end()
            and item[-1:] not in (",", ";", ":", "-")
            and not ends_sentence(item)
        ):
            mark = "," if enumerating and _MARKER.match(following) else "."
            yield Change(start + len(item), start + len(item), mark)


def _inline_numbers(start: int, line: str, marker: str) -> Iterator[Change]:
    """The further numbers of a list that stands in one line: "1. A man walks. 2. He sits."."""
    if marker.strip("().") != "1":
        return
    expected = 2
    for match in _NUMBER.finditer(line):
        if int(match[1]) == expected:
            yield Change(start + match.start(), start + match.end(), " ")
            expected += 1


def _emphasis(text: str) -> Iterator[Change]:
    if not _MARK.search(text):
        return
    opened = False
    for match in _EMPHASIS.finditer(text):
        if match["close"] and not opened:
            continue
        if match["star"] or match["close"]:
            opened = bool(match["star"])
        yield Change(match.start(), match.end(), "")


def _links(text: str) -> Iterator[Change]:
    for match in _LINK.finditer(text):
        yield Change(match.start(), match.end(), match[1])


FENCES = Rule(
    "code_fence",
    "the marks of a code block go",
    ("```text\nA man walks.\n```", "\nA man walks.\n"),
    _fences,
    quoted=True,
)
HEADINGS = Rule("heading", "headings and rulers go", ("## The street\nA man walks.", "\nA man walks."), _headings)
LISTS = Rule(
    "list",
    "marks of bullets and numbers go, items become sentences",
    ("- A man walks\n- He sits.", "A man walks.\nHe sits."),
    _lists,
    language="English",
)
LINKS = Rule("link", "of a link, its words stay", ("A [red ball](http://a.b) rolls.", "A red ball rolls."), _links)
EMPHASIS = Rule(
    "emphasis", "marks of bold, italics and code go", ("A **red** ball *rolls*.", "A red ball rolls."), _emphasis
)
