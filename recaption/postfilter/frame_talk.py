"""Talk of the single frames or pictures that a model was shown: "In the third frame, ", "Frame 2 is blurred."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter import film_talk as talk
from recaption.postfilter import film_words as f
from recaption.postfilter import lead_ins
from recaption.postfilter import words as w
from recaption.postfilter.asides import aside, is_free, without_sentence
from recaption.postfilter.film_openings import opening_end
from recaption.postfilter.film_things import is_own
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans

_NUMBER = rf"(?:\d{{1,4}}|{talk.either(f.FRAME_NUMBERS)})"
_NUMBERS = (
    rf"(?:no\. |number |#)?{_NUMBER}(?:(?:,? and|,? or|,| to|–|-| through) (?:(?:frame|image) )?{_NUMBER}){{0,6}}"
)
_NOUN = rf"(?:video frames?|{talk.either(f.FRAMES)}|images?|pictures?|snapshots?|photos?)"
_FRAMES = (
    rf"(?:(?:the |this |that |these |those |all |both |each |every |any |its )?(?:of the )?"
    rf"(?:{talk.either(f.COUNTED | f.SAMPLED)},? (?:(?:and|or) (?:the )?|of (?:the |these "
    rf"|those )?)?){{1,5}}(?:video )?{_NOUN}|{_NOUN} {_NUMBERS}"
    rf"|one (?:frame|image|picture|still) to (?:the next|another)|(?:frame|image|picture) to (?:frame|image|picture)"
    r"|(?:the )?(?:frames|stills|keyframes|screenshots))(?: only| alone)?"
    rf"(?: (?:and|to|through) (?:the |frame |image )?(?:{_NUMBER}|{talk.either(f.COUNTED)})(?: {_NOUN})?)?"
)
_AT = r"(?:in|on|across|between|throughout|during|by|from|at|within|over|until|of|to|with)"
_THAN = (
    r"(?:(?:as )?compared (?:to|with)|relative to|unlike(?: in)?|in contrast (?:to|with)|in comparison (?:to|with)"
    r"|than (?:in|on)"
    r"|as (?:in|on)|as against|versus)"
)
_CUTS = re.compile(
    rf" (?:{_THAN}|(?:(?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?:as )?(?:seen|shown|visible)|only"
    rf"|also) ){{0,2}}{_AT})"
    rf" {_FRAMES}",
    re.I,
)
_ANY = re.compile(rf"\b{_NOUN}\b", re.I)

_STATES = re.compile(
    r"(?:is|are|was|were|has|have|had|does|do|did|seems?|appears?|looks?|differs?|lies?|belongs?|turns? out|shares?"
    r"|resembles?|repeats?|match(?:es)?|overlaps?|follows?|comes?|stems?|dates?|corresponds?|coincides?|agrees?"
    r"|var(?:y|ies)"
    r"|contradicts?|remains?|stays?|stands?|sits?|forms?|makes?|lacks?|suffers?|can|could|may|might|must|will|would"
    r"|falls?|serves?|bears?|reuses?|uses?|covers?|spans?|points?|hardly|barely|scarcely|only|both|also|almost|nearly"
    r"|merely|simply|just|complete|completes|round|jump|jumps|change|changes)\b",
    re.I,
)
_REASON = re.compile(r"\b(?:because|since|where|while|when|after|before|although|though|in which|so that)\b")
_ALIKE = (
    r"(?:the same|identical|alike|similar|unchanged|different|equal|comparable|visible|blurred|blurry|sharp(?:er|est)?"
    r"|out of focus|clear(?:er|est)?|cropped|cut off|hidden|missing|overexposed|underexposed|in focus|legible|readable"
    r"|brighter|darker|brightest|darkest|repeated|best seen|most (?:visible|obvious|apparent))"
)
_LIKENESS = re.compile(
    r"(?:the|this|that|these|those|his|her|their|its|hardly|nothing|little|no|it|both|only)\b[^,;:]{0,90}?"
    r"(?:\b(?:differs?|var(?:y|ies)|match(?:es)?|coincides?|recurs?|repeats?|resembles?|reappears?)\b[^,;]{0,60}"
    rf"|\b(?:is|are|was|were|looks?|seems?|appears?|remains?|stays?|been) (?:\w+ ){{0,2}}?{_ALIKE}"
    r"|\b(?:changes?|changed|shifts?|shifted|moves?|moved)(?: (?:\w+ly|only|a bit|a little|very|so|much|too"
    r"|somewhat)){0,2})"
    r"[.!)]*\Z",
    re.I,
)
_DIFFERENCE = re.compile(
    r"\(?(?:what (?:differs|changes|varies|is different|has changed|distinguishes|separates|sets)|(?:the|a) (?:\w+ )?"
    r"(?:thing that (?:differs|changes)|difference|change|distinction|contrast)s?)(?P<talk> [^,.]{3,90}?)? (?:is|are"
    r"|lies in|concerns?)"
    r"(?P<clause> (?:that|how))?(?= \S)",
    re.I,
)
_DIFFERS = re.compile(
    r"(?P<talk>[^,.:;]{3,90}?) (?:differs?|deviates?|departs?|is different|stands out"
    r"|stand out)(?P<rest>(?: [\w'’-]+){0,8}?)"
    r" (?:in that|because|as|since) (?=\S)",
    re.I,
)
_IT_IS_IN = re.compile(r"it (?:is|was) (?:only |not until |first )?(?P<talk>[^,.:;]{3,60}?) that (?=\S)", re.I)
_INVERTING = re.compile(r"(?:not|only) ", re.I)
_ANAPHOR = re.compile(
    r"\(?(?:(?:the (?:first|second|third|fourth|last|others?|rest|remaining|former|latter)|both|all|each|none|some|two"
    r"|three|one|most|half|neither|either|another|many|several)(?: (?:ones?|two|three|few))? of (?:them|these|those)"
    r"|they|these|the others|the rest|both|all(?: three| four)?) (?:is|are|was|were|looks?|differs?|seems?|appears?"
    r"|shares?"
    r"|lies?|belongs?|has|have)\b",
    re.I,
)
_POINTING = re.compile(
    r"\(?(?:this|that|the same(?: can| is| goes| holds| applies| pose| position| detail)|these|those|such|it|both"
    r"|here)\b",
    re.I,
)
_NO_CHANGE = re.compile(
    r"\(?there(?:['’]s| is| are| seems? to be) (?:no|little|not much|(?:hardly|barely|scarcely|almost) (?:any|an?"
    r"|no)|an? (?:\w+ )?)"
    r" ?(?:\w+ )?(?:difference|change|variation|movement|shift|deviation)s?\b",
    re.I,
)
_SHOW_SAME = re.compile(
    r"(?:show|depict|display|present|contain|feature)s? (?:(?:almost|nearly|exactly|more or less"
    r"|much) )?(?:the (?:very )?same"
    r"|no |little|nothing new|similar|identical|the identical|a similar)\b",
    re.I,
)
_CONTRAST = re.compile(
    r"[;,] (?:and |but |while )?in the (?:second|third|next|last|other|following|former|latter)\b[, ]"
)


def _frames(text: str) -> Iterator[Change]:
    if f.SHOWN_STILL.isdisjoint(talk.signals(text)):
        return
    places = spans(text)
    naming = set(talk.sentences_with(text, f.SHOWN_STILL))
    talked = False  # the sentence before talked of frames, so "the first of them" may be one
    for number, (start, end) in enumerate(places):
        sentence = text[start:end]
        named = (start, end) in naming
        if rewritten := named and _from_difference(text, start, sentence):
            yield rewritten
        elif (named or talked) and _is_about_frames(text, start, sentence, talked):
            yield without_sentence(places, number)
        else:
            found = list(_changes(text, start, end)) if named else []
            yield from found
            talked = bool(found)
            continue
        talked = True


def _changes(text: str, start: int, end: int) -> Iterator[Change]:
    """What is cut from a sentence that tells something else too."""
    if found := lead_ins.change(text, start, end, frames=True):
        yield found
        return
    yield from _cuts(text, start, end)


def _cuts(text: str, start: int, end: int) -> Iterator[Change]:
    """Where frames are named inside of a sentence; what it contrasts by them gets times instead, or stays."""
    found = [
        match
        for match in _CUTS.finditer(text, start + 1, end)
        if is_free(text, match.end(), sure=True)
        and _names_own_frame(text, start, match[0])
        and not talk.tells_place(text[match.start() : match.end() + 20])
    ]
    if len(found) < 2:
        noun = _ANY.search(text, start + 1, end)
        cut = _aside(text, start, end, noun) if noun else None
        if cut and (not found or cut.start <= found[0].start()):
            yield cut
        elif found and not _INVERTING.match(text, start, end) and not _CONTRAST.search(text, found[0].end(), end):
            yield Change(found[0].start() - (text[found[0].start() - 1] == ","), found[0].end(), "")
        return
    times = [_time(match[0].lower()) for match in found]
    if all(times):
        yield from (Change(*match.span(), time) for match, time in zip(found, times, strict=True))


def _aside(text: str, start: int, end: int, noun: re.Match[str]) -> Change | None:
    cut = aside(text, start, end, noun)
    return cut if cut and _names_own_frame(text, start, text[cut.start : cut.end]) else None


def _time(frame: str) -> str:
    """The time of a frame in a contrast: "full in the first frame and empty in the last"."""
    if not re.match(r" (?:in|on|at) ", frame):
        return ""
    if re.search(r"\b(?:first|initial|opening|earlier|earliest)\b", frame):
        return " at first"
    if re.search(r"\b(?:last|final|closing)\b", frame):
        return " at the end"
    return " later" if re.search(r"\b(?:second|third|next|following|later|subsequent)\b", frame) else ""


def _from_difference(text: str, start: int, sentence: str) -> Change | None:
    """ "Image 4 differs from image 3 in that the door is open" becomes "The door is open"."""
    match = _DIFFERS.match(sentence) or _IT_IS_IN.match(sentence) or _DIFFERENCE.match(sentence)
    if (
        match is None
        or not _names_own_frame(text, start, match[0])
        or (match.re is _DIFFERENCE and not match["clause"])
    ):
        return None
    end = match.end() + (match.re is _DIFFERENCE)
    return Change(start, start + end + 1, sentence[end : end + 1].upper())


def _names_own_frame(text: str, start: int, said: str) -> bool:
    words = talk.words_of(said)
    return talk.only_talk(words) and talk.names_frame(words) and is_own(text, start, words)


def _is_about_frames(text: str, start: int, sentence: str, before: bool) -> bool:
    """Whether a sentence tells of frames and of nothing else; `before`: the sentence before it did."""
    if lead_ins.tells_nothing(text, start, start + len(sentence)):
        return _names_own_frame(text, start, sentence)
    if before and _ANAPHOR.match(sentence):
        return not _REASON.search(sentence)
    position = _talk_end(sentence)
    alike = _LIKENESS.match(sentence, position) or _NO_CHANGE.match(sentence, position)
    if position and alike and _names_own_frame(text, start, sentence[:position]):
        return True
    subject = _frames_as_subject(sentence, position)
    same = subject and _SHOW_SAME.match(sentence, subject)
    made = None if same else lead_ins.without_lead_in(sentence[position:])
    if subject and _names_own_frame(text, start, sentence[position:subject]) and made is None:
        return not _REASON.search(sentence, subject)
    difference = _DIFFERENCE.match(sentence)
    if difference and difference["talk"] and not difference["clause"]:
        return talk.names_frame(talk.words_of(difference["talk"])) and not _REASON.search(sentence, difference.end())
    cuts = list(_CUTS.finditer(sentence))
    if cuts and _names_own_frame(text, start, cuts[-1][0]) and not sentence[cuts[-1].end() :].strip(".!) "):
        head = sentence[: cuts[-1].start()]
        return (
            _LIKENESS.match(head.lstrip("(")) is not None
            or _NO_CHANGE.match(head) is not None
            or (_POINTING.match(head) is not None and len(head) < 40)
        )
    return False


def _talk_end(sentence: str) -> int:
    """Where an opening that only talks ends, whatever it names."""
    end = opening_end(sentence, 0)
    comma = sentence.find(", ", 0, 90)
    if end or comma < 0 or not talk.only_talk(talk.words_of(sentence[:comma])):
        return end
    return comma + 2


def _frames_as_subject(sentence: str, position: int) -> int:
    """Where the verb of a sentence begins whose subject talks of nothing but frames; 0 where there is none."""
    words: list[str] = []
    position += sentence.startswith("(", position)
    start = position
    while len(words) < talk.MOST_WORDS and (token := talk.WORD.match(sentence, position)):
        if (
            words
            and (_STATES.match(sentence, position) or _SHOW_SAME.match(sentence, position))
            and talk.names_frame(words)
        ):
            fronted = words[0] in w.PREPOSITIONS | w.SUBORDINATORS | {"only"} or words[:2] == ["not", "until"]
            fits = not fronted and not talk.tells_place(sentence[start:position])
            return position if fits else 0
        words.append(token[0].lower())
        if not talk.is_talk(words[-1]):
            return 0
        position = token.end() + 1
    return 0


FRAMES = Rule(
    "frame_mention",
    "single frames are not spoken of; what one shows stays",
    ("In the third frame, a man sits down. The last two frames are alike.", "A man sits down."),
    _frames,
    language="English",
)
