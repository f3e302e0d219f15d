"""Sentences that tell of the model's frames and of nothing else: "Frame 2 is blurred.", "The last two are alike."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.english import words as w
from recaption.postfilter.film import talk
from recaption.postfilter.film import words as f
from recaption.postfilter.film.lead_ins import tells_nothing, without_lead_in
from recaption.postfilter.film.openings import opening_end
from recaption.postfilter.film.things import is_own
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

_STATES = re.compile(
    r"(?:is|are|was|were|has|have|had|does|do|did|seems?|appears?|looks?|differs?|lies?|belongs?|turns? out|shares?"
    r"|resembles?|repeats?|match(?:es)?|overlaps?|follows?|comes?|stems?|dates?|corresponds?|coincides?|agrees?"
    r"|var(?:y|ies)"
    r"|contradicts?|remains?|stays?|stands?|sits?|forms?|makes?|lacks?|suffers?|can|could|may|might|must|will|would"
    r"|falls?|builds?|runs?|adds? (?:nothing|little)"
    r"|serves?|bears?|reuses?|uses?|covers?|spans?|points?|hardly|barely|scarcely|only|both|also|almost|nearly|merely"
    r"|simply|just|completes?|rounds?|jumps?|changes?)\b",
    re.I,
)
_SHOW_SAME = re.compile(
    r"(?:show|depict|display|present|contain|feature)s? (?:(?:almost|nearly|exactly|more or less"
    r"|much) )?(?:the (?:very )?same|no |little|nothing new|similar|identical|the identical|a similar)\b",
    re.I,
)
_FACT_FOLLOWS = re.compile(
    r"\b(?:because|since|where|while|when|(?:after|before)(?! (?:it|this|that|them)\b)|although|though"
    r"|in which|so that|with (?:an?|the|only|two|his|her|just)"
    r"|as (?:an?|the|his|her|he|she|it|they))\b"
)
_SECOND_CLAUSE = re.compile(
    r"(?:;|, (?:and|but|while|whereas|except that|save that|only))"
    r" (?=(?:an?|the|two|three|his|her|their|he|she|it|they)\b)"
)
_ALIKE = (
    r"(?:the same|identical|alike|similar|unchanged|different|equal|comparable|visible|blurred|blurry|sharp(?:er|est)?"
    r"|out of focus|clear(?:er|est)?|cropped|cut off|hidden|missing|overexposed|underexposed|in focus|legible|readable"
    r"|brighter|darker|brightest|darkest|repeated|(?:best|first|last|only) (?:seen|visible)"
    r"|most (?:visible|obvious|apparent)|illegible|unreadable"
    r"|invisible|absent|consistent)"
)
_LIKENESS = re.compile(
    r"(?:the|this|that|these|those|his|her|their|its|hardly|nothing|little|no|it|both|only|how|what|whether|why"
    r"|where)\b"
    r"[^,;:]{0,90}?"
    r"(?:\b(?:differs?|var(?:y|ies)|match(?:es)?|coincides?|recurs?|repeats?|resembles?|reappears?)\b[^,;]{0,60}"
    rf"|\b(?:is|are|was|were|looks?|seems?|appears?|remains?|stays?|been) (?:\w+ ){{0,2}}?{_ALIKE}"
    r"|\b(?:appears?|enters?|shows? up|comes into view) for the (?:first|last|only) time"
    r"|\b(?:cannot|can['’]t|can hardly) be (?:seen|told|made out|determined|read|judged)"
    r"|\b(?:is|are) (?:left open|not shown|lost|left out)|\bremains? (?:open|unclear)"
    r"|\bmakes? (?:its|his|her|their) (?:first|last|only) appearance"
    r"|\b(?:is|are|was|were) (?:not (?:yet |there |here )?(?:there|visible|seen|shown|to be seen|in view|in it)"
    r"|(?:only |still |barely |partly |partially |half |just )*(?:visible|out of (?:view|sight|shot|frame|the picture)"
    r"|in (?:view|shot|frame)|obscured|recogni[sz]able))"
    r"|\bcan (?:only |just |also |best )?be (?:seen|spotted|made out|read|found|recogni[sz]ed|discerned)"
    r"|\b(?:changes?|changed|shifts?|shifted|moves?|moved)"
    r"(?: (?:\w+ly|only|a bit|a little|very|so|much|too|somewhat)){0,2})[.!)]{0,4}\Z",
    re.I,
)
_NO_CHANGE = re.compile(
    r"\(?there(?:['’]s| is| are| seems? to be) (?:no|little|not much|only (?:small|slight|minor|subtle|tiny)"
    r"|(?:hardly|barely|scarcely|almost) (?:any|an?|no)"
    r"|an? (?:\w+ )?) ?(?:\w+ )?(?:difference|change|variation|movement|shift|deviation)s?\b",
    re.I,
)
DIFFERENCE = re.compile(
    r"\(?(?:what (?:differs|changes|varies|is different|has changed|distinguishes|separates|sets)"
    r"|(?:the|a) (?:\w+ ){0,3}?"
    r"(?:thing that (?:differs|changes)|difference|change|distinction|contrast)s?)(?P<talk> [^,.]{3,90}?)?"
    r" (?:is|are|lies in|concerns?)(?P<clause> (?:that|how))?(?= \S)",
    re.I,
)
"""What frames differ in: "The only change between frames 2 and 3 is that"."""

_IS_ONE = re.compile(r"(?:it|this|that|these|those|they) (?:is|are|was|were) ", re.I)
_HAPPENS = re.compile(
    r"\b(?:happens?|occurs?|takes? place|falls?|lies?|passe[sd]|elapses?|must (?:have|lie|be)[\w ]*|has passed"
    r"|(?:is|are|was|were) (?:skipped|missing|lost|left out|cut out))\Z"
)
_SAME_AS = re.compile(
    r"(?:the|this|that|his|her|their|its|both|he|she|it|they)\b[^;:]{2,90}?"
    r"\b(?:(?:the )?(?:very )?same\b[^,;:]{0,40} as (?:in|on)\b"
    r"|(?:is|are) (?:those|that|the ones?|as) (?:of|from|in)\b)",
    re.I,
)
_QUALITY = re.compile(
    r"\(?(?:(?:the|an?|some|this|that|its) )?(?:[\w-]+ )?(?:viewpoint|time ?stamps?|time ?codes?|vantage point"
    r"|angle|perspective|exposure"
    r"|sharpness|framing|crop(?:ping)?|zoom|resolution|blur|grain|noise|tint|white balance"
    r"|colou?r (?:tone|balance|temperature)|(?:image|picture) quality|camera (?:position|distance|height))\b",
    re.I,
)
_NOTHING_MORE = re.compile(r"(?: as well| too| again| also| either| alone)?[.!) ]*\Z")
_OF_THEM = re.compile(
    r"\(?(?:(?:the (?:first|second|third|fourth|last|others?|rest|remaining|former|latter)|both|all|each|none|some|two"
    r"|three|one|most|half|neither|either|another|many|several)(?: (?:ones?|two|three|few))? of (?:them|these|those)"
    r"|they|these|the others|the rest|both|all(?: three| four)?)"
    r" (?:is|are|was|were|looks?|differs?|seems?|appears?|shares?|lies?|belongs?|has|have)\b",
    re.I,
)
_NONE = re.compile(
    r"\(?(?:in |on )?(?:none|neither|not one|no|hardly any) (?P<frames>(?:of )?(?:the |these |those )?(?:\w+ ){0,3}?"
    r"(?:frames?|images?|pictures?|stills?|snapshots?|keyframes?|photos?))\b",
    re.I,
)
_POINTING = re.compile(
    r"\(?(?:(?:this|that|these|those|such|both|it|here)(?: [\w'’-]+){0,3}?"
    r"|the same(?: (?:pose|position|view|detail|gesture|angle|scene))?) (?:recurs?|repeats?|returns?|holds?"
    r"|goes|applies"
    r"|(?:is|are) (?:clear|clearest|most|best|also|repeated|seen|visible|sharpest|the case|true)|can (?:also "
    r"|best )?be seen|shows? up|happens?|occurs?|appears? (?:again|too))\b",
    re.I,
)
_FROM_HERE = re.compile(r"\(?(?:from (?:here|there|then|now) on(?:wards?)?|here|by then|now|later),? (?=the\b)", re.I)
_SIDE_BY_SIDE = listed(
    "held put placed laid set seen viewed taken lined stacked arranged all in on as from across over"
)


def names_own_frame(text: str, start: int, said: str) -> bool:
    """Whether nothing but the model's frames is named."""
    words = talk.words_of(said)
    return talk.only_talk(words) and talk.names_frame(words) and is_own(text, start, words)


def end_of_frame_talk(text: str, start: int, end: int, cut: re.Match[str] | None, *, talked: bool) -> int:
    """Where a sentence stops to tell of frames only: its own end, the start of a second clause, or its start.

    Args:
        cut: the last mention of frames inside of it.
        talked: the sentence before told of frames, so that "the first of them" may be one.
    """
    sentence = text[start:end]
    if tells_nothing(text, start, end):
        return end if names_own_frame(text, start, sentence) else start
    told = _told_until(text, start, sentence, cut, talked)
    if not told and cut is not None and _NOTHING_MORE.match(text, cut.end(), end):
        head = text[start : cut.start()]
        likens = _likens(head, cut[0])
        return end if likens else start
    if not told or _FACT_FOLLOWS.search(sentence, told):
        return start
    clause = _SECOND_CLAUSE.search(sentence, told)
    return start + clause.end() if clause else end


def _likens(head: str, mention: str) -> bool:
    """Whether what stands before the last mention of frames only tells how something looks in them, or is seen."""
    if _POINTING.match(head) or _SAME_AS.match(head + mention) or _LIKENESS.match(head.lstrip("(")):
        return True
    return bool(_NO_CHANGE.match(head) or (mention.startswith(" between ") and _HAPPENS.search(head)))


def _told_until(text: str, start: int, sentence: str, cut: re.Match[str] | None, talked: bool) -> int:
    """How far a sentence names frames and begins to tell of them; 0 where it does not."""
    if talked and (match := _OF_THEM.match(sentence)):
        return match.end()
    is_one = _IS_ONE.match(sentence)
    if is_one and names_own_frame(text, start, sentence[is_one.end() :]):
        return is_one.end()
    if (none := _NONE.match(sentence)) and names_own_frame(text, start, none["frames"]):
        return none.end()
    opened = _end_of_opening(sentence)
    if opened and names_own_frame(text, start, sentence[:opened]):
        alike = _LIKENESS.match(sentence, opened) or _NO_CHANGE.match(sentence, opened)
        if alike:
            return alike.end()
    quality = _QUALITY.match(sentence)
    if quality and cut is not None:
        return quality.end()
    difference = DIFFERENCE.match(sentence)
    if difference and not difference["clause"] and talk.names_frame(talk.words_of(difference["talk"] or "")):
        return difference.end()
    subject = _end_of_subject(sentence, opened)
    if subject and names_own_frame(text, start, sentence[opened:subject]):
        same = _SHOW_SAME.match(sentence, subject)
        return subject if same or without_lead_in(sentence[opened:]) is None else 0
    return 0


def _end_of_opening(sentence: str) -> int:
    """Where an opening that only talks ends, whatever it names."""
    if told := _FROM_HERE.match(sentence):
        return told.end()
    end = opening_end(sentence, 0)
    comma = sentence.find(", ", 0, 90)
    if end or comma < 0 or sentence.split(" ", 1)[0].lower() not in _SIDE_BY_SIDE:
        return end
    return comma + 2 if talk.only_talks(sentence[:comma]) else 0


def _is_verb(words: Sequence[str], word: str) -> bool:
    """Whether an unknown word can be nothing but what frames do, in the third person: "the fifth frame lags"."""
    ends = bool(words) and (words[-1] in f.FRAMES | f.STILLS or words[-1] in f.FRAME_NUMBERS or words[-1][0].isdigit())
    verb = (word.endswith("s") and word not in VISIBLE) or word in w.BASES
    return ends and word.islower() and verb and not talk.is_talk(word)


def _end_of_subject(sentence: str, position: int) -> int:
    """Where the verb of a sentence begins whose subject talks of nothing but frames; 0 where there is none."""
    words: list[str] = []
    position += sentence.startswith("(", position)
    start = position
    while len(words) < talk.MOST_WORDS and (token := talk.WORD.match(sentence, position)):
        tells = _STATES.match(sentence, position) or _SHOW_SAME.match(sentence, position) or _is_verb(words, token[0])
        if words and tells and talk.names_frame(words):
            fronted = words[0] in w.PREPOSITIONS | w.SUBORDINATORS | {"only"} or words[:2] == ["not", "until"]
            return 0 if fronted or talk.tells_place(sentence[start:position]) else position
        words.append(token[0].lower())
        if not talk.is_talk(words[-1]):
            return 0
        position = token.end() + 1
    return 0
