"""Talk of the single frames or pictures that a model was shown: "In the third frame, a man sits down"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.english.sentences import spans
from recaption.postfilter.film import lead_ins, talk
from recaption.postfilter.film import words as f
from recaption.postfilter.film.asides import aside, is_free, without_sentence
from recaption.postfilter.film.frame_sentences import DIFFERENCE, end_of_frame_talk, names_own_frame
from recaption.postfilter.rule import Change, Rule

_NUMBER = rf"(?:\d{{1,4}}|{talk.either(f.FRAME_NUMBERS)})"
_NUMBERS = (
    rf"(?:no\. |number |#)?{_NUMBER}(?:(?:,? and|,? or|,| to|–|-| through) (?:(?:frame|image) )?{_NUMBER}){{0,6}}"
)
_NOUN = rf"(?:video frames?|{talk.either(f.FRAMES)}|images?|pictures?|snapshots?|photos?)"
_COUNTED = rf"{talk.either(f.COUNTED | f.SAMPLED)},? (?:(?:and|or) (?:the )?|of (?:the |these |those )?)?"
_FRAMES = (
    r"(?:(?:(?:the|this|that|these|those|all|both|each|every|any"
    rf"|its) )?(?:of the )?(?:{_COUNTED}){{1,5}}(?:video )?{_NOUN}"
    rf"|{_NOUN} {_NUMBERS}|one (?:frame|image|picture|still) to (?:the next|another)"
    r"|(?:frame|image|picture) to (?:frame|image|picture)|(?:the )?(?:frames|stills|keyframes|screenshots))(?: only"
    r"| alone| onwards?)?"
    rf"(?: (?:and|to|through) (?:the |frame |image )?(?:{_NUMBER}|{talk.either(f.COUNTED)})(?: {_NOUN})?)?"
)
_AT = r"(?:in|on|across|between|throughout|during|by|from|at|within|over|until|of|to|with)"
_THAN = (
    r"(?:(?:as )?compared (?:to|with)|relative to|unlike(?: in)?|in contrast (?:to|with)|in comparison (?:to|with)"
    r"|than (?:in|on)|as (?:in|on)|as against|versus)"
)
_SEEN = r"(?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?:as )?(?:seen|shown|visible)|only|also) "
_CUTS = re.compile(rf" (?:{_THAN}|(?:{_SEEN}){{0,2}}{_AT}) {_FRAMES}", re.I)
_ANY = re.compile(rf"\b{_NOUN}\b", re.I)

_DIFFERS = re.compile(
    r"(?:[^,.:;]{3,90}?) (?:differs?|deviates?|departs?|is different|stands? out)(?: [\w'’-]+){0,8}?"
    r" (?:in that|because|as|since) (?=\S)",
    re.I,
)
_IT_IS_IN = re.compile(r"it (?:is|was) (?:only |not until |first )?[^,.:;]{3,60}? that (?=\S)", re.I)
_INVERTING = re.compile(r"(?:not|only) ", re.I)
_CONTRAST = re.compile(
    r"[;,] (?:and |but |while )?in the (?:second|third|next|last|other|following|former|latter)\b[, ]"
)
_TIMES = (
    (re.compile(r" (?:in|on|at) .*\b(?:first|initial|opening|earlier|earliest)\b"), " at first"),
    (re.compile(r" (?:in|on|at) .*\b(?:last|final|closing)\b"), " at the end"),
    (re.compile(r" (?:in|on|at) .*\b(?:second|third|next|following|later|subsequent)\b"), " later"),
)


def _frames(text: str) -> Iterator[Change]:
    naming = frozenset(talk.sentences_with(text, f.SHOWN_STILL))
    talked = False
    for number, (start, end) in enumerate(spans(text) if naming else ()):
        found: Sequence[Change] = ()
        if talked or (start, end) in naming:
            found = _changes(text, number, start, end, talked)
            yield from found
        talked = bool(found)


def _changes(text: str, number: int, start: int, end: int, talked: bool) -> Sequence[Change]:
    """What becomes of a sentence that names frames, or that follows on one that did."""
    if change := _from_difference(text, start, end):
        return [change]
    cuts = _mentions(text, start, end)
    told = end_of_frame_talk(text, start, end, cuts[-1] if cuts else None, talked=talked)
    if told == end:
        return [without_sentence(spans(text), number)]
    if told > start:
        return [Change(start, told + 1, text[told].upper())]
    if change := lead_ins.change(text, start, end, frames=True):
        return [change]
    return _contrasted(cuts) if len(cuts) > 1 else _cut(text, start, end, cuts[0] if cuts else None)


def _mentions(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Where a sentence names frames behind its first words."""
    return [
        match
        for match in _CUTS.finditer(text, start + 1, end)
        if is_free(text, match.end(), sure=True)
        and names_own_frame(text, start, match[0])
        and not talk.tells_place(text[match.start() : match.end() + 20])
    ]


def _from_difference(text: str, start: int, end: int) -> Change | None:
    """ "Image 4 differs from image 3 in that the door is open" becomes "The door is open"."""
    match = _DIFFERS.match(text, start, end) or _IT_IS_IN.match(text, start, end)
    if match is None and (match := DIFFERENCE.match(text, start, end)):
        match = match if match["clause"] else None
    if match is None or not names_own_frame(text, start, match[0]):
        return None
    clause = match.end() + text.startswith(" ", match.end())
    return Change(start, clause + 1, text[clause].upper())


def _cut(text: str, start: int, end: int, mention: re.Match[str] | None) -> Sequence[Change]:
    """The only mention inside of a sentence goes, with the aside that it may be in."""
    noun = _ANY.search(text, start + 1, end)
    apart = aside(text, start, end, noun) if noun else None
    if apart and (mention is None or apart.start <= mention.start()):
        return [apart] if names_own_frame(text, start, text[apart.start : apart.end]) else []
    if mention is None or _INVERTING.match(text, start, end) or _CONTRAST.search(text, mention.end(), end):
        return []
    comma = text[mention.start() - 1] == ","
    return [Change(mention.start() - comma, mention.end(), "")]


def _contrasted(cuts: Sequence[re.Match[str]]) -> list[Change]:
    """Times for what frames contrast: "full in the first frame and empty in the last"; nothing where one has none."""
    times = [next((time for pattern, time in _TIMES if pattern.match(cut[0].lower())), "") for cut in cuts]
    return [Change(*cut.span(), time) for cut, time in zip(cuts, times, strict=True)] if all(times) else []


FRAMES = Rule(
    "frame_mention",
    "single frames are not spoken of; what one shows stays",
    ("In the third frame, a man sits down. The last two frames are alike.", "A man sits down."),
    _frames,
    language="English",
)
