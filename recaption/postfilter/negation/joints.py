"""Where the clauses of a sentence begin and end."""

from __future__ import annotations

import re

from recaption.postfilter.english import words as w
from recaption.postfilter.negation.absence_words import STAYS
from recaption.postfilter.negation.statements import is_clause, is_phrase, words_of
from recaption.postfilter.vocabulary import listed

_MOST_CLAUSES = 30

# Where a clause may begin: behind a mark, and before a conjunction that a negation follows.
_JOINT = re.compile(
    r"(?=[;,:(—\s])(?:;\s|,\s|\s[–—-]\s|—|:\s|\s?\("
    r"|\s(?=(?:and|but|so|while|whereas|although|though|because|since|as|where|yet) (?:there|no|not|none|nobody|nothing"
    r"|neither|nowhere|without|other|further)\b)"
    r"|\s(?=with(?: absolutely)? (?:no|not|nothing|nobody|neither|none)\b|without\b))"
)
LINK = re.compile(
    r"(?:(?:and|but|so|yet|or|while|whereas|although|though|even though|because|since|as|for|where|also|then|here"
    r"|otherwise|however|meanwhile|notably|interestingly|instead|still|plus|again|additionally|furthermore|in addition"
    r"|in which|on which),? ){0,3}"
)
_PLACES = w.PREPOSITIONS - {"of", "without", "like"}
OPENER = re.compile(
    rf"(?:{'|'.join(sorted(_PLACES))}) [^,;:()]{{1,80}}?,? (?=(?:there|no|not|nobody|nothing|neither|none|one|you|we"
    rf"|nowhere|(?:{STAYS}|is|are) (?:no|neither|nobody|nothing))\b)"
)
# Where one may end, and a list with it unless it goes on behind its comma.
_BREAK = re.compile(
    r"(?=[;:(),—\s])(?:[;:()]|\s[–—-]\s|—|,"
    r"|\s(?=(?:while|whereas|although|though|because|until|when|whenever|before|after|since|if|except|but)\b)"
    rf"|(?<!s)\s(?=and (?:{'|'.join(sorted(w.THIRD_PERSON))})\b)"
    r"|\s(?=(?:and|as|so) (?:he|she|they|it|there|his|her|their|its|the|a|an|this|that|these|one|two|three|then|only"
    r"|just)\b))"
)
_JOINED = re.compile(r"\b(?:or|nor|and)\b")
_GOES_ON = listed("in on at near neither not nor or anywhere whatsoever throughout let much either")


def clause_starts(told: str) -> list[tuple[int, int]]:
    """Where what joins a clause to the sentence begins, and where the clause does."""
    starts = [(0, 0), *(match.span() for match in _JOINT.finditer(told))]
    return starts[:_MOST_CLAUSES]


def clause_end(told: str, position: int) -> int:
    """Where a clause ends that has said what it says by `position`; a list goes on behind its commas."""
    listing = False
    for mark in _BREAK.finditer(told, position):
        rest = told[mark.end() :]
        if mark[0] == "," and _is_listed(rest, listing):
            listing = True
        elif not rest.startswith("and ") or _begins_clause(rest.removeprefix("and ")):
            return mark.start()
    return len(told)


def _begins_clause(rest: str) -> bool:
    mark = _BREAK.search(rest)
    part = rest[: mark.start()] if mark else rest
    return is_clause(part) or part.split(" ")[0] in w.THIRD_PERSON


def _is_listed(rest: str, listing: bool) -> bool:
    """Whether what follows a comma belongs to the list in front of it."""
    mark = _BREAK.search(rest)
    part = rest[: mark.start()] if mark else rest
    words = words_of(part)
    if not words or words[0] in _GOES_ON:
        return bool(words)
    if words[0] == "and":
        item = words[1] if len(words) > 1 else ""
        return item in _GOES_ON or (listing and item not in w.FINITE and is_phrase(part.partition("and ")[2]))
    joined = _JOINED.search(rest)
    closed = words[0] in w.PREPOSITIONS or words[0] in w.DEFINITE or w.is_participle(words[0])
    return bool(joined) and not closed and is_phrase(part)
