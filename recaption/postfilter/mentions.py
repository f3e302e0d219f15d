"""The video named inside a sentence: "throughout the video", "the lighting of the video", "while the video shifts"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.film_talk import VERB, first_shown
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.words import THIRD_PERSON

_VIDEO = (
    r"(?:the|this) (?:(?:entire|whole|short|brief|given|provided) )?"
    r"(?:video(?:[- ](?:clip|footage|sequence))?|clip|footage|image|photo|photograph|recording)"
)
# What follows must not make another thing of it: "the video game", "the image on the wall".
_FREE = (
    r"(?=[.,;:!?)]|\Z| (?:is|are|was|were|has|have|and|as|while|who|with|where|there|an?|the|to|but|remains?|appears?"
    rf"|seems?|{'|'.join(sorted(THIRD_PERSON))})\b)"
)
_PLACES = (
    r"(?:beginning|start|end|middle|conclusion|opening|first half|second half|moments|seconds|minutes|portion|segment"
    r"|halfway|midway)"
)
_PARTS = (
    r"(?:background|foreground|lighting|atmosphere|mood|tone|style|setting|quality|composition|focus|subjects?"
    r"|colou?r palette|colou?rs|theme|pace|camera work|perspective|cent(?:er|re)|side|corner|edge|frame)"
)
_LINKS = r"(?:[Aa]s|[Ww]hile|and|[Ww]hen|where|[Bb]efore|but|with)"

_ANY = re.compile(rf"\b{_VIDEO}\b", re.I)

_TABLE = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (rf"\b([Oo])ver the course of {_VIDEO}{_FREE}", r"\1ver time"),
        (rf"\b([Ff])or the (?:rest|remainder) of {_VIDEO}{_FREE}", r"\1or the rest of the time"),
        (rf"\bfor the (?:entire )?duration of {_VIDEO}{_FREE}", "throughout"),
        (rf"\bFor the (?:entire )?duration of {_VIDEO}{_FREE}", "Throughout"),
        (
            rf"\b([Tt]hroughout) (?:the (?:entire |whole )?(?:duration|course|entirety|length) of )?{_VIDEO}{_FREE}",
            r"\1",
        ),
        (rf"\b({_PLACES}) (?:of|in|into|through) {_VIDEO}{_FREE}", r"\1"),
        (rf"\b(Later|Earlier|later|earlier) (?:on )?in {_VIDEO}{_FREE}", r"\1"),
        (rf"\b({_PARTS}) (?:of|in) {_VIDEO}{_FREE}", r"\1"),
        (rf"\b((?:is|are|be) (?:seen|shown|visible|present)) in {_VIDEO}{_FREE}", r"\1"),
        (rf" (?:(?:seen|shown|captured|depicted|featured|visible|present) )?in {_VIDEO}{_FREE}", ""),
        (r"\b([Tt]he) (?:video|clip|footage|image)['’]s (?=\w)", r"\1 "),
        (
            rf"\b({_LINKS} )(?:the|this) (?:video|clip|footage)(?= {VERB.pattern})",
            r"\1the scene",
        ),
    )
)


def _mentions(text: str) -> Iterator[Change]:
    if not _ANY.search(text):
        return
    shown = first_shown(text)
    found = [
        Change(match.start(), match.end(), match.expand(new))
        for pattern, new in _TABLE
        for match in pattern.finditer(text, 0, len(text))
        if match.start() <= shown
    ]
    done = 0
    for change in sorted(found, key=lambda change: (change.start, -change.end)):
        if change.start >= done:
            yield change
            done = change.end


MENTIONS = Rule(
    "video_mention",
    "the video is not named inside a sentence either",
    ("A man smiles throughout the video.", "A man smiles throughout."),
    _mentions,
    language="English",
)
