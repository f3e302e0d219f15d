"""Turns of phrase that speak for an opinion, whatever it is about. English, lower case."""

from __future__ import annotations

import re

_VIEWERS = r"(?:you|one|we)"
_BE = r"(?:is|are|was|were|['’]s)"

STRONG_OPENING = re.compile(
    rf"(?:it|this|that|there)(?: {_BE}|['’]s| seems| feels| would be) (?:almost |only |also |indeed |truly )?(?:hard|easy"
    r"|impossible|difficult|tempting|no (?:wonder|surprise|coincidence|accident|small|doubt|question|mistaking|denying"
    r"|better|greater|finer|need|escaping)|clear|safe|fair|said|worth|as if|as though|the (?:kind|sort|type|little|small)"
    r"|moments? like|what (?:makes|gives|it)|something(?! in)|a certain \w+(?:ness|ity|charm|magic|grace|beauty)|nothing (?:quite|more|less|like|but|short)|little"
    r"|more than|less about|not (?:just|only|merely|so much)|always|never)\b"
    rf"|{_VIEWERS} (?:can|could|may|might|almost|can['’]t|cannot|senses?|feels?|has to|have to|need|would|is reminded|are"
    r" reminded|wonders?|gets?|knows?|do|does|must|will|should|is left|are left|is tempted|are tempted|forgets?|imagines?)\b"
    rf"(?! (?:clearly )?(?:see|make out|hear|spot|count)\b)"
    r"|(?:anyone|everyone|whoever|those|few) who\b|who (?:could|would|can|needs|says|does|knows)\b"
    r"|what (?:an?|better|remains|could|makes|matters|follows is|counts)\b|such (?:is|are|an?|\w+ (?:is|are|needs?))\b"
    r"|if (?:ever|only|\w+ had)\b|nothing (?:captures|says|could|can|quite|beats|compares|matters|is more|about|here is)\b"
    r"|no (?:words?|wonder|amount|camera|matter|two)\b|(?:rarely|seldom|never|hardly ever) (?:has|have|does|do|is|are|was)\b"
    r"|needless to say|it goes without saying|to (?:watch|see|look at) \w+ (?:\w+ )?is\b|how \w+ (?:it|this|that|the)\b"
)
"""Beginnings of sentences that count twice."""

WEAK_OPENING = re.compile(
    r"(?:few|seldom|rarely|never|hardly|not|even|somehow|somewhere|here|such|how|everything|everyone|overall"
    r"|ultimately|clearly|certainly|in (?:short|essence|sum|the end|many ways|a way|a world|truth|fact)|all in all|to \w+|after all"
    r"|every|all (?:this|of this|that)|this is|these are|it is|it['’]s|it (?:makes|takes|feels|looks like)|there is|if|more|only"
    r"|whatever|wherever|one thing|perfection|part of|half the|quite)\b"
)
"""Beginnings of sentences and clauses that count once."""

# The words that make a search worth while, what counts, and how often.
_PHRASES: tuple[tuple[str, str, int], ...] = (
    ("once moment second heartbeat instant", r"for (?:once|an?(?: \w+)? (?:moment|second|heartbeat|instant))\b", 1),
    ("detail", r"attention to detail\b", 2),
    ("line lines boundary", r"blur(?:s|ring) the (?:lines?|boundar)", 2),
    ("serves serve serving", r"serv(?:es|e|ing) as\b|serves? to\b", 1),
    ("help", r"help but\b", 2),
    ("very picture", r"the very (?:image|picture|definition|soul) of\b|the picture of (?:health|calm|joy|concentration|bliss)", 2),
    ("definition stuff", r"the (?:definition|stuff) of\b", 2),
    ("hardly scarcely not never", r"(?:could|can|would) (?:not|hardly|scarcely|never) (?:be|have)\b", 2),
    ("couldn't can't", r"(?:couldn|can)['’]t (?:be|have|buy)\b", 2),
    ("breath", r"(?:holds?|holding) (?:its|their|his|her) breath|breath away", 2),
    ("finest best purest simplest peak most worst", r"at (?:its|their|his|her) (?:\w+est|best|worst|peak|most)\b", 2),
    ("us", r"(?:each|all|any|most) of us\b|(?:reminds?|tells?|teaches|invites?|makes?|shows?|lets?) us\b|around us", 2),
    ("short less", r"(?:nothing|little|anything) (?:short of|less than)", 2),
    ("described", r"(?:can|could) only be described", 2),
    ("sense", r"sense of(?! (?:balance|smell|touch|hearing|direction|rotation|taste))", 1),
    ("speak speaks speaking", r"speak(?:s|ing)? (?:volumes|of|for (?:it|them)|louder)", 1),
    ("tell tells telling", r"tell(?:s|ing)? (?:of|us|a (?:\w+ )?(?:tale|story)|the story|its own|you|everything)", 1),
    ("stand stands standing stood", r"stand(?:s|ing)? (?:for|as|in for|still)\b", 1),
    ("kind sort type", r"the (?:kind|sort|type) of\b", 1),
    (
        "touch hint air note feeling spirit lesson wealth glimpse world matter sign mark token act show display example"
        " work way form labour labor ounce shred study dose",
        r"\b(?:touch|hint|air|note|feeling|spirit|lesson|wealth|glimpse|world|matter|sign|mark|token|act|show|display"
        r"|example|work|way|form|labou?r|ounce|shred|study|dose) (?:of|in)\b",
        1,
    ),
    ("remind reminds reminding", r"remind(?:s|ing)? (?:us|one|you|everyone)", 1),
    ("more less", r"(?:more|less) than (?:words|ever|any|an?|the|just|merely|skill|half)|less (?:of )?an? |all the (?:more|less)", 1),
    ("same", r"all the same\b", 1),
    ("just only merely much", r"not (?:just|only|merely|so much)\b|(?:just|only) begun|can only\b|so (?:much|many)\b", 1),
    ("end", r"in the end\b", 1),
    ("after", r"after all\b", 2),
    ("way ways", r"in (?:its|their|his|her) own way|in (?:a|some|more) ways?\b|way of life", 1),
    ("odds", r"against (?:all |the )?odds", 1),
    ("life", r"larger than life|to life\b|of life\b|all walks of life", 1),
    ("years generations centuries decades hours lifetime ages", r"(?:years|generations|centuries|decades|lifetime|ages|hours) of\b", 1),
    ("years centuries ages", r"(?:long|years|centuries|ages) ago\b", 1),
    (
        "time",
        r"(?:time (?:itself|stands|seems|has|passes|slows|stops|will|forgot|again)|\A(?:and |as |where )?time |(?:of|and|against|in) time\b"
        r"|all the time in)",
        1,
    ),
    (
        "era age time times world life chapter day days beginning",
        r"(?:another|different|simpler|golden|forgotten|better|other|distant|new|bygone|old|next|quieter|slower|separate|lost|small"
        r"|own|modern|whole|perfect) (?:era|age|times?|worlds?|life|chapter|days|beginning)\b",
        1,
    ),
    ("alive", r"(?:comes?|keeps?|keeping|coming|feels?) (?:\w+ )?alive", 1),
    ("hand", r"hand in hand", 1),
    ("makes make", r"makes? (?:for|us|everyone|all|it (?:all|look|seem|feel|hard|easy))", 1),
    ("adds adding", r"add(?:s|ing) (?:to the|depth|character|interest|a (?:layer|touch|note|dash|sense|hint|dose))", 1),
    ("lend lends lending gives giving give", r"(?:lend|lends|lending|gives?|giving) (?:the|this|it|everything|them)\b", 1),
    (
        "weight power joy art value price cost pulse fruit promise heart beauty language poetry burden",
        r"\b(?:the|an?|its) (?:\w+ )?(?:weight|power|joy|art|value|price|cost|pulse|fruit|promise|heart|beauty|language"
        r"|poetry|burden) of\b",
        1,
    ),
    ("hands", r"(?:capable|good|safe|right|other) hands\b", 1),
    ("miniature disguise vain doubt question itself words measure", r"(?:in|beyond|without|no) (?:miniature|disguise|vain|doubt|question"
     r"|itself|words|measure)\b", 1),
    ("any only would if", r"as (?:any|only|would|one would|if only)\b", 1),
    ("no", r"no (?:one|mean|small|ordinary|mere|longer|less|more|matter|need|end)\b", 1),
    ("old timeless eternal", r"as (?:old|timeless|eternal) as\b", 1),
    ("has have had", r"(?:has|have|had) (?:never |ever |always |just |long |all but |rarely |seldom |its |their |what )?(?:been|become"
     r"|made|found|known|seen|left|left|taken|[a-z]{2,12}ed)\b", 1),
    ("own", r"(?:nature|life)['’]s own", 2),
    ("own", r"(?:a|the) \w+ of (?:its|their) own\b|(?:its|their) own \w+(?: of)?$", 1),
    ("far", r"far (?:from|more|less)\b|so far\b|a far cry", 1),
    ("world", r"in the world\b|out of this world|of the world\b|(?:rest|whole) of the world", 1),
    ("storm clock element none other once blink", r"before (?:the|a)(?: \w+)? storm|against the clock|in (?:his|her|its|their) element"
     r"|second to none|like no other|once in a lifetime|(?:in|at) the blink", 1),
    ("nutshell speak were par sorts making ages say done", r"in a nutshell|so to speak|as it were|par excellence|of sorts|in the making"
     r"|for the ages|to say the least|as they say|one might say|said than done", 1),
    ("glance sight", r"at first (?:glance|sight)", 1),
    ("thought thoughts memory memories contemplation", r"(?:lost|deep|absorbed|alone|wrapped up) (?:in|with) (?:\w+ )?(?:thoughts?"
     r"|memor(?:y|ies)|contemplation)", 2),
    ("happened", r"(?:nothing|anything|it) had (?:ever )?happened", 1),
    ("other's", r"each other['’]s (?:company|presence|lives)", 1),
    ("how", r"how (?:\w+ )?(?:much|little|far|close|fragile|quickly|easily|well|good|big|small|long|short)\b", 1),
    ("hundred thousand million", r"a (?:hundred|thousand|million) (?:times|years|stories|words|miles|ways|small|little)\b", 1),
    ("not never", r"(?:never|not|rarely) (?:far away|far|alone|enough|lost|sleeps?|ends?|stops?|rests?|grows?|fails?|lies|tires?)\b", 1),
    ("does do need needs", r"(?:does|do) not (?:care|matter|mind|lie|need|know)\b|needs? no\b", 1),
    ("love surprise granted stake work peace ease heart home last play rest", r"(?:in love|by (?:surprise|heart)|for granted"
     r"|at (?:stake|work|peace|ease|heart|home|last|rest))\b", 1),
)  # fmt: skip


def _by_word() -> dict[str, list[tuple[re.Pattern[str], int]]]:
    found: dict[str, list[tuple[re.Pattern[str], int]]] = {}
    for words, pattern, weight in _PHRASES:
        compiled = re.compile(rf"\b(?:{pattern})" if not pattern.startswith(r"\b") else pattern)
        for word in words.split():
            found.setdefault(word, []).append((compiled, weight))
    return found


PHRASES = _by_word()
