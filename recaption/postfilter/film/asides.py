"""Where a mention of the video or of frames inside a sentence ends, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.english import words as w
from recaption.postfilter.film.talk import only_talk, words_of
from recaption.postfilter.film.words import THINGS
from recaption.postfilter.rule import Change
from recaption.postfilter.vocabulary import listed

_NOUNS_TOO = listed(
    "frame light set play display show cut watch track tap press record stream line shot feature drop mix wave cover"
)
_AFTER = (w.AUXILIARIES | w.CONJUNCTIONS | w.DETERMINERS | w.FINITE | w.PREPOSITIONS) - _NOUNS_TOO | listed(
    "who which where there then than he she they it seem instead again also now still twice once"
)
_BELONGING = listed("of on about like per")
_PLACING = listed("from by inside above behind in")
_NEXT = re.compile(r"[.,;:!?)—–]|\Z| [–—-] | (?P<word>[\w'’-]+)")
_OPENINGS = (", ", "; ", " (", " [", " – ", " — ", " - ")
_ASIDE_END = re.compile(r"[^,.;:!?()\[\]\n\"“”]{0,100}?(?=[,.;:!?)\]]| [–—-] |\Z)")
_AWAY = listed("absent missing")
_REACH = 100  # characters in front of a mention in which an aside may open
_JOINED = re.compile(r", (?:and|but|while|so|or|which|who|where|as)\b")


def is_free(text: str, end: int, *, sure: bool) -> bool:
    """Whether no noun follows that makes another thing of a video, as in "the video game" and "the image on the wall".

    Args:
        sure: it is rather the video that is meant, so that a place may follow: "barks in the clip behind the door".
    """
    match = _NEXT.match(text, end)
    if match is None or not match["word"]:
        return match is not None
    word = match["word"]
    if word in _BELONGING or (word in _PLACING and not sure):
        return False
    return word in _AFTER or word.endswith(("ly", "ing"))


def aside(text: str, start: int, end: int, named: re.Match[str]) -> Change | None:
    """Takes away what stands between commas, dashes or in brackets around what was named and only talks of it.

    Args:
        start: where the sentence starts; it ends at `end`.
    """
    reach = max(start, named.start() - _REACH)
    found = [(text.rfind(mark, reach, named.start()), mark) for mark in _OPENINGS]
    opened, mark = max(found)
    closing = _ASIDE_END.match(text, named.end(), end)
    if opened < 0 or not closing:
        return None
    words = words_of(text[opened + len(mark) : closing.end()])
    if not only_talk([word for word in words if word not in _AWAY]) or not THINGS.isdisjoint(words):
        return None
    if mark == "; " and text.startswith(", ", closing.end()):
        return Change(opened + 1, closing.end() + 1, "")
    return Change(opened, _aside_end(text, mark, closing.end()), "")


def without_sentence(places: Sequence[tuple[int, int]], number: int) -> Change:
    """Takes a sentence away, with the space in front of it, or behind it where it is the first."""
    start, end = places[number]
    if number:
        return Change(places[number - 1][1], end, "")
    return Change(start, places[1][0] if len(places) > 1 else end, "")


def _aside_end(text: str, opening: str, end: int) -> int:
    """Where an aside ends with its closing mark: the second comma goes too, where no conjunction wants it."""
    if "(" in opening:
        return end + text.startswith(")", end)
    if "[" in opening:
        return end + text.startswith("]", end)
    if opening == ", " and text.startswith(", ", end) and not _JOINED.match(text, end):
        return end + 1
    if opening != ", " and text.startswith(opening, end):
        return end + len(opening) - 1
    return end
