"""The post-filter as a run has it: rules, then perhaps the engine's own paragraph, then a budget."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recaption.postfilter import budget, merge
from recaption.postfilter.budget import Budget
from recaption.postfilter.pipeline import RULES, SIGNS, Cleaned, check_codes, clean

FLAGS: dict[str, str] = {
    "cut": "the model was cut at its limit of tokens",
    "no_words": "nothing with a letter was left",
    "unsettled": "the rules did not come to an end, so the text is no caption and was dropped",
    **{sign.code: sign.about for sign in SIGNS},
    **{rule.code: rule.about for rule in RULES if rule.fails},
    **merge.FLAGS,
    **budget.FLAGS,
}
"""What the post-filter may say of a caption."""


@dataclass(frozen=True)
class PostFilter:
    """How raw text becomes a caption.

    Attributes:
        without: codes of rules and signs that are left out.
        budget: how long a caption may be.

    Raises:
        UsageError: no rule or sign has such a code.
    """

    without: tuple[str, ...] = ()
    budget: Budget | None = None

    def __post_init__(self) -> None:
        check_codes(self.without)

    @classmethod
    def of(cls, without: tuple[str, ...], budget: str | None) -> PostFilter:
        """As the command line has it; see `budget.Budget.of`."""
        return cls(without, Budget.of(budget) if budget else None)

    def by_rules(self, raw: str, *, finished: bool) -> Cleaned:
        """What the rules make of a raw text; see `pipeline.clean`."""
        return clean(raw, finished=finished, without=self.without)

    def finish(self, cleaned: Cleaned, merge_reply: str = "") -> Cleaned:
        """The caption: the engine's paragraph where there is one and it will do, in its budget."""
        if merge_reply:
            cleaned = merge.merged(cleaned, merge_reply)
        if self.budget is None:
            return cleaned
        text, edits, flags = budget.fit(cleaned.text, self.budget)
        return replace(cleaned, text=text, edits=(*cleaned.edits, *edits), flags=(*cleaned.flags, *flags))
