"""What an assistant says to its user: greetings, announcements, offers, good-byes, remarks on its own caption.

A sentence is taken for talk when it addresses somebody in a matter of captions, or begins as only talk does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.segments import Segment, segments, without, word_set

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")

_ADDRESS = frozenset("you your yours you'd you'll you're you've i i'd i'll i'm i've me my".split())
_HINTS = frozenset(
    """you your yours you'd you'll you're you've You Your I I'd I'll I'm I've me Me my My Let let Please please Note Notes note
    Hope hope Thanks Thank thanks Enjoy Happy Glad Sure Certainly Absolutely Definitely Gladly Okay OK Alright Great Perfect
    Understood Here Here's Below Following Caption Captions caption captions captioned Description description describe
    Summary summary Describe Write Provide Generate Hello Hi Hey Greetings Anything Feel That's That Let's Disclaimer Caveat
    Limitations NB FYI words Word missed omitted inaccurate Cheers Good Right recaption narration request ask""".split()
)
_CAPTION = r"(?:captions?|descriptions?|summar(?:y|ies)|write-?up|recaption|narration|transcript(?:ion)?)"
_FILM = r"(?:video|clip|footage|recording|image|picture|film|file|gif|frames|stills|screenshots)"
_BUSINESS = frozenset(
    """caption captions captioning description descriptions describe described summary summaries account rundown write-up
    narration transcript transcription recaption paragraph paragraphs response answer breakdown overview version versions
    rewrite recap outline result output prompt report video videos clip clips footage recording image images picture pictures
    file frames stills screenshots request requests question questions shorter longer format tone length wording detail details
    help assist adjust edit expand shorten translate transcribe rephrase tweak refine revise prefer timestamps bullet text
    sharing shared uploading uploaded provided sending sent task instructions captioned analysis view""".split()
)
_YES = (
    r"(?:sure(?: thing)?|certainly|of course|absolutely|definitely|okay|ok|alright|all right|great|perfect|wonderful|excellent"
    r"|yes|yep|no (?:problem|worries)|gladly|got it|understood|noted|right away|you got it|you bet|with pleasure|my pleasure"
    r"|here (?:you|we) go|there you go|will do|done|as (?:requested|promised|instructed|you (?:asked|wished|wanted|requested))"
    r"|good (?:morning|day|afternoon|evening)|(?:hi|hello|hey)(?: there| again| everyone)?|greetings|welcome(?: back)?"
    r"|(?:great|good|nice|interesting|excellent|fun|lovely) (?:question|choice|clip|video|one|pick|request|footage)"
    r"|what an? (?:\w+ ){0,2}(?:clip|video|scene|shot|recording|footage)|sounds good|let's (?:go|begin|start|dive in|get started))"
)
_YESES = re.compile(
    rf"{_YES}(?:(?: ?[,!.;:–—-] ?| )(?:and )?{_YES}){{0,3}}(?:\s?[!.,:;–—…-]+\s?|\s?\Z|(?= here| i\b| below))", re.I
)
_AGREES = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|definitely|gladly|no problem)(?:[!.]+ ?|, )(?=[\"“]?[A-Za-z])",
    re.I,
)
_ANNOUNCES = re.compile(
    r"(?:here(?:'s| is| are| comes| follows| it is)\b|below(?: is| are| comes| you)?\b|the following\b|following (?:is|are)\b"
    r"|(?:please )?(?:find|see)\b|(?:this|that) is\b|what follows\b|attached\b|presenting\b)"
)
_ANNOUNCED = re.compile(
    rf"\b(?:{_CAPTION}|account|rundown|breakdown|overview|version|rewrite|recap|outline|paragraph|response|answer|result|output"
    r"|text|list|analysis|what (?:happens|it (?:shows|contains)|(?:is|was) (?:seen|shown|happening|going on)|takes place|goes on|i))\b"
)
_COMES = re.compile(
    rf"(?:the|a|one) (?:[\w'-]{{1,20}},? ){{0,4}}(?:{_CAPTION}|account|rundown|breakdown|answer|response|output|result)\b[^.!?]{{0,60}}"
    r"\b(?:comes next|follows|(?:is|are) (?:below|as follows|ready|here|given below|attached)|below|reads as follows)\s?[.:!]*\Z"
)
_TALKS = re.compile(
    r"(?:(?:just|so|and|but|also|please|kindly|do|again|otherwise),? )*"
    r"(?:let me (?:know|describe|walk|give|provide|share|break|start|take|explain|present|caption|summari[sz]e)\b|feel free\b"
    r"|(?:do not|don't) hesitate|tell me\b|ask (?:me|away|if|for)\b|say (?:the word|so)\b|reach out\b|give me\b|send me\b|drop me\b"
    r"|share (?:any|more|your)\b|(?:i )?(?:do |really |sincerely )?hope(?:fully)? (?:this|that|it|these|you|the|my)\b"
    r"|happy (?:captioning|training|editing|viewing|watching)\b|(?:i am |i'm |always )?(?:happy|glad|delighted|pleased) to (?:help|assist|be of|oblige"
    r"|describe|provide|adjust|write|add|do|make|share|expand|revise)\b(?![^.!?]*, (?:an?|the|two|three|one|his|her|\w+s) )"
    r"|(?:is|was|are) there anything\b|anything (?:else|more|further)\b|(?:that|this)(?:'s| is| was| would be) (?:all|it|everything)\b"
    r"|(?:that|this) (?:covers|concludes|completes|sums up|wraps up|rounds off|should (?:do|cover|give|help|suffice|be))\b"
    r"|thank(?:s| you) (?:so much |very much |a lot |again )?(?:for|in advance)\b|thank(?:s| you)[!.]|have a (?:\w+ ){0,3}(?:day|one|evening|weekend|time|week)\b"
    r"|enjoy(?: your| the (?:video|clip|rest)|!|\.|\Z)|good luck\b|(?:best|kind|warm) (?:regards|wishes)\b|cheers[!.,]|looking forward\b"
    r"|see you\b|(?:good-?)?bye\b|take care\b|(?:until|till) next time\b|at your (?:service|disposal)\b"
    r"|(?:more|other|further|longer|shorter) (?:details?|captions?|versions?|information|variants?)\b[^.!?]{0,60}\b(?:request|ask|available|needed)\b"
    rf"|end of (?:the )?{_CAPTION})"
)
_ASKS = re.compile(
    r"(?:would|do|did|does|should|could|can|will|shall|may|are|is|how|need|want|prefer|ready|any|what|which|was)\b[^?]{0,200}\?"
)
_IN_CASE = re.compile(r"(?:if|should|in case|whenever|when|for (?:a|any|more|further)|to)\b")
_NOTES = re.compile(
    r"(?:(?:important|quick|side|final|small|brief|one|editor's|additional) )?(?:notes?|disclaimer|n\.?b\.?|caveats?|remark|p\.?s\.?|fyi"
    r"|heads[- ]up|reminder|limitations?|assumptions?|confidence)[*_]* ?[:–—]|(?:word count|words|total words?|token count|length) ?[:–—=]? ?[~≈]?\d"
    r"|(?:please |also |kindly )*(?:note|bear in mind|keep in mind|be aware|be advised) (?:that|the|this|it|i)\b"
    r"|[~(\[]*(?:about |approx\.? |approximately |around |roughly )?\d{2,4} words?\b[^.!?]{0,20}\Z"
)
_REMARKS = re.compile(
    rf"(?:this|the|my|that|these|your) (?:[\w'-]{{1,15}} ){{0,3}}?{_CAPTION}(?: (?:above|here|below|given|provided))?,? "
    r"(?:(?:is|was|are|were|has been|have been) (?:[a-z]+ly |also |therefore |thus |only )*(?:based|made|written|generated|created|limited"
    r"|meant|intended|drawn|produced|compiled|kept|derived|provided|prepared|composed|drafted|approximate|accurate|objective|complete"
    r"|incomplete|about|around|roughly|under|within|\d|in (?:plain|present|english)|suitable|designed|supposed|ready|above|below)\b"
    r"|(?:covers|captures|provides|aims|includes|reflects|describes|contains|comprises|consists|runs|rests|relies|sticks|stays|omits"
    r"|leaves|may|might|should|could|can|focuses|draws|uses|keeps|avoids|mentions|summari[sz]es|adheres|meets|fits|counts)\b)"
    r"|(?:the )?(?:some |small |minor |fine |finer |certain |few |other |tiny |subtle |brief |exact )+(?:\w+ )?(?:details?|parts?|moments?|elements?|actions?"
    r"|events?|movements?)\b[^.!?]{0,40}\b(?:may|might|could) (?:not )?(?:have been|be) (?:missed|missing|lost|omitted|left out|inaccurate|wrong|off)"
)
_PROMPTS = re.compile(
    r"(?:please |kindly |now |your task is to )*(?:describe|caption|summari[sz]e|write|provide|generate|give|create|explain|produce|analy[sz]e)\b"
    rf"[^.!?]{{0,60}}\b(?:{_FILM}|{_CAPTION}|detail|paragraph)\b|you are an? (?:\w+ ){{0,4}}(?:assistant|captioner|model|expert|ai)\b"
)
_PLACE = re.compile(r"(?:in|on|as|from|based|throughout|at|while|looking|within|during)\b")
_HERE = re.compile(r"\b(?:here(?:'s| is| are)|below|let me|i(?:'ve| have|'ll| will| would|'d))\b")
_SHOWS = re.compile(
    rf"\b(?:{_FILM}|{_FILM} you \w+) (?:\w+ )?(?:shows|depicts|features|captures|displays|presents|opens|begins|starts|follows|is of)\b"
    r"|\b(?:you|i|we) (?:can |could |may |might |will |also |then |now )*(?:see|saw|notice|observe|feel|hear|spot|watch|sense|get|find|look|walk"
    r"|hold|stand)\b"
)
_REFUSES = re.compile(
    r"\b(?:sorry|apolog\w+|regret|unfortunately|unable|not able|as an ai|(?:can't|cannot|can not|couldn't|could not|won't) (?:\w+ )?(?:help"
    r"|assist|provide|generate|create|fulfill?|comply|view|watch|access|open|process|describe|identify|caption|continue|answer|play|load))\b"
)
_I_DID = re.compile(
    r"i(?:'ve| have)? (?:also |only |just )?(?:kept|tried|focused|avoided|included|assumed|described|wrote|left out|based|stuck|skipped"
    r"|noted|counted|omitted|limited|aimed|made sure|hope|wrote|summari[sz]ed)\b"
)
_NARRATOR = re.compile(r"\b(?:I|my|me|My|our|we|We)\b")
_NAMED = re.compile(r"\b(?:My|You|I|Your|Let's|Let) [A-Z][a-z]")  # "My Fair Lady" is a title
_LONGEST = 240  # characters of a sentence to somebody
_CALLS = re.compile(
    r"(?:please|kindly|just (?:say|ask|let)|say so|send|ask|remember|don't|do (?:tell|get|let|say|ask)|(?:double-)?check (?:the|if|whether|that)"
    r"|rate|let's|on it|(?:right|so|okay|well|now),? here|here goes|ready when|consider it|more (?:on|upon) request|nothing (?:else|more) (?:of|to)"
    r"|(?:nice|good|great|lovely) to\b|(?:it(?:'s| is| was) )?(?:a|my|always a) (?:pleasure|joy|delight)\b|caption(?:s|ed)?\b|description\b|next (?:clip|video|one)\b"
    r"|until next|over and out|task (?:done|complete)|all done|thank|welcome|happy to|glad to|with (?:that|this),|for (?:a|more|any|further|other) (?:\w+ )?(?:version|detail|request|question)"
    r"|other (?:lengths|formats|versions|styles|wordings|languages)\b|if (?:needed|required|desired|necessary|wanted|preferred|wished)\b)"
)
_WANTS = re.compile(
    r"(?:need|want|prefer|another|anything|any|more|ready|shall|fancy)\b|(?:does|did|was|is|will|would|could|should) (?:this|that|it|these|those)\b[^?]*"
    r"\b(?:help\w*|useful|works?|suits?|fits?|enough|fine|ok|okay|better|handier|right|good|do|long|short|clear|meant|needed|wanted)\b"
    r"|(?:would|should|could) (?:an?|the|some|another) [^?]*\b(?:help|useful|better|handier|suit|work|do|fit|be (?:of|more))\b"
)
_CAPTION_WORDS = frozenset(
    "caption captions captioning captioned description describe described recaption summary".split()
)
_META = frozenset(
    """below above coming generated invented system automatic automated model words word complete completed long short rate based
    frames stills sampled sound audio request brief level tense paragraph paragraphs sentences sentence length this these here
    joy fun pleasure task guess guesses accurate inaccurate""".split()
)
_COLON = re.compile(r":[*_]{0,3}(?=\s)")
_WRAPPING = re.compile(r"[(\[*_~–—-]*\s?")
_FACTS_AFTER = 3  # words behind a colon that make a caption


def _chatter(text: str) -> Iterator[Change]:
    if "?" not in text and _HINTS.isdisjoint(word_set(text)):
        return
    parts = segments(text)
    lengths: list[int] = []
    for part in parts:
        opening = all(length == each.end - each.start for length, each in zip(lengths, parts, strict=False))
        lengths.append(_talk_length(part, opening))
    gone = [length == part.end - part.start for length, part in zip(lengths, parts, strict=True)]
    for i in _at_edges(parts, gone):
        gone[i] = True
    shortened = [
        Change(part.start, part.start + length + 1, text[part.start + length].upper())
        for part, length, whole in zip(parts, lengths, gone, strict=True)
        if length and not whole
    ]
    yield from sorted([*without(parts, gone), *shortened], key=lambda change: change.start)


def _at_edges(parts: Sequence[Segment], gone: Sequence[bool]) -> set[int]:
    """The sentences at either end that speak to somebody without a word of captions; none where nothing else is left."""
    in_person = sum(1 for part in parts if _NARRATOR.search(part.said))
    if in_person > 1 and in_person * 3 > len(parts):
        return set()  # told by somebody in the scene
    found: set[int] = set()
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        for i in order:
            if not gone[i]:
                if not _speaks_to_somebody(parts[i].said):
                    break
                found.add(i)
    return found if len(found) + sum(gone) < len(parts) else set()


def _speaks_to_somebody(said: str) -> bool:
    if len(said) > _LONGEST or _NAMED.search(said):
        return False
    said = said.lower()
    if _REFUSES.search(said) or _SHOWS.search(said):
        return False
    if _CALLS.match(said):
        return True
    words = set(_WORD.findall(said))
    if said.endswith("?") and (_WANTS.match(said) or not words.isdisjoint(_BUSINESS | _ADDRESS)):
        return True
    if not words.isdisjoint(_ADDRESS):
        return _HERE.search(said) is not None or not _PLACE.match(said)
    return not words.isdisjoint(_CAPTION_WORDS) and len(words & _META) > 0


def _talk_length(part: Segment, opening: bool) -> int:
    """How many characters of a sentence are talk: none, all, or an opening such as "Sure, here is the caption:"."""
    sentence = part.text
    if _HINTS.isdisjoint(word_set(sentence)):
        return 0
    wrapping = _WRAPPING.match(part.said)
    said = part.said[wrapping.end() if wrapping else 0 :].lower()
    yes = _YESES.match(said)
    rest = said[yes.end() :] if yes else said
    if yes and not rest.strip():
        return len(sentence) if opening else 0
    colon = _COLON.search(sentence)
    if colon and len(sentence[colon.end() :].split()) >= _FACTS_AFTER and '"' not in sentence[: colon.start()]:
        head = rest[: rest.find(":") + 1]
        if _is_talk(head, opening):
            return len(sentence) - len(sentence[colon.end() :].lstrip())
    if _is_talk(rest, opening):
        return len(sentence)
    agrees = opening and _AGREES.match(sentence)
    return agrees.end() if agrees else 0


def _is_talk(said: str, opening: bool) -> bool:
    """Whether a sentence in small letters is meant for a user."""
    if _REFUSES.search(said):
        return False
    if _TALKS.match(said) or _NOTES.match(said) or _REMARKS.match(said) or _COMES.match(said) or _I_DID.match(said):
        return True
    if opening and _PROMPTS.match(said):
        return True
    words = _ADDRESS.union(_BUSINESS).intersection(_WORD.findall(said))
    addressed = not words.isdisjoint(_ADDRESS)
    if _ANNOUNCES.match(said) and (_ANNOUNCED.search(said) or (addressed and not words <= _ADDRESS)):
        return True
    if not addressed or _SHOWS.search(said):
        return False
    if said.endswith("?") and _ASKS.match(said):
        return True
    return not words <= _ADDRESS and (_HERE.search(said) is not None or not _PLACE.match(said))


CHATTER = Rule(
    "chatter",
    "what is said to a user goes",
    ("Sure! Here is a caption: A man walks. I hope this helps!", "A man walks."),
    _chatter,
    language="English",
)
