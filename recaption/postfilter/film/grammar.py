"""From what a lead-in announced to a sentence of its own: "a man walking" becomes "a man is walking".

The announced part is a noun phrase with whatever hangs on it. Where its shape is plain, a form of "be" goes in front of
its participle, or a relative clause becomes the main one; where it is not, "there is" or "is seen" makes a sentence
that is right whatever the shape. Nothing is asserted that was not said, and no other words come in.
"""

from __future__ import annotations

import re
from itertools import takewhile

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import (
    Token,
    be_form,
    head_end,
    is_adverb,
    is_noun,
    starts_predicate,
    tokens_of,
)

_CLAUSE = re.compile(
    r"(?:that|how) (?!(?:to|many|much|few|little|is|are|was|were|shows?|can|could)\b)(?=\w)"
    r"|(?:the|a) (?:(?:exact|precise|very|brief|special|final) )?(?:moment|instant)s? (?:when|as|that|in which"
    r"|at which|where)"
    r" (?=\S)"
    r"|the (?:(?:exact|precise|very) )?(?:moment|instant) (?=(?:an?|the|his|her|he|she|it|they|two|three"
    r"|one) [^,.;]{1,60}?\b"
    rf"(?:{'|'.join(sorted(w.THIRD_PERSON))}|is|are|[a-z]{{3,12}}s(?= (?:an?|the|his|her|its)\b))\b)"
)
_EVALUATIVE = (
    r"(?:(?:various|different|several|multiple|intimate|candid|brief|short|quick|captivating|dynamic|dramatic|beautiful"
    r"|lovely|heartwarming|touching|tender|lively|vibrant|everyday|joyful|quiet|serene|peaceful|striking|intense"
    r"|interesting|engaging|fascinating|diverse|fleeting|continuous|consecutive|connected|related|and),? ){0,4}"
)
_MOMENTS = (
    r"(?:moments|scenes|images|clips|snapshots|vignettes|frames|photos|photographs|pictures|events|instances|glimpses"
    r"|video clips|visuals)"
)
# "a series of intimate moments among ...", "footage of ...": what hangs on it is what is seen.
_META = re.compile(
    r"(?:(?:a|the) (?:(?:short|brief|quick|continuous) )?"
    rf"(?:series|sequence|collection|montage|compilation|succession|set|mix|variety|number) of {_EVALUATIVE}{_MOMENTS}"
    rf"|{_EVALUATIVE}(?:scenes|images|clips|footage|moments|a scene|the scene|a(?: single)? shot))"
    r" (?:(?P<clause>in which|where|when)|of|among|amongst|between|featuring|involving|showing|showcasing|depicting"
    r"|capturing) (?=\S)"
)
SHOT = re.compile(
    r"(?P<shot>(?P<one>an?|the|one)?(?: ?(?!of\b)[\w'’-]{1,20}){0,5}? ?"
    r"(?:shots?|close-ups?|closeup|close up|(?:close-up|aerial|bird['’]s[- ]eye|wide|wide-angle|panoramic|overhead"
    r"|top-down|side|rear|low-angle|high-angle|first-person|point-of-view|ground-level|drone) view)) of (?=\S)"
)
"""A noun phrase that names a way of filming: "a slow close-up of". It can itself show something."""

_SHOT_ENDS = ("shot of ", "shots of ", "up of ", "ups of ", "view of ")

_SERIES = re.compile(r"(?P<series>an? (?:series|sequence|montage|number|set|mix) of )(?=\w)")
_BEHIND_COMMA = re.compile(r", (?P<participle>[a-z-]+) (?P<following>[\w'’-]+)")
_APPOSITION = re.compile(r", (?!and\b|or\b)[^,.;:]{2,20}(?:\. )?[^,.;:]{0,60}(?=, )")
_PRONOUNS = {"he": "is", "she": "is", "it": "is", "they": "are"}
_CLAUSE_OPENERS = frozenset(["where", "whose", "when", "while"])
_SUBJECT_FORMS = {"him": "he", "them": "they", "it": "it", "us": "we", "me": "I", "her": "she"}
_STATES = frozenset(["asleep", "awake", "alone", "naked", "upright", "ashore", "afloat"])
_NO_NOUN_PHRASE = w.PREPOSITIONS | frozenset(
    ["how", "what", "why", "there", "nothing", "not", "", "him", "them", "us", "me"]
)
_ABSTRACT = frozenset(
    [
        "essence",
        "beauty",
        "spirit",
        "mood",
        "feeling",
        "sense",
        "atmosphere",
        "joy",
        "emotion",
        "emotions",
        "importance",
        "contrast",
        "idea",
        "concept",
        "attention",
        "story",
        "journey",
        "simplicity",
        "elegance",
        "majesty",
        "tranquility",
        "serenity",
        "power",
        "grandeur",
        "charm",
        "energy",
        "intensity",
        "bond",
        "connection",
        "relationship",
        "passion",
        "warmth",
        "dedication",
        "skill",
        "talent",
        "vibrancy",
        "details",
        "complexity",
    ]
)
_APPEARANCE = "what appears to be "


def sentence_from(announced: str, hedge: str = "") -> str | None:
    """A sentence, without a capital at its start, that says what was announced.

    Args:
        announced: everything that followed the verb, such as "a man walking down a street, holding a bag."
        hedge: "appear" or "seem" where the lead-in hedged ("appears to show"); the sentence then hedges too.

    Returns:
        None where no rule gives a sound one, "" where nothing was announced.
    """
    if not any(map(str.isalnum, announced)):
        return ""
    position = 0
    while match := _META.match(announced, position):
        position = match.end()
        if match["clause"]:
            return None if hedge else announced[position:]
    if match := _CLAUSE.match(announced, position):
        return None if hedge else announced[match.end() :]
    phrase = announced[position:]
    if not hedge and (shot := shown_by_shot(phrase)):
        return shot
    prefix = _APPEARANCE if phrase.startswith(_APPEARANCE) else ""
    phrase = phrase.removeprefix(prefix)
    tokens = tokens_of(phrase)
    made = _from_pronoun(phrase, tokens, hedge)
    if made is None and tokens[0].word not in _NO_NOUN_PHRASE:
        made = _from_clause(phrase, tokens, hedge) or _presented(phrase, tokens, hedge)
    return made and prefix + made


def shown_by_shot(phrase: str) -> str | None:
    """ "a wide shot of a street" becomes "a wide shot shows a street"; None for other phrases."""
    if not any(end in phrase for end in _SHOT_ENDS):
        return None
    series = _SERIES.match(phrase)
    start = series.end() if series else 0
    shot = SHOT.match(phrase, start)
    if shot is None:
        return None
    verb = "shows" if series or shot["one"] else "show"
    return f"{phrase[:start]}{shot['shot']} {verb} {phrase[shot.end() :]}"


def number_of(phrase: str) -> str:
    """ "is" or "are", as a noun phrase wants it."""
    return be_form(tokens_of(phrase)) or "are"


def _from_pronoun(phrase: str, tokens: list[Token], hedge: str) -> str | None:
    """ "him walking" becomes "he is walking", "him from behind" becomes "he is seen from behind"."""
    subject = _SUBJECT_FORMS.get(tokens[0].word)
    if subject is None or len(tokens) < 2 or tokens[0].closed:
        return None
    be = _verb({"they": "are", "we": "are", "I": "am"}.get(subject, "is"), hedge)
    following = tokens[1].word
    if w.is_participle(following) or w.is_adjective(following) or following in _STATES:
        return f"{subject} {be}{phrase[tokens[0].end :]}"
    placed = following in w.PREPOSITIONS and not hedge and tokens[0].word != "her"
    return f"{subject} {be} seen{phrase[tokens[0].end :]}" if placed else None


def _from_clause(phrase: str, tokens: list[Token], hedge: str) -> str | None:
    """The phrase with its participle, relative clause or "as he walks" as its verb; None where that is not plain."""
    crossed: set[str] = set()
    for i, token in enumerate(tokens):
        word, following = token.word, tokens[i + 1].word if i + 1 < len(tokens) else ""
        after_noun = i > 0 and is_noun(tokens[i - 1].word) and not tokens[i - 1].closed
        if word in ("who", "that", "which"):
            return _from_relative(phrase, tokens, i, crossed) if after_noun and not hedge else None
        if word == "as" and i + 2 < len(tokens) and _refers(following, tokens[:i]):
            return phrase[: token.start] + phrase[tokens[i + 2].start :] if after_noun and not hedge else None
        if word in _CLAUSE_OPENERS:
            return None
        if after_noun and not crossed and (word in w.AUXILIARIES or _is_third_person(tokens, i)):
            return None if hedge else phrase
        if after_noun and word in w.STATIVE:
            return None
        if starts_predicate(tokens, i):
            return _with_be(phrase, tokens, _past_attributes(tokens, i), crossed, hedge)
        if word in w.PREPOSITIONS or word in w.CONJUNCTIONS:
            crossed.add(word)
    return None


def _refers(pronoun: str, tokens: list[Token]) -> bool:
    """Whether a pronoun can stand for the noun phrase: "a man as he", "two men as they"."""
    return bool(tokens) and pronoun in _PRONOUNS and be_form(tokens) == _PRONOUNS[pronoun]


def _from_relative(phrase: str, tokens: list[Token], i: int, crossed: set[str]) -> str | None:
    """ "a man who walks" becomes "a man walks".

    "that" and "which" belong to the nearest noun, so no other may stand between; "who" finds its person across a place.
    """
    between = crossed - ({"of", "in", "on", "at"} if tokens[i].word == "who" else {"of"})
    verb = next((token for token in tokens[i + 1 : i + 3] if not is_adverb(token.word)), None)
    if between or tokens[i].closed or verb is None:
        return None
    if verb.word not in w.FINITE and not _must_be_verb(tokens, tokens.index(verb), tokens[i].word):
        return None
    return phrase[: tokens[i].start] + phrase[tokens[i + 1].start :]


def _must_be_verb(tokens: list[Token], i: int, relative: str) -> bool:
    """Whether a word behind a relative can be nothing but its verb: "who squats", "that squats on"."""
    following = tokens[i + 1].word if i + 1 < len(tokens) else ""
    ends = following in w.PREPOSITIONS | w.DETERMINERS | w.CONJUNCTIONS or is_adverb(following) or tokens[i].closed
    return tokens[i].word.endswith(("s", "ed")) and (relative == "who" or ends)


def _past_attributes(tokens: list[Token], i: int) -> int:
    """Of "a man wearing a hat walking", the participle that tells what happens; else the first one."""
    if tokens[i].word not in w.CARRYING and tokens[i].word not in w.PAST_PARTICIPLES:
        return i
    for later in range(i + 2, len(tokens)):
        if tokens[later].word in w.CONJUNCTIONS - {"and"} or tokens[later].word == "with":
            return i
        if starts_predicate(tokens, later) and tokens[later].word not in w.PAST_PARTICIPLES:
            return later
    return i


def _with_be(phrase: str, tokens: list[Token], i: int, crossed: set[str], hedge: str) -> str | None:
    """The phrase with "is" or "are" before its participle; None where that may belong to another noun."""
    noun = next(token for token in reversed(tokens[:i]) if not is_adverb(token.word))
    worn = noun.word in w.ATTRIBUTES
    if crossed - {"of", "in", "on", "at", "and", "from"} - ({"with"} if worn else set()):
        return None
    if "and" in crossed and len(crossed - {"of"}) > 1 and not worn:
        return None
    be = be_form(tokens[:i])
    if be is None:
        return None
    while is_adverb(tokens[i - 1].word):
        i -= 1
    return f"{phrase[: tokens[i].start]}{_verb(be, hedge)} {phrase[tokens[i].start :]}"


def _presented(phrase: str, tokens: list[Token], hedge: str) -> str | None:
    """ "there is a man ..." for what is new, "the tower is seen at night" for what is known."""
    first = tokens[0]
    named = first.text[:1].isupper() and not phrase.startswith(('"', "“"))
    known = named or first.word in w.DEFINITE - {"these", "those"} or first.word.endswith(("'s", "’s"))
    if not known:
        be = be_form(list(takewhile(lambda token: token.word != "and", tokens)) or tokens) or "is"
        return f"there {_verb(be, hedge)} {phrase}"
    head = head_end(tokens)
    if hedge or head is None or any(token.word in _ABSTRACT for token in tokens[: head + 1]):
        return None
    end = tokens[head].end
    be = be_form(tokens[: head + 1]) or "are"
    return _with_be_behind_comma(phrase, end, be) or f"{phrase[:end]} {be} seen{phrase[end:]}"


def _with_be_behind_comma(phrase: str, end: int, be: str) -> str | None:
    """ "the teacher, Ms. Lee, tapping a rhythm" becomes "the teacher, Ms. Lee, is tapping a rhythm"."""
    match = _BEHIND_COMMA.match(phrase, end)
    if match and _acts(match):
        return f"{phrase[:end]} {be} {phrase[match.start('participle') :]}"
    apposition = _APPOSITION.match(phrase, end)
    match = _BEHIND_COMMA.match(phrase, apposition.end()) if apposition else None
    if match and apposition and _acts(match):
        return f"{phrase[: apposition.end()]}, {be} {phrase[match.start('participle') :]}"
    return None


def _acts(match: re.Match[str]) -> bool:
    """Whether a participle behind a comma can be the verb."""
    participle = match["participle"]
    acts = w.is_participle(participle, match["following"].lower()) and participle not in w.STATIVE
    return acts or participle in w.PAST_PARTICIPLES | {"seen", "viewed"}


def _is_third_person(tokens: list[Token], i: int) -> bool:
    """Whether a word in -s must be a verb: "a man walks" can be no noun phrase."""
    if tokens[0].word not in w.SINGULAR_DETERMINERS or tokens[i - 1].word.endswith(("'s", "’s")):
        return False
    following = tokens[i + 1].word if i + 1 < len(tokens) else ""
    ends = following in w.PREPOSITIONS | w.DETERMINERS | w.CONJUNCTIONS or is_adverb(following)
    return tokens[i].word in w.THIRD_PERSON and (ends or not following)


def _verb(be: str, hedge: str) -> str:
    """The form of "be", or of "appear to be" where the source hedged."""
    if not hedge:
        return be
    return f"{hedge}s to be" if be == "is" else f"{hedge} to be"
