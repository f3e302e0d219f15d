"""Words that make a visible fact uncertain. A caption that has some is flagged and left as it is."""

from __future__ import annotations

import re

from recaption.postfilter.english.sentences import quotations
from recaption.postfilter.opinion.stretches import without_marks, words_of
from recaption.postfilter.rule import Sign
from recaption.postfilter.vocabulary import listed

# Words that are enough by themselves.
_ALONE = listed(
    """likely unlikely probably probable improbably possibly perhaps perchance maybe presumably presumable presumptive
    presumed supposedly apparently apparent seemingly seeming seem seems seemed conceivably conceivable imaginably
    feasibly plausibly plausible ostensibly ostensible evidently allegedly alleged reportedly potentially purportedly
    purported putatively putative hypothetically theoretically doubtless doubtlessly doubtfully surely assumedly
    assumably arguably questionably believably inferentially assuming supposing presuming might likelihood probability
    guesswork"""
)
_WHO = r"(?:one|we|you|i|anyone|the (?:viewer|eye|observer|onlooker))"
_HOLD = (
    r"(?:guess|think|say|assume|suppose|suspect|imagine|conclude|infer|presume|believe|surmise|gather|bet|wager|swear"
    r"|conjecture|speculate|reckon|take (?:it|him|her|them|this|these|that))"
)
_HELD = r"(?:believed|thought|assumed|presumed|supposed|suspected|guessed|said|reckoned|surmised|inferred|imagined)"
_MAY = r"(?:would |might |could |may |can |can only |should |must |will |(?:is|are) tempted to )?"
_ALSO = r"(?: (?:well|also|even|easily|just|as well|very well|equally|only|really|certainly|still|quite))*"
_DONE = r"(?:seen|heard|made out|found|read|opened|reached|counted|moved|closed|lifted|touched|not)"
_SOMEBODY = r"(?:the|an?|his|her|their|our|us|him|them)"
_SAYS = r"(?:tell|say|make out|judge|know|be sure|determine|discern)"
# Other words, each with the phrases that it makes one in: a caption without the word need not be searched for them.
_IN_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "appear appears appeared appearing",
        rf"appear(?:s|ed|ing)?(?:, [^,.]{{1,40}},)? (?:to (?!{_SOMEBODY}\b)\w|as (?:if|though)|like\b)"
        r"|(?:so |as )?it (?:\w+ly )?appears",
    ),
    (
        "look looks looked looking",
        r"look(?:s|ed|ing)? (?:to (?:be|have)|(?:\w+ly |much |for all the world |just )?as (?:if|though))"
        r"|(?:what|it|this|which|something that) looks? (?:\w+ly |a (?:lot|bit|little) |very much |much )?like"
        r"|(?:so|as) it looks|(?:by|from) the looks? of",
    ),
    ("may", rf"may{_ALSO} [a-z]"),
    ("could", rf"could{_ALSO} (?!{_DONE}|be {_DONE}|see|hear|reach|touch|find|get|stop)[a-z]"),
    ("must", rf"must{_ALSO} (?:be(?! {_DONE})|have|come|belong|stem|mean|measure|weigh|contain)\b"),
    ("would will", r"would (?:seem|appear|suggest|say|have it)|that (?:would|will) be (?:an?|the|his|her|their)"),
    ("should ought", r"(?:should|ought to) be (?:about|some|around|an?)"),
    ("can", r"can (?:only|hardly) be (?:an?|the|other)"),
    (
        "guess think say assume suppose suspect imagine conclude infer presume believe surmise gather bet wager swear"
        " conjecture speculate reckon take",
        rf"{_WHO} {_MAY}{_HOLD}|i(?:['’]d| would) {_HOLD}|dare say|(?:safe|fair|reasonable|tempting|reason) to {_HOLD}",
    ),
    (
        "guesses thinks assumes supposes suspects imagines concludes infers presumes believes gathers reckons takes",
        r"one (?:guess|think|assume|suppose|suspect|imagine|conclude|infer|presume|believe|gather|reckon)e?s\b"
        r"|one takes (?:to be|(?:it|him|her|them|this) )|takes? to be",
    ),
    (
        "believed thought assumed supposed suspected guessed said reckoned surmised inferred imagined",
        rf"{_HELD} to \w|(?:can|could|may|might|must|(?:is|are|has) to) (?:\w+ly |only )?be {_HELD}"
        rf"|(?:an?|the) {_HELD} \w",
    ),
    ("taken mistaken", r"(?:can|could|may|might|easily) be (?:mis)?taken for|taken to be"),
    (
        "far best near nearly",
        rf"(?:as|so|in so) (?:far|best|near|nearly) as (?:{_WHO} (?:can|could|may|is able)|[^,.;]{{0,40}}\b(?:tell|told"
        r"|judged?|seen?|made out|make out|allows?|permits?|visible|possible|discern\w*|known?)\b)",
    ),
    ("all aught", rf"for (?:all|aught) (?:{_WHO}|that can be) |in all but"),
    (
        "what",
        rf"(?:from|by) what (?:{_WHO} can|can be|could be|little|is visible)|what (?:passes|(?:could|can) pass) for",
    ),
    ("judging judge guessing", r"(?:judging|to judge|guessing) (?:by|from)"),
    ("go going goes", r"(?:to go|going|if one goes) by (?:the|his|her|their|its|what)(?! \w+ (?:side|edge|wall|door))"),
    (
        "if unless",
        r"(?:if|unless) [^.,;:!?]{0,50}\b(?:mistaken|mistakes?|deceiv\w+|decepti\w+|mislead\w*|misled|fool(?:s|ed)"
        r"|to go by|trusted|believed|tricks?)\b|if (?:memory|at all|anything)",
    ),
    ("if though", r"as (?:if|though) (?:he|she|it|they) (?:were|was|had|might)"),
    ("some", r"some (?:kind|sort|type|form|description)\b"),
    ("kind sort", r"an? (?:kind|sort) of|(?:is|are|was|were|it|he|she|they|and|that|which|,) (?:kind|sort) of \w"),
    ("something", r"something (?:like|resembling|akin to|similar to|that (?:looks|seems|resembles|might|could|may))"),
    (
        "resembling",
        r"(?:substance|object|liquid|material|shape|thing|item|figure|device|structure|creature|animal|powder|plant)s?"
        r" resembling",
    ),
    ("similar", r"or (?:an? |some )?(?:other )?similar \w+|or (?:something|someone|somebody) similar"),
    ("like", r"or the like\b|(?:[a-z]+)-like (?:object|substance|liquid|thing|structure|material)"),
    ("either", r"either an? [^,.;:]{1,30} or an? "),
    (
        "impression appearance appearances",
        r"(?:gives?|giving|makes?|creates?|leaves?) (?:the|every|an?) (?:\w+ )?(?:impression|appearance) (?:of|that)"
        r"|impression (?:is|one gets)|(?:has|have|having|with) (?:the|every) appearance of"
        r"|(?:by|to|in) (?:all|every|any) appearances?",
    ),
    ("guess", r"(?:at|by|to) an? (?:\w+ )?guess|(?:my|anyone['’]s|an educated|a (?:good|fair|safe)) guess|by guess"),
    ("odds chances chance", r"(?:odds|chances) are|(?:a|some|every|good) (?:\w+ )?chance (?:that|of)"),
    ("doubt", r"(?:no|without|little|without a|beyond) doubt"),
    ("certain certainly", r"almost certain|(?:not|hardly|quite|never) (?:be )?(?:\w+ )?certain|to be certain"),
    ("certainty", r"with(?:out)? (?:\w+ )?certainty"),
    ("sure", r"(?:not|cannot be|can['’]t be|to be) (?:\w+ )?sure (?:whether|if|what|who)|for sure"),
    (
        "possible conceivable impossible inconceivable thinkable",
        r"(?:is|it['’]s) (?:\w+ )?(?:possible|conceivable|thinkable) that|not (?:impossible|inconceivable)"
        r"|(?:not|as far as|if) possible to (?:tell|say)",
    ),
    ("hard difficult tricky impossible", rf"(?:hard|difficult|tricky|impossible) to {_SAYS}"),
    ("unclear", r"(?:is|are|remains?|it is|left|somewhat|rather) unclear|unclear (?:whether|if|what|who)"),
    ("clear", r"not (?:\w+ )?clear"),
    ("uncertain", r"uncertain (?:whether|if|what|who)|(?:is|remains) uncertain"),
    ("open", r"(?:remains?|is left|stays) open|open to (?:question|debate)"),
    ("told determined said", r"(?:cannot|can['’]t|can hardly) be (?:told|determined|said)"),
    ("knows telling", r"who knows|no telling|no one knows|nobody knows"),
    ("passes pass passing", r"(?:pass|passes|passing) for"),
    ("strikes comes", r"strikes? (?:one|us|me|you|the \w+) as|comes? across as"),
    ("unlike suspiciously", r"not unlike|suspiciously like"),
    ("led sight glance", r"led to believe|at first (?:sight|glance)"),
)
_REACH = (60, 120)  # characters before and behind such a word in which its phrase lies


def _by_word() -> dict[str, re.Pattern[str]]:
    phrases: dict[str, list[str]] = {}
    for words, pattern in _IN_PHRASES:
        for word in words.split():
            phrases.setdefault(word, []).append(pattern)
    return {word: re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})") for word, patterns in phrases.items()}


_PHRASES = _by_word()
_HINTS = _ALONE | _PHRASES.keys()


def _is_hedged(text: str) -> bool:
    hints = words_of(text) & _HINTS
    if not hints and "(?)" not in text:
        return False
    said = _unquoted(text).replace("May", "...").lower()  # the month; as a verb it does not begin with a capital
    flat = f" {without_marks(said)} "
    if "(?)" in said or not _ALONE.isdisjoint(flat.split()):
        return True
    return any(_is_in_phrase(said, flat, word) for word in hints & _PHRASES.keys())


def _is_in_phrase(said: str, flat: str, word: str) -> bool:
    before, behind = _REACH
    at = flat.find(f" {word} ")
    while at >= 0:
        if _PHRASES[word].search(said, max(0, at - before), at + behind):
            return True
        at = flat.find(f" {word} ", at + 1)
    return False


def _unquoted(text: str) -> str:
    done, kept = 0, []
    for start, end in quotations(text):
        kept.append(text[done:start])
        done = end
    return "".join((*kept, text[done:]))


HEDGES = Sign(
    "hedge",
    'words that make a visible fact uncertain, such as "appears to be" or "probably"',
    "A dog that is probably a poodle sleeps on the rug.",
    _is_hedged,
    language="English",
)
