"""The video where somebody or something is recorded, overlaid or followed in it: "the waves captured on video"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.film import talk
from recaption.postfilter.rule import Change

_VIDEO = rf"(?:the|this) (?:\w+ )?{talk.STRONG_FILM}"
_NO_THING = (
    r"(?![\w-]| (?:screen|wall|monitor|game|call|camera|feed|projector|display|panel|billboard|tape|store"
    r"|link|chat)s?\b)"
)
_DONE = r"(?:captured|recorded|filmed|shown|caught|seen|featured|displayed|documented|pictured|depicted|presented)"
_LAID = r"(?:overlaid|superimposed|layered|laid|printed|written|burned)"
_RECORDED = re.compile(
    rf" (?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?:being )?{_DONE} (?:in|by|on) (?:{_VIDEO}|video)"
    rf"|that {_VIDEO} (?:follows|shows|features|focuses on|is about|depicts|captures|opens with|centers on|documents)"
    rf"|in what (?:is|seems to be|appears to be) an? (?:[\w-]+ ){{0,3}}{talk.STRONG_FILM}){_NO_THING}",
    re.I,
)
_ON_IT = re.compile(
    rf"\b(?P<how>{_LAID}|appears?|appearing|visible|is|are|runs?|scrolls?|flash(?:es)?)(?P<on> (?:on|over|across"
    rf"|onto|atop|on top of)"
    rf" {_VIDEO}){_NO_THING}",
    re.I,
)
_SCENE = re.compile(
    rf"(?:; |, )(?:(?:and|but|then|before) )?(?P<video>{_VIDEO})(?= (?:(?:then|now|later|finally|soon|abruptly"
    rf"|suddenly) )?(?:(?:moves|cuts"
    r"|switches|shifts|changes|jumps|turns|transitions|pans|fades) to\b|(?:closing|ending|opening|cutting"
    r"|switching|moving) (?:on|with|to)\b))",
    re.I,
)
_BEHIND = re.compile(
    rf"\b(?:behind|who took|who takes|who shoots|who shot|who records"
    rf"|who made) (?P<video>{_VIDEO}){_NO_THING}",
    re.I,
)
_WHO = re.compile(r"who ", re.I)


def changes(text: str, start: int, end: int) -> Iterator[Change]:
    """What becomes of such mentions in a sentence; whether the video is the caption's own is not looked at."""
    for match in _RECORDED.finditer(text, start + 1, end):
        yield Change(*match.span(), "")
    for match in _ON_IT.finditer(text, start, end):
        laid = re.fullmatch(_LAID, match["how"], re.I)
        if laid and match.start() > start:
            yield Change(match.start() - 1, match.end(), "")
        elif not laid and match["how"].lower() not in ("is", "are"):
            yield Change(match.start("on"), match.end(), "")
    for match in _SCENE.finditer(text, start + 1, end):
        yield Change(*match.span("video"), "the scene")
    for match in _BEHIND.finditer(text, start + 1, end):
        if _WHO.match(match[0]):
            yield Change(match.start(), match.end(), "who films")
        else:
            yield Change(*match.span("video"), "the camera")
