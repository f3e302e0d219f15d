"""What a sentence claims in fixed words, most of it of cuts, motion, light and colour: one table of patterns.

A thing may be dark, bright, still or black and white: a claim speaks of the film, a place or the light.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.vocabulary import any_of, listed
from recaption.verify.claim import Claim, Kind

_FILM = any_of("video clip footage film scene shot sequence recording movie")
_PICTURE = any_of("video clip footage film scene shot sequence recording movie image picture visuals")
_PLACE = any_of(
    """room living_room bedroom bathroom kitchen hall hallway corridor street alley alleyway bar office studio classroom
    attic cellar basement garage warehouse tunnel cave restaurant cafe café church gym library stairwell staircase space
    interior setting environment lobby shop store workshop apartment chamber club nightclub scene image footage video
    laboratory lab hospital ward passage"""
)
_LIGHT = r"(?:lighting|illumination|(?:(?<=^)|(?<=the )|(?<=natural )|(?<=ambient )|(?<=overall ))light)"
_IS = r"(?:is|are|was|were|remains?|stays?|appears?|looks?|seems?)(?: (?:very|quite|fairly|rather|too|all|\w+ly)){0,2}"
_BLACK_AND_WHITE = r"(?:black[ -]and[ -]white|b&w|monochrome|gr[ae]y-?scale)"
_SHOWN = any_of("filmed shot recorded presented shown rendered captured displayed")
_NO_COLOUR = rf"(?![ -](?:{'|'.join(sorted(w.COLOURS))}|wood|wooden|brick|stone|leather|haired|eyed|skinned)\b)"
_OVERALL = rf"{_NO_COLOUR}(?! against)"
_DARK = any_of("dark dim dimly_lit dimly-lit poorly_lit barely_lit underexposed")
_BRIGHT = any_of("bright brightly_lit brightly-lit well_lit well-lit overexposed")
_NUMBERS = {
    **{str(n): str(n) for n in range(2, 21)},
    **dict(two="2", three="3", four="4", five="5", six="6", seven="7", eight="8", nine="9", ten="10"),
}
_NUMBER = rf"(?P<number>{'|'.join(_NUMBERS)})"
_HAS = any_of("consists_of contains features shows includes comprises presents is")
_PARTS = any_of("shots scenes clips")
_APART = any_of("different separate distinct consecutive")
_PARTED = (
    rf"(?:consists? of|consisting of|made up of|composed of|compris(?:es|ing)|divided into|told in"
    rf"|(?:sequence|series|montage) of|{_FILM} (?:contains|has|features|includes|shows))(?: about| exactly| only)?"
)
_LISTED = r"(?:^|(?<=in )|(?<=of )|(?<=across )|(?<=from ))"
_PRINTS = any_of("photos photographs pictures portraits posters prints paintings")
_DRINKS = any_of("espresso coffee whisky whiskey vodka tequila rum liquor")
_NEXT = any_of("next second third fourth fifth following subsequent final last new")
_SHOWS = any_of(
    "shows is_of is_a captures depicts features reveals opens begins takes_place follows presents focuses displays"
)


@dataclass(frozen=True)
class _Pattern:
    """One way to claim something; the group `own` marks the claim's words where they are not all of it.

    Attributes:
        value: "" where the group `number` tells it.
        loose: as in `Claim`.
        place: no noun may follow the pattern ("dark street lamps", "is dark chocolate").
        unless: nothing is claimed in a sentence that has this.
    """

    kind: Kind
    value: str
    pattern: re.Pattern[str]
    loose: bool = False
    place: bool = False
    unless: re.Pattern[str] | None = None


def _of(
    kind: Kind,
    value: str,
    pattern: str,
    *,
    loose: bool = False,
    place: bool = False,
    unless: re.Pattern[str] | None = None,
) -> _Pattern:
    return _Pattern(kind, value, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.I), loose, place, unless)


_BESIDE = re.compile(
    r"\b(?:split(?:s|[ -]screen)?|grid|collage|panels?|quadrants?|side[ -]by[ -]side|(?:screen|frame) is divided)\b",
    re.I,
)
"""What tells of pictures beside one another."""
_AT_TIMES = re.compile(
    r"\b(?:at first|initially|in the beginning|until|becom(?:es|ing)|bright(?:ens|ening)|dark(?:ens|ening)"
    r"|lights? (?:come|go|turn|switch|are turned|are switched)s? (?:on|off|up|out))\b",
    re.I,
)
"""What tells that a picture is not all the time what it is said to be."""
_ON_DEVICE = re.compile(
    r"\b(?:tv|television|monitor|laptop|computer|phone|tablet|projector|cinema|billboard|watch(?:es|ed|ing)?)\b", re.I
)
"""What shows a film in the film."""
_EXCEPT = re.compile(r"\b(?:except|apart from|aside from|other than|besides|but for|(?:moves|moving) but)\b", re.I)
_EXCEPT_OR_CAMERA = re.compile(rf"{_EXCEPT.pattern}|\bcamera", re.I)
_FROZEN = r"frozen(?! (?:in|with|over|under|by) (?!time|place))"


_PATTERNS = (
    _of(
        "camera",
        "static",
        r"(?:no|without|zero|lack of) (?:\w+ ){0,2}?(?:camera (?:movements?|motion|moves?)|movement of the camera)",
    ),
    _of("camera", "static", r"(?:no|without) (?:\w+ )?changes? in (?:the )?camera (?:angle|position|perspective)"),
    _of("camera", "handheld", rf"{_SHOWN} hand-?held", loose=True),
    _of("shots", "several", rf"in (?:the {_NEXT}|another|a new|a different) (?:shot|scene)(?! of)"),
    _of("shots", "several", rf"(?:the {_NEXT}|another) (?:shot|scene) {_SHOWS}"),
    _of("shots", "several", r"(?:a |the )?(?:jump cut|hard cut|smash cut|match cut|cross-?fade|cross-?dissolve)s?"),
    _of(
        "shots", "several", r"there (?:is|are) (?:a|several|many|frequent|multiple|quick|some|two|three) (?:\w+ )?cuts?"
    ),
    _of("shots", "several", r"(?:several|many|frequent|multiple|quick|rapid|abrupt) (?:\w+ )?cuts (?:between|to|show)"),
    _of("shots", "several", r"(?<=^)(?:a )?(?:sudden |quick |hard )?cut to|a (?:sudden |quick |slow )?cut to"),
    _of("shots", "several", r"a (?:slow |quick )?dissolve (?:leads|to|into)"),
    _of(
        "shots",
        "several",
        rf"a montage(?! of (?:\w+ ){{0,2}}?{_PRINTS})",
    ),
    _of("shots", "one", r"(?:one|a|single|in)(?: single| long,?| continuous| unbroken| uninterrupted){1,3} take"),
    _of("shots", "one", r"(?:(?:single|one|a),? )?(?:long, )?(?:continuous|unbroken|uninterrupted) (?:single )?shot"),
    _of(
        "shots",
        "one",
        rf"(?:{_SHOWN}|is|told) (?:entirely )?(?:in |as )?(?:(?:a|one) single shot|(?:a|one)(?: single)? take)",
    ),
    _of("shots", "one", r"no (?:cuts?|edits|transitions|scene changes)"),
    _of("shots", "one", r"without (?:any |a |a single )?(?:cuts?|edits|transitions|scene changes)", loose=True),
    _of("shots", "", rf"{_PARTED} {_NUMBER} (?:{_APART} )?shots(?! of {_DRINKS})", unless=_BESIDE),
    _of("shots", "several", rf"{_PARTED} {_NUMBER} (?:{_APART} )?scenes", unless=_BESIDE),
    _of("shots", "", rf"{_LISTED}{_NUMBER} {_APART} shots", unless=_BESIDE),
    _of("shots", "several", rf"{_LISTED}{_NUMBER} {_APART} scenes", unless=_BESIDE),
    _of(
        "shots",
        "several",
        rf"{_FILM} {_HAS} (?:a (?:series|sequence|montage) of|multiple|several|various) (?:\w+ )?{_PARTS}",
        unless=_BESIDE,
    ),
    _of("motion", "none", r"nothing (?:in the \w+ )?(?:moves|is moving)", unless=_EXCEPT),
    _of(
        "motion", "none", r"is (?:just |only )?a (?:single )?(?:still|static) (?:image|photo|photograph|picture|frame)"
    ),
    _of("motion", "none", r"freeze[ -]frame|slide ?show", unless=_ON_DEVICE),
    _of(
        "motion",
        "none",
        r"there is no (?:\w+ ){0,2}?(?:movement|motion)(?<!camera movement)(?<!camera motion)(?! of the camera)",
        unless=_EXCEPT,
    ),
    _of(
        "motion",
        "none",
        rf"(?:the|this)(?: entire| whole)? scene {_IS} (?:static|motionless|still(?! \w+ing)|{_FROZEN})",
        place=True,
        unless=_EXCEPT_OR_CAMERA,
    ),
    _of(
        "motion",
        "none",
        rf"everything (?:in the \w+ )?{_IS} (?:static|motionless|still|{_FROZEN})",
        place=True,
        unless=_EXCEPT,
    ),
    _of("motion", "slow", r"in (?:extreme |super |ultra )?slow[ -]motion", loose=True),
    _of("motion", "slow", rf"slow[ -]motion(?= (?:\w+ )?{_PICTURE})", loose=True),
    _of("motion", "slow", rf"{_PICTURE} {_IS} (?:slow[ -]motion|slow-paced|slowed down)"),
    _of("motion", "fast", rf"fast-paced(?= (?:\w+ )?{_PICTURE})", loose=True),
    _of("motion", "fast", rf"(?:{_PICTURE}|action|pace|editing) {_IS} (?:fast-paced|sped[ -]up|fast|rapid|frantic)"),
    _of("motion", "fast", rf"{_PICTURE} (?:\w+ ){{0,3}}rapid (?:movements?|motion)|sped-up(?= {_PICTURE})"),
    _of(
        "picture",
        "black_and_white",
        rf"{_BLACK_AND_WHITE}(?= (?:\w+ )?(?:{_FILM}|filter))",
        loose=True,
        unless=_ON_DEVICE,
    ),
    _of("picture", "black_and_white", rf"(?<=^a )(?:{_BLACK_AND_WHITE})(?= {_PICTURE})", loose=True),
    _of("picture", "black_and_white", rf"{_PICTURE} {_IS} (?:{_SHOWN} )?(?:in )?{_BLACK_AND_WHITE}"),
    _of("picture", "black_and_white", rf"{_SHOWN} (?:\w+ly )?in (?:\w+ )?{_BLACK_AND_WHITE}"),
    _of("picture", "black_and_white", rf"(?<=^)in (?:\w+ ){{0,2}}{_BLACK_AND_WHITE}(?=,)", loose=True),
    _of("picture", "black_and_white", rf"in (?:faded|flickering|grainy|crisp|stark) {_BLACK_AND_WHITE}", loose=True),
    _of(
        "picture",
        "colour",
        rf"(?:{_PICTURE} {_IS} |{_SHOWN} )(?:{_SHOWN} )?in (?:full |vivid |natural |bright )?colou?r",
    ),
    _of("picture", "dark", rf"(?:{_PICTURE}|{_PLACE}|{_LIGHT}) {_IS} {_DARK}{_OVERALL}", place=True, unless=_AT_TIMES),
    _of("picture", "dark", rf"{_LIGHT} {_IS} (?:low|subdued|faint|poor)", unless=_AT_TIMES),
    _of(
        "picture",
        "dark",
        rf"(?P<own>(?:dimly|poorly|barely|faintly)[ -]lit),? (?:\w+,? )?{_PLACE}",
        loose=True,
        place=True,
    ),
    _of("picture", "dark", rf"(?P<own>dark|dim),?{_NO_COLOUR} (?:\w+,? )?{_PLACE}", loose=True, place=True),
    _of(
        "picture",
        "dark",
        r"in (?:near |almost complete |complete |total )?darkness|low-light(?= (?:footage|video|scene))",
    ),
    _of(
        "picture",
        "bright",
        rf"(?:{_PICTURE}|{_PLACE}|{_LIGHT}) {_IS} {_BRIGHT}{_OVERALL}",
        place=True,
        unless=_AT_TIMES,
    ),
    _of("picture", "bright", rf"(?P<own>(?:brightly|well)[ -]lit),? (?:\w+,? )?{_PLACE}", loose=True, place=True),
    _of("picture", "bright", rf"(?P<own>bright),?{_NO_COLOUR} (?:\w+,? )?{_PLACE}", loose=True, place=True),
    _of(
        "picture",
        "black",
        r"(?<!tv )(?<!phone )(?<!computer )(?<!television )"
        rf"(?:screen|{_PICTURE}) (?:goes|turns|fades|cuts) (?:\w+ly )?(?:to )?black(?! and)",
    ),
    _of("picture", "black", r"a (?:completely |fully )?black screen|fad(?:es|ing) (?:in |out )?(?:to|from) black"),
)
_VERB_OR_END = re.compile(r"\s*(?:[^\w\s]|$)|\s+([a-z'-]+)", re.I)
_GOES_ON = (
    w.PREPOSITIONS
    | w.CONJUNCTIONS
    | w.AUXILIARIES
    | w.THIRD_PERSON
    | listed("who that which where then except again overall")
)


def pattern_claims(text: str, start: int, end: int) -> Iterator[Claim]:
    """The claims of the sentence `text[start:end]`."""
    sentence = text[start:end]
    for each in _PATTERNS:
        if each.unless and each.unless.search(sentence):
            continue
        for match in each.pattern.finditer(sentence):
            if each.place and not _ends_phrase(sentence, match.end()):
                continue
            value = each.value or _NUMBERS[match["number"].lower()]
            first, last = match.span("own" if "own" in each.pattern.groupindex else 0)
            yield Claim(each.kind, value, start + first, start + last, each.loose)


def _ends_phrase(sentence: str, end: int) -> bool:
    """Whether no further noun follows: a mark, a preposition, a verb."""
    following = _VERB_OR_END.match(sentence, end)
    if following is None or following[1] is None:
        return True
    word = following[1].lower()
    return word in _GOES_ON or is_adverb(word) or w.is_participle(word) or word in w.PAST_PARTICIPLES
