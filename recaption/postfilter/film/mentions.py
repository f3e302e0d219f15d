"""The video named inside a sentence: "throughout the video", "the lighting of the video", "while the video shifts"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recaption.postfilter.film import recorded, talk
from recaption.postfilter.film import words as f
from recaption.postfilter.film.asides import aside, is_free
from recaption.postfilter.film.things import is_own
from recaption.postfilter.film.verbs import VERB
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import listed

_REACH = 90  # characters in front of a mention that can belong to it

_DOUBTFUL = r"images?|films?|movie|animation|montage|time-?lapse|documentary|visuals"
# Words that stand between "the" and "video" in no phrase keep a match from starting at another phrase's "the".
_KIND = r"(?:(?!(?:the|this|that|our|these|of|in|on|at|to|and|by|with|from|for|is|are|as|through|into)\b)[\w'’-]+,? )"
_VIDEO = re.compile(
    rf"\b(?:(?P<the>the|this|that|our|these) (?P<kinds>{_KIND}{{0,4}}?)(?:(?P<sure>{talk.STRONG_FILM})"
    rf"|(?P<doubtful>{_DOUBTFUL}))(?!\w|-)(?P<own>['’]s(?= \w))?"
    r"|(?:the|this) (?:little |short )?(?:bit|piece|stretch|strip|length|slice|fragment) of (?:film|footage|video|tape)"
    r"\b|what (?:was|is) (?:filmed|recorded)\b)"
    r"(?: (?:provided|given|supplied|shown here|in question|at hand|itself|as a whole))?",
    re.I,
)
_AS_WE_SEE = re.compile(
    r" as (?:we|you|one|viewers|the viewer) (?:can |could |may |might |will )?(?:also |clearly |now )?"
    r"(?:sees?|observes?|notices?|tell|witness)(?: here)?(?: (?:in|on|from) (?:the|this) (?:video|clip|footage"
    r"|recording))?(?=[.,;:!?)]|\Z)"
)
_JOINED = re.compile(r", (?:and|but|while|who|which|where)\b")
_TO_END = re.compile(
    r"\bto (?:end|finish|close|conclude|open|begin|start|round off|top off|wrap up|close out|finish off|round out"
    r"|cap) \Z"
)
_OWN_PART = re.compile(rf" (?:\w+ ){{0,2}}?(?P<part>{talk.either(f.PARTS)})(?![\w-])")
_GIVING = re.compile(
    r", (?:giving|lending|bringing|making|adding to|marking|completing|rounding off|filling|setting|grounding|anchoring"
    r"|rounding out|keeping|allowing) \Z"
)
_AT_ITS_END = re.compile(
    r"\b(?P<at>[Aa]t|[Bb]y|[Uu]ntil|[Tt]owards?|[Nn]ear) (?:video|clip|footage|film|recording)['’]s (?P<part>end"
    r"|close|start|beginning)\b"
)
_AT_MOMENT = re.compile(r"\b(?:at|from) the (?:very |exact )?(?:moment|instant|point|second) (?:when |that |where )?\Z")
_CLAUSE_END = re.compile(r"[^,.;:!?()]{0,60}?(?=[,.;:!?)]| and | but |\Z)")
_BEFORE_PART = listed("very better tail halfway midway back front")
_LONG = re.compile(r" (?:long|through)\b")
_MARKS = (", ", ". ", "; ", ": ", "(", '"', "“", "”")

_PREPOSITIONS = listed(
    "of in on at by with from into through throughout within during across over for until till to toward towards near"
    " along inside around after before"
)
_INSIDE = listed("in within inside during across throughout")
_AT = listed("at by near toward towards in around")
_DETERMINERS = listed("the this that its a an any each every some one most all")
_SEEN = listed("seen shown captured depicted featured visible present recorded filmed displayed portrayed pictured")
_BE = listed("is are was were be been")
_SHOWING = listed("on from by with")
_HALFWAY = (["halfway"], ["midway"], ["partway"])
_MOSTLY = listed("most much bulk")
_LASTING = listed("duration length entirety run whole time")
_END = listed("end ending close conclusion finish finale")
_KEPT = listed("start beginning opening outset middle half") | _END
_SPANS = f.PARTS - _KEPT - {"rest", "remainder"}
_CLAUSE_STARTS = listed("as while when where before until till once after because")
_LINKS = listed("as while and when where before but with until once")


class _Word(NamedTuple):
    start: int
    text: str


def _mentions(text: str) -> Iterator[Change]:
    if f.VIEWERS.isdisjoint(talk.signals(text)) and f.MENTIONED.isdisjoint(talk.signals(text)):
        return
    found = [_as_we_see(text, match) for match in _AS_WE_SEE.finditer(text)]
    found += (Change(match.end("at"), match.start("part"), " the ") for match in _AT_ITS_END.finditer(text))
    for start, end in talk.sentences_with(text, f.MENTIONED):
        found += recorded.changes(text, start, end)
        for match in _VIDEO.finditer(text, start, end):
            if _is_video(match) and (change := _change(text, start, end, match)):
                found.append(change)
    done = 0
    for change in sorted(found, key=lambda change: (change.start, -change.end)):
        words = talk.words_of(text[change.start : change.end])
        # "this video" is the caption's own even where someone in it watches another one
        if change.start >= done and ("this" in words or is_own(text, change.start, words)):
            yield change
            done = change.end


def _as_we_see(text: str, match: re.Match[str]) -> Change:
    """ ", as we can see," goes with both of its commas, unless a conjunction wants the second."""
    comma = text[match.start() - 1] == ","
    closed = comma and text.startswith(", ", match.end()) and not _JOINED.match(text, match.end())
    return Change(match.start() - comma, match.end() + closed, "")


def _is_video(match: re.Match[str]) -> bool:
    """Whether what stands in front of the noun tells a kind of video: one word may be unknown behind "this"."""
    kinds = talk.words_of(match["kinds"] or "")
    unknown = sum(word not in f.ADJECTIVES and word != "same" for word in kinds)
    return unknown == 0 or (unknown == 1 and match["the"].lower() in ("this", "our"))


def _change(text: str, start: int, end: int, match: re.Match[str]) -> Change | None:
    """What a mention of the video becomes."""
    if match["own"]:
        return _owned(text, start, end, match)
    if giving := _GIVING.search(text, max(start, match.start() - 20), match.start()):
        close = _CLAUSE_END.match(text, match.end(), end)
        return Change(giving.start(), close.end(), "") if close else None
    if ending := _TO_END.search(text, max(start, match.start() - 20), match.start()):
        return Change(_without_comma(text, ending.start()), match.end(), "")
    if moment := _AT_MOMENT.search(text, max(start, match.start() - 40), match.start()):
        close = _CLAUSE_END.match(text, match.end(), end)
        if close and talk.only_talks(text[match.start() : close.end()]):
            return Change(_without_comma(text, moment.start()), close.end(), "")
    before = _words_before(text, start, match.start())
    if cut := aside(text, start, end, match) or _idle_clause(text, start, end, match, before):
        return cut
    if before and before[0].text.lower() in _LINKS and _stands_for_scene(text, match):
        return Change(match.start(), match.end(), "the scene")
    if long := _lasting(text, match, before):
        return long
    if not before or before[0].text.lower() not in _PREPOSITIONS or not is_free(text, match.end(), sure=True):
        return None
    words = [word.text.lower() for word in before]
    cut = _timed(text, match, before, words)
    if cut is None and (match["doubtful"] is None or is_free(text, match.end(), sure=False)):
        cut = _placed(match, before, words)
    return cut if cut and cut.start >= start else None


def _owned(text: str, start: int, end: int, match: re.Match[str]) -> Change:
    """What "the video's" becomes: "for the video's duration" tells when, "the video's palette" what is seen."""
    part = _OWN_PART.match(text, match.end(), end)
    before = _words_before(text, start, match.start())
    if part and before:
        preposition = before[0].text.lower()
        if preposition == "of" and len(before) > 1 and before[1].text.lower() in _MOSTLY:
            outer = before[2:3] and before[2].text.lower() in _PREPOSITIONS
            return _to(text, before[2 if outer else 1].start, part.end(), "most of the time")
        if (time := _time_of(preposition, part["part"])) is not None and before[0].start > start:
            return _to(text, before[0].start, part.end(), time)
    return aside(text, start, end, match) or Change(match.start(), match.end(), f"{match['the']}")


def _words_before(text: str, start: int, end: int) -> list[_Word]:
    """The words in front of a mention, the nearest first, up to the first mark."""
    reach = max(start, end - _REACH)
    marks = [(text.rfind(mark, reach, end), len(mark)) for mark in _MARKS]
    opened = max((place + length for place, length in marks if place >= 0), default=reach)
    found: list[_Word] = []
    position = end
    for part in reversed(text[opened:end].split(" ")):
        position -= len(part)
        if part:
            found.append(_Word(position, part))
        position -= 1
    return found


def _idle_clause(text: str, start: int, end: int, match: re.Match[str], before: Sequence[_Word]) -> Change | None:
    """A clause that only tells how far the video is: "as the video plays on", "before the clip is over"."""
    close = _CLAUSE_END.match(text, match.end() + 1, end)
    if not close or not before or before[0].text not in _CLAUSE_STARTS or before[0].start < start + 3:
        return None
    if not talk.only_talk(talk.words_of(text[match.start() : close.end()])):
        return None
    first = before[1] if len(before) > 1 and before[1].text in ("just", "right", "shortly", "soon") else before[0]
    return Change(_without_comma(text, first.start), close.end(), "")


def _stands_for_scene(text: str, match: re.Match[str]) -> bool:
    verb = VERB.match(text, match.end() + 1) if text.startswith(" ", match.end()) else None
    return match["sure"] is not None and verb is not None


def _lasting(text: str, match: re.Match[str], before: Sequence[_Word]) -> Change | None:
    """ "for the whole video", "the entire clip long", "all through the clip": all of them are "throughout"."""
    kinds = talk.words_of(match["kinds"] or "")
    words = [word.text.lower() for word in before[:2]]
    if words[:1] == ["throughout"]:
        return Change(before[0].start, match.end(), before[0].text)
    long = _LONG.match(text, match.end())
    whole = not {"whole", "entire", "full"}.isdisjoint(kinds)
    if whole and (long or words[:1] in (["for"], ["over"], ["during"], ["through"], ["across"])):
        start = match.start() if long and words[:1] != ["for"] else before[0].start
        return Change(start, long.end() if long else match.end(), "throughout")
    if words[:1] == ["through"] and [word.text for word in before[1:4]] == ["way", "the", "all"]:
        return Change(before[3].start, match.end(), "throughout")
    if words in (["through", "all"], ["across", "all"], ["over", "all"], ["along", "all"], ["through", "right"]):
        return Change(before[1].start, match.end(), "throughout")
    return None


def _timed(text: str, match: re.Match[str], before: Sequence[_Word], words: Sequence[str]) -> Change | None:
    """ "at the end of the video", "for much of the clip": the phrase goes, or the time that it tells stays."""
    if words[0] not in ("of", "in", "into", "from", "through", "within", "on") or len(words) < 2:
        return None
    part, outer = words[1], _outer(words)
    if part in _MOSTLY:
        return _to(text, before[outer].start, match.end(), "most of the time") if outer else _cut(before[0], match)
    if outer and (time := _time_of(words[outer], part)) is not None:
        return _to(text, before[outer].start, match.end(), time)
    if words[0] == "into" and part in ("seconds", "second", "minutes", "minute", "moments", "moment"):
        return _cut(before[_number(words)], match)
    return None


def _placed(match: re.Match[str], before: Sequence[_Word], words: Sequence[str]) -> Change | None:
    """ "in the video", "of the video", "as seen in this clip": all of it goes, but not from "is seen"."""
    preposition, seen = words[0], _seen_before(words)
    is_seen = seen and words[seen + 1 : seen + 2] and words[seen + 1] in _BE
    if is_seen or preposition == "of" or (preposition in ("through", "into") and words[1:2] in _HALFWAY):
        return _cut(before[0], match)
    this = match["the"] is not None and match["the"].lower() == "this"
    if preposition in _INSIDE or (seen and preposition in _SHOWING) or (this and preposition in ("on", "from", "for")):
        return _cut(before[seen], match)
    return None


def _outer(words: Sequence[str]) -> int:
    """Where the preposition of "at the very end of" stands, counted from the video; 0 where there is none."""
    i = 2
    while i < len(words) and (words[i] in f.ADJECTIVES or words[i] in _BEFORE_PART or words[i][0].isdigit()):
        i += 1
    if i < len(words) and words[i] in _DETERMINERS:
        i += 1
    if words[i + 1 : i + 2] == ["at"] and words[i] in ("around", "about"):
        i += 1
    return i if i < len(words) and words[i] in _PREPOSITIONS else 0


def _time_of(outer: str, part: str) -> str | None:
    """What stands for "at the end of the video"; None where only "of the video" goes."""
    if part in ("rest", "remainder"):
        return "until the end" if outer in ("for", "through", "throughout", "over", "during") else None
    if part in ("course", "span") and outer == "over":
        return "over time"
    if part in ("half", "middle") and outer in _AT | _INSIDE:
        return ""
    if part in _LASTING and outer in ("for", "over", "during", "throughout"):
        return "throughout"
    if part in _END:
        return "until the end" if outer in ("until", "till", "to") else "at the end" if outer in _AT else None
    return (
        "" if (part in _SPANS or part in f.STAGES) and outer in _AT | _INSIDE | {"for", "from", "over", "on"} else None
    )


def _number(words: Sequence[str]) -> int:
    """Where "some twelve" of "some twelve seconds into the video" begins, counted from the video."""
    i = 2
    while i + 1 < len(words) and words[i + 1] in ("about", "some", "around", "roughly", "just", "a"):
        i += 1
    return min(i, len(words) - 1)


def _seen_before(words: Sequence[str]) -> int:
    """Where "as seen" of "as seen in the video" begins, counted from the video; 0 where it does not."""
    i = 1 + (words[1:2] in (["only"], ["best"], ["also"], ["earlier"], ["later"]))
    if i >= len(words) or words[i] not in _SEEN:
        return 0
    while i + 1 < len(words) and words[i + 1] in ("as", "best", "only", "also"):
        i += 1
    return i


def _cut(first: _Word, match: re.Match[str]) -> Change:
    return Change(max(0, first.start - 1), match.end(), "")


def _to(text: str, start: int, end: int, time: str) -> Change:
    """The change of a phrase to a time, or to nothing."""
    if not time:
        return Change(max(0, start - 1), end, "")
    up = text.startswith("up ", start - 3)
    return Change(start - 3 * up, end, time.capitalize() if text[start].isupper() else time)


def _without_comma(text: str, start: int) -> int:
    """Where a phrase at `start` begins with the comma or space in front of it."""
    return start - 2 if text.startswith(", ", start - 2) else start - 1


MENTIONS = Rule(
    "video_mention",
    "the video is not named inside a sentence either",
    ("A man smiles throughout the video.", "A man smiles throughout."),
    _mentions,
    language="English",
)
