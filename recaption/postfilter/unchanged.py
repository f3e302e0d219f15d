"""Sentences that say nothing but that something did not change, or that nothing happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter import sameness
from recaption.postfilter import words as w
from recaption.postfilter.by_sentence import by_sentence
from recaption.postfilter.noun_phrase import is_adverb, is_noun
from recaption.postfilter.rule import Change, Rule

_OPENERS = w.PREPOSITIONS | frozenset(
    """regarding concerning meanwhile otherwise overall however still apart aside other besides again here there
    elsewhere then also even so and but yet once next nevertheless nonetheless now all the no little in""".split()
)
_ADVERBIALS = w.PREPOSITIONS | frozenset(
    """all the still again yet either too here there ever otherwise meanwhile however though afterwards anymore any every
    each no regardless whatsoever overall even also both everywhere whatever once and further on onwards""".split()
)
_STATES = (w.AUXILIARIES - {"be", "been", "being"}) | {"with", "it", "they", "there", "who", "that"}
_NEVER_LAST = w.DANGLING - {"her", "his", "this", "that", "those", "these", "each", "both", "another"} | {"in", "on"}
_WORD = re.compile(r"[\w'-]+")


def _unchanged(text: str) -> Iterator[Change]:
    return by_sentence(text, _judged) if _may_be(text) else iter(())


def _may_be(text: str) -> bool:
    lowered = f" {text.lower()} "
    return any(stem in lowered for stem in sameness.STEMS)


def _judged(text: str, start: int, end: int) -> Sequence[Change] | None:
    told = text[start:end].lower().replace("’", "'").rstrip(".!… ")
    if not _may_be(told):
        return ()
    return None if any((core := each.search(told)) and _is_all(told, core) for each in sameness.CORES) else ()


def _is_all(told: str, core: re.Match[str]) -> bool:
    """Whether what stands around the core only names what did not change, and where, and since when."""
    before = sameness.COMPARED.sub("", told[: core.start()])
    after = sameness.COMPARED.sub("", told[core.end() :])
    return not sameness.MORE.search(f"{before}|{after}") and _names(before) and _is_adverbial(after)


def _names(before: str) -> bool:
    """Whether a beginning is a noun phrase, or nothing, behind any openers, with its verb in front of the core."""
    *openers, subject = before.split(", ")
    words = _without_verb(_WORD.findall(subject))
    if words and words[-1] in _NEVER_LAST:
        return False
    return not _has_verb(words) and all(_opens(part) or (i and not _has_verb(_WORD.findall(part))) for i, part in enumerate(openers))


def _without_verb(words: list[str]) -> list[str]:
    """The words of a subject without a verb and its auxiliaries at their end."""
    end = len(words)
    while end and (words[end - 1] in ("itself", "themselves", "not", "n't") or is_adverb(words[end - 1])):
        end -= 1
    if end > 1 and words[end - 1].endswith(("s", "ed", "n", "d")) and words[end - 2] not in w.DETERMINERS:
        end -= 1
    while end and words[end - 1] in w.AUXILIARIES:
        end -= 1
    return words[:end]


def _opens(part: str) -> bool:
    words = _WORD.findall(part)
    return not words or ((words[0] in _OPENERS or is_adverb(words[0])) and not _has_verb(words))


def _is_adverbial(after: str) -> bool:
    """Whether an end only says where, when and how far."""
    for part in after.split(", "):
        words = _WORD.findall(part)
        if words and not (words[0] in _ADVERBIALS or is_adverb(words[0])):
            return False
        if not _STATES.isdisjoint(words) or _has_verb(words):
            return False
    return True


def _has_verb(words: Sequence[str]) -> bool:
    """Whether words state something, as far as they show: "the baker kneads dough and the kitchen"."""
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        following = words[i + 1] if i + 1 < len(words) else ""
        if before in ("", "who", "that", "what", "whatever") or not is_noun(before):
            continue
        if word in w.AUXILIARIES and word not in ("be", "been", "being"):
            return True
        transitive = following in w.DETERMINERS or (following and is_noun(following) and word.endswith("s"))
        if word in w.THIRD_PERSON and (transitive or following == "and" or following in w.PREPOSITIONS - {"of"}):
            return True
        if transitive and is_noun(word) and word.endswith("s") and not w.is_plural(before):
            return True
    return False


UNCHANGED = Rule(
    "no_change",
    "a sentence goes that only says that something did not change, or that nothing happened",
    ("The background remains unchanged throughout. A man walks.", "A man walks."),
    _unchanged,
)
