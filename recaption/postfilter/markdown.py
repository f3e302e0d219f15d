"""Markdown: fences, headings, tables, emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.lists import lines_of
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import ends_sentence

_FENCE = re.compile(r"[ ]{0,12}(?:`{3,}|~{3,})[\w+-]{0,20} {0,12}\Z")
_HASHES = re.compile(r" {0,3}(?:> ?)?#{1,6} +(?=\S)")
_BOLD_LINE = re.compile(r" {0,3}(\*\*|__)([^*_]+)\1:? *\Z")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,500}\)")
_EMPHASIS = re.compile(
    r"\*{2,3}|~~|`+|(?<!\w)_{2,3}(?=\w)|(?<=[\w.!?,])_{2,3}(?!\w)"
    r"|(?<![\w*])(?P<star>\*)(?=[^\s*][^*\n]{0,300}(?<![\s*])\*(?![\w*]))|(?<=[^\s*])(?P<close>\*)(?![\w*])"
    r"|(?<!\w)_(?=[^\s_][^_\n]{0,300}[^\s_]_(?!\w))|(?<=[^\s_])_(?!\w)"
)
_MARK = re.compile(r"[*_`~]")
_TITLE_WORDS = range(2, 10)


def _fences(text: str) -> Iterator[Change]:
    for start, line in lines_of(text):
        if _FENCE.match(line):
            yield Change(start, start + len(line), "")


def _headings(text: str) -> Iterator[Change]:
    """Headings and rulers go; of a heading that is a sentence, or the last or only line, just the marks go."""
    lines = lines_of(text)
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
LINKS = Rule("link", "of a link, its words stay", ("A [red ball](http://a.b) rolls.", "A red ball rolls."), _links)
EMPHASIS = Rule(
    "emphasis", "marks of bold, italics and code go", ("A **red** ball *rolls*.", "A red ball rolls."), _emphasis
)
