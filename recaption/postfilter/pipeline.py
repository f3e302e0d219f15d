"""The rules in their order, run until none has anything to say."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recaption.clip import Edit
from recaption.errors import UsageError
from recaption.postfilter import (
    absences,
    characters,
    endings,
    labels,
    lead_ins,
    markdown,
    markup,
    mentions,
    paragraphs,
    refusals,
    repeats,
    unchanged,
)
from recaption.postfilter.rule import Rule, Sign, apply, replay, whole_edit

RULES: tuple[Rule, ...] = (
    characters.LINE_BREAKS,
    characters.UNWANTED,
    characters.COMPOSED,
    markup.ROLE_TAGS,
    markup.SPECIAL_TOKENS,
    markup.HTML,
    characters.SPACING,
    markdown.FENCES,
    markdown.HEADINGS,
    markdown.LISTS,
    labels.BOLD_LABELS,
    markdown.LINKS,
    markdown.EMPHASIS,
    labels.CHATTER,
    labels.LABELS,
    paragraphs.PARAGRAPHS,
    labels.QUOTES,
    refusals.REFUSALS,
    endings.CUT,
    endings.UNFINISHED,
    lead_ins.LEAD_INS,
    mentions.MENTIONS,
    absences.ABSENCES,
    unchanged.UNCHANGED,
    repeats.REPEATED,
    endings.FULL_STOP,
    endings.CAPITAL,
)

SIGNS: tuple[Sign, ...] = (lead_ins.LEFT,)

FLAGS: dict[str, str] = {
    "cut": "the model was cut at its limit of tokens",
    "no_words": "nothing with a letter was left",
    "unsettled": "the rules did not come to an end, so the text is no caption and was dropped",
    **{sign.code: sign.about for sign in SIGNS},
    **{rule.code: rule.about for rule in RULES if rule.fails},
}

_MOST_ROUNDS = 12


@dataclass(frozen=True)
class Cleaned:
    """A caption after the rules.

    Attributes:
        text: one paragraph, or "" where nothing was left.
        edits: every change in its order; `replay(raw, edits)` gives `text`.
        flags: keys of FLAGS.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[str, ...] = ()


def clean(text: str, *, finished: bool = True, without: Collection[str] = ()) -> Cleaned:
    """One paragraph of whole sentences from what a model said.

    Cleaning a second time changes nothing, and time grows linearly with the text.

    Args:
        text: the model's words, any string.
        finished: False where the model was cut at its limit of tokens; the last sentence then goes unless it is certain
            to be whole.
        without: codes of rules and signs that are left out.

    Raises:
        UsageError: no rule or sign has such a code.
    """
    check_codes(without)
    draft = _Draft(text)
    flags = [] if finished else ["cut"]
    rules = [rule for rule in RULES if rule.code not in without]
    if failed := _settle(draft, rules, finished):
        flags.append(draft.drop(failed))
    elif not any(map(str.isalpha, draft.text)):
        flags.append(draft.drop("no_words"))
    flags += [sign.code for sign in SIGNS if sign.code not in without and sign.found(draft.text)]
    return Cleaned(draft.text, tuple(draft.edits), tuple(flags))


def check_codes(codes: Collection[str]) -> None:
    """Raises: UsageError: no rule or sign has one of these codes."""
    known = [*(rule.code for rule in RULES), *(sign.code for sign in SIGNS)]
    for code in codes:
        if code not in known:
            near = difflib.get_close_matches(code, known, n=1, cutoff=0)
            raise UsageError(f"no rule {code!r} of the post-filter; did you mean {near[0]!r}?")


def _settle(draft: _Draft, rules: Sequence[Rule], finished: bool) -> str | None:
    """Apply rules until none has anything to say; the code of what makes the text no caption, None for a good one."""
    for round_number in range(_MOST_ROUNDS):
        before = draft.text
        for rule in rules:
            if rule.cut_only and (round_number or finished):
                continue
            if not rule.fails:
                draft.take(rule)
            elif any(True for _ in rule.find(draft.text)):
                return rule.code
        if draft.text == before:
            return None
    return "unsettled"


class _Draft:
    """A text on its way through the rules, with the edits so far."""

    def __init__(self, raw: str) -> None:
        self.raw = self.text = raw
        self.edits: list[Edit] = []

    def take(self, rule: Rule) -> None:
        """Apply a rule.

        Where it made the last edits too, both turns become one edit, since `replay` takes edits of one code in a row as
        one turn from left to right.
        """
        after, edits = apply(rule, self.text)
        if self.edits and edits and self.edits[-1].code == rule.code:
            while self.edits and self.edits[-1].code == rule.code:
                self.edits.pop()
            before = replay(self.raw, self.edits)
            edits = [whole_edit(rule.code, before, after)] if before != after else []
        self.edits += edits
        self.text = after

    def drop(self, code: str) -> str:
        """Leave nothing, and give the code back."""
        if self.text:
            self.edits.append(whole_edit(code, self.text, ""))
            self.text = ""
        return code
