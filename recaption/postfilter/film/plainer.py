"""Rarer wordings of frame talk in plain words: "Tile four has him asleep" as "Frame four shows him asleep"."""

from __future__ import annotations

import re

from recaption.postfilter.english import words as w
from recaption.postfilter.film import frame_patterns as p
from recaption.postfilter.film import talk
from recaption.postfilter.film import words as f
from recaption.postfilter.vocabulary import listed

NUMBER = rf"(?:\d{{1,3}}|{talk.either(f.FRAME_NUMBERS)})"
_GRID = r"(?:grid|collage|storyboard|contact sheet|film ?strip|strip|sheet)"
_CELL = talk.either(f.CELLS - {"grid", "collage", "strip", "storyboard", "sheet", "filmstrip", "row", "rows"})
_SURE_GRID = re.compile(
    rf"\bthe (?:grid|collage|storyboard|contact sheet|film ?strip) (?:starts|begins|opens|ends|closes|finishes"
    rf"|concludes|reads|shows|continues|consists)\b"
    rf"|\b(?:rows?|columns?|cells?|tiles?|panels?) (?:of|in) the {_GRID}\b"
    rf"|\b{_GRID} of (?:\w+ )?(?:\w+ )?(?:frames|images|stills|pictures|photos|tiles|panels)\b",
    re.I,
)
_CORNER = r"(?:(?:top|bottom|upper|lower)(?:[- ](?:left|right|middle|cent(?:er|re)))?|left|right|middle|cent(?:er|re))"
WHICH = (
    rf"(?:{talk.either(f.ORDERS)}|\d{{1,3}}(?:st|nd|rd|th)|{_CORNER}(?:[- ]?hand|most)?|other|second last|successive"
    r"|consecutive)"
)
_NUMBERED_CELL = re.compile(
    rf"\b(?P<before>(?:the )?{WHICH} (?:{NUMBER} )?|successive |consecutive "
    rf"|together the |(?:series|set|sequence|pair|group) of )?(?P<noun>{_CELL})(?(before)\b"
    rf"|(?= (?:{NUMBER}|(?-i:[A-H]))\b))(?! (?:row|of)\b)",
    re.I,
)
_ROW = re.compile(rf"{WHICH} row(?: of (?:{_CELL}|images|pictures|frames|stills))?: ", re.I)
_CELL_ROW = re.compile(rf"\bthe {WHICH} rows? of (?:{_CELL}|images|pictures|frames|stills)\b", re.I)
_ANY_CELL = re.compile(rf"\b{_CELL}\b", re.I)
_GRIDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            rf"\bthe (?:{WHICH} )(?:row|column|cell|tile|panel|square)s?(?: (?:of"
            rf"|in) the {_GRID})?(?!\w)",
            re.I,
        ),
        "the first frame",
    ),
    (re.compile(rf"\A(?:the|this) {_GRID} (?:starts|begins|opens) (?:with|on)\b", re.I), "The first frame shows"),
    (
        re.compile(rf"\A(?:the|this) {_GRID} (?:ends|closes|finishes|concludes) (?:with|on)\b", re.I),
        "The last frame shows",
    ),
    (
        re.compile(rf"\A(?:the|this) {_GRID} (?:continues with|goes on with|shows|then shows)\b", re.I),
        "The frames show",
    ),
    (re.compile(rf"\A(?:the|this) {_GRID} reads [\w ,-]{{1,40}}: ", re.I), "Frame 1: "),
)
"""What is said of the grid that the model's pictures come in."""

NOUN = r"(?:frame|keyframe|still|image|picture|snapshot|screenshot|thumbnail|photo)"
_TIMED = (
    r"(?:marked|labell?ed|stamped|timed|tagged|captioned|titled|dated|numbered|at|from|taken at)"
    r" (?:second |timestamp |time )?[\"“']?\d[\d.:]{0,7}[\"”']?(?: ?(?:s|sec|secs|seconds?)\b)?"
)
_PLAINER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\A(?:(?:ok|okay|so|well|right|alright|and|but|now|snap)[,!]? ){1,3}(?=\S)", re.I), ""),
    (
        re.compile(rf"\A(?P<talk>(?:the|this|it)\b[^,.;:]{{0,40}}? (?:with|on)) an? (?:\w+ )?{NOUN} of (?=\w)", re.I),
        r"\g<talk> ",
    ),
    (
        re.compile(
            r"\A(?:unlike|compared (?:to|with)|in contrast (?:to|with)|as in|like"
            r"|just as in) [^,.;:]{3,50}, (?:this|that) one "
            r"(?=[a-z]+s\b)",
            re.I,
        ),
        "This frame ",
    ),
    (re.compile(rf"\byet another (?={NOUN}\b)", re.I), "another "),
    (re.compile(r"\Asomewhere (?=(?:around|between|in|near|about) )", re.I), ""),
    (
        re.compile(
            r"\A(?:(?:we|you) (?:(?:then|now|next|finally) )?(?:get|see|have|are given|are shown|come to"
            r"|arrive at|move to)"
            rf"|(?:next|then|first|finally|last)(?: up)?,) an? (?:\w+ )?{NOUN} (?:of|showing|with) ",
            re.I,
        ),
        "The next frame shows ",
    ),
    (re.compile(r"\Atogether,? (?=the )", re.I), ""),
    (re.compile(r"\A(?:shot|taken|captured|recorded|seen|shown) as (?=frame \d)", re.I), "In "),
    (
        re.compile(
            r"\bthe (?P<frames>frames|images|pictures|stills|photos) (?:that |which )?(?:you|we"
            r"|they) (?:\w+ )?(?:shared|sent|gave"
            r"|provided|uploaded|supplied|attached|submitted|have|see)(?: here| me| us)?(?! of\b)",
            re.I,
        ),
        r"the \g<frames>",
    ),
    (
        re.compile(
            r"\A(?:the|this|that|a) (?:contact )?(?:strip|grid|collage|sheet|set|series|sequence) (?:is made up"
            r"|consists|is composed"
            r"|is built|comprises|has|contains|holds)[\w ]{0,30} (?:frames|images|pictures|stills)(?: in which"
            r"| where|,? that show) ",
            re.I,
        ),
        "The frames show how ",
    ),
    (
        re.compile(
            r"\A(?P<which>(?:the )?(?:\w+|\d+(?:st|nd|rd|th)) frame|(?:frame|image) (?:\w+|\d+)) (?:-|–|—) ", re.I
        ),
        r"\g<which>: ",
    ),
    (
        re.compile(
            rf"\A(?:hardly|barely|scarcely|no sooner) ha(?:s|ve|d) (?P<frame>the \w+ {NOUN}) (?:begun|started"
            rf"|come|appeared|arrived)"
            r" (?:when|than) ",
            re.I,
        ),
        r"In \g<frame>, ",
    ),
    (re.compile(r"\b(?P<noun>[Ii]mage|[Ff]rame|[Pp]icture|[Pp]hoto) A\b(?=[,:]| (?:shows|and|to)\b)"), r"\g<noun> 1"),
    (
        re.compile(
            r"\A(?:compared (?:to|with)|unlike(?: in)?|in contrast (?:to|with)|relative to"
            r"|as opposed to) (?P<frame>[^,]{3,50}),"
            r" (?:where|in which|when) ",
            re.I,
        ),
        r"While in \g<frame>, ",
    ),
    (re.compile(r"\Alike (?=(?:you|we|one) (?:can |could |may )?see\b)", re.I), "as "),
    (re.compile(r"\b(?:we|you)(?:['’]ve| have) got\b", re.I), "we see"),
    (re.compile(r"\b(?:my|our) (?=(?:\w+ )?(?:frame|image|picture|still)\b)", re.I), "the "),
    (
        re.compile(
            r"\b(?P<at>in|on|by|at|from) what (?:looks|seems|appears|is|must|would)(?: like| to be| be)? ", re.I
        ),
        r"\g<at> ",
    ),
    (re.compile(rf"\bestablishing (?={NOUN}\b)", re.I), "first "),
    (
        re.compile(rf"\A(?:at|by) (?:timestamp|time|second) \d[\d.:]{{0,7}}(?: ?s| seconds)?,? the {NOUN}\b", re.I),
        "Frame 1",
    ),
    (re.compile(rf"\b(?:the |an? )?{NOUN} {_TIMED}", re.I), "frame 1"),
    (
        re.compile(
            rf"\bthe {NOUN} (?:immediately |right |just |directly )?(?:before|after)(?: (?:(?:that|this)(?: one)?"
            rf"|it|them))?\b",
            re.I,
        ),
        "the next frame",
    ),
    (re.compile(rf"\bthe {NOUN} (?:to|on|at) the (?P<side>left|right|top|bottom)\b", re.I), r"the \g<side> frame"),
    (
        re.compile(
            r"\bthe (?P<which>first|second|third|last) of (?:the|these|those) (?:\w+ )?(?:frame|image|picture"
            r"|still)s\b",
            re.I,
        ),
        r"the \g<which> frame",
    ),
    (re.compile(rf"\A(?:until|till|since|after|before) (?=the {WHICH} {NOUN}\b)", re.I), "In "),
    (
        re.compile(
            rf"\A(?:(?:just |only )?(?:one|an?) {NOUN} (?:later|on)|(?:{NUMBER}|a few|some"
            rf"|several) {NOUN}s on),? (?=\w)",
            re.I,
        ),
        "In the next frame, ",
    ),
    (
        re.compile(
            r"\A(?:(?:also|newly|still|again|clearly|only) )?(?:seen|visible|added|new|shown|present"
            r"|introduced) (?=in\b)",
            re.I,
        ),
        "Visible ",
    ),
    (
        re.compile(
            rf"\A(?P<which>last|next|first|then|finally)(?: up)? (?:is|comes|was|there is) an? (?:single )?{NOUN} of ",
            re.I,
        ),
        "The next frame shows ",
    ),
)
"""What is said in other words, one after the other."""

OBJECT = r"(?:an?|the|his|her|him|them|their|its|it|two|three|four|several|some|many|only|how|more|another)\b"
_OF_VIEWS = re.compile(
    r" (?:is|are|was|were) (?:(?:all|both|mostly|mainly) )?(?:of|(?:the |an? )?(?:[\w-]+ ){0,2}"
    r"(?:close-?ups?|shots?|views?|pictures|images|stills|photos) of) (?=\S)",
    re.I,
)
_SUBJECT = re.compile(
    rf"{p.FRAMES}(?: of (?:the|this) (?:series|sequence|set|grid|strip|pair|clip|video|reel))?(?:, [^,.;:]{{3,40}},)?",
    re.I,
)
_OTHER_FRAME = re.compile(r"\b(?:frames?|images?|pictures?|stills|snapshots?|photos?)\b", re.I)
_ACTS = re.compile(
    rf" (?:(?:then|now|also|simply|just|basically|again|merely|even|suddenly|really"
    rf"|\w+ly) ){{0,2}}(?P<verb>[a-z]{{2,14}})"
    rf"(?P<to>(?: (?:back|right|straight|down|up|closer|nearer))?(?: (?:in|out|up|us|over|away))?(?: (?:on|to"
    rf"|in to|into|with|upon|of|in on))?)"
    rf" (?P<clause>that )?(?={OBJECT}|(?!{talk.either(w.PREPOSITIONS | w.CONJUNCTIONS | f.ADVERBS)}\b)[a-z]+\b)",
    re.I,
)
_NO_SHOWING = w.AUXILIARIES - {"has", "have", "had"} | listed(
    """resembles resemble repeats repeat matches match differs differ precedes precede mirrors mirror echoes echo
    duplicates duplicate copies copy lacks lack suffers suffer covers cover spans span comes come lies
    lie in on of at from with and or but that which who where when while as to by for alone only both also belongs
    belong completes complete confirms confirm contradicts contradict changes change changed hardly barely never not
    no adds add uses use reuses seems seem appears appear looks look stands stand remains remain falls fall serves
    serve bears bear forms form makes make builds build runs run overlaps overlap corresponds correspond follows
    begins begin starts start hangs hang rests rest sits sit leans lean"""
)
_NOT_UNTIL = re.compile(
    r"(?:not until|only|it is only|just|not before|only after|only with) (?P<frame>[^,.;:]{3,60}?),? (?P<do>does|do)"
    rf" (?P<who>(?:(?:he|she|it|they) |(?:an?|the|his|her|their|its"
    rf"|two) (?:[\w'’-]+ ){{1,3}}?))(?P<verb>[a-z]+)\b(?=[.,]| (?:an?|the|his|her|their|its|him|them"
    rf"|{talk.either(w.PREPOSITIONS)})\b)",
    re.I,
)


def has_grid(text: str) -> bool:
    """Whether the model's pictures come in a grid or a strip that the text speaks of."""
    return _SURE_GRID.search(text) is not None


def cells_of(text: str) -> frozenset[str]:
    """The words that name the tiles or panels of a picture that the model was shown; none where there are others.

    In a scene with a wooden panel, "the third panel" may be one of wood.
    """
    if has_grid(text):
        return f.CELLS
    if not _ANY_CELL.search(text):
        return f.CELLS if _ROW.search(text) else frozenset()
    named = len(_ANY_CELL.findall(text))
    numbered = len(_ANY_CELL.findall(" ".join(match[0] for match in _NUMBERED_CELL.finditer(text))))
    rows = sum(len(_ANY_CELL.findall(match[0])) for match in _CELL_ROW.finditer(text))
    return f.CELLS if named == numbered + rows else frozenset()


def plain(sentence: str, cells: frozenset[str], *, grid: bool) -> str:
    """A sentence in plainer words.

    Args:
        cells: the words for tiles and panels that the text has.
        grid: the text speaks of the grid of the model's pictures.
    """
    if cells:
        for pattern, other in _GRIDS if grid else ():
            sentence = pattern.sub(other, sentence)
        sentence = _CELL_ROW.sub("the first frame", sentence)
        sentence = _NUMBERED_CELL.sub(_with_frame, sentence)
        sentence = _ROW.sub("Frame 1: ", sentence, count=1)
    for pattern, other in _PLAINER:
        sentence = pattern.sub(other, sentence)
    sentence = _from_not_until(sentence)
    return showing(sentence)


def _with_frame(match: re.Match[str]) -> str:
    plural = "s" if match["noun"].lower().endswith("s") else ""
    return f"{match['before'] or ''}frame{plural}"


def _from_not_until(sentence: str) -> str:
    """ "Not until the fourth frame does the cat leap" becomes "In the fourth frame the cat leaps"."""
    match = _NOT_UNTIL.match(sentence)
    if match is None or match["verb"] in w.AUXILIARIES or not talk.names_frame(talk.words_of(match["frame"])):
        return sentence
    verb = w.third_person(match["verb"]) if match["do"].lower() == "does" else match["verb"]
    frame = re.sub(r"\A(?:in|on|at|by|with|after) ", "", match["frame"])
    return f"In {frame}, {match['who']}{verb}{sentence[match.end() :]}"


def showing(clause: str) -> str:
    """A clause whose subject is frames, with "shows" as its verb: "The last still leaves us with a bay"."""
    subject = _SUBJECT.match(clause)
    views = _OF_VIEWS.match(clause, subject.end()) if subject else None
    if subject and views and talk.names_frame(talk.words_of(subject[0])):
        shows = "shows" if views[0].startswith((" is", " was")) else "show"
        return f"{subject[0].split(',')[0]} {shows} {clause[views.end() :]}"
    acts = _ACTS.match(clause, subject.end()) if subject else None
    if subject is None or acts is None or acts["verb"].lower() in _NO_SHOWING:
        return clause
    if not talk.names_frame(talk.words_of(subject[0])) or _OTHER_FRAME.search(clause, acts.end()):
        return clause
    verb = acts["verb"].lower()
    if verb in ("share", "shares") and not clause.startswith(("a ", "an "), acts.end()):
        return clause
    if not (verb.endswith(("s", "d")) or verb in w.BASES):
        return clause
    shows = "show" if verb in w.BASES else "shows"
    said = subject[0].split(",")[0]
    return f"{said} {shows} {acts['clause'] or ''}{clause[acts.end() :]}"
