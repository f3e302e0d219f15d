"""Rarer wordings of frame talk: contrasts over two clauses, likenesses, and what `plainer` puts in plain words.

What a lead-in leaves of plain words is what the caption gets. Nothing changes where they give no sound sentence.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import capitalised
from recaption.postfilter.film import frame_patterns as p
from recaption.postfilter.film import talk
from recaption.postfilter.film.frame_sentences import names_own_frame
from recaption.postfilter.film.lead_ins import without_lead_in
from recaption.postfilter.film.plainer import NOUN, NUMBER, OBJECT, WHICH, has_grid, plain, showing
from recaption.postfilter.rule import Change
from recaption.postfilter.vocabulary import listed

_MOST_CLAUSES = 3  # at which a sentence is parted

_WHILE = re.compile(r"(?:while|whereas|where|whilst|although|though) ", re.I)
_ELLIPTIC = re.compile(
    rf"(?P<link>[,;] (?:(?:and|but|while|whereas|whilst|yet|then|so) ){{0,2}})"
    rf"(?P<at>(?:in|on|by|at) )?(?P<what>(?:the (?:{WHICH}|latter|former|rest)|another|others|the one"
    rf"|{NOUN} {NUMBER})"
    rf"(?: (?:ones?|two|{NOUN}|frames|images|pictures|half|part|group|batch))?(?: (?:on|to|at) the (?:left|right"
    rf"|top|bottom))?)(?P<end>,? )",
    re.I,
)
_JOINED = re.compile(
    rf" (?P<link>and |but |while |whereas )(?P<what>(?:the )?(?:{WHICH} )(?:one|{NOUN}))(?P<end> )", re.I
)
_PLACED_ONE = re.compile(r"the (?:one )?(?:on|to|at) the (?P<side>left|right|top|bottom)\Z", re.I)
_SHOWS = re.compile(
    r"(?:(?:then|now|also|only|instead) )?(?:shows?|has|have|depicts?|captures?|features?|presents?|holds?"
    r"|records?|displays?"
    r"|finds?|reveals?|is of|are of|contains?|gives?|catches|portrays?|pictures) (?=\S)",
    re.I,
)
_EXCEPT = re.compile(
    r"(?P<talk>[^,.;:]{5,80}?),? (?:(?:except|save|apart)(?: for| from)?(?: the fact)? that|only that|but that"
    r"|but|though|although|yet"
    rf"|(?P<colon>:)) (?={OBJECT}|he |she |they )",
    re.I,
)
_FRAMING = re.compile(rf"(?P<frames>{p.FRAMES})(?P<said> (?!and\b)[^,.;:]{{3,50}}): (?=\w)", re.I)
_OTHERS = re.compile(
    r"\b(?:an?(?! (?:\w+ )?(?:progression|process|sequence|transformation|transition|story|series|change)\b)|his"
    r"|her|their|him|two|three) ",
    re.I,
)
_SET = re.compile(
    r"(?P<talk>[^,.;:]{5,60}?) (?:is|are|was|were) (?:set|staged|located|taken|shot|photographed|filmed)"
    r" (?P<place>(?:in|on|at|by|beside|inside|outside|under) )"
    r"(?!the same|different|(?:an? )?(?:\w+ )?(?:order|sequence|row|angle|intervals?)\b)",
    re.I,
)
_STATED = re.compile(
    rf"{p.FRAMES} (?:is|are|was|were) [\w -]{{3,30}}, with (?:the (?:\w+ )?exception of )?(?={OBJECT})", re.I
)
_NO_THING = re.compile(
    r"(?:\w+, |at the end, )?there (?:is|are) (?:it|them|him|her|closer|nearer|up|down|back)\b", re.I
)
_CONTRASTS = re.compile(r"\b(?:while|whereas|whilst)\b", re.I)
_PLACED = re.compile(
    r"\b(?:left|right|top|bottom|upper|lower|cent(?:er|re)|middle|other|another|one on|first|earlier|earliest|previous"
    r"|initial|former|opening)\b",
    re.I,
)
_PRONOUN_ALONE = re.compile(r"(?:it|them|him|her|this|that)\W*\Z", re.I)
_CLAUSE_START = re.compile(r"(?:an?|the|his|her|their|its|he|she|it|they|two|three|there|[A-Z]\w+)\b")
_LOWERED = w.DETERMINERS | listed("he she it they there")


def reworded(text: str, start: int, end: int, cells: frozenset[str]) -> Change | None:
    """The change to a sentence that speaks of frames in a rarer way."""
    sentence = text[start:end]
    said = plain(sentence, cells, grid=bool(cells) and has_grid(text))
    made = _from_two_clauses(text, start, said) or _from_likeness(text, start, said)
    if made is None and said != sentence:
        made = _shown(text, start, said)
    return Change(start, end, capitalised(made)) if made else None


def _shown(text: str, start: int, clause: str) -> str | None:
    """What a clause in plain words says without its talk of frames; None where it has none, or nothing is left."""
    made = without_lead_in(clause)
    if made is None or not made.text or _NO_THING.match(made.text) or not names_own_frame(text, start, made.talk):
        return None
    return made.text


def _from_two_clauses(text: str, start: int, sentence: str) -> str | None:
    """ "While the first frame shows a lit lamp, the second has a dark one" becomes two clauses without frames."""
    opened = _WHILE.match(sentence)
    begin = opened.end() if opened else 0
    found = chain(_ELLIPTIC.finditer(sentence, begin + 1), _JOINED.finditer(sentence, begin + 1))
    for match in islice(found, _MOST_CLAUSES):
        if match.groupdict().get("at") and match["end"] == " " and not _CLAUSE_START.match(sentence, match.end()):
            continue
        first = _shown(text, start, showing(capitalised(sentence[begin : match.start()])) + ".")
        if first is None:
            continue
        second = _shown(text, start, _second(match, sentence[match.end() :]))
        if second is None:
            continue
        link = match["link"]
        if (opened or _CONTRASTS.search(link)) and not _PLACED.search(match["what"]):
            link = "; later, "
        if not link.strip(" ,"):
            link = ", while " if opened else "; "
        comma = "" if link[0] in ",;" else ", "
        return f"{first.rstrip('.')}{comma}{link}{_lowered(second)}"
    return None


def _from_likeness(text: str, start: int, sentence: str) -> str | None:
    """ "The second image is identical, except that the candle is out" becomes "The candle is out"."""
    framing = _FRAMING.match(sentence)
    if framing and talk.names_frame(talk.words_of(framing["frames"])) and not _OTHERS.search(framing["said"]):
        rest = capitalised(sentence[framing.end() :])
        return _shown(text, start, f"Frame 1: {rest}") or rest
    match = _EXCEPT.match(sentence)
    if match and names_own_frame(text, start, match["talk"]):
        rest = capitalised(sentence[match.end() :])
        return (_shown(text, start, f"Frame 1: {rest}") or rest) if match["colon"] else rest
    stated = _STATED.match(sentence)
    if stated and talk.names_frame(talk.words_of(stated[0])):
        return _shown(text, start, f"The frames show {sentence[stated.end() :]}")
    match = _SET.match(sentence)
    if match and names_own_frame(text, start, match["talk"]):
        return f"The scene is set {match['place']}{sentence[match.end() :]}"
    return None


def _second(match: re.Match[str], rest: str) -> str:
    """The second clause in plain words, with its frame named."""
    what = re.sub(r"\b(?:ones?|two)\Z", "", match["what"]).strip()
    what = _PLACED_ONE.sub(r"the \g<side> frame", what)
    if not p.ANY.search(what):
        what = "another frame" if what.lower() in ("another", "others") else f"{what} frame"
    if match.groupdict().get("at"):
        return f"In {what}, {rest}"
    shows = _SHOWS.match(rest)
    if shows and _PRONOUN_ALONE.match(rest, shows.end()):
        return ""
    return f"{capitalised(what)} shows {rest[shows.end() :]}" if shows else showing(f"{capitalised(what)} {rest}")


def _lowered(clause: str) -> str:
    for opening in ("Next, ", "At the end, ", "At first, "):
        clause = clause.removeprefix(opening)
    first = clause.split(" ", 1)[0]
    return clause[0].lower() + clause[1:] if first.lower() in _LOWERED else clause
