"""What a rule is, and how its changes become a text and a list of edits that can be replayed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from recaption.clip import Edit
from recaption.postfilter.english.sentences import quotations

Language = Literal["English", "Chinese"]

_CONTEXT = (0, 12, 48)  # characters to the left that an ambiguous edit takes along, before it takes what it needs


class Change(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Rule:
    """One reason to change a caption.

    Attributes:
        code: the reason, as the column `edits` gives it.
        about: one line for a person.
        example: a text before and after this rule alone.
        find: the changes that a text needs, from left to right, none overlapping.
        cut_only: the rule speaks only where the model is known to have been cut at its limit.
        quoted: the rule may change what stands inside of quotation marks, as broken characters have to be.
        fails: what it finds makes the whole row useless; nothing is left, and the caption is flagged with the code.
        language: the only language that the rule serves, None where it serves all; "English" is all but Chinese.
    """

    code: str
    about: str
    example: tuple[str, str]
    find: Callable[[str], Iterable[Change]]
    cut_only: bool = False
    quoted: bool = False
    fails: bool = False
    language: Language | None = None


@dataclass(frozen=True)
class Sign:
    """One reason to flag a caption, and leave it as it is.

    Attributes:
        code: the flag.
        about: one line for a person.
        example: a text that has it.
        found: whether a cleaned text has it.
        language: as that of a rule.
    """

    code: str
    about: str
    example: str
    found: Callable[[str], bool]
    language: Language | None = None


def apply(rule: Rule, text: str) -> tuple[str, list[Edit]]:
    """The text after a rule, and one edit for each place that it changed."""
    changes = [*rule.find(text)]
    if not changes:
        return text, []
    pieces: list[str] = []
    edits: list[Edit] = []
    done = 0
    for change in _merged(text, changes if rule.quoted else _outside_quotations(text, changes)):
        pieces += (text[done : change.start], change.new)
        edits.append(_edit(rule.code, text, change, done))
        done = change.end
    return "".join((*pieces, text[done:])), edits


def replay(raw: str, edits: Iterable[Edit]) -> str:
    """The text that edits make of the raw one.

    Edits come in the order in which they were made, and those of one code in a row ran from left to right: each
    replaces the first `before` behind the edit in front of it, or behind the text's start where the code is a new one.

    Raises:
        ValueError: the edits do not belong to this text.
    """
    text, done, code = raw, 0, ""
    pieces: list[str] = []
    for edit in edits:
        if edit.code != code:
            text, pieces, done, code = "".join((*pieces, text[done:])), [], 0, edit.code
        start = text.find(edit.before, done)
        if start < 0:
            raise ValueError(f"edit {edit.code!r} does not fit the text: {edit.before[:60]!r} is not there")
        pieces += (text[done:start], edit.after)
        done = start + len(edit.before)
    return "".join((*pieces, text[done:]))


def whole_edit(code: str, before: str, after: str) -> Edit:
    """One edit from a text to another, without what both share at their ends."""
    start = 0
    limit = min(len(before), len(after))
    while start < limit and before[start] == after[start]:
        start += 1
    end = 0
    while end < limit - start and before[-1 - end] == after[-1 - end]:
        end += 1
    change = Change(start, len(before) - end, after[start : len(after) - end])
    return _edit(code, before, change, 0)


def _outside_quotations(text: str, changes: Iterable[Change]) -> Iterable[Change]:
    """The changes that leave every quotation as it is, or take it away as a whole."""
    quoted = quotations(text)
    if not quoted:
        return changes
    return (
        change for change in changes if not (_lies_inside(quoted, change.start) or _lies_inside(quoted, change.end))
    )


def _lies_inside(quoted: Sequence[tuple[int, int]], position: int) -> bool:
    before = bisect_left(quoted, (position,)) - 1
    return before >= 0 and position < quoted[before][1]


def _merged(text: str, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes that change something, neighbours that touch joined."""
    run: list[Change] = []
    for change in changes:
        if text[change.start : change.end] == change.new:
            continue
        if run and run[-1].end != change.start:
            yield _joined(run)
            run = []
        run.append(change)
    if run:
        yield _joined(run)


def _joined(run: Sequence[Change]) -> Change:
    if len(run) == 1:
        return run[0]
    return Change(run[0].start, run[-1].end, "".join(change.new for change in run))


def _edit(code: str, text: str, change: Change, done: int) -> Edit:
    """An edit whose `before` occurs first, counted from `done`, at its own place.

    Where it occurs earlier too, some context goes along, and if that is not enough, all from the earlier place on:
    a text that begins with `before` cannot occur before the first `before`.
    """
    for reach in _CONTEXT:
        start = _word_start(text, change.start - reach, change.start, done) if reach else change.start
        found = text.find(text[start : change.end], done)
        if found == start:
            break
    return Edit(code, text[found : change.end], text[found : change.start] + change.new)


def _word_start(text: str, start: int, end: int, lowest: int) -> int:
    """The first start of a word in `text[start:end]`, or the start itself."""
    if start <= lowest:
        return lowest
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1
