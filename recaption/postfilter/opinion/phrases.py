"""Turns of phrase that speak for an opinion, whatever it is about. English, lower case."""

from __future__ import annotations

import re

_VIEWERS = r"(?:you|one|we)"
_IS = r"(?: is| are| was| were|['’]s| seems| feels| would be)"

STRONG_OPENING = re.compile(
    rf"(?:it|this|that|there){_IS} (?:almost |only |also |indeed |truly )?(?:hard|easy|impossible|difficult|tempting"
    r"|clear|safe|fair|said|worth|always|never|little|as if|as though|moments? like|more than|less about"
    r"|something(?! in)"
    r"|no (?:wonder|surprise|coincidence|accident|small|doubt|question|mistaking|denying|better|greater|finer|need)"
    r"|the (?:kind|sort|type|little|small)|what (?:makes|gives|it)|not (?:just|only|merely|so much)"
    r"|nothing (?:quite|more|less|like|but|short)|a certain \w+(?:ness|ity|charm|magic|grace|beauty))\b"
    rf"|{_VIEWERS} (?:can|could|may|might|almost|can['’]t|cannot|senses?|feels?|has to|have to|need|would|wonders?"
    r"|gets?|knows?|do|does|must|will|should|forgets?|imagines?|(?:is|are) (?:reminded|left|tempted))\b"
    r"(?! (?:clearly )?(?:see|make out|hear|spot|count)\b)"
    r"|(?:anyone|everyone|whoever|those|few) who\b|who (?:could|would|can|needs|says|does|knows)\b"
    r"|what (?:an?|better|remains|could|makes|matters|follows is|counts)\b"
    r"|such (?:is|are|an?|\w+ (?:is|are|needs?))\b|if (?:ever|only|\w+ had)\b"
    r"|nothing (?:captures|says|could|can|quite|beats|compares|matters|is more|about|here is)\b"
    r"|no (?:words?|wonder|amount|camera|matter|two)\b"
    r"|(?:rarely|seldom|never|hardly ever) (?:has|have|does|do|is|are|was)\b|needless to say|it goes without saying"
    r"|to (?:watch|see|look at) \w+ (?:\w+ )?is\b|how \w+ (?:it|this|that|the)\b"
)
"""Beginnings of sentences and clauses that count twice."""

WEAK_OPENING = re.compile(
    r"(?:few|seldom|rarely|never|hardly|not|even|somehow|somewhere|here|such|how|everything|everyone|overall|ultimately"
    r"|clearly|certainly|all in all|after all|to \w+|every|there is|these are|if|more|only|whatever|wherever|one thing"
    r"|part of|half the|quite|in (?:short|essence|sum|the end|many ways|a way|a world|truth|fact)"
    r"|all (?:this|of this|that)"
    r"|this is|it is|it['’]s|it (?:makes|takes|feels|looks like))\b"
)
"""Beginnings of sentences and clauses that count once."""

# The words that make a search worth while, what is searched for, and how often it counts.
_PHRASES: tuple[tuple[str, str, int], ...] = (
    ("help", r"help but\b", 2),
    (
        "behold remember proud treasure cherish savour admire",
        r"(?:an?|the) (?:\w+ )?\w+ to (?:behold|remember|be proud of|treasure|cherish|savour|admire)\b",
        2,
    ),
    ("can", r"as can be\b", 2),
    ("ever", r"\bever (?:the|an?)\b", 2),
    ("life lives", r"time of (?:his|her|their) li(?:fe|ves)\b", 2),
    (
        "seems seem",
        r"seems? to (?:conspire|know|sense|understand|care|say|whisper|mock|invite|breathe|remember|forget|wonder|agree"
        r"|mean)\b",
        2,
    ),
    (
        "must",
        r"must (?:have been|be) (?:having|feeling|enjoying|thinking|hoping|proud|happy|tired|exhausted|delighted"
        r"|a (?:great|wonderful|special))\b",
        2,
    ),
    ("feast", r"feast for the (?:eyes?|senses)\b", 3),
    ("painting paints", r"paint(?:s|ing) (?:a|the) (?:\w+ )?picture of\b", 3),
    ("stroke", r"stroke of (?:\w+ )?(?:genius|luck|inspiration|brilliance)\b", 3),
    ("heart", r"with an? (?:heavy|light|full|open|glad|broken) heart\b", 2),
    ("feel", r"an? (?:[\w-]+ ){1,2}feel\b", 2),
    ("mix blend mixture", r"an? (?:mix|blend|mixture) of \w+ and \w+", 1),
    ("straight", r"straight out of\b", 2),
    (
        "knows know",
        r"knows? (?:exactly|all too well|better|what (?:it|he|she|they) (?:is|are) doing)|as (?:every|any) \w+ knows",
        2,
    ),
    (
        "done seen",
        r"(?:has|have) (?:clearly |obviously |surely )?(?:done|seen) (?:this|it) (?:all )?before|seen it all\b",
        2,
    ),
    ("hurry", r"in no (?:great |particular )?(?:hurry|rush)\b", 2),
    ("room", r"no room for\b", 2),
    ("care", r"could(?: not|n['’]t) care less|without a care\b", 2),
    ("not", r"(?:hard|difficult|impossible) not to\b", 2),
    ("mind secrets", r"a mind of (?:its|his|her|their) own|(?:keeps?|holds?) (?:its|their) secrets?\b", 2),
    ("might", r"might as well\b", 2),
    ("rest", r"the rest is (?:history|silence)\b", 2),
    ("well", r"(?:job|work) well done\b|\Awell done\b", 2),
    (
        "having",
        r"having (?:a|the) (?:great|good|wonderful|best|grand|lovely) (?:time|day)|having (?:so much )?fun\b",
        2,
    ),
    ("way", r"always finds? a way\b", 2),
    (
        "smell smells aroma scent fragrance tastes taste",
        r"(?:it|everything|the air|the room) (?:smells?|tastes?) (?:of|like)|(?:smell|aroma|scent|fragrance|taste)"
        r" of (?:\w+ ){1,3}?(?:fills|hangs|drifts|wafts|lingers|must)\b",
        2,
    ),
    ("luck habit", r"\A(?:for (?:good )?luck|out of habit)\b", 2),
    ("says", r"says it all\b", 2),
    ("works", r"somehow it works\b", 2),
    ("nothing", r"nothing (?:here )?(?:is|goes) (?:wasted|lost|to waste)\b", 2),
    ("dreams time legends", r"where (?:dreams|time|legends|memories)\b", 2),
    ("far", r"a far cry from\b", 2),
    ("smile smiles", r"(?:bring|put)(?:s|ing) a smile to\b", 2),
    ("only", r"as only an? \w+ can\b", 2),
    ("far much more", r"something (?:far |much |so much )?more \w+ than\b", 2),
    ("time", r"time (?:itself )?(?:stood|stands|had stopped|had stood)\b", 2),
    (
        "doubt",
        r"no doubt (?:happy|glad|relieved|proud|tired|hoping|wondering|thinking|enjoying|delighted|overcome)\b",
        2,
    ),
    ("whatever", r"ready for (?:whatever|anything|what)\b", 2),
    ("nothing", r"giv(?:es|ing) nothing away", 2),
    ("marks hats", r"(?:top|full) marks\b|hats off\b", 2),
    ("cute", r"(?:too|so|how) cute\b", 2),
    ("something", r"like something (?:out of|from)\b", 2),
    ("friends", r"like old friends\b", 2),
    ("show", r"stars? of the show\b", 2),
    ("highlight", r"the highlight of\b", 2),
    ("nod", r"a (?:\w+ )?nod to (?:tradition|the past|the classics|history|\w+ days)\b", 2),
    ("very", r"the very (?:image|picture|definition|soul) of\b", 2),
    ("picture", r"the picture of (?:health|calm|joy|concentration|bliss)", 2),
    ("definition stuff", r"the (?:definition|stuff) of\b", 2),
    ("line lines", r"blur(?:s|ring) the lines?", 2),
    ("detail", r"attention to detail\b", 2),
    ("hardly scarcely not never", r"(?:could|can|would) (?:not|hardly|scarcely|never) (?:be|have)\b", 2),
    ("couldn't can't", r"(?:couldn|can)['’]t (?:be|have|buy)\b", 2),
    ("breath", r"(?:holds?|holding) (?:its|their|his|her) breath|breath away", 2),
    ("finest best purest simplest peak most worst", r"at (?:its|their|his|her) (?:\w+est|best|worst|peak|most)\b", 2),
    (
        "us",
        r"(?:each|all|any|most|around) (?:of )?us\b|(?:reminds?|tells?|teaches|invites?|makes?|shows?|lets?) us\b",
        2,
    ),
    ("short less", r"(?:nothing|little|anything) (?:short of|less than)", 2),
    ("described", r"(?:can|could) only be described", 2),
    ("after", r"after all\b", 2),
    ("nature life", r"(?:nature|life)['’]s own", 2),
    (
        "thought thoughts memory memories",
        r"(?:lost|deep|absorbed|alone) (?:in|with) (?:\w+ )?(?:thoughts?|memor(?:y|ies))",
        2,
    ),
    ("serves serve serving", r"serv(?:es|e|ing) as\b|serves? to\b", 1),
    ("sense", r"sense of(?! (?:balance|smell|touch|hearing|direction|rotation|taste))", 1),
    ("speak speaks speaking", r"speak(?:s|ing)? (?:volumes|of|for (?:it|them)|louder)", 1),
    ("tell tells telling", r"tell(?:s|ing)? (?:of|us|you|everything|its own|the story|a (?:\w+ )?(?:tale|story))", 1),
    ("stand stands standing", r"stand(?:s|ing)? (?:for|as|in for|still)\b", 1),
    ("kind sort type", r"the (?:kind|sort|type) of\b", 1),
    (
        "touch hint air note feeling spirit lesson wealth glimpse world matter sign mark token act show display example"
        " work way form labour labor ounce shred study dose",
        r"(?:touch|hint|air|note|feeling|spirit|lesson|wealth|glimpse|world|matter|sign|mark|token|act|show|display"
        r"|example|work|way|form|labou?r|ounce|shred|study|dose) (?:of|in)\b",
        1,
    ),
    (
        "weight power joy art value price cost pulse fruit promise heart beauty language poetry burden",
        r"(?:the|an?|its) (?:\w+ )?(?:weight|power|joy|art|value|price|cost|pulse|fruit|promise|heart|beauty|language"
        r"|poetry|burden) of\b",
        1,
    ),
    (
        "era age times world life chapter days beginning",
        r"(?:another|different|simpler|golden|forgotten|better|other|distant|new|old|next|quieter|slower|separate"
        r"|lost|small|own"
        r"|modern|whole|perfect) (?:era|age|times?|worlds?|life|chapter|days|beginning)\b",
        1,
    ),
    (
        "time",
        r"time (?:itself|stands|seems|has|passes|slows|stops|will|forgot|again)|(?:of|and|against|in) time\b"
        r"|all the time in|\A(?:and |as |where )?time ",
        1,
    ),
    ("remind reminds reminding", r"remind(?:s|ing)? (?:one|you|everyone)", 1),
    ("more less", r"(?:more|less) than (?:words|ever|any|an?|the|just|merely|skill|half)|all the (?:more|less)", 1),
    ("less", r"less (?:of )?an? ", 1),
    ("same", r"all the same\b", 1),
    (
        "just only merely much many",
        r"not (?:just|only|merely|so much)\b|(?:just|only) begun|can only\b|so (?:much|many)\b",
        1,
    ),
    ("end", r"in the end\b", 1),
    ("way ways", r"in (?:its|their|his|her) own way|in (?:a|some|more) ways?\b|way of life", 1),
    ("odds", r"against (?:all |the )?odds", 1),
    ("life", r"larger than life|(?:to|of) life\b", 1),
    (
        "years generations centuries decades hours lifetime ages",
        r"(?:years|generations|centuries|decades|lifetime|ages|hours) of\b",
        1,
    ),
    ("ago", r"(?:long|years|centuries|ages) ago\b", 1),
    ("once moment second heartbeat instant", r"for (?:once|an?(?: \w+)? (?:moment|second|heartbeat|instant))\b", 1),
    ("alive", r"(?:comes?|keeps?|keeping|coming|feels?) (?:\w+ )?alive", 1),
    ("hand hands", r"hand in hand|(?:capable|good|safe|right|other) hands\b", 1),
    ("makes make", r"makes? (?:for|everyone|all|it (?:all|look|seem|feel|hard|easy))", 1),
    ("adds adding", r"add(?:s|ing) (?:to the|depth|character|interest|a (?:layer|touch|note|dash|sense|hint|dose))", 1),
    (
        "lend lends lending gives giving give",
        r"(?:lend|lends|lending|gives?|giving) (?:the|this|it|everything|them)\b",
        1,
    ),
    (
        "miniature disguise vain doubt question words",
        r"(?:in|beyond|without|no) (?:miniature|disguise|vain|doubt|question|words)\b",
        1,
    ),
    ("any only would if", r"as (?:any|only|would|one would|if only)\b", 1),
    ("no", r"no (?:one|mean|small|ordinary|mere|longer|less|more|matter|need|end)\b", 1),
    ("old timeless eternal", r"as (?:old|timeless|eternal) as\b", 1),
    (
        "has have had",
        r"(?:has|have|had) (?:never |ever |always |just |long |all but |rarely |seldom |its |their |what )?(?:been"
        r"|become|made|found|known|seen|left|taken|[a-z]{2,12}ed)\b",
        1,
    ),
    ("own", r"(?:a|the) \w+ of (?:its|their) own\b|(?:its|their) own \w+$", 1),
    ("far", r"(?:so far|far (?:from|more|less|cry))\b", 1),
    ("world", r"(?:in|of) the world\b|out of this world", 1),
    ("storm", r"before (?:the|a)(?: \w+)? storm", 1),
    ("clock element none other", r"against the clock|in (?:his|her|its|their) element|second to none|like no other", 1),
    ("lifetime blink", r"once in a lifetime|(?:in|at) the blink", 1),
    (
        "nutshell speak were par sorts making",
        r"in a nutshell|so to speak|as it were|par excellence|of sorts|in the making",
        1,
    ),
    ("ages say done least", r"for the ages|to say the least|as they say|one might say|said than done", 1),
    ("happened", r"(?:nothing|anything|it) had (?:ever )?happened", 1),
    ("each", r"each other['’]s (?:company|presence|lives)", 1),
    ("how", r"how (?:\w+ )?(?:much|little|far|close|fragile|quickly|easily|well|good|big|small|long|short)\b", 1),
    (
        "hundred thousand million",
        r"a (?:hundred|thousand|million) (?:times|years|stories|words|miles|ways|small|little)\b",
        1,
    ),
    (
        "not never rarely",
        r"(?:never|not|rarely) (?:far|alone|enough|lost|sleeps?|ends?|stops?|rests?|grows?|fails?|lies|tires?)\b",
        1,
    ),
    ("does do need needs", r"(?:does|do) not (?:care|matter|mind|lie|need|know)\b|needs? no\b", 1),
    ("love surprise heart granted", r"(?:in love|by (?:surprise|heart)|for granted)\b", 1),
    ("stake work peace ease heart home last rest", r"at (?:stake|work|peace|ease|heart|home|last|rest)\b", 1),
)


def _by_word() -> dict[str, list[tuple[re.Pattern[str], int]]]:
    found: dict[str, list[tuple[re.Pattern[str], int]]] = {}
    for words, pattern, weight in _PHRASES:
        compiled = re.compile(rf"\b(?:{pattern})")
        for word in words.split():
            found.setdefault(word, []).append((compiled, weight))
    return found


PHRASES = _by_word()
"""By a word in them: the patterns of phrases, and how often each counts."""
