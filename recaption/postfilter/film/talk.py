"""How captions talk about their video and its frames: which words are nothing but such talk, and what it names."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from recaption.postfilter.english.sentences import spans
from recaption.postfilter.film import words as f

MOST_WORDS = 20  # of a lead-in; more of them are no talk about the video alone


def either(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


FILM = rf"(?:video[- ](?:clip|footage|sequence|segment|recording|excerpt|file)|screen capture|{either(f.FILMS)})"
STRONG_FILM = rf"(?:video[- ](?:clip|footage|sequence|segment|recording|excerpt)|{either(f.STRONG_FILMS)})"
STILL = either(f.STILLS)
STAGE = either(f.STAGES)
KINDS = r"(?P<kinds>(?:[\w'’-]+,? ){0,4}?)"
"""What may tell the kind of a video in front of it; `are_kinds` has to look at the words."""

WORD = re.compile(r"(?:#(?=\d))?\w[\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_OWN_PHRASES = re.compile(
    r"\bwhat (?:was|is|has been|got) (?:filmed|recorded|captured|shot)\b|\bon[- ]?screen\b|\bin what follows\b"
    r"|\b(?:recorded|given|provided|uploaded|supplied|submitted|filmed|shared|attached|visual|source|film"
    r"|video) (?:material"
    r"|content|media|file|piece|input|upload)\b|\b(?:animated|live-action|documentary|comedy|cartoon) short\b"
    r"|\b(?:one|anyone|you|we) (?:keeps? (?:on )?|goes? on |continues? )?(?:watching|looking|watch(?:es)?|looks?)\b"
    r"|\b(?:moments?|seconds?|minutes?|parts?|portion|segment|stages?) (?:captured|shown|depicted|recorded|filmed)\b",
    re.I,
)
_PLURAL_FRAMES = frozenset(word for word in f.FRAMES if word.endswith("s")) | {"images", "frame-by-frame"}
_BEFORE_FILM = frozenset(["the", "this", "that", "our"]) | f.ADJECTIVES
_ARTICLES = frozenset(["a", "an", "the", "this", "that", "these", "two", "three", "some"])
_BEHIND_FRAME = frozenset(["before", "after", "afterwards", "below", "above", "beneath"])
_SURE_FRAMES = frozenset(["screenshot", "keyframe", "thumbnail"])
_NEWS = frozenset(["new", "current"])
_LETTERS = frozenset("bcdefgh")
_DIGITS = frozenset("#0123456789")
_STATED = frozenset(["is", "are", "was", "were"])

_SIGNALS = frozenset(f.SIGNALS)


@lru_cache(maxsize=4)  # several rules in a row ask about one text
def signals(text: str) -> frozenset[str]:
    """The words of a text that talk about a video could be recognised by, without their marks."""
    return frozenset(f.SIGNALS[word] for word in _SIGNALS.intersection(text.split()))


def sentences_with(
    text: str, names: Collection[str] | None = None, reach: int = sys.maxsize
) -> Iterator[tuple[int, int]]:
    """The places of the sentences that have one of the words, or any signal, within a reach of their starts."""
    found = [name for name in signals(text) if names is None or name in names]
    lowered = text.lower() if found else ""
    places = sorted(place for name in found for place in _places(lowered, name))
    number = 0
    for start, end in spans(text) if places else ():
        while number < len(places) and places[number][0] < start:
            number += 1
        if number < len(places) and places[number][1] <= min(end, start + reach):
            yield start, end


def _places(lowered: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word begins and ends."""
    start = -1
    while (start := lowered.find(word, start + 1)) >= 0:
        end = start + len(word)
        if not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
            yield start, end


def begins_talk(sentence: str, position: int) -> bool:
    """Whether talk can begin here, by its first word, and behind an article by its second one."""
    first = WORD.match(sentence, position)
    if first is None or not is_talk(first[0].lower()):
        return False
    second = WORD.match(sentence, first.end() + 1) if first[0].lower() in _ARTICLES else None
    third = WORD.match(sentence, second.end() + 1) if second else None
    return second is None or is_talk(second[0].lower(), first[0].lower(), third[0].lower() if third else "")


def words_of(text: str) -> list[str]:
    return [*map(str.lower, WORD.findall(text))]


def bare(word: str) -> str:
    """A word without its "'s"."""
    return word if word.isalpha() else _POSSESSIVE.sub("", word)


def is_talk(word: str, before: str = "", after: str = "") -> bool:
    """Whether a word can belong to talk about the video or its frames, given its neighbours.

    So can a word of TALK, a number, and one that tells the video's kind ("this pottery video").
    """
    if word in f.TALK:
        return not (word in f.STATES and before in _STATED)
    if word[0] in _DIGITS or word.endswith(("-second", "-minute")):
        return True
    if word in _LETTERS:
        return before in f.FRAMES or before in f.STILLS
    return bare(word) in f.FILMS or (before in _BEFORE_FILM and bare(after) in f.FILMS)


def only_talks(text: str) -> bool:
    """Whether a text has no word that is about anything but the video and its frames."""
    before, word = "", ""
    for count, match in enumerate(WORD.finditer(text)):
        after = match[0].lower()
        if count > MOST_WORDS or (word and not is_talk(word, before, after)):
            return False
        before, word = word, after
    return bool(word) and is_talk(word, before)


def only_talk(words: Sequence[str]) -> bool:
    """Whether words can be about nothing but the video and its frames."""
    return len(words) <= MOST_WORDS and all(map(is_talk, words, ["", *words], [*words[1:], ""]))


def are_kinds(kinds: str) -> bool:
    """Whether words in front of a video tell its kind; the last may be unknown: "a short pottery video"."""
    words = words_of(kinds)
    return all(word in f.ADJECTIVES for word in words[:-1]) and (not words or words[-1] not in f.HELPERS)


def names_film(text: str, words: Collection[str]) -> bool:
    """Whether talk names the video or those who watch it."""
    return any(bare(word) in f.FILMS or word in f.VIEWERS for word in words) or _OWN_PHRASES.search(text) is not None


def names_frame(words: Collection[str]) -> bool:
    """Whether talk names frames or pictures that the model was shown: "the third frame", "images 2 and 3"."""
    framed = sum(word in f.FRAMES or word in f.STILLS for word in words)
    if framed != 1:
        return framed > 1
    if any(w in f.COUNTED or w[0] in _DIGITS or w in _LETTERS or w in _PLURAL_FRAMES for w in words):
        return True
    if not {"these", "those"}.isdisjoint(words) or ("the" in words and not _SURE_FRAMES.isdisjoint(words)):
        return True
    if _is_placed_frame(words) or ("the" in words and not _NEWS.isdisjoint(words)):
        return True
    return not f.FRAMES.isdisjoint(words) and not {"this", "that"}.isdisjoint(words)


def _is_placed_frame(words: Collection[str]) -> bool:
    """Whether a frame is told by what stands around it: "the frame before", "the image below"."""
    return any(
        following in _BEHIND_FRAME and (word in f.FRAMES or word in f.STILLS) for word, following in pairwise(words)
    )


_PLACE = re.compile(
    r"\b(?:left|right|top|bottom|upper|lower|corner|sides?|edge)(?:[- ]hand)?(?: (?:side|half|part|corner|third|portion"
    r"|section|quarter|left|right))? (?:of|in) (?:the|this|our|each|both) (?:\w+ )?"
    rf"(?:{FILM}|{STAGE}|{STILL}|frames?|screen)\b"
    r"|\b(?:cent(?:er|re)|middle|half|third|part|portion|section|rest|quarter) (?:of|in) (?:the|this|each) (?:\w+ )?"
    rf"(?:{STILL}|frame|screen|shot)\b(?! (?:series|sequence|set))"
    rf"|\b(?:{STILL}|{FILM}) (?:in|on|inside|within|behind) the (?:frame|screen|picture)\b",
    re.I,
)


def tells_place(text: str) -> bool:
    """Whether talk tells where in the picture something is: "on the left of the video", "the middle of the frame"."""
    return _PLACE.search(text) is not None


STYLES = {
    "animated": "in animation, ",
    "3D animated": "in 3D animation, ",
    "animation": "in animation, ",
    "cartoon": "in cartoon style, ",
    "anime": "in anime style, ",
    "black-and-white": "in black and white, ",
    "black and white": "in black and white, ",
    "slow-motion": "in slow motion, ",
    "slow motion": "in slow motion, ",
    "time-lapse": "in time-lapse, ",
    "timelapse": "in time-lapse, ",
    "stop-motion": "in stop motion, ",
    "close-up": "in close-up, ",
    "aerial": "from the air, ",
    "drone": "from a drone, ",
    "underwater": "under water, ",
}
_STYLE = re.compile(rf"\b({either(STYLES)})(?= {FILM}| {STAGE}| of|[ ,]*\Z)", re.I)
_STYLE_TOLD = re.compile(
    r"\b(from (?:a drone|the air|above|below)|in (?:slow motion|black and white|time-lapse|reverse))\b", re.I
)


def style_of(talk: str) -> str:
    """The style that a lead-in names, as an opening: "the animated video shows"."""
    if told := _STYLE_TOLD.search(talk):
        return f"{told[1].lower()}, "
    match = _STYLE.search(talk)
    return next(opening for name, opening in STYLES.items() if name.lower() == match[1].lower()) if match else ""
