"""Reads events out of a caption: who does what, in the order told.

Any words will do, not only those of `recaption.scripted.grammar`: subjects are found by colour and kind (synonyms
included), actions by verb patterns, sides by the words near the verb. "It" and a clause without a subject go on with
the subject before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recaption.scripted.shapes import KINDS
from recaption.scripted.world import CAMERA, COLOURS

KIND_WORDS: dict[str, tuple[str, ...]] = {
    **{kind: (kind,) for kind in KINDS},
    "ball": ("ball", "sphere"),
    "box": ("box", "crate", "cube"),
    "boat": ("boat", "sailboat", "ship"),
    "bird": ("bird", "sparrow"),
    "cat": ("cat", "kitten"),
    "cup": ("cup", "mug"),
    "hat": ("hat", "top hat"),
    "house": ("house", "cottage"),
    "car": ("car", "automobile"),
    "umbrella": ("umbrella", "parasol"),
}
COLOUR_WORDS = {**{colour: colour for colour in COLOURS}, "violet": "purple", "magenta": "pink"}

_KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words}
_WORDS = "|".join(sorted(_KINDS, key=len, reverse=True))
_COLOURS = "|".join(COLOUR_WORDS)
_MENTION = re.compile(rf"\b(?:(?P<colour>{_COLOURS})\s+)?(?P<kind>{_WORDS})\b|\b(?P<camera>camera)\b|\b(?P<it>it)\b")

_SIDE = re.compile(
    r"\b(?P<left>left)\b|\b(?P<right>right)\b|\b(?P<top>top|above|up|upwards?)\b|\b(?P<bottom>bottom|below|down|downwards?)\b"
)
_SIDED = ("enters", "leaves", "moves", "pans", "tilts")

_VERBS: tuple[tuple[str, str], ...] = (
    (
        "cuts",
        r"(?:scene|shot|film|video)\s+(?:cuts|changes|switches)|\bcut to\b|\bnew (?:shot|scene)\b|\bshot changes\b",
    ),
    ("zooms_in", r"zoom(?:s|ing)? in|camera (?:moves|comes|gets) (?:in )?closer"),
    ("zooms_out", r"zoom(?:s|ing)? out|camera (?:moves|pulls) (?:back|away)"),
    ("pans", r"camera (?:pans?|swings?|sweeps?|is panning)|\bpan(?:s|ning)\b"),
    ("tilts", r"camera (?:tilts?|is tilting)|\btilt(?:s|ing)\b"),
    ("appears", r"\bappear(?:s|ed|ing)?\b|\bpops? up\b|\bmaterializ\w+|\bmaterialis\w+"),
    ("vanishes", r"\bvanish\w*|\bdisappear\w*|\bis (?:suddenly )?gone\b"),
    (
        "enters",
        r"\benter(?:s|ed|ing)?\b|\bcom(?:es|ing) in\b|\bfloats? in\b"
        r"|\bcom(?:es|ing) into (?:view|the (?:picture|frame|scene))\b"
        r"|\bris(?:es|ing) into view\b|\barriv\w+",
    ),
    (
        "leaves",
        r"\bleav(?:e|es|ing)\b|\bleft the (?:scene|frame|picture)\b"
        r"|\bexit(?:s|ed|ing)?\b|\bgo(?:es|ing) out\b|\bfl(?:ies|ying) out\b",
    ),
    ("stops", r"\bstop(?:s|ped)?\b|\bcom(?:es|ing) to an? (?:halt|stop|standstill)\b|\bhalts\b"),
    (
        "grows",
        r"\bgrow(?:s|ing)?\b(?! smaller)|\b(?:gets?|becomes?|getting|becoming|grows?) (?:bigger|larger)\b|\bexpands\b",
    ),
    ("shrinks", r"\bshr[iu]nk\w*|\b(?:gets?|becomes?|getting|becoming|grows?) smaller\b"),
    ("turns", r"\b(?:turn|flip|roll)(?:s|ed|ing)? (?:over|upside)\b|\brotat\w+|\bturns around\b|\bturns on its head\b"),
    ("jumps", r"\bjump(?:s|ed|ing)?\b|\bleap(?:s|ed|ing)?\b|\bhops\b"),
    ("falls", r"\bfall(?:s|ing)?\b|\bdrop(?:s|ped|ping)?\b|\blands on the ground\b"),
    ("changes_colour", rf"\b(?:turn(?:s|ed|ing)?|becom(?:es|ing)|chang\w+ (?:its )?colou?r to) (?:{_COLOURS})\b"),
    ("meets", r"\bmeet(?:s|ing)?\b|\bjoin(?:s|ed|ing)?\b|\b(?:comes?|coming|goes|moves) up to\b"),
    (
        "moves",
        r"\bmov(?:e|es|ed|ing)\b|\bgo(?:es|ing)\b|\brush(?:es|ing)\b|\bslid(?:es|ing)\b|\bshift(?:s|ing)?\b|\bruns\b|\bdriv(?:es|ing)\b"
        r"|\bdrift(?:s|ing)?\b|\broll(?:s|ing)? (?:to|left|right)\b",
    ),
)
_VERB = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _VERBS))
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True)
class Told:
    """One event that a caption tells: subject ("red cat", "cat" when no colour is given, or "camera") and action."""

    name: str
    action: str


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    name: str


def read(caption: str) -> list[Told]:
    """The events of a caption, each subject and action once where it is told first; cuts once a sentence."""
    told: list[Told] = []
    last: list[str] = []
    for sentence in _SENTENCE.split(caption.lower()):
        found, last = _sentence(sentence, last)
        told += [t for t in dict.fromkeys(found) if t.action == "cuts" or t not in told]
    return told


def _sentence(sentence: str, last: list[str]) -> tuple[list[Told], list[str]]:
    mentions = list(_mentions(sentence, last))
    verbs = list(_VERB.finditer(sentence))
    told = []
    for index, verb in enumerate(verbs):
        assert verb.lastgroup is not None
        begin = verbs[index - 1].end() if index else 0
        end = verbs[index + 1].start() if index + 1 < len(verbs) else len(sentence)
        subjects = _subjects(sentence, mentions, verb.start()) or last
        action = _sided(
            verb.lastgroup,
            verb.group(),
            sentence[verb.end() : _until(mentions, verb.end(), end)],
            sentence[begin : verb.start()],
        )
        if verb.lastgroup in ("cuts", "pans", "tilts", "zooms_in", "zooms_out"):
            subjects = [CAMERA]
        elif subjects == [CAMERA]:
            action = None
        if action:
            told += [Told(name, action) for name in subjects]
        last = subjects or last
    return told, [m.name for m in mentions[-1:]] if mentions and not verbs else last


def _mentions(sentence: str, last: Sequence[str]) -> Iterator[_Mention]:
    for match in _MENTION.finditer(sentence):
        if match["it"]:
            if last:
                yield _Mention(match.start(), match.end(), last[-1])
            continue
        name = CAMERA if match["camera"] else _name(match)
        yield _Mention(match.start(), match.end(), name)


def _name(match: re.Match[str]) -> str:
    kind = _KINDS[match["kind"]]
    return f"{COLOUR_WORDS[match['colour']]} {kind}" if match["colour"] else kind


def _subjects(sentence: str, mentions: Sequence[_Mention], verb: int) -> list[str]:
    """The mentions before a verb that belong to it: the last one, and those that are joined to it by "and"."""
    before = [m for m in mentions if m.end <= verb]
    if not before:
        return []
    names = [before[-1].name]
    for first, second in zip(reversed(before[:-1]), reversed(before), strict=False):
        if not re.fullmatch(r"\s*(?:,|and|,\s*and|both)\s*(?:the |an? )?", sentence[first.end : second.start]):
            break
        names.insert(0, first.name)
    return names


def _until(mentions: Sequence[_Mention], start: int, end: int) -> int:
    """Where the words after a verb end: at the next subject or the next verb."""
    return min([m.start for m in mentions if m.start >= start] + [end])


def _sided(action: str, verb: str, after: str, before: str) -> str | None:
    if action not in _SIDED:
        return action
    side = next((m.lastgroup for words in (after, verb, before) for m in _SIDE.finditer(words)), None)
    if action in ("moves", "pans") and side in ("top", "bottom"):
        return None
    if action == "tilts" and side in ("top", "bottom"):
        side = {"top": "up", "bottom": "down"}[side]
    return f"{action}_{side}" if side else None


def names_in(caption: str) -> list[str]:
    """The things that a caption names, "red cat" or "cat", in order, each once."""
    names = (_name(match) for match in _MENTION.finditer(caption.lower()) if match["kind"])
    return list(dict.fromkeys(names))
