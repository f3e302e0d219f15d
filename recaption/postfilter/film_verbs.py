"""What captions say that the video does, and what those who watch it do: the verbs of lead-ins, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recaption.postfilter.film_talk import FILM, either
from recaption.postfilter.film_words import listed
from recaption.postfilter.words import third_person

_SHOWING_BASES = listed(
    "show display depict capture feature present portray showcase illustrate document record reveal exhibit contain"
    " include comprise introduce highlight spotlight chronicle narrate trace cover detail describe render picture"
    " relate recount unveil encompass incorporate observe witness catch demonstrate explore examine survey sketch"
    " visualise visualize reproduce deliver maintain retain bring explain teach"
)
_GIVING_BASES = listed("give offer provide grant present bring hand afford serve")
_GOING_BASES = listed(
    "begin start open commence continue proceed resume carry go move keep kick set lead pick follow pass get turn take"
)
_ENDING_BASES = listed("end conclude close finish culminate wrap wind round sign stop")
_CUTTING_BASES = listed("cut switch jump shift transition change move fade dissolve skip flip flash turn return")
_TAKING_BASES = listed(
    "give offer provide grant show present introduce let allow invite take lead bring transport treat welcome greet"
    " confront acquaint familiarise familiarize draw carry guide walk whisk immerse plunge drop put place"
    " usher set land leave throw"
)
_OTHER_VERBS = listed(
    "has had takes unfolds continues progresses transitions cuts shifts fades switches changes moves conveys evokes"
    " creates exudes emphasises emphasizes ends begins starts opens concludes sets gives provides offers remains keeps"
    " appears seems uses employs utilises utilizes suggests serves jumps returns alternates loops celebrates"
    " exemplifies encapsulates embodies communicates reflects looks feels combines blends juxtaposes underscores invites"
    " proceeds"
)
_SURE_VERBS = listed(
    "lasts runs goes comes leaves dissolves closes finishes stops brings pauses makes lacks tells slows speeds"
)
_IRREGULAR = {
    "begin": "began", "catch": "caught", "give": "gave", "bring": "brought", "take": "took", "lead": "led",
    "draw": "drew", "put": "put", "let": "let", "set": "set", "go": "went", "teach": "taught", "cut": "cut",
}  # fmt: skip
_DOUBLED = {"begin": "beginning", "get": "getting", "set": "setting", "cut": "cutting", "wrap": "wrapping"}


def _past(base: str) -> str:
    return _IRREGULAR.get(base, base + "d" if base.endswith("e") else base + "ed")


def _ing(base: str) -> str:
    return _DOUBLED.get(base, (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing")


def _forms(bases: Iterable[str]) -> str:
    """The forms that can be a sentence's verb: "shows", "show", "showed"."""
    return either({form for base in bases for form in (base, third_person(base), _past(base))})


_ADVERBS = r"(?:(?:[a-z]{2,12}ly|then|also|now|next|first|again|soon|just|still|once more|even|here) ){0,3}"
_SHOW = _forms(_SHOWING_BASES)
_SHOW_BASE = either(_SHOWING_BASES)
_SHOWING = rf"(?:{either(map(_ing, _SHOWING_BASES))}(?: us)?|giving us|offering us|taking us to|focusing on)"
_TO_SHOW = rf"to (?:{_ADVERBS})(?:{_SHOW_BASE}|let us see|give us|show us)(?: us)?"
_GO = _forms(_GOING_BASES)
_SEE = (
    r"(?:see|look (?:in )?(?:at|on|in on|into)|watch|observe|witness|follow|meet|view|glimpse|peek (?:at|into|inside)"
    r"|discover|know|experience|visit|take a look at|get to know|join|spend time with)"
)
LOOK = (
    r"(?:(?:an?|another|one|the|our) (?:[\w'’-]+,? ){0,3}?(?:look|glimpse|glance|(?<!aerial )(?<!close-up )view|insight"
    r"|peek|peep|impression|tour|journey|trip|sight|sense|idea|taste|portrait|portrayal|depiction|account|picture|study"
    r"|record|showcase|overview) (?:of|at|into|inside|in|through|over|across|from|to|on)(?= (?!that\b|how to)))"
)
_US = r"(?:us|you|viewers|the viewers?|the audience|our eyes)"
_INTO = (
    r"(?:(?:straight|right|directly|back|over|along|on|out|up|down|deep|now) )?(?:to|into|inside|onto|through|with|along"
    r"|across|around|over|past|by|behind|up to|close to|up close with|in on|face to face with|on)"
)
_OFF = r"(?: (?:off|out|up|on|over|in|down|again|here|there|now|then|proceedings|things|itself))?"

_VERBS = (
    r"(?P<hedge>appear|seem)s? to (?:show|depict|capture|feature|display|portray|present|contain|be showing)",
    rf"(?P<clause>{_GO}{_OFF} (?:when|where|as)|(?:is|are|was|comes|arrives) (?:when|where|that|how)(?! of\b)|{_SHOW} as)",
    rf"(?P<taking>{_forms(_TAKING_BASES)} {_US}|(?:makes?|helps?|enables?|permits?) {_US} (?:to )?{_SEE})(?: {_ADVERBS}(?:{_INTO} )?{LOOK})?"
    rf"(?: {_INTO}(?= )(?! {_SEE}\b))?(?: (?:to )?{_SEE}(?= ))?",
    rf"(?P<end>{_forms(_ENDING_BASES)}{_OFF} (?:with|on|upon|in on|by {_SHOWING}|{_TO_SHOW})"
    rf"|(?:comes|draws|is brought|is rounded) (?:to an? (?:end|close)|off|out) (?:with|on|by))(?: {LOOK})?",
    rf"(?P<show>(?:{_SHOW}|sees|finds|saw|found)(?! up\b)(?: to {_US})?"
    rf"|(?:is|are|was|were|has been|have been) {_ADVERBS}{_SHOWING}"
    rf"|(?:has|have|had|will|would|can|could|may|might|does|do|did|shall) {_ADVERBS}"
    rf"(?:{_SHOW_BASE}|shown|been showing|be seen to show)"
    rf"|{_GO}{_OFF} (?:{_TO_SHOW}|with(?! time)|upon|at(?= (?:an?|the) )|by {_SHOWING}|on(?= \w)(?! to\b))"
    r"|(?:(?:moves?|goes|go|passes|pass|carries|carry|leads?|continues?) on|proceeds?|turns?|comes?|gets|leads?) to"
    r"(?= (?:an?|the|his|her|their|another|two|three|some|several) )"
    rf"|{_forms(_CUTTING_BASES)}{_OFF} {_TO_SHOW}"
    r"|(?:is|are) (?:(?:all|mainly|mostly|primarily|largely|chiefly|entirely|wholly) )?(?:about|of|that of|devoted to"
    r"|dedicated to|given over to|reserved for|concerned with|composed of|made up of|comprised of|taken up (?:by|with)"
    r"|occupied by|filled with|spent (?:on|with)|followed by|opened by|introduced by|dominated by)"
    r"|(?:deals?|opens?|concerns? itself|busies itself) with|consists? of|belongs? to|concerns?|(?:arrives?|stays?) (?:at|with)"
    r"|tells? (?:(?:us )?(?:of|about)|(?:us )?(?:the|a) (?:\w+ )?(?:story|tale) of)"
    r"|(?:devotes?|dedicates?) (?:itself|themselves) to"
    r"|(?:draws?|calls?|directs?|turns?|pays?|devotes?) (?:our |the viewers?['’]s? |viewers['’] |special |its )?"
    r"attention to|(?:puts?|places?|casts?|throws?) (?:the|a|its) (?:focus|spotlight|emphasis|light) (?:on|upon)"
    rf"|(?:{_forms(_GIVING_BASES)}|is|has|casts?|takes?) {LOOK}|makes? way for|gives? way to)(?: {LOOK})?",
    r"(?P<shot>is|gives|provides|offers)(?= (?:an?|the) (?:[\w'’-]{1,20} ){0,4}(?:shot|close-up|view|compilation"
    r"|montage|collection|series|sequence) of)",
    r"(?P<focus>(?:focus(?:es|ed)?|(?:is|are) (?:focused|cent(?:er|re)d)|cent(?:er|re)s?|revolves?|concentrates?)"
    r" (?:(?:primarily|mainly|mostly|solely|entirely|in|closely) )?(?:on|around|upon|about))",
    r"(?P<camera>follows|pans|tilts|zooms|tracks|lingers|dwells|hovers|closes in|homes in|zeroes in|pulls back)",
    r"(?P<other>(?:is|was) (?:set|shot|filmed|taken|recorded|captured|lit|in|primarily|mostly|mainly|well|also|likely)"
    rf"|plays (?:in slow|in reverse|at)|does not|{either(_OTHER_VERBS)})",
    rf"(?P<sure>{either(_SURE_VERBS)})",
    r"(?P<be>is|was)(?! (?:play|shown|displayed|projected|being|on\b|visible|open|paused|stream|running))",
)
VERB = re.compile(rf"(?:{'|'.join(_VERBS)})(?=[ .,:]|\Z)(?! (?:of|and|shows?|is|are|itself|themselves)\b)")
"""What the video does. "other" announces nothing, nor does "sure", which only a video does for certain."""

_KNOWN_BASES = _SHOWING_BASES | _GIVING_BASES | _GOING_BASES | _ENDING_BASES | _CUTTING_BASES | _TAKING_BASES
BASES = _KNOWN_BASES | listed(
    "appear seem are have come deal concern consist belong tell devote dedicate call direct pay cast throw focus center"
    " centre revolve concentrate do"
)
"""Those that only plural subjects have: "the first moments show"."""
VERB_STARTS = (
    frozenset(form for base in BASES for form in (base, third_person(base), _past(base)))
    | _OTHER_VERBS
    | _SURE_VERBS
    | listed(
        "is was were arrives draws sees finds saw found has had will would can could may might did does shall busies pans"
        " tilts zooms tracks lingers dwells hovers homes zeroes pulls plays make help enables permits stay stays arrive makes help enable permit"
    )
)
"""The words that VERB can start with."""

FOCUS_KEPT = re.compile(
    r"(?:maintains|retains|keeps) (?:its |a |the )?(?:(?:steady|constant|clear|consistent) )?focus on "
)

_HELPING = (
    r"(?:(?:can|could|may|might|will|would|shall|are|is|am|were|was|get|gets|have|has|had|do|does|did|able|to|be|been|being"
    r"|begin|begins|start|starts|come|comes|allowed|invited|given|the|chance|opportunity|privilege|made|asked|permitted"
    r"|free|then|also|now|next|first|again|finally|initially|soon|even|clearly|here|there|still|just|immediately"
    r"|eventually|later|subsequently|additionally|further|all|both|only|briefly|primarily|mainly|essentially) ){0,8}"
)
_ACTIVE = (
    r"(?:(?:see|observe|notice|witness|spot|find(?! (?:our|your)sel)|glimpse|discover|perceive|behold|encounter|meet"
    r"|visit|follow|join|recogni[sz]e|distinguish|view|experience|watch(?: on)?|note|tell|discern|detect|admire|study|examine|learn|gather|realise|realize"
    r"|accompany)(?:e?s)?|makes? out|watch on|comes? (?:across|upon)|stays? with|(?:get|come)s? closer to|(?:catch(?:es)?|gets?|takes?|has|have|enjoys?|gains?|receives?)"
    rf" (?:sight of|{LOOK})|looks? (?:at|in on|into|down (?:on|at|into)|out (?:on|over|at)|over|up at|on)"
    r"|(?:seeing|watching|looking at|observing|viewing|following|witnessing)|peeks? (?:at|into|inside)"
    r"|(?:have|has|got|get|gets|catch|catches)(?: before (?:us|you))?(?= (?:an?|two|three|several|some|another) )"
    r"|gaz(?:e|es|ing) (?:at|into|upon|over)"
    r"|(?:are|find ourselves|find yourself|end up|stand)(?: now| back| here)? (?:in|on|at|inside))"
)
_SHOWN = (
    r"(?:shown|introduced to|presented with|treated to|greeted (?:by|with)|met (?:by|with)|offered|granted"
    r"|welcomed (?:by|with)|confronted with|faced with|given|provided with|served|handed|left with|acquainted with|taken"
    r"|led|brought|transported|guided|drawn|directed|plunged|immersed|carried|whisked|invited|dropped|placed|put|allowed"
    rf"|ushered|thrown|walked|pulled|pointed)(?: {_ADVERBS}{_INTO}(?= )(?! {_SEE}\b))?(?: (?:to )?{_SEE}(?= ))?"
    rf"(?: {LOOK})?"
)
_MOVING = (
    r"(?P<move>(?:begin|start|open|move|go|turn|come|return|travel|arrive|proceed|continue|land|pass|step|enter|head|get"
    r"|dive|walk|venture)(?:e?s)?)(?: (?:off|out|up|on|over|in|back|along|forward|down|away|now|here))?"
    rf" (?:with|on|to|into|at|in|inside|upon|by {_SHOWING}|by (?:seeing|watching|looking at)|{_TO_SHOW}|to see)"
)
SEES = re.compile(
    rf"{_HELPING}(?:(?P<see>{_ACTIVE}|{_SHOWN})(?: {LOOK})?|(?P<end>(?:end|finish|conclude|close|leave off|wrap up)s?"
    rf"(?: (?:up|off|out))? (?:with|on|by (?:seeing|watching)))|{_MOVING}"
    r"|(?P<cut>(?:cut|switch|jump|shift|transition|fade)(?:e?s)? (?:back )?to)"
    r"|(?P<camera>zooms? (?:in|out)(?: on)?|pans?|tilts?))"
    r"(?: (?:along|on|up|down|away|out))?(?P<after> (?:that|as|how|while))?(?= \S)"
)
"""What those who watch do: "can see", "are treated to", "get a glimpse of"."""

ATTENTION = re.compile(
    r"(?:(?:our|your|the viewers?['’]s?|viewers['’]|the audience['’]s|one['’]s|all) (?:\w{3,12} )?"
    r"(?:attention|gaze|eyes?|interest)|the (?:viewer['’]s )?eye|attention|(?:our|the viewers?['’]s?) (?:focus|view))"
    rf" {_HELPING}(?:drawn|directed|turned|turns?|shifts?|shifted|moves?|goes|go|falls?|guided|led|lands?|settles?|rests?"
    r"|pulled|placed|brought|called|focused|fixed|captured|caught|held|attracted|steered|follows?|wanders?|drifts?)"
    rf"(?: (?:back|over|away|now|then|next|first|immediately|straight))?(?: by (?:the|this|our) {FILM})? (?:to|towards?|on|onto|upon|by)(?= \S)",
    re.I,
)
"""Where those who watch are said to look: "our attention is drawn to"."""
