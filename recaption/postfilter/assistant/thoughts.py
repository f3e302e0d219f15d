"""How models think about a caption that they are to write, and how much each sentence of it weighs."""

from __future__ import annotations

import re
from functools import lru_cache

from recaption.postfilter.assistant.talk import over_lines
from recaption.postfilter.english import words as w
from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.english.segments import Segment, word_set
from recaption.postfilter.vocabulary import listed

HINTS = listed(
    """I I'm I'll I'd I've Let Let's Okay OK Ok Hmm Hm Wait Alright prompt instruction instructions caption Caption
    description paragraph paragraphs sentence sentences tense headings bullet mention Avoid Need Must Mention
    Thinking Reasoning Thought Thoughts Analysis Plan prose guess guessing wording neutral chronological We we
    frames stills opinions rules user plan adjectives So speculate speculation unclear Note Skip Keep Task task Goal
    Before Observation Checking Key compose Compose Describe annotator thought"""
)
"""Words of which thinking without tags has at least one, as they are written."""

SURE_HINTS = listed(
    "I I'm I'll I'd I've we We Let Let's let user prompt instruction instructions question task request rules"
)
"""Words of which a sentence has one that is thinking wherever it stands."""

CERTAIN = 5.0
"""Weight of a sentence that is thinking wherever it stands."""

NAME = over_lines(
    r"""(?:[a-z0-9]{1,12}[ _:.-]){0,3}(?:think\w{0,4}|thoughts?|reason(?:ing|s)?|reflect\w{0,4}|scratch[ _-]?pad|scratch
    |analy[sz]\w{1,4}|deliberat\w{1,4}|monologue|ponder\w{0,4}|brainstorm\w{0,4}|rationale|cot|draft\w{0,4}|internal
    |plan(?:ning)?|notes?|musings?|思考|推理|分析)(?:[ _:.-][a-z0-9]{1,12}){0,3}"""
)
"""Names of tags: "think", "inner_monologue", "begin_of_thought"."""

HEADING = re.compile(
    over_lines(
        r"""(?:#{1,4} ?)?[*_]{0,3}\(?(?:(?:my|internal|step[- ]by[- ]step|initial|quick|private|inner|silent) )?
        (?:thoughts?|thinking|thought process|reasoning|(?:reasoning|thinking) process|scratch ?pad|analysis
        |notes(?: to (?:self|myself))?|plan|planning|working(?: notes)?|draft(?: notes)?|brainstorm(?:ing)?|deliberation
        |self-?check|chain[- ]of[- ]thought|here(?:'s| is) my (?:thought process|thinking|reasoning))
        \)?[*_]{0,3} ?(?::[*_]{0,3}|\n)"""
    ),
    re.I,
)
CUE = re.compile(
    over_lines(
        r"""(?:^|(?<=[.!?…"”)]\s))(?:#{1,4} ?)?[*_]{0,3}(?:(?:so|now|okay|ok|alright|and)[, ]+)?
        (?:here(?:'s| is|’s) )?(?:(?:my|the) )?
        (?:(?:final|english|actual|full|finished|polished|clean|dense|one-paragraph|written|revised) ){0,2}
        (?:answer|caption|response|output|description|result|version|paragraph|write-?up)
        [*_]{0,3} ?(?::[*_]{0,3}|[*_]{0,3}\n)\s*"""
    ),
    re.I | re.M,
)
"""What stands between thinking and caption: "Final answer:"."""

REFUSES = re.compile(
    over_lines(
        r"""\b(?:sorry|apolog\w+|as an ai|language model|unable to|against my|my guidelines
        |not (?:able|allowed|trained)|(?:can't|cannot|can not|won't|couldn't) (?:\w+ )?
        (?:help|assist|provide|fulfil\w*|comply|view|watch|access|open|process|caption|describe (?:the|this|it)
        |continue))\b"""
    ),
    re.I,
)
"""What makes a refusal of a paragraph that could be thinking; "I can't read the brand" does not."""

_WRITER = re.compile(
    over_lines(
        r"""\bI(?:'ll|'d|'m|'ve| will| would| should| shall| need| must| can't| cannot| could| might| may| have| had
        | want| was| am| think| guess| suppose| believe| assume| wonder| don't| won't| do| did| keep| start| begin
        | write| mention| describe| skip| count| know| remember| check| go| avoid| note| just| only| first
        | still| better| shouldn't)\b
        |\b[Ww]e(?:'ll|'d| will| would| should| shall| need| must| have to| are given| shouldn't| could| want| mention
        | describe| keep| avoid| write)\b
        |\b[Ll]et(?: me|'s| us)\b(?! [A-Z])|\b(?:do|am|should|can|could|must|would|will) (?:I|we)\b
        |\b(?:user|prompt|question|instructions?|task|request|rules?|guidelines?|system message|assignment|brief|client)
        (?:'s)? (?:\w+ ){0,2}(?:asks?|asked|asking|wants?|wanted|says?|said|needs?|requires?|forbids?|tells?|expects?
        |calls|mentions?|specif\w+|states?|limits?|demands?|prefers?|allows?|is to|is for|excludes?|bans?)\b
        |\b[Tt]hey (?:ask|want|asked|wanted|expect|need)
        (?: me| for| a| an| the| one| to| only| no| plain| english| English| camera| it)\b
        |\b(?:my|My|the|The) (?:caption|description|answer|response|output|paragraph|summary|draft|wording|plan)
        (?: should| must| needs?| has to| is to| will| can| may| is| would)\b
        |\b(?:[Tt]o (?:caption|describe) (?:this|it|the)|[Gg]iven the (?:instruction|prompt|task|rules?|request))\b"""
    )
)
_WRITERS = SURE_HINTS | listed(
    """user's client brief assignment guidelines rule They they my My caption description answer response output
    paragraph summary draft wording plan system To to Given given"""
)
_SEES = re.compile(r"I(?<=\bI) (?:can )?(?:also )?(?:see|saw|notice|get|got|observe|spot)\b")
_STARTS = re.compile(
    over_lines(
        r"""(?:okay|ok|hmm+|hm|alright|all right|wait|got it|let's see|good|done|fine|right|oh|ah|actually|hold on|so
        |great|now|interesting)(?:[,.:;!?…]| [-–—])|(?:yes|no)[,:]|hmm+\b|not sure\b|quick check\b
        |(?:okay|ok|alright),? (?:so|now|let|i|this|the user|we)\b
        |so (?:the|it|this|that|a|first|in|we|i|there)\b|(?:then|next) (?:a|the|come)\b
        |\(?(?:internal |quick |my )?(?:thinking|reasoning|thoughts?|thought process|note(?: to self)?|plan|task
        |scratch ?pad|check)\s*:"""
    ),
    re.I,
)
_ORDERS = re.compile(
    over_lines(
        r"""(?:avoid|don't|do not|keep|mention|describe|write|use|skip|count|start|begin|no need|must|need|needs|stay
        |remember|include|focus|stick|make sure|check|note|draft|output|never|leave|omit|list|stop|follow|say
        |cover|compose|finish|go|double-check|try|combine|pick|put|aim|limit|consider|watch out|nothing about
        |only (?:say|what|the)|present tense|plain (?:text|prose)|should|maybe|perhaps|probably|possibly|length
        |looking at|checking|goal|key points|before (?:answering|writing)
        |no (?:\w+ ){0,2}(?:headings?|lists?|markdown|bullets?|names?|guess\w*|mood|emotions?|opinions?|adjectives?
        |quotes?|numbering|text)
        |(?:about |around |roughly )?(?:one|two|three|four|\d+|fifty|sixty|eighty|a hundred)(?: (?:or|to) \w+)?
        (?: sentences?| paragraphs?| words))\b"""
    ),
    re.I,
)
_TASK_WORDS = listed(
    """caption captions description descriptions paragraph paragraphs sentence sentences tense bullet bullets heading
    headings markdown prose wording answer write writing mention mentioning describe describing guess guesses
    guessing chronological chronologically objective neutral output unsure unclear certain simple none identified
    annotator thought details cover legible readable safer skip speculate speculation whether adjective adjectives
    opinion opinions numbering rule rules enough visible worth frames stills subject action probably roughly words →
    -> =>"""
)
_TASK_PHRASES = re.compile(
    over_lines(
        r"""\b(?:plain text|flowing text|third person|no lists?|call it|in order|no need|leave (?:it|that|out)
        |(?:could|might|may|must) be|the clip|the video)\b|\d ?[-–] ?\d+ ?s\b|\d+ s:"""
    )
)
_NOTED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,3}: (?=[a-z])")  # "Checking for text: none."
_PERHAPS_VERB = re.compile(r"\w{2}(?:s|ed)\b")
_SHORT = 60  # characters of a sentence that may lack a verb


def weight(part: Segment) -> float:
    """How much a sentence speaks of the task and of the one who writes, 0 for the sentences of captions."""
    return _weight(part.said)


@lru_cache(maxsize=REMEMBERED)
def _weight(said: str) -> float:
    words = word_set(said)
    found = 3.0 if not _WRITERS.isdisjoint(words) and _WRITER.search(said) else 0.0
    if _STARTS.match(said):
        found += 2
    elif _ORDERS.match(said):
        found += 1.5
    if said.endswith("?"):
        found += 2
    elif _NOTED.match(said) or _SEES.search(said):
        found += 1
    if len(said) < _SHORT and not _PERHAPS_VERB.search(said) and w.FINITE.isdisjoint(words):
        found += 1
    most = 2 if found else 1
    task = len(_TASK_WORDS.intersection(map(str.lower, words)))
    if task < most:
        task += len(_TASK_PHRASES.findall(said.lower()))
    return found + min(most, task)
