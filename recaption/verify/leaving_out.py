"""One sentence without one of its claims: its words alone, its clause, or nothing where no sentence would be left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recaption.postfilter.ending.clauses import has_open_pair, is_sentence, is_whole
from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.english.sentences import capitalised
from recaption.postfilter.vocabulary import listed
from recaption.verify.camera_words import CAMERAS, COPULAS, FILMS, FINITE, OTHER_VERBS, TOWARDS, VERBS, VIEWS
from recaption.verify.claim import Claim
from recaption.verify.claims import claims
from recaption.verify.directions import clause_end, direction
from recaption.verify.tokens import Tokens

_JOINT = re.compile(
    r";\s+(?:then )?|,?\s+(?:and then|and|but|then|while|as|before|after|when|until)\s+|,\s+(?:with\s+)?"
    r"|\s+with\s+(?=(?:the|no) )|\s+(?=(?:that|which) (?:is|are) )",
    re.I,
)
_OPENER = re.compile(r"(?:as|while|when|after|before|with|until|once|then|next)\s+", re.I)
_CLAUSES = frozenset(["and", "and then", "but", "while", "as", "when", ""])
"""What joins a clause that can stand alone."""
_SUBORDINATORS = frozenset(["as", "while", "when", "before", "after", "until"])
_ALSO = frozenset(["and", "but"])
_SUBJECT = re.compile(
    rf"(?:(?:the|a|an)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(sorted(CAMERAS | VIEWS | FILMS))})\b", re.I
)
_PRONOUNS = s.ANY_SUBJECTS | s.OBJECTS | listed("its his their this that these those one both others")
_FILMED = listed("filmed shot recorded captured presented shown")
_DEGREES = listed(
    """very quite rather fairly somewhat too so pretty more most less extremely relatively slightly incredibly really
    highly moderately remarkably particularly exceptionally entirely completely fully mostly largely partly partially
    almost nearly"""
)
_PARTICLES = listed("up down off over past around along by")
_JOINING = (w.PREPOSITIONS | w.CONJUNCTIONS | listed("both either not")) - _PARTICLES
_LEAN = (
    COPULAS
    | _FILMED
    | _JOINING
    | listed("appears seems looks begins starts opens ends continues played rendered displayed seen viewed")
)
"""Words that need what goes behind them, where it is a phrase such as "in slow motion"."""
_NEEDS_ADJECTIVE = listed("not never once but or yet")
_LINKS_BACK = listed("or nor but yet")
_EMPTY = listed("position style viewpoint vantage manner format")
_EMPTY_BEHIND = _EMPTY | listed("camera shot take view angle perspective frame")
"""Nouns that say nothing without an adjective; those of `_EMPTY_BEHIND` after a preposition: "with a camera"."""
_PHRASES = ("in ", "without ")
_GOES_ON = listed("and then") | {"and then", ""}
"""What joins another thing that the same subject does."""
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.I)
_LIKE_A_CONSONANT = re.compile(r"(?:uni|use|usu|eu|one\b|once)", re.I)
_SILENT_H = re.compile(r"(?:hour|honest|heir|honou?r)", re.I)


class _Part(NamedTuple):
    """A stretch between two joints; `joint` is what stands before it."""

    joint: str
    start: int
    end: int

    @property
    def link(self) -> str:
        return " ".join(self.joint.strip(" ,;\n").lower().split())


def without_claim(sentence: str, claim: Claim) -> str | None:
    """The sentence without one of its claims; None where all of it has to go.

    What is left is a sentence, ends as the sentence did, and claims nothing that the sentence did not.

    Args:
        claim: as `claims(sentence)` gives it.
    """
    told = _keys(sentence)
    for ways in (_without_words(sentence, claim), _without_clause(sentence, claim)):
        fine = [way for way in ways if len(_keys(way)) < len(told) and set(_keys(way)) <= set(told)]
        if fine:
            return max(fine, key=len)
    return None


def _keys(sentence: str) -> list[tuple[str, str]]:
    return [(claim.kind, claim.value) for claim in claims(sentence)]


def _without_words(sentence: str, claim: Claim) -> Iterator[str]:
    """The sentence without a loose claim's own words, marks and the article put right."""
    if not claim.loose:
        return
    own = sentence[claim.start : claim.end].lower()
    head, tail = _without_degrees(sentence[: claim.start].rstrip(), own), sentence[claim.end :].lstrip()
    if tail.startswith("and ") and is_adverb(following := tail[4:].split(" ")[0]) and following != "then":
        tail = tail[4:]
    elif head.endswith(" and") and _describes(head[:-4]):
        head = head[:-4]
    if not _stands(head, tail, own):
        return
    opened = not head
    if tail.startswith(",") and (opened or head.endswith(",") or head.split(" ")[-1].lower() in w.DETERMINERS):
        tail = tail[1:].lstrip()
    if head.endswith(","):
        head = head[:-1]
    glue = "" if opened or not tail or not (tail[0].isalnum() or tail[0] in "\"'“‘(") else " "
    text = _with_article(head + glue, tail)
    if any(map(str.isalnum, text)):
        yield capitalised(text) if opened else text


def _without_degrees(head: str, own: str) -> str:
    """A head without the adverbs at its end that tell how dark, how slowly: "a very"."""
    describes = not own.startswith(_PHRASES) and not own.endswith("ly")
    while head:
        before, _, last = head.rpartition(" ")
        word = last.lower().rstrip(",")
        if word not in _DEGREES and not (describes and word.endswith("ly") and is_adverb(word)):
            break
        head = before
    return head


def _stands(head: str, tail: str, own: str) -> bool:
    """Whether head and tail are English without the words between them."""
    before, following = head.lower().split(), re.findall(r"[\w'’-]+|[^\w\s]", tail.lower())[:2]
    last, first = before[-1] if before else "", following[0] if following else ""
    if first in _LINKS_BACK or (first == "and" and not before):
        return False
    if own.endswith("ly"):
        whose = last.endswith("ly") or last in CAMERAS | VIEWS | FILMS
        return not (first == "and" and whose) and before[-2:] != ["and", "then"]
    names = first[:1].isalnum() and first not in w.PREPOSITIONS | w.CONJUNCTIONS | COPULAS and not is_adverb(first)
    if own.startswith(_PHRASES) or not (names or (first == "," and last in w.DETERMINERS)):
        return last.rstrip(",") not in _LEAN | w.DETERMINERS and not last.endswith("'s")
    if last in _NEEDS_ADJECTIVE or is_adverb(last) or (last == "and" and before[-2:-1] and before[-2].endswith(",")):
        return False
    behind = len(before) > 1 and before[-2] in w.PREPOSITIONS and following[1:] != ["of"]
    behind = behind or following[1:] in ([], ["."])
    return last not in ("a", "an", "the") or first not in (_EMPTY_BEHIND if behind else _EMPTY)


def _describes(head: str) -> bool:
    last = head.rsplit(" ", 1)[-1].lower()
    return is_adverb(last) or w.is_adjective(last)


def _with_article(head: str, tail: str) -> str:
    """Head and tail joined, with "a" or "an" between them as the tail sounds."""
    article = _ARTICLE.search(head)
    if article is None:
        return head + tail
    vowel = (tail[:1].lower() in tuple("aeiou") and not _LIKE_A_CONSONANT.match(tail)) or bool(_SILENT_H.match(tail))
    fitting = article[1][0] + ("n" if vowel else "")
    return head[: article.start()] + fitting + article[2] + tail


def _without_clause(sentence: str, claim: Claim) -> Iterator[str]:
    """The sentences that are left without the clause of a claim."""
    body = sentence.rstrip()
    stop = body[len(body.rstrip(".!?…")) :]
    parts = _parts(body[: len(body) - len(stop)])
    first = max(i for i, part in enumerate(parts) if i == 0 or part.start <= claim.start)
    last = max(i for i, part in enumerate(parts) if i == 0 or part.start < claim.end)
    ways = (*_heads(body, parts, first), *_tails(body, parts, first, last), *_middles(body, parts, first, last))
    for rest, surely in ways:
        if (surely or is_whole(rest)) and not has_open_pair(rest):
            yield capitalised(rest) + (stop or ".")


def _parts(sentence: str) -> list[_Part]:
    opener = _OPENER.match(sentence)
    parts = [_Part(opener[0] if opener else "", opener.end() if opener else 0, len(sentence))]
    for joint in _JOINT.finditer(sentence, parts[0].start):
        parts[-1] = parts[-1]._replace(end=joint.start())
        parts.append(_Part(joint[0], joint.end(), len(sentence)))
    return parts


def _heads(sentence: str, parts: list[_Part], first: int) -> Iterator[tuple[str, bool]]:
    """What stands before the clause, if it needs nothing of what follows; and whether that is surely a sentence."""
    if not first:
        return
    opening, member, gone = parts[0], parts[first - 1], parts[first]
    head = sentence[: member.end]
    opens = bool(opening.joint) or _is_phrase(sentence, opening)
    if first == 1 and opening.link in _SUBORDINATORS:
        clause = sentence[opening.start : opening.end]
        if not _refers(clause) and is_sentence(clause):
            yield clause, True
        return
    listed_last = first > 1 + opens and gone.link in ("and", "and then", "then") and not member.link
    if listed_last and (_verb(sentence, member) or is_sentence(sentence[member.start : member.end])):
        head = f"{sentence[: parts[first - 2].end]} and {sentence[member.start : member.end]}"
    stands = first > 1 or not opens
    yield head, stands and gone.link in _SUBORDINATORS | _ALSO and bool(_SUBJECT.match(sentence, gone.start))


def _tails(sentence: str, parts: list[_Part], first: int, last: int) -> Iterator[tuple[str, bool]]:
    """What stands behind the clause: a clause of its own, or what else its subject does."""
    if first or last + 1 == len(parts):
        return
    following = parts[last + 1]
    if not _verb(sentence, following) and _only_describes(sentence, following):
        last += 1
        if last + 1 == len(parts):
            return
        following = parts[last + 1]
    rest = sentence[following.start : parts[-1].end]
    gone = sentence[parts[0].start : parts[last].end].lower().split()
    if _verb(sentence, following) and not parts[0].joint and s.RELATIVES.isdisjoint(gone) and "that" not in gone:
        if subject := _SUBJECT.match(sentence, parts[0].start):
            yield f"{subject[0]} {_of_two(rest, parts[last + 1 :])}", False
        return
    opened = bool(following.link or parts[0].joint or last) or ";" in following.joint or _is_phrase(sentence, parts[0])
    if opened and following.link in _CLAUSES and not _refers(rest) and not _only_describes(sentence, following):
        yield rest, following.link in _SUBORDINATORS and is_sentence(rest)


def _only_describes(sentence: str, part: _Part) -> bool:
    """Whether a part tells more of what stands before it, and names nothing of its own: "and rainy"."""
    clause = sentence[part.start : part.end]
    word = next((word for word in clause.lower().split() if not is_adverb(word)), "")
    if word in w.DETERMINERS:
        return False
    return w.is_participle(word) or w.is_adjective(word) or not is_sentence(clause)


def _refers(clause: str) -> bool:
    """Whether a clause begins with a word for something else, or has an "it", which may be the camera."""
    words = clause.lower().split()
    return not words or words[0] in _PRONOUNS or "it" in words


def _of_two(rest: str, parts: list[_Part]) -> str:
    """The end of a list without the comma before its "and", where two of its members are left."""
    return rest.replace(", and ", " and ", 1) if len(parts) == 2 and parts[1].joint == ", and " else rest


def _is_phrase(sentence: str, part: _Part) -> bool:
    """Whether a part only opens a sentence: "In the next shot", "Filmed by hand", "Panning left"."""
    word = sentence[part.start : part.end].split(" ", 1)[0].lower()
    return word in w.PREPOSITIONS | _FILMED or w.is_participle(word)


def _middles(sentence: str, parts: list[_Part], first: int, last: int) -> Iterator[tuple[str, bool]]:
    """What stands on both sides of the clause, where what follows is a clause that leans on neither."""
    if not first or last + 1 == len(parts):
        return
    following = parts[last + 1]
    rest = sentence[following.start : parts[-1].end]
    starts_clause = rest.split(" ", 1)[0].lower() in w.DETERMINERS and following.link in ("and", "but", "while", "as")
    goes_on = _verb(sentence, following) and _verb(sentence, parts[first])
    if not is_whole(head := sentence[: parts[first - 1].end]):
        return
    if goes_on:
        yield head + (_of_two(following.joint + rest, parts[last:]) if first == 1 else following.joint + rest), False
    elif starts_clause and is_whole(rest):
        yield f"{head}, {following.link} {rest}", False


def _verb(sentence: str, part: _Part) -> bool:
    """Whether a part begins with what a camera does, and not with things that do something: "leaves moving"."""
    words = sentence[part.start : part.end].lower().split()
    while words and (is_adverb(words[0]) or words[0] == "then"):
        words = words[1:]
    if not words or part.link not in _GOES_ON:
        return False
    form = VERBS.get(words[0])
    if form and form.form == FINITE:
        tokens = Tokens(" ".join(words), 0, len(" ".join(words)))
        return bool(direction(tokens, 1, clause_end(tokens, 1), form.verb)) or not _is_noun_before(words[1:])
    alone = len(words) == 1 and any(map(str.isalnum, sentence[part.end :]))
    return words[0] in OTHER_VERBS and not alone and not _is_noun_before(words[1:])


def _is_noun_before(words: list[str]) -> bool:
    """Whether what follows a word makes a noun of it: a verb does, but none that is a noun itself ("the fall")."""
    goes_on = w.PREPOSITIONS | w.DETERMINERS | s.OBJECTS | TOWARDS.keys()
    following = next((word for word in words if not is_adverb(word)), "in")
    nouns = w.DETERMINERS | w.PREPOSITIONS
    return following not in goes_on or any(
        w.is_participle(word)
        or (word in w.FINITE and not (i and (words[i - 1] in nouns or w.is_adjective(words[i - 1]))))
        for i, word in enumerate(words)
        if word not in goes_on
    )
