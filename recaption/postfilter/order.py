"""Of several paragraphs, what is static moves to its place: the setting behind the first sentence, the look to the end.

So captions of Sora and its like are made: who and where, then what happens and what the camera does, then the look.
What happens keeps its order, so only sentences that cannot be part of it move: about setting or look, in the verbs of
a state, without a pronoun, without a word of time, and naming nothing that only a later sentence introduces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import ends_sentence, spans
from recaption.postfilter.rule import Change, Rule

_OPENING = r"(?:(?:overall|in general|stylistically|visually), )?"
_LOOK = re.compile(
    rf"{_OPENING}(?:the |an? )?(?:[a-z-]+,? ){{0,3}}?(?:lighting|light|illumination|daylight|sunlight|palette|colou?rs?"
    r"|colou?r (?:palette|scheme|grading)|tones|hues|contrast|style|aesthetic|exposure|saturation|depth of field"
    r"|(?:image|picture) quality|film grain|rendering|textures?|shadows)"
    r"(?: (?:of|in|on|from|across) (?:[a-z-]+ ){1,5}?)?"
    r" ?(?:is|are|has|have|features?|consists? of|comes? from|uses?|fills?|bathes?|leans?|look)\b",
    re.I,
)
_SETTING = re.compile(
    rf"{_OPENING}(?:(?:the |an? )?(?:[a-z-]+,? ){{0,3}}?(?:setting|background|backdrop|foreground|location|environment"
    r"|surroundings|room|space|sky|weather|landscape|terrain) (?:is|are|has|have|features?|consists? of|shows?"
    r"|contains?|includes?)\b|(?:in|across|against) the (?:far |immediate )?(?:background|foreground|distance|backdrop)"
    r",? .{0,60}\b(?:is|are|stands?|lies?|hangs?|rises?|stretch(?:es)?|lines?|sits?)\b)",
    re.I,
)
_BREAK = re.compile(r"[.!?\n](?:(?<=\n)|\s)")
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|we|you|him|her|them|his|hers|its|their|theirs|this|that|these|those|who|which|both|another"
    r"|other|others|each|same)\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?:then|now|later|next|after|afterwards|before|as|while|when|whenever|until|once|again|still|first|initially"
    r"|finally|eventually|meanwhile|throughout|begins?|starts?|becomes?|turns?|changes?|changing|shifts?|shifting"
    r"|moves?|moving|grows?|fades?|dims?|brightens?|appears?|enters?|passes|gradually|slowly|suddenly|at the end"
    r"|remains?|stays?|continues?)\b",
    re.I,
)
_NEW_PLACE = re.compile(
    r"\b(?:cuts?|transition(?:s|ed)?|dissolves?|another (?:scene|shot|place)|new (?:scene|shot|place)"
    r"|next (?:scene|shot)|(?:scene|shot|view|setting|location) (?:changes|shifts|switches|moves))\b",
    re.I,
)
_NAMED = re.compile(r"\bthe ([a-z-]+)\b", re.I)


@dataclass(frozen=True)
class _Sentence:
    paragraph: int
    text: str


def _order(text: str) -> Iterator[Change]:
    if "\n" not in text.strip() or not _may_move(text):
        return
    sentences = _sentences(text)
    first, *others = sentences
    look = [each for each in others if _LOOK.match(each.text) and _is_static(each.text)]
    setting = [] if _NEW_PLACE.search(text) else [each for each in others if _is_setting(each.text, first.text)]
    moved = {*look, *setting}
    ordered = [first, *setting, *(each for each in others if each not in moved), *look]
    if ordered != sentences:
        yield Change(0, len(text), _joined(ordered))


def _may_move(text: str) -> bool:
    """Whether something static follows a stop or a line break: a quick look."""
    starts = (0, *(match.end() for match in _BREAK.finditer(text)))
    return any(_LOOK.match(text, start) or _SETTING.match(text, start) for start in starts)


def _sentences(text: str) -> list[_Sentence]:
    found = []
    for number, line in enumerate(filter(str.strip, text.split("\n"))):
        found += [_Sentence(number, line[start:end]) for start, end in spans(line)]
    return found


def _is_static(sentence: str) -> bool:
    return not (_PRONOUN.search(sentence) or _TIME.search(sentence)) and ends_sentence(sentence)


def _is_setting(sentence: str, first: str) -> bool:
    if not (_SETTING.match(sentence) and _is_static(sentence)):
        return False
    known = w.PLACES.union(re.findall(r"[a-z-]+", first.lower()))
    return all(name.lower() in known for name in _NAMED.findall(sentence))


def _joined(sentences: Sequence[_Sentence]) -> str:
    """One paragraph; behind a sentence without its mark an empty line stays, for the rule that ends it."""
    pieces = [sentences[0].text]
    for before, each in pairwise(sentences):
        pieces += [" " if ends_sentence(before.text) else "\n\n", each.text]
    return "".join(pieces)


ORDER = Rule(
    "order",
    "of several paragraphs, static sentences move: the setting behind the first one, the look to the end",
    (
        "A man stands on a pier. The light is soft and golden.\n\nHe casts a line. The background is a calm lake.",
        "A man stands on a pier. The background is a calm lake. He casts a line. The light is soft and golden.",
    ),
    _order,
    quoted=True,
    language="English",
)
