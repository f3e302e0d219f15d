"""How captions talk about their video: the patterns that the rules on lead-ins and mentions share.

Every pattern is anchored or starts with a fixed word, and every repetition in it is bounded, so that time grows
linearly.
"""

from __future__ import annotations

import re

FILM = (
    r"(?:video(?:[- ](?:clip|footage|sequence|segment|recording))?|clip|footage|film|images?|picture|photo|photograph"
    r"|animation|recording|visuals|gif|montage|snippet|time-?lapse|slideshow)"
)
STAGE = r"(?:scene|shot|sequence|segment)"
_ORDER = r"(?:opening|first|initial|next|following|subsequent|final|last|closing)"
_PLAIN = r"(?:short|brief|whole|entire|given|provided|overall|particular|same)"
_THIS = rf"(?:the|this|that|our) (?:{_PLAIN} )?(?:{FILM}|{STAGE})"
_THIS_OR_FIRST = rf"(?:the|this|that|our) (?:{_PLAIN} |(?:opening|first|initial) )?(?:{FILM}|{STAGE})"

STYLES = {
    "animated": "in animation, ",
    "3D animated": "in 3D animation, ",
    "cartoon": "in cartoon style, ",
    "black-and-white": "in black and white, ",
    "black and white": "in black and white, ",
    "slow-motion": "in slow motion, ",
    "slow motion": "in slow motion, ",
    "time-lapse": "in time-lapse, ",
    "timelapse": "in time-lapse, ",
    "close-up": "in close-up, ",
    "aerial": "from the air, ",
    "drone": "from a drone, ",
    "underwater": "under water, ",
}
_STYLE = "|".join(re.escape(style) for style in sorted(STYLES, key=len, reverse=True))
_SUBJECT = (
    rf"(?:the|this|that|our) (?P<which>(?:(?:{_PLAIN}|{_ORDER}) )?)(?:(?P<style>{_STYLE}) )?(?P<noun>{FILM}|{STAGE})"
)
_VIEWER = r"(?:we|you|viewers|the viewers?|one(?= (?:can|could|may|might)\b))"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_GOES_ON = (
    r"(?:progresses|continues|unfolds|advances|plays(?: on| out)?|goes on|moves (?:forward|on|along)|proceeds|develops"
    r"|begins|starts|opens|rolls(?: on)?)(?: further| forward| onward| on)?"
)
_DEEPER = r"(?:further|farther|deeper|(?:moving|going|progressing) (?:further|forward|deeper|on)|continuing)(?: on)?"
_TAKEN = r"(?:captured|shown|depicted|recorded)"
_MOMENTS = r"(?:few )?(?:moments?|seconds?|parts?|portion|segment|stages?)"

DROPPED = re.compile(
    "|".join(
        (
            rf"(?:as|while|when) {_THIS} {_GOES_ON}, ",
            rf"as {_VIEWER} (?:move|go|delve|progress|continue)s?(?: (?:further|deeper|on|forward|along))?"
            rf" (?:in|into|through|with) {_THIS}, ",
            rf"{_DEEPER} (?:in|into|through|with) {_THIS}, ",
            rf"in (?:the|its) (?:opening|first|initial|early|earliest) {_MOMENTS} {_TAKEN}, ",
            rf"(?:in|within) {_THIS_OR_FIRST}, ",
            rf"(?:in|within) {_THIS_OR_FIRST} (?=(?:{_VIEWER}|there|an?|the|two|three|several)\b)",
            rf"(?:from|based on|according to|judging by|looking at) {_THIS}, ",
            rf"{_VIEWER} can (?:clearly )?(?:see|tell|observe) that ",
            r"it can be (?:seen|observed) that ",
            rf"(?:this|it) is an? (?:(?:short|brief) )?{FILM} (?:where|in which) ",
        )
    ),
    re.I,
)
"""Openings that only tell where in the video one is."""

_ENDS = r"(?:ends|concludes|nears its (?:end|conclusion)|comes to (?:an|its) end|comes to a close|draws to a close)"
AT_THE_END = re.compile(
    "|".join(
        (
            rf"in (?:the|its) (?:final|closing|last) {_MOMENTS} {_TAKEN}, ",
            rf"(?:as|while|when) {_THIS} {_ENDS}, ",
            rf"(?:at|by|towards?) the (?:very )?(?:end|close|conclusion) of {_THIS}, ",
        )
    ),
    re.I,
)
"""Openings that place a sentence at the end of the video; "At the end" stands for them."""

THIS_IS = re.compile(
    rf"(?:this|it|the (?:video|image|clip)) is an? (?:(?:short|brief) )?(?:(?P<style>{_STYLE}) )?{FILM} "
    r"(?:of|about|(?:that|which) (?:shows|depicts|captures|features)|showing|depicting|featuring|capturing) (?=\S)",
    re.I,
)
"""A whole lead-in such as "This is a video of"."""

VIDEO_OF = re.compile(
    rf"an? (?:(?:short|brief) )?(?:(?P<style>{_STYLE}) )?(?:video(?: clip)?|clip|time-?lapse) "
    r"(?:of|showing|featuring|depicting) (?=\S)",
    re.I,
)
"""The same without a verb: "A video of a man walking"."""

SUBJECT = re.compile(
    rf"{_SUBJECT} (?P<adverbs>(?:(?:then|next|later|subsequently|eventually|finally|initially|first|now|also|primarily"
    r"|mainly|mostly|simply|clearly|vividly|beautifully|further|briefly|again|just|continuously|effectively"
    r"|prominently) ){0,3})",
    re.I,
)
"""The video as a subject, with adverbs, up to its verb."""

VIEWER = re.compile(rf"{_VIEWER} ", re.I)
"""Those who watch as a subject."""

OPENING = re.compile(
    rf"[^,.;:!?\"“”()\n]{{1,90}}, (?=(?:{_unnamed(_SUBJECT)}|{_VIEWER}) )"
    r"|(?:then|next|now|here|later|finally|initially|eventually|suddenly|throughout) (?=(?:we|you|the video) )",
    re.I,
)
"""What may stand before such a subject, and stays: "On the left, we see"."""

TIME_ADVERBS = frozenset(
    ["then", "next", "later", "subsequently", "eventually", "finally", "initially", "first", "now"]
)
LATER = frozenset(["next", "following", "subsequent"])
LAST = frozenset(["final", "last", "closing"])

_SHOWING = r"(?:(?:show|featur|captur|depict|display|portray|present|showcas|reveal|introduc|focus)ing(?: on)?)"
_BEGINS = r"(?:begins|starts|opens|commences|kicks off)"
_VERBS = (
    r"(?P<hedge>appear|seem)s? to (?:show|depict|capture|feature|display|portray|be showing)",
    rf"(?P<clause>{_BEGINS} (?:when|where))",
    r"(?P<show>shows(?! up\b)|showed|displays|depicts|captures|features|presents|portrays|showcases|illustrates"
    r"|documents|records|reveals|exhibits|contains|includes|consists of|comprises|introduces|maintains|retains"
    rf"|is (?:{_SHOWING}|of|about)|{_BEGINS}(?: off| out| up)? (?:with|on|by {_SHOWING}|to (?:reveal|show)))",
    rf"(?P<end>(?:ends|concludes|closes|finishes|culminates|wraps up)(?: off)? (?:with|on|by {_SHOWING}))",
    r"(?P<shot>is|gives|provides|offers)(?= (?:an?|the) (?:[\w'’-]{1,20} ){0,4}(?:shot|close-up|view|compilation"
    r"|montage|collection|series|sequence) of)",
    r"(?P<focus>(?:focuses|cent(?:er|re)s|revolves|concentrates) (?:(?:primarily|mainly|mostly) )?(?:on|around))",
    r"(?P<camera>follows|pans|tilts|zooms|tracks)",
    r"(?P<other>(?:is|was) (?:set|shot|filmed|taken|recorded|captured|lit|in|primarily|mostly|mainly|well|also|likely)"
    r"|has|had|takes place|unfolds|continues|progresses|transitions|cuts|shifts|fades|switches|changes|moves|conveys"
    r"|evokes|creates|exudes|emphasi[sz]es|highlights|ends|begins|starts|opens|concludes|sets|gives|provides|offers"
    r"|remains|keeps|appears|seems|demonstrates|uses|employs|utili[sz]es|suggests|serves|jumps|returns|alternates|loops"
    r"|plays (?:in slow|in reverse|at)|celebrates|exemplifies|encapsulates|embodies|communicates|reflects|looks|feels"
    r"|combines|blends|juxtaposes|underscores|invites|explores|does not)",
    r"(?P<be>is|was)(?! (?:play|shown|displayed|projected|being|on\b|visible|open|paused|stream|running))",
)
VERB = re.compile(rf"(?:{'|'.join(_VERBS)})(?=[ .,:]|\Z)")
"""What the video does. "other" announces nothing; there "the scene" takes the video's place."""

TO_VIEWERS = re.compile(r" (?:us|the viewers?|viewers|the audience)(?: with| to)? ")
FOCUS_KEPT = re.compile(r"(?:its |a )?(?:(?:steady|constant|clear|consistent) )?focus on ")

SEES = re.compile(
    r"(?:(?:can|could|may|might|also|then|now|first|initially|clearly|next) ){0,3}"
    r"(?:(?:see|observe|notice|witness|spot)(?P<after> that| as| how)?|watch(?P<watch> as)"
    r"|(?:are|is) (?:shown|introduced to|presented with|treated to|greeted (?:by|with)|met with)) (?=\S)"
)

SECOND_VERB = re.compile(
    r",? (?:and|before|and then|then) (?:(?:then|also|later|finally) )?"
    r"(?P<verb>transition|cut|fade|switch|zoom|pan|end(?=\w+ with))"
    r"(?P<form>e?s|(?:t|m|n)?ing|ing) (?=\S)"
)
"""A second verb of the video itself, behind what it showed: "... and then cuts to a dog"."""

_SHOWN = re.compile(
    r"\b(?:an?|another|his|her|their|its|my|your|some|two|three|several|framed|music|game|home)(?: [a-z-]{2,20}){0,2} "
    r"(?:video|clip|footage|film|image|picture|photo|photograph|recording|animation|movie)s?\b(?P<of> of | showing )?",
    re.I,
)
_ANNOUNCING = re.compile(rf"(?:\A|\b(?:this|it|here|{FILM}|{STAGE}) is )\Z", re.I)


def first_shown(text: str) -> int:
    """Where a video, clip or picture becomes a thing in the caption ("plays a video"); the text's length if none does.

    From there on "the video" may mean that thing. "This is a video of" makes no such thing.
    """
    for match in _SHOWN.finditer(text):
        if not (match["of"] and _ANNOUNCING.search(text, max(0, match.start() - 24), match.start())):
            return match.start()
    return len(text)
