"""Where videos, films, pictures and frames are things in the scene, and not what the model was shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from recaption.postfilter.english.sentences import spans
from recaption.postfilter.film import words as f
from recaption.postfilter.film.talk import bare, only_talk, signals, words_of
from recaption.postfilter.vocabulary import listed

_PHOTOS = listed("photo photos photograph photographs snapshot snapshots")
_PICTURES = listed("picture pictures")
_FAMILIES = (f.STRONG_FILMS, f.FILMS - f.STRONG_FILMS, _PHOTOS, _PICTURES, f.STILLS - _PHOTOS - _PICTURES, f.FRAMES)
_MOST = 200  # characters of a sentence in which it can say what it is about
_NOUNS = f.FILMS | f.STILLS | {"frame", "screenshot", "thumbnail"}
_COMPOUND = re.compile(
    r" (?:games?|calls?|cameras?|programs?|software|studios?|style|crew|projectors?|stores?|editors?|festivals?)\b"
)
_ON_DISPLAY = re.compile(
    r" (?:(?:that )?(?:plays|is playing|runs|playing|shown) )?(?:on|in|above|behind) (?:the|an?|his|her|their|its)"
    r" (?:[\w'’-]{1,20} ){0,2}(?:screen|monitor|phone|laptop|tablet|television|tv|wall|billboard|display|projector"
    r"|fridge|frame|album|poster)s?\b",
    re.I,
)
_OWNED = re.compile(
    r"\b(?:(?P<sure>an?|his|her|their|its|my)|another|some|two|three|several|plays?|watch(?:es|ing)?|edits?|films?"
    r"|records?)(?: [a-z-]{2,20}){0,2} \Z",
    re.I,
)
_PRESENTS = re.compile(
    r" (?:of|about|with|that|which|where|in which|show|depict|captur|featur|present|portray|begin|open|start|reveal"
    r"|document|introduc|follow|end|record)"
)
_RELATED = listed("follows")
_OTHER_FRAMES = re.compile(
    r"\b(?:bowl(?:ers|ing|er(?! hat))|snooker|billiards?|(?:bee)?hives?|bees|beekeep\w*|honeycombs?|greenhouse|optician"
    r"|comics?|album|gallery|museum|exhibition|easel|stereoscope|loom|flip ?book|photo booth|camera obscura)\b",
    re.I,
)
# The stems of these words: a quick look.
_OTHER_STEMS = (
    *(
        "bowl",
        "snooker",
        "billiard",
        "hive",
        "bees",
        "beekeep",
        "honeycomb",
        "greenhouse",
        "optician",
        "comic",
        "album",
    ),
    *("gallery", "museum", "exhibition", "easel", "stereoscope", "loom", "flip", "photo booth", "camera obscura"),
)

_CINEMA = re.compile(
    r"\b(?:cinemas?|projectors?|projectionist|popcorn|screening|(?:movie|film) (?:theat(?:er|re)|crew|set|reel"
    r"|director|star))\b",
    re.I,
)


@lru_cache(maxsize=2)
def first_shown(text: str) -> tuple[int, ...]:
    """Where a video, a film, a picture and a frame become things in the caption ("plays a video").

    From there on "the video" may mean that thing. "This is a video"
        " of" makes no such thing. The text's length stands for
    what never becomes one.
    """
    found = [len(text)] * len(_FAMILIES)
    lowered = text.lower()
    starts = [start for start, _ in spans(text)] or [0]
    for noun in _NOUNS.intersection(signals(text)):
        family, nouns = next((i, nouns) for i, nouns in enumerate(_FAMILIES) if noun in nouns)
        place = _thing_named(text, lowered, noun, starts, sure_only=nouns is f.FRAMES)
        found[family] = min(found[family], place)
    return tuple(found)


def _thing_named(text: str, lowered: str, noun: str, starts: Sequence[int], *, sure_only: bool) -> int:
    """Where a noun names a thing in the scene for the first time; the text's length where it does not.

    Args:
        sure_only: "two frames" are no things, "a frame" is one.
    """
    place = -1
    while (place := lowered.find(noun, place + 1)) >= 0:
        end = place + len(noun)
        if lowered[place - 1 : place].isalnum() or lowered[end : end + 1].isalnum() or _COMPOUND.match(text, end):
            continue
        if _ON_DISPLAY.match(text, end):
            return place
        owner = _OWNED.search(text, max(0, place - 40), place)
        if owner is None or (sure_only and not owner["sure"]):
            continue
        start = starts[max(0, bisect_right(starts, place) - 1)]
        if not _is_announced(text, start, owner.start(), end):
            return place
    return len(text)


def _is_announced(text: str, sentence: int, start: int, end: int) -> bool:
    """Whether "a video" is what the sentence is about: "This is a video", "A video of"."""
    presents = end - sentence < _MOST and (sentence < start or _PRESENTS.match(text, end))
    return bool(presents) and only_talk(words_of(text[sentence:end]))


def is_own(text: str, start: int, words: Sequence[str]) -> bool:
    """Whether the films and pictures that talk at `start` names can be those that the model was shown."""
    named = {bare(word) for word in words}
    places = zip(first_shown(text), _FAMILIES, strict=True)
    if not all(start <= place or nouns.isdisjoint(named) for place, nouns in places):
        return False
    if not _FAMILIES[1].isdisjoint(named) and _FAMILIES[0].isdisjoint(named) and _is_at_the_cinema(text):
        return False
    sure = (
        not (f.SAMPLED | _RELATED).isdisjoint(named)
        or any(word[0].isdigit() or word.startswith("key") for word in named)
        or sum(word in f.FRAMES for word in words) > 1
    )
    return sure or named.isdisjoint(f.FRAMES | f.STILLS) or not _has_other_frames(text)


@lru_cache(maxsize=2)
def _is_at_the_cinema(text: str) -> bool:
    """Whether films are shown or made in the scene."""
    return _CINEMA.search(text) is not None


@lru_cache(maxsize=2)
def _has_other_frames(text: str) -> bool:
    """Whether there is something in the scene that has frames or pictures, such as a game of snooker."""
    lowered = text.lower()
    return any(stem in lowered for stem in _OTHER_STEMS) and _OTHER_FRAMES.search(text) is not None
