"""Which way words lead: "to the left", "from left to right", "upwards", "closer", "clockwise"."""

from __future__ import annotations

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.vocabulary import listed
from recaption.verify import camera_words as c
from recaption.verify.claim import Claim
from recaption.verify.tokens import Tokens

BETWEEN = listed("back slightly further farther straight a bit little all the way again")
"""What may stand between a verb and its direction."""
_CLAUSE_ENDS = listed("and then before as while until after when who which that where but so because")
_OF_PICTURE = listed("frame picture screen stage room scene view image")
_AFTER_IN = listed("on for to toward towards closer and then as while until before from close . , ; :")
_TURNING = listed("pan tilt turn swing swivel rotate pivot whip veer sweep shift")
_OPPOSITE = {c.LEFT: c.RIGHT, c.RIGHT: c.LEFT}


def clause_end(tokens: Tokens, i: int) -> int:
    """Where the words from `i` end that belong to one verb: at a mark, or where another clause begins."""
    while i < len(tokens) and not (tokens[i].is_mark or tokens.word(i) in _CLAUSE_ENDS):
        i += 1
    return i


def direction(tokens: Tokens, start: int, end: int, verb: str) -> str:
    """The direction that the words behind a verb name; "" for none."""
    near = True
    for i in range(start, end):
        if found := side(tokens, i):
            return found if near or not on_both_sides(tokens, i + 3) else ""
        word = tokens.word(i)
        if w.is_participle(word, tokens.word(i + 1)):
            return ""  # "across a man walking to the left"
        if near and word in _OPPOSITE and _opposite_follows(tokens, i):
            return _OPPOSITE[word]
        if near and word in c.TOWARDS and _leads(tokens, i, verb):
            return c.TOWARDS[word]
        if word in ("closer", "nearer"):
            return c.IN
        near = near and (is_adverb(word) or word in BETWEEN)
    return ""


def side(tokens: Tokens, i: int) -> str:
    """The side in "to the left" at `i`; "" where there is none, or it is that of a thing ("to the left of him")."""
    if tokens.word(i) not in ("to", "toward", "towards"):
        return ""
    i += 1
    while tokens.word(i) in ("the", "far", "very", "its"):
        i += 1
    if tokens.word(i) not in (c.LEFT, c.RIGHT):
        return ""
    of_thing = tokens.word(i + 1) == "of" and _OF_PICTURE.isdisjoint(tokens.words(i + 2, 2))
    return "" if of_thing else tokens.word(i)


def _opposite_follows(tokens: Tokens, i: int) -> bool:
    """Whether a side is where something starts: "left to right"."""
    return tokens.word(i + 1) == "to" and _OPPOSITE[tokens.word(i)] in tokens.words(i + 2, 2)


def speed_claims(tokens: Tokens, places: list[int]) -> list[Claim]:
    """The claims of words for speed."""
    named = [(tokens[i], "slow" if tokens.word(i) in c.SLOW else "fast") for i in places]
    return [Claim("motion", value, token.start, token.end, loose=True) for token, value in named]


def _leads(tokens: Tokens, i: int, verb: str) -> bool:
    """Whether a word that can name a direction does."""
    word, following = tokens.word(i), tokens.word(i + 1)
    if word == "back" and following == "to":
        return verb in ("pull", "draw") or tokens.word(i + 2) in w.BASES
    if word == "back":
        return following not in (*c.TOWARDS, "over") and not tokens.follows(i, "back and forth")
    if word == "in":
        return verb == "zoom" or following in _AFTER_IN
    if word == "out":
        return verb in ("zoom", "pull") or following != "of"
    if word in ("toward", "towards"):
        return verb not in _TURNING
    if word in ("up", "down") and verb not in _TURNING:
        return not leads_ahead(tokens, i)
    return True


def leads_ahead(tokens: Tokens, i: int) -> bool:
    """Whether the words from `i` on are a way that one goes: "up the winding road", "the stairs"."""
    i += tokens.word(i) in ("up", "down")
    for word in tokens.words(i, 4):
        if word in w.PREPOSITIONS - {"of"}:
            return False
        if word in c.WAYS:
            return True
    return False


def on_both_sides(tokens: Tokens, i: int) -> bool:
    """Whether "the left" ends before `i`, where "and right" follows: things stand there."""
    sides = (tokens.word(i - 1), tokens.word(i), tokens.word(i + 1))
    return tokens.word(i - 2) == "the" and sides[1] == "and" and _OPPOSITE.get(sides[0]) == sides[2]
