"""Markdown: fences, headings, tables, emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.english.sentences import ends_sentence
from recaption.postfilter.form.labels import LABEL_LINE
from recaption.postfilter.form.lists import lines_of
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import rare_marks

_FENCE = re.compile(r"[ ]{0,12}(?:`{3,}|~{3,})[\w+-]{0,20} {0,12}\Z")
_HASHES = re.compile(r" {0,3}(?:> ?)?#{1,6} +(?=\S)")
_MARKED_LINE = re.compile(r" {0,3}(\*{1,3}|_{1,3})([^*_]+)\1:? *\Z")
_FRAMED_LINE = re.compile(r" {0,3}([=~*#-]{1,6}) [^=~*#\n]{1,80} \1 *\Z")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,}) *\Z")
_PICTURES = re.compile(r"(?:[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d] ?)+")
_METADATA = re.compile(
    r"[*_#> ]{0,6}(?:title|headline|heading|tags?|keywords?|hashtags?|category|file ?name|video id|clip id|word count"
    r"|format)[*_ ]{0,3}:",
    re.I,
)
_HASHTAGS = re.compile(r" {0,3}(?:#[A-Za-z]\w*[ ,]*)+\Z")
_HASHTAGS_AT_END = re.compile(r"(?:\s#[A-Za-z]\w+){2,}\s*\Z")
_INLINE_HASHES = re.compile(r"(?<=[.!?]) #{1,6} (?=[A-Z])")
_ROW = re.compile(r" {0,3}\|.*\| *\Z")
_RULE_ROW = re.compile(r" {0,3}\|(?: ?:?-{2,}:? ?\|)+ *\Z")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,500}\)")
_EMPHASIS = re.compile(
    r"\*{2,3}|~~|`+|(?<!\w)_{2,3}(?=\w)|(?<=[\w.!?,])_{2,3}(?!\w)"
    r"|(?<![\w*])(?P<star>\*)(?=[^\s*][^*\n]{0,300}(?<![\s*])\*(?![\w*]))|(?<=[.!?])\*$"
    r"|(?<=[^\s*])(?P<close>\*)(?![\w*])"
    r"|(?<!\w)_(?=[^\s_][^_\n]{0,300}[^\s_]_(?!\w))|(?<=[^\s_])_(?!\w)"
    r"|(?<![\w=])==(?=[^\s=][^=\n]{0,300}==)|(?<=[^\s=])==(?![\w=])|\[\^\d{1,2}\]|(?<=[a-z.,])\[\d{1,2}\]"
    r"|【[^【】\n]{1,40}】"
    r"|^\*(?=[A-Z])",
    re.M,
)
_MARK = re.compile(r"[*_`~=\[【]")
_TITLE_WORDS = range(2, 10)
_LONGEST_TITLE = 100
_SMALL = frozenset(["and", "the", "of", "for", "with", "from", "into", "over", "under"])
_LABEL_WORDS = 3


def _fences(text: str) -> Iterator[Change]:
    if "```" not in text and "~~~" not in text:
        return
    for start, line in lines_of(text):
        if _FENCE.match(line):
            yield Change(start, start + len(line), "")


def _headings(text: str) -> Iterator[Change]:
    """Headings and rulers go; of a heading that is a sentence, or the last or only line, just the marks go."""
    lines = lines_of(text)
    last = next((start for start, line in reversed(lines) if line.strip()), -1)
    whole = all(_is_heading(line) or _is_ruler(line) or not line.strip() for _, line in lines)
    for number, (start, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        if _is_ruler(line):
            yield Change(start, start + len(line), "")
        elif _is_heading(line) or (_UNDERLINE.match(following) and line.strip()):
            keep = whole or start == last or ends_sentence(line.strip("*_ "))
            if not keep:
                yield Change(start, start + len(line), "")
            elif hashes := _HASHES.match(line):
                yield Change(start, start + hashes.end(), "")
        elif start != last and _names_what_follows(line, following):
            yield Change(start, start + len(line), "")
        elif "#" in line:
            for match in _INLINE_HASHES.finditer(line):
                yield Change(start + match.start(), start + match.end(), " ")
    if "#" in text and (tags := _HASHTAGS_AT_END.search(text, max(0, len(text) - 300))) and tags.start() > last:
        yield Change(tags.start(), len(text), "")


def _is_ruler(line: str) -> bool:
    mark = line.lstrip(" ")[:1]
    if not mark or mark not in "-*_=":
        return False
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks == mark * len(marks)


def _is_heading(line: str) -> bool:
    if _HASHES.match(line):
        return True
    if pictures := _PICTURES.match(line):
        line = line[pictures.end() :]
    marked = _MARKED_LINE.match(line)
    return (marked is not None and not ends_sentence(marked[2])) or _FRAMED_LINE.match(line) is not None


def _names_what_follows(line: str, following: str) -> bool:
    """Whether a line without marks is a label, a title or a note about the file."""
    bare = _PICTURES.sub("", line, count=1).strip() if line[:1] > "\u2000" else line.strip()
    if not bare or len(bare) > _LONGEST_TITLE or ends_sentence(bare):
        return False
    if bare.isupper() and " " in bare:
        return True
    if LABEL_LINE.match(bare) or _METADATA.match(bare) or _HASHTAGS.match(bare):
        return True
    beside_text = len(following) > _LONGEST_TITLE // 3 and following[:1].isupper()
    return (not following.strip() or beside_text) and _is_title(bare.removesuffix(":"), beside_text)


def _is_title(line: str, strict: bool) -> bool:
    """A line such as "A Day at the Beach": all long words with capitals, and no mark at its end."""
    words = line.split()
    if not line[-1:].isalnum() or len(words) not in _TITLE_WORDS or not words[0][0].isupper():
        return False
    small = 3 if not strict else 2
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= 2 and all(word[0].isupper() or word in _SMALL for word in words if len(word) > small)


def _tables(text: str) -> Iterator[Change]:
    """Of a table, what its cells say stays, without the heads of columns and what only labels a row."""
    if "|" not in text:
        return
    lines = lines_of(text)
    for number, (start, line) in enumerate(lines):
        if not _ROW.match(line):
            continue
        head = number + 1 < len(lines) and _RULE_ROW.match(lines[number + 1][1])
        yield Change(start, start + len(line), "" if head or _RULE_ROW.match(line) else _said_in_row(line))


def _said_in_row(line: str) -> str:
    cells = [cell.strip() for cell in line.strip(" |").split("|")]
    said = [cell for cell in cells if len(cell.split()) > _LABEL_WORDS or ends_sentence(cell)]
    return " ".join(said or cells)


def _emphasis(text: str) -> Iterator[Change]:
    if not _MARK.search(rare_marks(text)):
        return
    opened = False
    for match in _EMPHASIS.finditer(text):
        if match["close"] and not opened:
            continue
        if match["star"] or match["close"]:
            opened = bool(match["star"])
        yield Change(match.start(), match.end(), "")


def _links(text: str) -> Iterator[Change]:
    if "](" not in text:
        return
    for match in _LINK.finditer(text):
        yield Change(match.start(), match.end(), "" if match[0].startswith("!") else match[1])


FENCES = Rule(
    "code_fence",
    "the marks of a code block go",
    ("```text\nA man walks.\n```", "\nA man walks.\n"),
    _fences,
    quoted=True,
)
HEADINGS = Rule("heading", "headings and rulers go", ("## The street\nA man walks.", "\nA man walks."), _headings)
TABLES = Rule(
    "table",
    "of a table, what its cells say stays",
    ("| Time | Event |\n|---|---|\n| 0 s | A man walks. |", "\n\nA man walks."),
    _tables,
)
LINKS = Rule("link", "of a link, its words stay", ("A [red ball](http://a.b) rolls.", "A red ball rolls."), _links)
EMPHASIS = Rule(
    "emphasis", "marks of bold, italics and code go", ("A **red** ball *rolls*.", "A red ball rolls."), _emphasis
)
