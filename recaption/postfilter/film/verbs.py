"""What captions say that the video does: the verbs of lead-ins, as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recaption.postfilter.english.words import third_person
from recaption.postfilter.film.talk import either
from recaption.postfilter.vocabulary import listed

_SHOWING_BASES = listed(
    """show display depict capture feature present portray showcase illustrate document record reveal exhibit contain
    include comprise introduce highlight spotlight chronicle narrate trace cover detail describe render picture relate
    recount unveil encompass incorporate observe witness catch demonstrate explore examine survey sketch visualise
    visualize reproduce deliver maintain retain bring explain teach join meet visit watch add establish"""
)
_GIVING_BASES = listed("give offer provide grant present bring hand afford serve paint")
_GOING_BASES = listed(
    """begin start open commence continue proceed resume carry go move keep kick set lead pick follow pass get turn
    take come"""
)
_ENDING_BASES = listed("end conclude close finish culminate wrap wind round sign stop")
_CUTTING_BASES = listed("cut switch jump shift transition change move fade dissolve skip flip flash turn return")
_TAKING_BASES = listed(
    """give offer provide grant show present introduce let allow invite take lead bring transport treat welcome greet
    confront acquaint familiarise familiarize draw carry guide walk whisk immerse plunge drop put place usher set land
    leave throw"""
)
_OTHER_BASES = listed(
    """appear seem are have come deal concern consist belong tell devote dedicate call direct pay cast throw focus
    center centre revolve concentrate do arrive stay star accompany play hand lift train point fix make help enable
    permit ask want lend look busy"""
)
_OTHER_VERBS = listed(
    """has have had takes unfolds continues progresses transitions cuts shifts fades switches changes moves conveys
    evokes creates exudes emphasises emphasizes ends begins starts opens concludes sets gives provides offers remains
    keeps appears seems uses employs utilises utilizes suggests serves jumps returns alternates loops celebrates
    exemplifies encapsulates embodies communicates reflects looks feels combines blends juxtaposes underscores invites
    proceeds"""
)
_SURE_VERBS = listed(
    "lasts runs goes comes leaves dissolves closes finishes stops brings pauses makes lacks tells slows speeds"
)
_CAMERA_VERBS = listed(
    "follows pans tilts zooms tracks lingers dwells rests settles lands hovers closes homes zeroes pulls"
)
_IRREGULAR = {
    "begin": "began", "catch": "caught", "give": "gave", "bring": "brought", "take": "took", "lead": "led",
    "draw": "drew", "put": "put", "let": "let", "set": "set", "go": "went", "teach": "taught", "cut": "cut",
    "busy": "busied", "come": "came",
}  # fmt: skip
_DOUBLED = {"begin": "beginning", "get": "getting", "set": "setting", "cut": "cutting", "wrap": "wrapping"}


def _past(base: str) -> str:
    return _IRREGULAR.get(base, base + "d" if base.endswith("e") else base + "ed")


def _ing(base: str) -> str:
    return _DOUBLED.get(base, (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing")


def _forms(bases: Iterable[str]) -> frozenset[str]:
    """The forms that can be a sentence's verb: "shows", "show", "showed"."""
    return frozenset(form for base in bases for form in (base, third_person(base), _past(base)))


BASES = _SHOWING_BASES | _GIVING_BASES | _GOING_BASES | _ENDING_BASES | _CUTTING_BASES | _TAKING_BASES | _OTHER_BASES
"""The verbs that only plural subjects have: "the first moments show"."""
VERB_STARTS = (
    _forms(BASES)
    | _OTHER_VERBS
    | _SURE_VERBS
    | _CAMERA_VERBS
    | listed("is was were see sees find finds saw found has will would can could may might does did shall draws plays")
)
"""The words that VERB can start with."""

ADVERBS = r"(?:(?:[a-z]{2,12}ly|then|also|now|next|first|again|soon|just|still|once more|even|here) ){0,3}"
_SHOW = either(_forms(_SHOWING_BASES))
_SHOW_BASE = either(_SHOWING_BASES)
SHOWING = rf"(?:{either(map(_ing, _SHOWING_BASES))}(?: us)?|giving us|offering us|taking us to|focusing on)"
TO_SHOW = rf"to (?:{ADVERBS})(?:{_SHOW_BASE}|let us see|give us|show us)(?: us)?"
_GO = either(_forms(_GOING_BASES))
SEE = (
    r"(?:see|look (?:in )?(?:at|on|in on|into)|watch|observe|witness|follow|meet|view|glimpse|peek (?:at|into|inside)"
    r"|discover|know|experience|visit|take a look at|get to know|join|spend time with)"
)
LOOK = (
    r"(?:(?:an?|another|one|the|our) (?:[\w'’-]+,? ){0,3}?(?:look|glimpse|glance|(?<!aerial )(?<!close-up )view|insight"
    r"|peek|peep|impression|tour|journey|trip|sight|sense|idea|taste|portrait|portrayal|depiction|account|picture|study"
    r"|record|showcase|overview) (?:of|at|into|inside|in|through|over|across|from|to|on)(?= (?!that\b|how to)))"
)
INTO = (
    r"(?:(?:straight|right|directly|back|off|away|over|along|on|out|up|down|deep|now) )?(?:to|into|inside|onto"
    r"|through|with|along|across|around|over|past|by|behind|up to|close to|up close with|in on|face to face with"
    r"|(?:in|into) the (?:middle|midst|thick) of|at the heart of|in|on)"
)
_US = r"(?:us|you|viewers|the viewers?|the audience|our eyes)"
_OFF = r"(?: (?:off|out|up|on|over|in|down|again|here|there|now|then|proceedings|things|itself))?"

_CLAUSES = (
    rf"(?:{_GO}|looks?|stays?|cuts?|fades?){_OFF} (?:when|where|as)",
    r"(?:has|have) (?:barely|just|hardly|scarcely) (?:begun|started) when",
    r"(?:is|are) (?:about to (?:end|close)|almost over|nearly over|well under ?way|still young) when",
    r"(?:is|are) (?:nearing|approaching|reaching) (?:its|the|an?) (?:end|close|conclusion|midpoint) (?:as|when)",
    r"(?:is|are|was|comes|arrives) (?:when|where|that|how)(?! of\b)",
    rf"{_SHOW} as",
)
_TAKING = (
    rf"(?:{either(_forms(_TAKING_BASES))} {_US}"
    rf"|(?:makes?|helps?|enables?|permits?|has|have|asks?|wants?|gets?) {_US} (?:to )?{SEE})"
)
_ENDINGS = (
    rf"{either(_forms(_ENDING_BASES))}{_OFF}{_OFF} (?:with|on|upon|in on|by {SHOWING}|{TO_SHOW})",
    r"(?:comes|draws|is brought|is rounded) (?:to an? (?:end|close)|off|out) (?:with|on|by)",
)
_SHOWINGS = (
    rf"(?:{_SHOW}|sees?|finds?|saw|found)(?! up\b)(?: to {_US})?",
    r"continues? (?:the|this) (?:scene|sequence|action|story) with",
    rf"(?:is|are|was|were|has been|have been) {ADVERBS}{SHOWING}",
    rf"(?:has|have|had|will|would|can|could|may|might|does|do|did|shall) {ADVERBS}"
    rf"(?:{_SHOW_BASE}|shown|been showing|be seen to show)",
    rf"{_GO}{_OFF}{_OFF} (?:{TO_SHOW}|with(?! time)|upon|at(?= (?:an?|the) )|by {SHOWING}|on(?= \w)(?! to\b))",
    r"(?:(?:moves?|goes|go|passes|pass|carries|carry|leads?|continues?) on|proceeds?|turns?|comes?|gets|leads?|shifts?"
    r"|switch(?:es)?|jumps?) to"
    r"(?= (?:an?|the|his|her|their|another|two|three|some|several) )",
    rf"{either(_forms(_CUTTING_BASES))}{_OFF} {TO_SHOW}",
    r"(?:is|are) (?:(?:all|mainly|mostly|primarily|largely|chiefly|entirely|wholly) )?(?:about|of|that of|devoted to"
    r"|dedicated to|given(?: over)? to|reserved for|concerned with|composed of|made up of|comprised of"
    r"|taken up (?:by|with)"
    r"|occupied by|filled with|spent (?:on|with)|followed by|opened by|introduced by|dominated by)",
    r"(?:deals?|opens?|concerns? itself|busies itself) with|consists? of|belongs? to|concerns?",
    r"(?:arrives?|stays?) (?:at|with)|fades? (?:in|up) on|makes? way for|gives? way to|stars?|accompan(?:y|ies)",
    r"tells? (?:(?:us )?(?:of|about)|(?:us )?(?:the|a) (?:\w+ )?(?:story|tale) of)",
    r"(?:has|have) (?:as|for) (?:its|their) (?:main )?(?:subject|theme|topic|focus)",
    r"(?:gives?|lends?) (?:pride of place|cent(?:er|re) stage|the floor|room|space) to",
    r"sets? the scene with|sets? the stage (?:for|with)|plays? host to|makes? room for|hands? over to",
    r"lifts? the curtain on|opens? a window (?:on|onto|into)",
    r"(?:trains?|turns?|points?|fixes) (?:its|the) (?:lens|eye|gaze|camera) (?:on|to|at|upon)",
    r"(?:devotes?|dedicates?) (?:itself|themselves) to",
    r"(?:draws?|calls?|directs?|turns?|pays?|devotes?) (?:our |the viewers?['’]s? |viewers['’] |special |its )?"
    r"attention to",
    r"(?:puts?|places?|casts?|throws?) (?:the|a|its) (?:focus|spotlight|emphasis|light) (?:on|upon)",
    rf"(?:{either(_forms(_GIVING_BASES))}|is|has|casts?|takes?) {LOOK}",
)
_VERBS = (
    r"(?P<hedge>appear|seem)s? to (?:show|depict|capture|feature|display|portray|present|contain|be showing)",
    rf"(?P<clause>{'|'.join(_CLAUSES)})",
    rf"(?P<taking>{_TAKING})(?: {ADVERBS}(?:{INTO} )?{LOOK})?(?: {INTO}(?= )(?! {SEE}\b))?(?: (?:to )?{SEE}(?= ))?",
    rf"(?P<end>{'|'.join(_ENDINGS)})(?: {LOOK})?",
    rf"(?P<show>{'|'.join(_SHOWINGS)})(?: {LOOK}| in (?:\w+ )?(?:detail|full)| at length| up close)?",
    r"(?P<shot>is|gives|provides|offers)(?= (?:an?|the) (?:[\w'’-]{1,20} ){0,4}(?:shot|close-up|view|compilation"
    r"|montage|collection|series|sequence) of)",
    r"(?P<focus>(?:focus(?:es|ed)?|(?:is|are) (?:focused|cent(?:er|re)d|built|based)|cent(?:er|re)s?|revolves?"
    r"|concentrates?) (?:(?:primarily|mainly|mostly|solely|entirely|in|closely) )?(?:on|around|upon|about))",
    r"(?P<camera>follows|pans|tilts|zooms|tracks|lingers|dwells|rests|settles|lands|hovers|closes in|homes in|zeroes in"
    r"|pulls back)",
    r"(?P<other>(?:is|was) (?:set|shot|filmed|taken|recorded|captured|lit|in|primarily|mostly|mainly|well|also|likely)"
    rf"|plays (?:in|out|at)|does not|{either(_OTHER_VERBS)})",
    rf"(?P<sure>{either(_SURE_VERBS)}|(?!does\b|was\b|has\b)[a-z]{{3,14}}s(?= (?:an?|the|its|his|her|us)\b))",
    r"(?P<be>is|was)(?! (?:play|shown|displayed|projected|being|on\b|visible|open|paused|stream|running))",
)
VERB = re.compile(rf"(?:{'|'.join(_VERBS)})(?=[ .,:]|\Z)(?! (?:of|and|shows?|is|are|itself|themselves)\b)")
"""What the video does.

"other" announces nothing, nor does "sure", which no clip or film that is a thing would do; "camera" is what a camera
does.
"""

FOCUS_KEPT = re.compile(
    r"(?:maintains|retains|keeps) (?:its |a |the )?(?:(?:steady|constant|clear|consistent) )?focus on "
)
