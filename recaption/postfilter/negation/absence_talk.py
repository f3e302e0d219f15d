"""How captions say what is not in the scene: "No X can be seen", "X are nowhere", "The street is devoid of X".

The patterns are for lower-case text with plain apostrophes, and every repetition in them is bounded. They are matched
at the start of a clause; its end is for the caller to find.
"""

from __future__ import annotations

import re

from recaption.postfilter.negation import absence_words as a

_ADV = (
    r"(?:(?:[a-z]{3,14}ly|also|even|ever|else|at all|at any (?:point|time|moment)|yet|still|anywhere|otherwise"
    r"|either|now|both|all|alike|too|as well|quite|nearly|in fact|itself|themselves) ){0,3}"
)
_BE = (
    r"(?:is|are|was|were|has been|have been|had been|(?:can|could|may|might|will|would) be|(?:seems?|appears?) to be"
    r"|comes?|gets?)"
)
_BE_NOT = (
    r"(?:(?:is|are|was|were|has|have|can|could|will|would|does|do)(?: not|n't| never|not)(?: ever| yet| even"
    r"| once)?(?: be| been| seem to be| appear to be| get| come to be)?|(?:is|are|was|were) at no (?:point|time"
    r"|moment|stage)|(?:can|could) (?:at no (?:point|time|moment)|nowhere) be)"
)
_DO_NOT = (
    r"(?:(?:do|does|did|will|would|can|could|may|might)(?: not|n't| never|not)|never|at no (?:point|time)|nowhere"
    r"|fails? to|failed to)(?: ever| once| even| actually| seem to| appear to| happen to| get to)?"
)
_HAVE_NOT = r"(?:has|have|had)(?: not|n't| never)(?: yet| even)?"
_IS = (
    r"(?:is|are|was|were|has been|have been|remains?|stays?|keeps?|(?:seems?|appears?)(?: to be)?|lies?|goes?|(?:is"
    r"|are|has been|have been) (?:kept|left)|(?:has|have) (?:stayed|kept))"
)
_HERE = (
    rf"(?:{_BE} {_ADV}(?:{a.PRESENT}\b|{a.PERCEIVED}\b|{a.AT}|{a.STAYING}\b)|{a.STAYS}\b|(?:can|could|may|might"
    rf"|will) {_ADV}{a.STAY}\b|(?:has|have|had) {_ADV}{a.STAYED}\b)"
)
_SIGN = r"(?:sign|trace|hint|glimpse|evidence|indication|presence|suggestion|shadow|sight|mention|view|vestige)s?"

# What is said of things that are not there; how sure it is decides what its subject may be.
_STRONG = (
    rf"(?:{_BE_NOT} {_ADV}(?:{a.VISIBLE}|(?:part of|in|within) {a.VIEW})\b|{_IS} {_ADV}(?:absent|invisible|unseen"
    r"|nowhere (?:to be \w+|in sight|in view|around)|out of (?:the )?(?:view|frame|shot|picture)|off[- ]?(?:screen"
    rf"|camera)|outside (?:of )?{a.VIEW}|(?:missing|absent|excluded|omitted|left out) (?:from|of) {a.VIEW})\b"
    rf"|{_DO_NOT} {_ADV}(?:appear|show up|turn up|come into (?:view|sight|frame|shot|the (?:frame|picture)))\b)"
)
_GONE = (
    rf"(?:{_IS} {_ADV}(?:nowhere(?: {a.PERCEIVED})?|absent|missing|lacking|wanting|unseen|invisible|omitted"
    r"|non-?existent|excluded|left out|elsewhere|off[- ]?(?:screen|camera|frame)|(?:out of|outside(?: of)?"
    rf"|beyond) {a.VIEW}|away from|unrepresented|unaccounted for|unavailable|not to be (?:seen|found)|hidden from view"
    rf"|conspicuous by (?:its|their) absence)\b|(?:{_IS}|keeps?) (?:well |far )?(?:away|out of (?:it|{a.VIEW}))\b"
    rf"|[a-z]+ nowhere\b|(?:has|have|is|are) yet to {a.STAY}\b|makes? no appearance|(?:plays?|takes?"
    r"|forms?) no (?:part|role)|(?:has|have) no (?:part|place|role|presence) (?:in|at|on|among|here)|(?:leaves?"
    r"|(?:has|have) left|finds?) no (?:trace|mark|mention|place)|gives? no sign|shines? (?:only )?(?:through"
    r"|by) (?:its|their) absence)"
)
# The words that such a predicate begins with; looked for first, since that is fast.
_LEADS = (
    r"(?:is|are|was|were|has|have|had|can|could|will|would|do|does|did|may|might|never|at|nowhere|fail|remain|stay"
    r"|keep|seem|appear|lie|go|make|play|take|form|leave|find|give|shine|[a-z]+ nowhere)"
)
NOT_THERE = re.compile(
    rf"(?<= )(?={_LEADS})(?:(?P<strong>{_STRONG})|(?P<gone>{_GONE})|(?P<appear>{_DO_NOT} {_ADV}{a.APPEAR}\b"
    rf"|never {_ADV}{a.APPEARS}\b|{_HAVE_NOT} {_ADV}{a.APPEARED}\b|{_BE_NOT} {_ADV}(?:{a.PRESENT}|{a.PERCEIVED})\b)"
    rf"|(?P<stay>{_BE_NOT} {_ADV}(?:{a.AT}|{a.STAYING}\b)|{_DO_NOT} {_ADV}{a.STAY}\b|{_HAVE_NOT} {_ADV}{a.STAYED}\b))"
)
"""A predicate that takes its subject out of the scene, by how sure it does."""

_THERE_BE = (
    r"there(?:'s| is| are| was| were| has been| have been| had been| exists?| (?:appears?|seems?) to (?:be|exist)"
    r"| (?:can|could) be (?:seen|found))"
)
_PRE = rf"(?:(?!{a.SOMEWHERE}\b|(?:and|or|who|that)\b)[\w'-]+ ){{0,3}}?"
_BEHIND = rf"(?: {a.SOMEWHERE} (?:[\w'-]+ ){{1,5}}?| )(?:itself |as a whole |around \w+ )?"
_SCENE = rf"(?:(?:the|this|that|its|their|a) )?{_PRE}{a.ROOM}{_BEHIND}"
_THING = rf"(?:(?:the|this|that|its|their|a) )?{_PRE}(?:{a.ROOM}|{a.THING}){_BEHIND}"
_NONE = rf"(?:{a.NO}|none|nothing|nobody|no one|neither)\b(?! (?:{a.UNREAL})\b)"
_IN_VAIN = r"(?:\w+ )?(?:looks?|search(?:es)?|seeks?|waits?) (?:for (?:[\w'-]+ ){0,8})?in vain\b"

CLAUSES = tuple(
    re.compile(pattern)
    for pattern in (
        # there is no ...
        rf"{_THERE_BE} {_ADV}(?:{a.NO}|not|never an?|nothing|nobody|no one|no-one|none|neither"
        rf"|nowhere)\b(?! (?:{a.UNREAL})\b)",
        rf"there (?:is|are|was|were|has been|have been)(?: not|n't) {_ADV}(?:an?|any|one|even|so much as|any(?:one"
        r"|body|thing))\b",
        r"there(?:'s| is| are| was) (?:an?|the|total|complete)? ?(?:\w+ )?(?:absence|lack) of (?!(?:chang|movement"
        r"|motion))",
        r"(?:nor|neither) (?:is|are|was|were) there\b",
        # nobody is there
        rf"{a.NOBODY} (?:{_BE} {_ADV}(?:{a.PRESENT}\b|{a.PERCEIVED}\b|{a.AT})|appears?\b|exists?\b|shows? up|turns? up"
        rf"|comes? into view|(?:ha[sd]|have) {_ADV}(?:come|gathered|turned up|shown up|appeared|arrived|assembled"
        rf"|joined)\b|is {_ADV}(?:waiting|standing|sitting|watching|looking on|walking|passing|living|working)\b"
        r"|(?:accompanies|attends|surrounds|shares|looks on|passes by)\b|(?:stands?|sits?|waits?|lies|hangs?|walks?"
        rf"|lives|works|sleeps) {a.AT})",
        rf"(?:nobody|no one|no-one|nothing) (?:else|other) {_ADV}{_HERE}",
        r"(?:he|she|they) (?:is|are)(?: not|n't) (?:accompanied|joined|followed|surrounded|watched|flanked"
        r"|assisted) by an(?:y|yone|ybody|other)\b",
        r"(?:he|she|they) (?:has|have) no (?:company|companions?|audience|onlookers|spectators|competitors|opponents"
        r"|rivals|fellow \w+)\b",
        r"no (?:[\w'-]+ ){1,5}?of any (?:kind|sort|description)\b",
        r"(?:no|not (?:any|an?|one)) (?:single )?(?:other|further|additional|second) [\w'-]+",
        rf"no (?:[\w'-]+ ){{0,2}}?{a.CROWD} (?!{a.SOMEWHERE}\b|(?:can|could|may|will|is|are|has|have|do"
        rf"|does) (?:not )?(?:[a-z]+ly )?{a.ACTS}|{a.ACTS}\b)",
        r"(?:[\w'-]+ ){1,5}?nowhere (?:in sight|to be (?:seen|found)|around)\b",
        # one sees no ...
        rf"{a.EYE} {_ADV}(?:(?:do|does|did|can|could|will|would|might)(?: not|n't|not| never)|(?:is|are)(?: not"
        rf"|n't) able to|never|nowhere|fails? to) {_ADV}{a.SEE}\b (?!(?:his|her|their|its|whether|if|how|what|where"
        r"|why)\b)",
        rf"{a.EYE} (?:can |will |could )?{_ADV}(?:{a.SEES}|{a.HOLDS}) {_ADV}{_NONE}",
        rf"(?:[^,;]{{1,60}} )?{a.EYE} {_IN_VAIN}",
        r"[^,;]{1,60} (?:is|are) (?:\w+ )?(?:sought|looked for|searched for) in vain\b",
        # the scene has no ...
        rf"{_SCENE}{_ADV}(?:(?:{a.SEES}|{a.HOLDS}) {_ADV}{_NONE}|(?:do|does|did|can|could)(?: not|n't|not"
        rf"| never) {_ADV}{a.SEE}\b|lacks?\b|(?:excludes?|omits?|leaves? out|(?:does|do|goes|go|gets by"
        r"|manages?) without|dispenses? with)\b)",
        rf"{_THING}(?:{a.SEES} {_ADV}{_NONE}|{_IS} {_ADV}(?:(?:devoid|free|void|empty|bare|clear|bereft|barren"
        r"|deprived) (?:of|from)|lacking(?: in)?|without) )",
        rf"(?<=, ){_THING}(?:devoid|empty|free|void|bereft|clear) of (?:\w+ ){{0,2}}?{a.SCENERY}\b",
        rf"(?<=, )(?:[a-z]+ly )?(?:devoid|empty|free|void|bereft) of (?:\w+ ){{0,2}}?{a.SCENERY}\b",
        rf"the (?:[\w'-]+ ){{1,5}}?{_IS} {_ADV}(?:devoid|empty|free|void|bereft|clear)"
        rf" of (?:\w+ ){{0,2}}?{a.SCENERY}\b",
        r"the (?:[\w'-]+ ){1,5}?(?:do(?:es)? without|dispenses? with) ",
        r"the (?:[\w'-]+ ){1,5}?(?:[a-z]+s|ha(?:s|ve) not [a-z]+|do(?:es)? not [a-z]+) (?:no|any"
        rf"|a single) (?:\w+ ){{0,2}}?{a.CROWD}\b",
        rf"(?:neither|none|no [\w'-]+)(?: of [^,;]{{1,40}}?)? [a-z]+s? any (?:\w+ ){{0,2}}?{a.CROWD}\b",
        r"any (?:sign|trace|hint)s? of [^,;]{1,40}? (?:has|have|is|are) (?:gone|vanished|disappeared|missing|absent)\b",
        rf"(?:it|this|everything) (?:lacks|is {_ADV}(?:devoid|free|empty|void|clear|bare) of|(?:shows|contains"
        r"|includes|features) no)\b",
        rf"the (?:[\w'-]+ ){{1,5}}?(?:do|does)(?: not|n't) {_ADV}(?:include|contain|feature|show|reveal|comprise"
        r"|display) (?:any|an?)\b",
        rf"the (?:[\w'-]+ ){{1,5}}?(?:{a.SEES}|{a.HOLDS}) (?:{a.NO}|neither) (?:\w+ ){{0,2}}?{a.SCENERY}\b",
        # turned round
        rf"of (?P<phrase>(?:[\w'-]+,? ){{1,10}}?)(?:there (?:is|are) {_NONE}|(?:{a.NO}|nothing|none|neither"
        rf"|not a) (?:{_SIGN} )?(?:{_HERE}|{_BE}|can)|{a.EYE} (?:can |will )?{a.SEES}(?: (?:and|or) {a.SEES})? {_NONE}"
        r"|(?:not|no) )",
        r"nowhere (?:(?:in|on|at|along|near|around|else|about|within|across|to the|behind"
        r"|among)[^,;]{0,50}? )?(?:is|are|can|could|does|do|has|have|will|was)\b",
        rf"(?:\w+ly |also |still )?(?:absent|missing|lacking|gone|not (?:{a.VISIBLE}|part of|among|in {a.VIEW}|on \w+)"
        rf"|nowhere to be (?:seen|found)|unseen|invisible|left out|omitted|excluded|out of {a.VIEW}"
        r"|off[- ]screen)(?: (?:from|of|in|on|at|here)[^,;]{0,40}?)? (?:is|are|was|were|remains?)\b",
        r"(?:what|the (?:only )?things?) (?:that )?(?:(?:is|are) )?(?:\w+ly )?(?:missing|absent|lacking"
        r"|not (?:visible|seen|shown|there|present)|cannot be seen|(?:one|you) do(?:es)? not see"
        r"|one cannot see) (?:[^,;]{1,30} )?(?:is|are)\b",
        r"(?:the|an?) (?:\w+ )?(?:absence|lack) of [^,;]{1,60}? is (?:\w+ )?(?:noticeable|notable|striking|evident"
        r"|apparent|conspicuous|complete|total|clear|visible)",
    )
)
"""Clauses, from their start to where only a place or a list may follow."""

INVERTED = re.compile(rf"(?:there )?(?:{a.STAYS}|is|are) {_ADV}{_NONE}")
"""The verb in front, behind an opener: "Behind him stands no one"."""

PARTED = tuple(
    (re.compile(opening), re.compile(rf"(?<= ){predicate}"))
    for opening, predicate in (
        (rf"(?:{a.NO}|neither) ", _HERE),
        (
            rf"{a.NOBODY} (?:{a.SOMEWHERE}|apart from|aside from|other than|except(?: for)?|but|besides|here) ",
            rf"(?:{_BE} {_ADV}(?:{a.PRESENT}\b|{a.PERCEIVED}\b|{a.AT})|(?:can|could) be {a.PERCEIVED}\b)",
        ),
        (
            r"(?:nor|neither|at no (?:point|time|moment|stage)|never|in no (?:part|corner|place|shot)[^,;]{0,30}?"
            r"|not once|on no \w+),? (?:is|are|was|were|do|does|did|can|could|has|have|will) ",
            rf"(?:(?:be |been )?(?:{a.PRESENT}|{a.PERCEIVED})|{a.STAY}|{a.STAYED}|{a.STAYING}|{a.AT})",
        ),
    )
)
"""Where such a clause begins, and what follows its noun phrase: "no" and "is visible"."""

DENIES = re.compile(r"(?:no|not|neither|nobody|no-one|nothing)\b")
NOBODY_AT = re.compile(rf"(?:nobody|no one|no-one)(?: else)? {a.AT}")
BARE = re.compile(
    rf"(?:{a.NO}|neither|nobody|no one|no-one|nothing(?: else)?) (?P<phrase>(?:[\w'-]+,? ){{0,12}}?[\w'-]+)\Z"
)
"""A statement without a verb: "No people in sight"."""

ACCOMPANIED = re.compile(
    r"(?:with (?:absolutely |virtually )?(?P<no>no|not an?|not any|nothing|nobody|no one|neither|none) ?"
    r"|without (?:any |an? )?)"
)
"""How a thing is said to come without others: "with no", "without any"."""

OTHER = re.compile(r"(?:other|further|additional|one else|else|sign|trace)s?\b")
IN_SIGHT = re.compile(rf"\b(?:(?:in|within) {a.VIEW}|nearby|around|anywhere|to be (?:seen|found)|else)\b")
IN_VIEW = re.compile(
    r"\b(?:visible|discernible|present|nearby|around|anywhere|else|on (?:screen|display|show)|to be (?:seen|found"
    rf"|heard)|(?:in|within) {a.VIEW}|in the (?:background|foreground|distance|area|vicinity|surroundings|room))\b"
)
ACTING = re.compile(rf"\b{a.STAYING}\b")
SCENERY = re.compile(rf"\b{a.SCENERY}\b")
"""What a scene may be without; a thing may be without other things."""
