"""What is left of a sentence when words are taken out of it, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.english import words as w
from recaption.postfilter.rule import Change
from recaption.postfilter.vocabulary import listed

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WINDOW = 400  # characters on both sides of a gap that are looked at
_MARKS = " ,，、;:–—-"
_ENDS = (".", "!", "?", "…")
_PARTICLES = listed("up down off out over in on around away back through by along")
_NEEDS_NOUN = w.PREPOSITIONS - _PARTICLES
_LOOSE = _NEEDS_NOUN | w.CONJUNCTIONS | w.DETERMINERS | {"to", "is", "are"}
_FUNCTION = w.PREPOSITIONS | w.CONJUNCTIONS | w.AUXILIARIES


def without(text: str, sentence: tuple[int, int], start: int, end: int) -> Change | None:
    """The change that takes `text[start:end]` out of its sentence; None where what is left would not be whole."""
    begin, finish = max(sentence[0], start - _WINDOW), min(sentence[1], end + _WINDOW)
    lead, trail = text[begin:start].rstrip(), text[end:finish].lstrip()
    if not any(map(str.isalnum, lead)):
        rest = trail.lstrip(_MARKS)
        return Change(start, finish - len(rest) + 1, rest[:1].upper()) if has_verb(lowers(rest)) else None
    start, end = begin + len(lead), finish - len(trail)
    if lead.endswith(("(", "（")) and trail.startswith((")", "）")):
        return Change(start - 1, end + 1, "")
    if not any(map(str.isalnum, trail)):
        kept = _without_loose_end(lead)
        if kept is None:
            return None
        return Change(begin + len(kept), end, "" if kept.endswith(_ENDS) or trail.startswith(_ENDS) else ".")
    if not _fits(lowers(lead), trail):
        return None
    if trail[0] in ",;:" and lead[-1] in ",;:":
        parenthesis = not has_verb(lowers(lead))  # "The man, ..., walks"
        return Change(start - 1, finish - len(trail[1:].lstrip()) if parenthesis else end, " " if parenthesis else "")
    return Change(start, end, "" if trail[0] in ",;:.)!?" else " ")


def lowers(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def has_verb(words: Sequence[str]) -> bool:
    """Whether there can be a finite verb among words in small letters."""
    for i, word in enumerate(words):
        formed = len(word) > 3 and word.endswith(("s", "ed")) and i > 0 and words[i - 1] not in w.DETERMINERS
        if formed or word in w.FINITE:
            return True
    return False


def _without_loose_end(lead: str) -> str | None:
    """The beginning of a sentence without a word that needs another behind it; None where it is no sentence then."""
    found = list(_WORD.finditer(lead))
    end = len(lead)
    while found and found[-1][0].lower() in _LOOSE and not lead[found[-1].end() : end].strip(_MARKS):
        last, before = found[-1][0].lower(), found[-2][0].lower() if len(found) > 1 else ""
        if last in ("is", "are") or (last in w.DETERMINERS and before not in _LOOSE):
            return None
        end = found.pop().start()
    kept = lead[:end].rstrip(_MARKS)
    return kept if has_verb(lowers(kept)) else None


def _fits(before: Sequence[str], trail: str) -> bool:
    """Whether the words before a gap go on with what follows it as a sentence does."""
    after = lowers(trail)
    joined = trail[0].isalnum() or trail[0] in "\"“'‘("
    left, right = before[-1] if before else "", after[0] if joined and after else ""
    if left in w.DETERMINERS or left in _NEEDS_NOUN or left in w.NEVER_NOUNS:
        if not right or right in _FUNCTION or right in w.THIRD_PERSON:
            return False
    elif left in w.CONJUNCTIONS | w.AUXILIARIES and (not right or right in w.CONJUNCTIONS):
        return False
    if right in w.DETERMINERS and left not in _FUNCTION and not has_verb(before):
        return False
    return has_verb([*before, *after])
