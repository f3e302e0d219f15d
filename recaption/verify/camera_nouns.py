"""Nouns and adjectives of camera work: "a slow pan to the left", "a static shot"."""

from __future__ import annotations

from collections.abc import Iterator

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.verify import camera_words as c
from recaption.verify.claim import Claim
from recaption.verify.directions import clause_end, direction, speed_claims
from recaption.verify.tokens import Tokens

_FILMED_BEFORE = 12
"""Words from "filmed" to "with a handheld camera"."""
_BEHIND = {"pan": ("across", "over", "around", "along"), "zoom": ("on", "onto")}
"""What stands behind such a noun and behind no frying pan."""
_LONGEST = 5
"""Words from an adjective to its shot."""


def nouns(tokens: Tokens, *, has_camera: bool, verbs: set[int]) -> Iterator[Claim]:
    """The claims of a pan, a tilt, a zoom ..., with the direction before or behind it.

    Args:
        has_camera: the sentence says what a camera does.
        verbs: places of words that are verbs there.
    """
    for i in range(len(tokens)):
        value = c.MOVE_NOUNS.get(tokens.word(i), "")
        if not value or i in verbs:
            continue
        first = i
        while tokens.word(first - 1) in c.MODIFIERS or (is_adverb(tokens.word(first - 1)) and first > 1):
            first -= 1
        if tokens.word(first - 1) in ("no", "without"):
            continue
        before = [tokens.word(k) for k in range(first, i)]
        if "_" not in value and not _is_move(tokens, i, value, before, tokens.word(first - 1), has_camera):
            continue
        last = i
        if "_" not in value:
            value, last = _directed(tokens, i, value, before)
        yield Claim("camera", value, tokens[first].start, tokens[last].end)
        yield from speed_claims(tokens, [k for k in range(first, i) if tokens.word(k) in c.SLOW | c.FAST])


def adjectives(tokens: Tokens) -> Iterator[Claim]:
    """The claims of what stands before a shot or a camera."""
    for i in range(len(tokens)):
        value = c.ADJECTIVES.get(tokens.word(i), "")
        if not value:
            continue
        k = i + 1
        while tokens.word(k) in _SKIPPED - c.SHOT_NOUNS[value] and k < i + _LONGEST:
            k += 1
        noun = tokens.word(k)
        if noun not in c.SHOT_NOUNS[value] or (noun == "position" and c.POSED.isdisjoint(tokens.words(i - 4, 4))):
            continue
        if (noun == "camera" and not _is_ours(tokens, i)) or not c.NEGATIONS.isdisjoint(tokens.words(i - 3, 3)):
            continue
        if value in c.MOVE_NOUNS:
            way = direction(tokens, k + 1, clause_end(tokens, k + 1), value)
            value = c.VERBS[value].family.directions.get(way, value)
        yield Claim("camera", value, tokens[i].start, tokens[i].end, loose=True)


def _is_ours(tokens: Tokens, i: int) -> bool:
    """Whether a camera, described from `i` on, is what the film was made with, and not a thing in it."""
    start = i
    while tokens.word(start - 1) in w.DETERMINERS | c.MODIFIERS | c.ADJECTIVES.keys() | {","} and start:
        start -= 1
    before = tokens[start - 1]
    if before.word in ("with", "by", "on", "from", "through", "using"):
        return tokens[start - 2].is_mark or not c.FILMED.isdisjoint(
            tokens.words(start - _FILMED_BEFORE, _FILMED_BEFORE)
        )
    return before.is_mark or before.word in w.CONJUNCTIONS | w.AUXILIARIES | s.OPENING_ADVERBS


_SKIPPED = c.MODIFIERS | c.ADJECTIVES.keys() | {","}


def _is_move(tokens: Tokens, i: int, value: str, before: list[str], determiner: str, has_camera: bool) -> bool:
    """Whether a noun is the camera's move, and no frying pan, lens or roll of cloth."""
    following = tokens.word(i + 1)
    if following == "lens" or (determiner == "the" and not before):
        return False
    way = any(word in c.TOWARDS for word in before) or direction(tokens, i + 1, clause_end(tokens, i + 1), value)
    if value == "move":
        return "camera" in before and bool(way)
    if value == "roll":
        return "camera" in before or tokens.follows(i + 1, "of the camera") or (has_camera and bool(before))
    if determiner not in w.DETERMINERS | w.PREPOSITIONS and not before and i > 0:
        return False
    if way or following in _BEHIND.get(value, ()):
        return True
    return bool(c.OF_CAMERA.intersection(before) if value == "tilt" else before) and following != "of"


def _directed(tokens: Tokens, i: int, noun: str, before: list[str]) -> tuple[str, int]:
    """What a noun claims with its direction, and its last word."""
    directions = c.VERBS[noun].family.directions
    for word in before:
        way = word.rpartition("-")[2] if "-to-" in word else c.TOWARDS.get(word, "")
        if way in directions:
            return directions[way], i
    end = clause_end(tokens, i + 1)
    way = direction(tokens, i + 1, end, noun)
    places = [k for k in range(i + 1, end) if c.TOWARDS.get(tokens.word(k)) == way]
    if not places:
        return noun, i
    return directions.get(way, noun), places[-1 if tokens.word(i + 1) == "from" else 0]
