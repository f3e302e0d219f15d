"""A caption without what is contradicted, and the phrase that tells what the camera does."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recaption.clip import Edit
from recaption.curate.shot import Value
from recaption.postfilter.chinese import is_chinese
from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english.sentences import ends_sentence, spans
from recaption.postfilter.rule import Change, Rule, apply, whole_edit
from recaption.verify.claim import Verdict
from recaption.verify.claims import claims
from recaption.verify.judging import CONFIRMED, CONTRADICTED, camera_moves, camera_state
from recaption.verify.leaving_out import without_claim

CODE, PHRASE = "contradicted", "camera_phrase"
"""Codes of the edits."""

_DOES = {
    "pan_left": "pans left",
    "pan_right": "pans right",
    "tilt_up": "tilts up",
    "tilt_down": "tilts down",
    "zoom_in": "zooms in",
    "zoom_out": "zooms out",
    "roll_left": "rolls left",
    "roll_right": "rolls right",
}
_STATES = {"static": "is static", "handheld": "is handheld"}
_INTRODUCED = re.compile(r"\b(?:an?|two|three|four|several|some|another)\b", re.I)
_MOST_WRONG = 8
"""Claims that are taken out of one sentence; with more of them it goes as a whole."""
_REFERS = s.ANY_SUBJECTS - {"we", "i", "you"} | {"its", "his", "her", "their", "this", "these"}

Key = tuple[str, str]


@dataclass(frozen=True)
class Mended:
    """A caption after mending.

    Attributes:
        edits: with the codes CODE and PHRASE, in the order in which they were made.
    """

    text: str
    edits: tuple[Edit, ...] = ()


def camera_phrase(measures: Mapping[str, Value]) -> str:
    """What the camera does, as one sentence: "The camera pans left, then zooms in."; "" where nobody knows.

    Moves at once are joined with "and"; of a camera that is handheld or static as a whole, that is told.

    The words are those of MotionLoRA's eight moves (AnimateDiff, arXiv 2307.04725), and may go to a model as a hint.
    """
    camera = measures.get("camera")
    if not isinstance(camera, dict):
        return ""
    told = _STATES.get(camera_state(measures), "") or _in_turn(camera, camera_moves(measures))
    return f"The camera {told}." if told else ""


def _in_turn(camera: Mapping[str, Any], kinds: Sequence[str]) -> str:
    """Kinds of moves in words, those at once joined with "and"."""
    told, until = "", -math.inf
    moves = camera.get("moves") or []
    for kind in kinds:
        move: Mapping[str, Any] = next((each for each in moves if each.get("kind") == kind), {})
        start, end = move.get("start", math.inf), move.get("end", -math.inf)
        if told:
            told += " and " if start < until else ", then "
        told += _DOES[kind]
        until = max(until, end) if start < until else end
    return told


def mend(text: str, verdicts: Sequence[Verdict], phrase: str = "", kinds: Collection[str] = ()) -> Mended:
    """A caption without the claims that are contradicted, where a whole caption is left.

    A claim's words go where the sentence stands without them, else its clause, else the sentence. A sentence stays, and
    its claim with it, where the next one speaks of what only it names, or where nothing else would be left.

    Args:
        verdicts: on `claims(text)`.
        phrase: what the camera does, which is said once, at the end, and in the place of a caption of which nothing
            would be left; "" for nothing.
        kinds: of the claims that may go.
    """
    if not text:
        return Mended(text)
    wrong = {_key(each) for each in verdicts if each.outcome == CONTRADICTED and each.claim.kind in kinds}
    edits: list[Edit] = []
    mended = text
    if wrong:
        rule = Rule(CODE, "", ("", ""), lambda caption: _changes(caption, wrong), quoted=True)
        mended, edits = apply(rule, text)
    if not any(map(str.isalnum, mended)):
        mended, edits = (phrase, [whole_edit(CODE, text, phrase)]) if phrase else (text, [])
    elif phrase and not _is_told(mended, verdicts, phrase):
        longer = f"{mended.rstrip()}{'' if ends_sentence(mended) else '.'} {phrase}"
        edits, mended = [*edits, whole_edit(PHRASE, mended, longer)], longer
    return Mended(mended, tuple(edits))


def _key(verdict: Verdict) -> Key:
    return verdict.claim.kind, verdict.claim.value


def _is_told(text: str, verdicts: Sequence[Verdict], phrase: str) -> bool:
    """Whether a text claims all that the phrase does, and rightly; an English phrase is none for a Chinese text.

    Beside a move that is told rightly, "the camera is static" would deny it.
    """
    told = {(claim.kind, claim.value) for claim in claims(text)}
    wrong = {_key(each) for each in verdicts if each.outcome == CONTRADICTED}
    said = {(claim.kind, claim.value) for claim in claims(phrase)}
    moves = any(each.outcome == CONFIRMED and each.claim.kind == "camera" for each in verdicts)
    return is_chinese(text) or said <= told - wrong or (moves and ("camera", "static") in said)


def _changes(text: str, wrong: Collection[Key]) -> Iterator[Change]:
    """The changes that take wrong claims out; a sentence that goes takes the space beside it along."""
    places = spans(text)
    sentences = [text[start:end] for start, end in places]
    mended = [_mended(sentence, wrong) for sentence in sentences]
    following = ""
    for i in reversed(range(len(sentences))):
        if not mended[i] and _is_needed(sentences[i], following, any(mended[:i])):
            mended[i] = sentences[i]
        following = mended[i] or following
    kept = [i for i, sentence in enumerate(mended) if sentence]
    first, done = kept[0] if kept else len(mended), 0
    for i, (start, end) in enumerate(places):
        if not mended[i]:
            yield Change(done, places[i + 1][0] if i < first and i + 1 < len(places) else end, "")
        elif mended[i] != sentences[i]:
            yield Change(start, end, mended[i])
        done = places[i + 1][0] if i < first and i + 1 < len(places) else end


def _mended(sentence: str, wrong: Collection[Key]) -> str:
    """A sentence without wrong claims; "" where nothing is left of it."""
    while found := [claim for claim in claims(sentence) if (claim.kind, claim.value) in wrong]:
        less = without_claim(sentence, found[-1]) if len(found) <= _MOST_WRONG else None
        if less is None:
            return ""
        sentence = less
    return sentence


def _is_needed(sentence: str, following: str, has_more: bool) -> bool:
    """Whether the next sentence speaks of what this one names: "It then zooms in", "He waves"."""
    words = following.split()
    word = words[0].lower().strip(",") if words else ""
    if word not in _REFERS:
        return False
    if word in ("it", "its", "this") and any(
        each.kind == "camera" for each in claims(f"The camera {' '.join(words[1:])}")
    ):
        return True
    return not has_more or bool(_INTRODUCED.search(sentence))
