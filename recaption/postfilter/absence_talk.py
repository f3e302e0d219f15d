"""How captions say that something is not in the scene: "No X can be seen", "X are nowhere", "The street is devoid of X".

The patterns are for lower-case text with plain apostrophes, and every repetition in them is bounded. They are matched at
the start of a clause; its end is for the caller to find.
"""

from __future__ import annotations

import re

from recaption.postfilter import words as w

STEMS = (
    " no ", " not ", "n't ", "n’t ", " cannot ", "nothing", " nobody", " none", " nowhere", "neither ", " nor ", " never ",
    " without ", "absen", " missing", " lack", " devoid", "free of ", "free from ", "void of ", " empty of ", "bereft",
    "invisible", "unseen", "non-existent", "nonexistent", "omitted", "excluded", "left out", " out of ", "off-screen",
    "off screen", "offscreen", "off-camera", "off camera", "outside the ", "outside of the ", " fail", "in vain", " away",
    " no-one", " yet to ", "elsewhere", " dispense", " excludes", " omits", " leaves out", "wanting", "barren", "not-",
    " gone", " hardly ", " beyond ",
)  # fmt: skip
"""One of these is in every such sentence, with a space at its start."""


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})".replace("_", " ")


def _doubled(verb: str) -> bool:
    """Whether the last letter doubles: "sit", "sitting"."""
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb))


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + verb[-1] * _doubled(verb) + "ing"


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + verb[-1] * _doubled(verb) + "ed"


_IRREGULAR = {
    "stand": "stood", "sit": "sat", "lie": "lain", "hang": "hung", "drive": "driven", "ride": "ridden", "run": "run",
    "swim": "swum", "fly": "flown", "grow": "grown", "rise": "risen", "break": "broken", "come": "come", "go": "gone",
    "arise": "arisen", "set": "set", "take": "taken", "make": "made", "find": "found", "put": "put", "stick": "stuck",
    "get": "got", "swing": "swung", "spring": "sprung", "sweep": "swept", "light": "lit", "lead": "led", "hide": "hidden", "see": "seen", "sing": "sung", "show": "shown", "shine": "shone",
    "sound": "sounded", "ring": "rung", "stray": "strayed", "fall": "fallen", "hold": "held",
}  # fmt: skip

# What comes into a scene, is part of it or exists at all.
_APPEAR = """
    appear emerge exist occur feature figure surface arise materialize materialise intrude participate attend belong
    crop_up pop_up show_up turn_up come_up come_along come_by come_in step_in join_in drop_by pass_by
    come_into_view come_into_sight come_into_play come_into_frame come_into_shot come_into_the_picture come_into_the_frame
    come_into_the_scene come_within_view come_on_the_scene come_on_screen come_to_light
    enter_the_frame enter_the_picture enter_the_scene enter_the_shot enter_the_view enter_view enter_into_view enter_frame
    move_into_view move_into_frame get_into_the_picture get_into_the_frame get_into_shot
    make_an_appearance put_in_an_appearance make_it_into_the_frame make_it_into_the_picture make_it_into_view make_it_into_shot
    set_foot take_part find_a_place form_part play_a_part play_a_role find_their_way have_a_place have_a_part meet_the_eye
    catch_the_eye come_before_the_camera show_themselves show_itself make_themselves_seen make_themselves_heard find_mention form build_up
    be_seen be_found be_visible be_present be_shown cross_the_frame cross_the_picture cross_the_view cross_the_scene be_there
"""
# How people and things take up a place in it.
_STAY = """
    stand sit lie hang wait walk pass cross gather assemble linger loiter roam wander stroll line crowd throng flank fill
    occupy populate inhabit surround accompany join share drive ride run swim fly sail drift float play work live dwell
    grow bloom sprout rise loom tower adorn decorate dot mark break interrupt disturb mar obstruct block cover clutter
    venture stray step travel circulate park lurk perch rest crouch hover glide circle soar shine glow burn twinkle border
    compete perform dance visit watch look mill mingle queue cheer greet serve come go arrive stick protrude spoil hide
    peek peer peep sound ring ply moor anchor dock graze nest settle land patrol frequent grace enliven punctuate
    name identify explain face alight perch_on lean span separate divide connect link support protect guard shield shade light brighten illuminate secure warn announce
    indicate frame crown edge back dangle swing wave flap sway set_out head_out take_any_part trail escort shelter screen
    drape hem fence spring jut emanate issue fill_in rush hurry sweep roll rumble pull_in pull_up
    overlook stretch lead point fall drop_in await compete assist help attend flit flutter buzz crawl climb bathe paddle
    row cycle jog move_about move_around hang_around walk_around stand_around walk_about stand_by look_on sit_around
    enter follow approach
"""


def _forms(bases: str, form: str) -> str:
    """All verbs in one form; what belongs to a verb stays behind it: "crop_up" gives "crops up"."""
    made = []
    for base in bases.split():
        verb, _, rest = base.partition("_")
        if form == "s":
            verb = {"have": "has", "be": "is"}.get(verb) or w.third_person(verb)
        elif form == "ing":
            verb = _ing(verb)
        elif form == "ed":
            verb = _IRREGULAR.get(verb) or _ed(verb)
        made.append(f"{verb} {rest.replace('_', ' ')}" if rest else verb)
    return f"(?:{'|'.join(made)})"


_APPEAR_BASE, _STAY_BASE = _forms(_APPEAR, ""), f"(?:{_forms(_APPEAR, '')}|{_forms(_STAY, '')})"
_STAY_ANY = f"(?:{_forms(_APPEAR, 's')}|{_forms(_STAY, 's')}|{_forms(_APPEAR, '')}|{_forms(_STAY, '')})"
_STAYING = f"(?:{_forms(_APPEAR, 'ing')}|{_forms(_STAY, 'ing')})"
_APPEARED, _STAYED = _forms(_APPEAR, "ed"), f"(?:{_forms(_APPEAR, 'ed')}|{_forms(_STAY, 'ed')})"

_ADV = r"(?:(?:[a-z]{3,14}ly|also|even|ever|else|at all|at any (?:point|time|moment)|yet|still|anywhere|otherwise|either|now|both|all|alike|too|as well|quite|nearly|in fact|itself|themselves) ){0,3}"
_VIEW = r"(?:(?:the |this |our |its )?(?:whole |entire |same )?(?:view|frame|shot|picture|scene|image|sight|field of view|line of sight|camera's view))"
_PRESENT = (
    r"(?:visible|present|apparent|evident|discernible|noticeable|detectable|perceptible|recogni[sz]able|identifiable|around"
    r"|distinguishable|observable|audible|available|involved|nearby|about|there|here|anywhere|inside|outside|close by|near"
    rf"|in (?:{_VIEW}|evidence|attendance)|within {_VIEW}|on (?:display|show|view|hand|screen|board|duty|site|offer)|at hand"
    r"|to hand|(?:an? )?(?:part|element|feature|component) of|one of the|among(?:st)?|amid(?:st)?|to be (?:seen|found|made out|spotted|heard|had|discovered|discerned|noticed|observed"
    r"|detected|glimpsed)|(?:a )?members? of|represented|afoot|up|out and about|overhead|upstairs|alongside|aboard|ashore|on board|in place|on deck|on stage|at work|left|in position)"
)
_PERCEIVED = (
    r"(?:seen|found|spotted|observed|noticed|noted|made out|identified|discerned|detected|distinguished|shown|displayed|depicted"
    r"|featured|included|captured|pictured|portrayed|presented|recorded|filmed|heard|glimpsed|encountered|sighted|located"
    r"|recogni[sz]ed|perceived|discovered|put on (?:display|show|view)|placed|parked|provided|set up|caught|revealed|met"
    r"|visible|posted|stationed|installed|mounted|erected|pitched|laid out|moored|planted|hung|drawn|painted|printed|written|reflected|tied up|accompanied|joined|followed|surrounded|watched|flanked|lit|switched on|out (?:on|in|at)|taken away"
    r"|attached|added|overlaid|superimposed|built|to be \w+|come across|witnessed|viewed|picked out|listed|given|marked|used|worn|fitted|seated|strung|set out|laid|put (?:up|out|down)|fixed|fastened|raised|hoisted|stretched|spread"
    r"|tied|applied|employed|carried|served|offered|kept|stored|stacked|piled|lined up|gathered|grouped|assembled|waiting|present|tracked|detected"
    r"|involved|represented|on board|brought|taken along|invited|admitted|let in|allowed in|at hand|ranged|arranged|scattered|visited|passed)"
)
# Places, but no states: "in a hurry", "on fire".
_AT = (
    r"(?:(?:on|in|at|by|near|beside|behind|under|beneath|along|across|above|among|between|before|inside|outside|within|below"
    r"|aboard|atop|opposite|with(?= him\b| her\b| them\b)|next to|around|over|beyond|about|up|down|in front of|close to|to the (?:left|right)|throughout)"
    r" (?!(?:an? )?(?:hurry|use|place|order|danger|time|tune|step|agreement|motion|ease|rest|fire|sale|bloom|flower|focus"
    r"|way|trouble|charge|pain|control|risk|fault|position|sync|contact|touch|turn|line with)\b))"
)
_BE = (
    r"(?:is|are|was|were|has been|have been|had been|(?:can|could|may|might|will|would) be|(?:seems?|appears?) to be"
    r"|comes?|gets?)"
)
_BE_NOT = (
    r"(?:(?:is|are|was|were|has|have|can|could|will|would|does|do)(?: not|n't| never|not)(?: ever| yet| even| once)?(?: be| been"
    r"| seem to be| appear to be| get| come to be)?|(?:is|are|was|were) at no (?:point|time|moment|stage)|(?:can|could) (?:at no"
    r" (?:point|time|moment)|nowhere) be)"
)
_DO_NOT = (
    r"(?:(?:do|does|did|will|would|can|could|may|might)(?: not|n't| never|not)|never|at no (?:point|time)|nowhere|fails? to|failed"
    r" to)(?: ever| once| even| actually| seem to| appear to| happen to| get to)?"
)
_HAVE_NOT = r"(?:has|have|had)(?: not|n't| never)(?: yet| even)?"

# Verbs and states of what is not there, without a negation of their own.
_GONE = (
    rf"(?:(?:is|are|was|were|has been|have been|remains?|stays?|keeps?|seems?|appears?|seems? to be|appears? to be|lies?|goes?) {_ADV}"
    r"(?:completely |entirely |wholly |totally |conspicuously )?(?:absent|missing|lacking|wanting|nowhere|unseen|invisible|omitted"
    rf"|non-?existent|excluded|left out|off[- ]?(?:screen|camera|frame)|out of {_VIEW}|outside (?:of )?{_VIEW}|beyond {_VIEW}"
    r"|away from|elsewhere|unrepresented|unaccounted for|not to be (?:seen|found)|hidden from view)\b"
    rf"|(?:remains?|stays?|keeps?|is kept|are kept|has stayed|have stayed|has kept|have kept) (?:well |far )?(?:away|out of (?:it|{_VIEW}))\b"
    rf"|(?:{_STAY_ANY}|leads?|shows?) nowhere\b|(?:has|have|is|are) yet to {_STAY_BASE}|(?:is|are) conspicuous by (?:its|their) absence"
    rf"|makes? no appearance|plays? no (?:part|role)|takes? no part|forms? no part|(?:has|have) no (?:part|place|role|presence) in"
    r"|finds? no place|(?:leaves?|has left|have left|finds?) no (?:trace|mark|mention|place)|unavailable|(?:is|are) of no|gives? no sign|shines? (?:only )?(?:through|by) (?:its|their) absence)"
)
_STRONG = (
    rf"(?:{_BE_NOT} {_ADV}(?:visible|in {_VIEW}|within {_VIEW}|seen|shown|depicted|pictured|featured|included|captured|revealed|present"
    rf"|part of {_VIEW}|to be seen|to be found|made out|found|discernible|displayed|portrayed|spotted|in evidence|discerned|filmed)\b"
    rf"|(?:is|are|was|were|remains?|stays?) {_ADV}(?:absent|invisible|unseen|nowhere (?:to be \w+|in sight|in view|around)|out of (?:the )?"
    rf"(?:view|frame|shot|picture)|off[- ]?(?:screen|camera)|outside (?:of )?{_VIEW}|(?:missing|absent|excluded|omitted|left out) (?:from|of)"
    rf" {_VIEW})\b|{_DO_NOT} {_ADV}(?:appear|show up|turn up|come into (?:view|sight|frame|shot|the (?:frame|picture)))\b)"
)

_NO = (
    r"(?:no(?! (?:sooner|fewer|less|longer|matter|wonder|doubt|man's|amount|two|way|need|more than|one\b|lack|shortage|end))"
    r"|not (?:a|an|one|any|even (?:a|an|one|the))(?: single| solitary| lone| other)?|not so much as an?|nary an?|not the (?:slightest|faintest|least|smallest)|none of|not one of"
    r"|hardly a|never an?)"
)
_NOBODY = r"(?:nobody|no one|no-one|nothing|none|not a soul|no soul|neither)(?: else| other)?"
_SIGN = r"(?:sign|trace|hint|glimpse|evidence|indication|presence|suggestion|shadow|sight|mention|view|vestige)s?"
_HERE = rf"(?:{_BE} {_ADV}(?:{_PRESENT}\b|{_PERCEIVED}\b|{_AT}|{_STAYING}\b)|{_STAY_ANY}\b|(?:can|could|may|might|will) {_ADV}{_STAY_BASE}\b"
_HERE += rf"|(?:has|have|had) {_ADV}{_STAYED}\b)"
_SOMEWHERE = r"(?:in|on|at|of|by|near|behind|around|beside|among|inside|outside|across|along|from|with|but)"

_UNREAL = (
    r"doubt|question|mistaking|denying|stopping|telling|need|way|escape|hurry|rush|turning|point|reason|use|end|shortage|lack"
    r"|exception|better|longer|fewer|less|response|answer|reply|reaction|camera|cuts?|zoom|pan|sooner|limit|cause|stranger|match"
    r"|comparison|hesitation|resistance|time to|more than|choice|excuse|harm|room for"
)
_THERE_BE = r"there(?:'s| is| are| was| were| has been| have been| had been| exists?| (?:appears?|seems?) to (?:be|exist)| (?:can|could) be (?:seen|found))"
_SEE = (
    r"(?:see|make out|find|spot|come across|discover|detect|observe|notice|encounter|glimpse|discern|witness|meet|recogni[sz]e|hear"
    r"|catch (?:sight|a glimpse) of|get to see|show|reveal|capture|include|contain|feature|record|display|hold|have|depict|present"
    r"|pick out|identify|locate|perceive|get|look at|be shown|get a glimpse of|come upon|run into|catch)"
)
_SEES = (
    r"(?:sees?|makes? out|finds?|spots?|comes? across|discovers?|detects?|observes?|notices?|encounters?|discerns?|meets?|hears?"
    r"|shows?|reveals?|captures?|includes?|contains?|features?|records?|displays?|holds?|has|have|depicts?|presents?|bears?|carries"
    r"|hosts?|harbou?rs?|houses?|offers?|provides?|boasts?|knows?|gives?|accommodates?|comes? with|catch(?:es)?|(?:falls?|lights?|rests?) (?:up)?on)"
)
_EYE = r"(?:one|you|we|viewers|a viewer|an observer|the (?:viewer|camera|eye|onlooker|observer|lens)s?|anyone (?:looking|watching))"
_ROOM = _any(
    """scene shot frame view picture image setting background foreground composition surroundings area place environment landscape
    location site space vicinity backdrop scenery footage video clip street streets road roads lane alley path trail highway motorway
    pavement sidewalk square plaza yard courtyard garden park field meadow lawn pasture hill hillside slope mountain valley
    desert beach shore coast sea ocean water lake pond river canal stream bay harbour harbor port pier quay dock jetty deck bridge
    forest wood woods jungle sky horizon room hall kitchen office studio workshop shop store market station platform track
    tracks train bus carriage stadium arena pitch court stands bleachers gallery stage house building corridor hallway
    classroom church screen interface page map rink pool gym garage runway airport village town city district neighbourhood
    neighborhood trail course terrace balcony staircase floor wall walls ground skyline aisle interior exterior soundtrack audio
    recording sequence car_park parking_lot cockpit lobby waiting_room"""
)
_SCENE = rf"(?:the|this|that|its|their|a)? ?(?:[\w'-]+ ){{0,3}}?{_ROOM}(?: {_SOMEWHERE} (?:[\w'-]+ ){{1,5}}?| ?)(?:itself |as a whole |around \w+ )?"
_DEVOID = (
    r"(?:devoid|free|void|empty|bare|clear|bereft|barren|deprived|lacking|short|without|lacking in|free from|clear from)(?: of)?"
)

_SCENIC = (
    r"\b(?:people|persons?|humans?|pedestrians?|passers-by|bystanders?|onlookers?|spectators?|audience|crowds?|visitors?|customers?"
    r"|vehicles?|cars?|traffic|animals?|birds?|text|captions?|subtitles?|logos?|watermarks?|overlays?|graphics?|lettering|writing"
    r"|signs?|signage|labels?|furniture|objects?|buildings?|trees?|vegetation|clouds?|audio|sounds?|dialogue|music|narration|speech"
    r"|voice-?overs?|effects|branding|boats?|ships?|players?|figures?|staff|guests?|passengers?|riders?|children|adults?|decorations?|props?)\b"
)

PLAIN_CLAUSES = tuple(
    re.compile(pattern)
    for pattern in (
        # there is no ...
        rf"{_THERE_BE} {_ADV}(?:{_NO}|not|never an?|nothing|nobody|no one|no-one|none|neither|nowhere)\b(?! (?:{_UNREAL})\b)",
        rf"there (?:is|are|was|were|has been|have been)(?: not|n't) {_ADV}(?:an?|any|one|even|so much as|anyone|anybody|anything)\b",
        r"there(?:'s| is| are| was) (?:an?|the|total|complete)? ?(?:\w+ )?(?:absence|lack) of (?!(?:chang|movement|motion))",
        # nobody is there
        rf"{_NOBODY} (?:{_BE} {_ADV}(?:{_PRESENT}\b|{_PERCEIVED}\b|{_AT})|(?:can|could) be {_PERCEIVED}\b|(?:appears?|exists?|shows? up"
        rf"|turns? up|comes? into view|(?:ha[sd]|have) {_ADV}(?:come|gathered|turned up|shown up|appeared|arrived|assembled|joined)\b|is {_ADV}(?:waiting"
        rf"|standing|sitting|watching|looking on|walking|passing|living|working)\b|(?:accompanies|attends|surrounds|shares|looks on|passes by)\b|(?:stands?|sits?|waits?|lies|hangs?|walks?|lives|works|sleeps) {_AT}))",
        rf"(?:nobody|no one|no-one|nothing) (?:else|other) {_ADV}{_HERE}",
        # one sees no ...
        rf"{_EYE} {_ADV}(?:(?:do|does|did|can|could|will|would|might)(?: not|n't|not| never)|(?:is|are)(?: not|n't) able to|never|nowhere|fails? to"
        rf"|cannot) {_ADV}{_SEE}\b (?!(?:his|her|their|its|whether|if|how|what|where|why)\b)",
        rf"{_EYE} (?:can |will |could )?{_ADV}{_SEES} {_ADV}(?:{_NO}|nothing|nobody|no one|neither)\b",
        r"[^,;]{1,60} (?:is|are) (?:\w+ )?(?:sought|looked for|searched for) in vain\b",
        r"(?:he|she|they) (?:is|are)(?: not|n't) (?:accompanied|joined|followed|surrounded|watched|flanked|assisted) by an(?:y|yone|ybody|other)\b",
        r"(?:he|she|they) (?:has|have) no (?:company|companions?|audience|onlookers|spectators|competitors|opponents|rivals|fellow \w+)\b",
        rf"(?<=, ){_SCENE}(?:devoid|empty|free|void|bereft|clear) of (?:\w+ ){{0,2}}?{_SCENIC}",
        rf"[^,;]{{1,60}} {_EYE} (?:\w+ )?(?:looks|searches|seeks) (?:for )?in vain\b",
        rf"{_EYE} (?:\w+ )?(?:looks?|search(?:es)?|seeks?|waits?) (?:for (?:[\w'-]+ ){{1,8}})?in vain\b",
        # the scene has no ...
        rf"{_SCENE}{_ADV}(?:{_SEES} {_ADV}(?:{_NO}|nothing|nobody|no one|neither)\b(?! (?:{_UNREAL})\b)|(?:do|does|did|can|could)(?: not|n't|not"
        rf"| never) {_ADV}{_SEE}\b|lacks?\b|(?:excludes?|omits?|leaves? out|(?:does|do|goes|go|gets by|manages?) without|dispenses? with)\b)",
        rf"{_SCENE}(?:is|are|was|were|remains?|stays?|seems?|appears?|lies) {_ADV}(?:{_DEVOID} )(?!of)",
        rf"(?:it|this|everything) (?:lacks|is {_ADV}(?:devoid|free|empty|void|clear|bare) of|(?:shows|contains|includes|features) no)\b",
        # turned round
        rf"of (?P<phrase>(?:[\w'-]+,? ){{1,10}}?)(?:,? )?(?:there (?:is|are) (?:{_NO}|nothing|none|neither)|(?:{_NO}|nothing|none|neither|not a)"
        rf" (?:{_SIGN} )?(?:{_HERE}|{_BE}|can)|{_EYE} (?:can |will )?{_SEES} (?:{_NO}|nothing|none)|(?:not|no) )",
        r"nowhere (?:(?:in|on|at|along|near|around|else|about|within|across|to the|behind|among)[^,;]{0,50}? )?(?:is|are|can|could|does|do|has|have"
        r"|will|was)\b",
        rf"(?:\w+ly |also |still )?(?:absent|missing|lacking|gone|not (?:present|visible|seen|shown|included|featured|pictured|depicted|part of"
        rf"|among|in {_VIEW}|to be \w+|on \w+)|nowhere to be (?:seen|found)|unseen|invisible|left out|omitted|excluded|out of {_VIEW}|off[- ]screen)"
        r"(?: (?:from|of|in|on|at|here)[^,;]{0,40}?)? (?:is|are|was|were|remains?)\b",
        r"(?:nor|neither) (?:is|are|was|were) there\b",
        r"(?:what|the (?:only )?things?) (?:that )?(?:(?:is|are) )?(?:\w+ly )?(?:missing|absent|lacking|not (?:visible|seen|shown|there|present)"
        r"|cannot be seen|one does not see|you do not see|one cannot see) (?:[^,;]{1,30} )?(?:is|are)\b",
        rf"the (?:[\w'-]+ ){{1,5}}?(?:do|does)(?: not|n't) {_ADV}(?:include|contain|feature|show|reveal|comprise|display) (?:any|an?)\b",
        rf"the (?:[\w'-]+ ){{1,5}}?(?:carries|holds|shows?|contains?|bears?|hosts?|sees?|has|have|houses?|features?) (?:{_NO}|neither) (?:\w+ ){{0,2}}?{_SCENIC}",
        r"(?:the|an?) (?:\w+ )?(?:absence|lack) of [^,;]{1,60}? is (?:\w+ )?(?:noticeable|notable|striking|evident|apparent|conspicuous|complete|total"
        r"|clear|visible)",
    )
)
"""Clauses that say what is not there, from their start to where only a place or a list may follow."""

INVERTED = re.compile(rf"(?:there )?(?:{_STAY_ANY}|is|are) {_ADV}(?:{_NO}|nobody|no one|nothing|neither)\b(?! (?:{_UNREAL})\b)")
"""The verb in front: "Behind him stands no one"."""

PARTED = (
    (re.compile(rf"(?:{_NO}|neither) "), re.compile(rf"(?<= ){_HERE}")),
    (re.compile(rf"{_NOBODY} (?:{_SOMEWHERE}|apart from|aside from|other than|except(?: for)?|but|besides) "), re.compile(rf"(?<= )(?:{_BE} {_ADV}(?:{_PRESENT}\b|{_PERCEIVED}\b|{_AT})|(?:can|could) be {_PERCEIVED}\b)")),
    (
        re.compile(
            r"(?:nor|neither|at no (?:point|time|moment|stage)|never|in no (?:part|corner|place|shot)[^,;]{0,30}?|not once|on no \w+),?"
            r" (?:is|are|was|were|do|does|did|can|could|has|have|will) "
        ),
        re.compile(
            rf"(?<= )(?:{_APPEAR_BASE}|{_PRESENT}|{_PERCEIVED}|(?:be|been) (?:{_PERCEIVED}|{_PRESENT})|{_STAY_BASE}|{_STAYED}|{_STAYING}|{_AT})"
        ),
    ),
)
"""Where such a clause begins, and what follows its noun phrase: "no" and "is visible"."""

NOT_THERE = re.compile(
    rf"(?<= )(?:(?P<strong>{_STRONG})|(?P<gone>{_GONE})|(?P<appear>{_DO_NOT} {_ADV}{_APPEAR_BASE}\b|{_HAVE_NOT} {_ADV}{_APPEARED}\b"
    rf"|{_BE_NOT} {_ADV}(?:{_PRESENT}|{_PERCEIVED})\b)|(?P<stay>{_BE_NOT} {_ADV}(?:{_AT}|{_STAYING}\b)|{_DO_NOT} {_ADV}{_STAY_BASE}\b"
    rf"|{_HAVE_NOT} {_ADV}{_STAYED}\b))"
)
"""What is said of a thing that is not there; how sure it is decides what its subject may be."""

PLAIN = re.compile(rf"(?:{_NO}|neither|nobody|no one|no-one|nothing(?: else)?) (?P<phrase>(?:[\w'-]+,? ){{0,12}}?[\w'-]+)\Z")
"""A statement without a verb: "No people in sight"."""

OTHER = re.compile(r"(?:other|further|additional|one else|else|sign|trace)s?\b")
IN_SIGHT = re.compile(rf"\b(?:in {_VIEW}|within {_VIEW}|nearby|around|anywhere|to be (?:seen|found)|else)\b")
IN_VIEW = re.compile(
    rf"\b(?:visible|discernible|present|nearby|around|anywhere|else|on (?:screen|display|show)|to be (?:seen|found|heard)|in {_VIEW}"
    rf"|within {_VIEW}|in the (?:background|foreground|distance|area|vicinity|surroundings|room))\b"
)
SCENERY = re.compile(_SCENIC)
"""What a scene may be without; a thing may be without other things."""
ACTING = re.compile(rf"\b{_STAYING}\b")
