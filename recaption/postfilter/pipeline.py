"""The rules in their order, run until none has anything to say."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recaption.clip import Edit
from recaption.errors import UsageError
from recaption.postfilter import chinese, order
from recaption.postfilter.assistant import chatter, refusals, thinking
from recaption.postfilter.ending import endings
from recaption.postfilter.film import frames, lead_ins, mentions
from recaption.postfilter.foreign import languages
from recaption.postfilter.form import (
    characters,
    labels,
    lists,
    lost_characters,
    markdown,
    markup,
    mojibake,
    paragraphs,
    templates,
)
from recaption.postfilter.negation import absences, unchanged
from recaption.postfilter.opinion import hedges, opinions
from recaption.postfilter.repetition import loops, repeats
from recaption.postfilter.rule import Language, Rule, Sign, apply, replay, whole_edit

RULES: tuple[Rule, ...] = (
    templates.JSON,
    mojibake.ESCAPES,
    mojibake.ENTITIES,
    mojibake.MOJIBAKE,
    lost_characters.LOST,
    lost_characters.BORROWED,
    characters.LINE_BREAKS,
    characters.UNWANTED,
    characters.COMPOSED,
    chinese.MOJIBAKE,
    thinking.THINKING,
    markdown.LINKS,
    markup.ROLE_TAGS,
    markup.SPECIAL_TOKENS,
    markup.HTML,
    templates.PLACEHOLDERS,
    characters.SPACING,
    chinese.THINKING,
    markdown.FENCES,
    markdown.TABLES,
    markdown.HEADINGS,
    chinese.LISTS,
    lists.LISTS,
    chinese.BOLD_LABELS,
    labels.BOLD_LABELS,
    markdown.EMPHASIS,
    refusals.REFUSALS,
    chinese.REFUSALS,
    chatter.CHATTER,
    chinese.CHATTER,
    labels.LABELS,
    chinese.LABELS,
    chinese.LANGUAGES,
    chinese.LOOPS,
    chinese.CUT,
    chinese.UNFINISHED,
    order.ORDER,
    paragraphs.PARAGRAPHS,
    chinese.PARAGRAPHS,
    labels.QUOTES,
    loops.LOOPS,
    languages.LANGUAGE,
    endings.CUT,
    endings.UNFINISHED,
    frames.FRAMES,
    lead_ins.LEAD_INS,
    chinese.LEAD_INS,
    chinese.FRAMES,
    mentions.MENTIONS,
    chinese.MENTIONS,
    chinese.NO_CHANGE,
    chinese.ABSENCE,
    chinese.OPINIONS,
    absences.ABSENCES,
    unchanged.UNCHANGED,
    opinions.OPINIONS,
    repeats.REPEATED,
    chinese.REPEATED,
    chinese.SPACING,
    endings.FULL_STOP,
    chinese.FULL_STOP,
    endings.CAPITAL,
)

SIGNS: tuple[Sign, ...] = (lead_ins.LEFT, hedges.HEDGES, chinese.HEDGE)

_MOST_ROUNDS = 12


@dataclass(frozen=True)
class Cleaned:
    """A caption after the rules.

    Attributes:
        text: one paragraph, or "" where nothing was left.
        edits: every change in its order; `replay(raw, edits)` gives `text`.
        flags: keys of `filtering.FLAGS`.
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
    signs = [sign for sign in SIGNS if sign.code not in without]
    if failed := _settle(draft, rules, finished):
        flags.append(draft.drop(failed))
    elif not any(map(str.isalpha, draft.text)):
        flags.append(draft.drop("no_words"))
    flags += [sign.code for sign in signs if sign.language in (None, draft.language) and sign.found(draft.text)]
    return Cleaned(draft.text, tuple(draft.edits), tuple(flags))


def check_codes(codes: Collection[str]) -> None:
    """Raises: UsageError: no rule or sign has one of these codes."""
    if not codes:
        return
    known = [*(rule.code for rule in RULES), *(sign.code for sign in SIGNS)]
    for code in codes:
        if code not in known:
            near = difflib.get_close_matches(code, known, n=1, cutoff=0)
            raise UsageError(f"no rule {code!r} of the post-filter; did you mean {near[0]!r}?")


def _settle(draft: _Draft, rules: Sequence[Rule], finished: bool) -> str | None:
    """Apply rules until none has anything to say; the code of what makes the text no caption, None for a good one.

    No rule is asked again about a text of which it had nothing to say.
    """
    silent: dict[int, str] = {}
    for round_number in range(_MOST_ROUNDS):
        before = draft.text
        for number, rule in enumerate(rules):
            text = draft.text
            if (rule.cut_only and (round_number or finished)) or (rule.language and rule.language != draft.language):
                continue
            if silent.get(number) == text:
                continue
            if not rule.fails:
                draft.take(rule)
            elif any(True for _ in rule.find(text)):
                return rule.code
            if draft.text == text:
                silent[number] = text
        if draft.text == before:
            return None
    return "unsettled"


def _language(text: str) -> Language:
    return "Chinese" if chinese.is_chinese(text) else "English"


class _Draft:
    """A text on its way through the rules, with its language and the edits so far."""

    def __init__(self, raw: str) -> None:
        self.raw = self.text = raw
        self.language = _language(raw)
        self.edits: list[Edit] = []

    def take(self, rule: Rule) -> None:
        """Apply a rule.

        Where it made the last edits too, both turns become one edit, since `replay` takes edits of one code in a row as
        one turn from left to right.
        """
        after, edits = apply(rule, self.text)
        if not edits:
            return
        if self.edits and self.edits[-1].code == rule.code:
            while self.edits and self.edits[-1].code == rule.code:
                self.edits.pop()
            before = replay(self.raw, self.edits)
            edits = [whole_edit(rule.code, before, after)] if before != after else []
        self.edits += edits
        self.text, self.language = after, _language(after)

    def drop(self, code: str) -> str:
        """Leave nothing, and give the code back."""
        if self.text:
            self.edits.append(whole_edit(code, self.text, ""))
            self.text = ""
        return code
