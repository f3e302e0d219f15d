"""What is said not to be in the scene goes: whole sentences, and clauses that a sentence can do without.

A property of a thing that is there stays ("a bicycle without a saddle"), and so does what somebody does not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recaption.postfilter.english import words as w
from recaption.postfilter.english.by_sentence import REMEMBERED, by_sentence
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.negation import absence_talk as talk
from recaption.postfilter.negation.joints import LINK, OPENER, clause_end, clause_starts
from recaption.postfilter.negation.statements import is_clause, is_phrase, opens, words_of
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import listed, marked, vocabulary

# One of these words is in every sentence of the kind, or one of a pair of sets each, in a phrase.
_NEGATIVE = marked(
    """no not none nobody no-one nothing nowhere neither nor never cannot can't isn't aren't wasn't weren't doesn't
    don't didn't couldn't won't hasn't haven't without absent absence missing lack lacks lacking devoid void bereft
    invisible unseen omitted omits excluded excludes non-existent nonexistent unavailable unrepresented elsewhere
    off-screen offscreen off-camera fail fails vain wanting barren gone"""
)
_PAIRS = (
    (marked("out outside beyond off"), marked("view frame shot picture scene image sight screen camera")),
    (marked("free empty clear bare"), marked("of from")),
    (marked("left leaves"), marked("out")),
    (marked("stay stays stayed keep keeps kept"), marked("away out")),
    (marked("yet"), marked("to")),
    (marked("dispense dispenses"), marked("with")),
)
_PAIRED = frozenset().union(*(one for one, _ in _PAIRS))
_PHRASES = (
    "free of ", "free from ", "empty of ", "clear of ", "bare of ", "out of view", "out of sight", "out of frame",
    "out of shot", "out of the p", "out of the f", "out of the sh", "out of the sc", "out of the v", "outside the f",
    "outside the p", "outside of the ", "beyond the f", "beyond the p", "off screen", "off camera", "left out",
    "leaves out", "yet to ", "stay away", "stays away", "stayed away", "keep away", "keeps away", "kept away",
    "dispense", "stay out", "stays out", "keep out", "keeps out", "kept out", "well away", "far away",
)  # fmt: skip
_LONGEST = 1000  # characters of a sentence that is looked at; nobody writes longer ones
_LONGEST_PHRASE = 120
_LONGEST_ACCOMPANIMENT = 160
_MARKS = " .!?…"

_STOP = re.compile(r"[;:()–—\"“]| - ")
_CONNECTOR = re.compile(
    r"(?:[;:,]|\s[–—-]|—)?\s?(?:(?:and|but|so|yet|while|whereas|although|though|as|because|since) )?(?:(?:then"
    r"|instead) )?"
)
_SUBORDINATE = re.compile(rf"(?:{'|'.join(sorted(w.SUBORDINATORS))}|even though) ")
# Conjunctions without which their clause is a sentence.
_DROPPED = frozenset(["as", "while", "although", "though", "whereas", "even though"])

# What brings in something that is there, unless it was known: "but a dog", "apart from him".
_BUT = re.compile(
    r"\b(?:but|except|excepting|save|only(?! things?\b)|unless|until|than|just|merely|instead|rather|excluding"
    r"|besides|(?:apart|aside) from)\b"
)
_KNOWN = re.compile(
    r"\b(?:other than|except(?: for)?|apart from|aside from|besides|but|save for) (?:the|this|that|these|those|him"
    r"|her|it|them|his|their)\b"
)
_EXCEPTING = re.compile(r"(?:except|apart from|aside from|other than|besides|but for|save)\b")

_NEVER_ABSENT = listed(
    """he she they it his her its my our your their each every both some several many most all everything everyone
    everybody someone somebody something who which what one two three four five six seven eight nine ten you we i there
    few and but or if when while as"""
)
_KNOWING = frozenset(["the", "this", "that", "these", "those"])
_SINGLE = frozenset(["a", "an", "another", "either"])
_UNCOUNTED = listed("snow ice water traffic smoke music light grass furniture rain fog mist moss sand fire wind dust")
_POSSESSIVE = re.compile(r"\b(?:his|her|their|its)\b")
_PLACED = re.compile(r"(?:is|was|has not been|hasn't been)\b")
_COVERS = re.compile(
    r" (?:surround|enclose|border|line|cover|separate|span|block|adorn|decorate|accompany|divide|protect|shade|light"
    r"|illuminate|frame|crown|stand|hang|flank|mark|share|run|stretch|lead)\b"
)
_AFTERWARDS = listed(
    "altogether anywhere either here there or and nor whatsoever whatever once this during yet today nearby"
)


def _absences(text: str) -> Iterator[Change]:
    return by_sentence(text, _judged)


def _may_be(text: str) -> bool:
    words = vocabulary(text)
    if not _NEGATIVE.isdisjoint(words):
        return True
    if _PAIRED.isdisjoint(words) or all(one.isdisjoint(words) or other.isdisjoint(words) for one, other in _PAIRS):
        return False
    lowered = text.lower()
    return any(phrase in lowered for phrase in _PHRASES)


@lru_cache(maxsize=REMEMBERED)
def _judged(sentence: str) -> Sequence[Change] | None:
    """The changes of one sentence; None where it says nothing else."""
    if len(sentence) > _LONGEST or not _may_be(sentence):
        return ()
    told = sentence.lower().replace("’", "'")
    if len(told) != len(sentence):
        return ()
    told = _KNOWN.sub(lambda known: "here".ljust(len(known[0])), told.rstrip(_MARKS))
    for joint, begin in clause_starts(told):
        finish = _absence(told, begin, joint)
        cuts = () if finish is None else _cuts(told, joint, finish)
        if cuts is None:
            return None
        if cuts:
            return [Change(first, last, "" if first else sentence[last - 1].upper()) for first, last in cuts]
    return ()


def _cuts(told: str, joint: int, finish: int) -> Sequence[tuple[int, int]] | None:
    """The places that go with a clause; none where no sound sentence is left, None where nothing else is said.

    A place at the start takes the first letter of what is left along, since that becomes a capital.
    """
    left, right = told[:joint], told[finish:]
    if "(" in told[joint : joint + 2]:
        right = right.removeprefix(")")
    if _EXCEPTING.match(left):
        return ()
    conjunction = _SUBORDINATE.match(left)
    if conjunction and "," not in left and is_clause(left[conjunction.end() :]):
        dropped = not right and conjunction[0].strip() in _DROPPED
        return [(0, conjunction.end() + 1), (joint, finish)] if dropped else ()
    if opens(left):
        if not right:
            return None
        connector = _CONNECTOR.match(right)
        rest = connector.end() if connector else 0
        return () if left or not is_clause(right[rest:]) else [(0, finish + rest + 1)]
    end = len(told) - len(right)
    return [(joint, end + 1 if right.startswith(",") and _goes_on(right) else end)]


def _goes_on(right: str) -> bool:
    """Whether the verb of what stands in front of a clause follows behind it: ", runs along", ", and sits down"."""
    following = words_of(right[:40])
    verb = following[1:2] if following[:1] == ["and"] else following[:1]
    return bool(verb) and (verb[0] in w.THIRD_PERSON or verb[0] in w.AUXILIARIES)


def _absence(told: str, begin: int, joint: int) -> int | None:
    """Where a clause that says what is not there ends; None where the clause is none."""
    link = LINK.match(told, begin)
    at = link.end() if link else begin
    if told.startswith(("with ", "without "), at):
        return _accompanied(told, at, comma=told[joint] == ",")
    if (opener := OPENER.match(told, at)) and opens(opener[0]):
        if inverted := talk.INVERTED.match(told, opener.end()):
            return _finish(told, at, inverted.end())
        finish = _denial(told, opener.end(), joint, bare=False)
        if finish is not None:
            return finish
    return _denial(told, at, joint, bare=at == begin and told[joint] == "," and not opens(told[:joint]))


def _denial(told: str, at: int, joint: int, bare: bool) -> int | None:
    """The same, of a clause with no conjunction or opener in front of it; `bare` where only a comma is there."""
    for pattern in talk.CLAUSES:
        clause = pattern.match(told, at)
        if clause and is_phrase(clause.groupdict().get("phrase") or "thing"):
            finish = _finish(told, at, clause.end())
            if finish is not None:
                return finish
    for opening, predicate in talk.PARTED:
        if (opened := opening.match(told, at)) and (said := _behind_phrase(told, opened.end(), predicate)):
            return _finish(told, at, said.end())
    if not bare or told.startswith(("other ", "further ", "additional "), at):
        finish = _not_there(told, at, joint)
        if finish is not None:
            return finish
    return _verbless(told, at, joint)


def _verbless(told: str, at: int, joint: int) -> int | None:
    """The end of "nobody on board" in a sentence, or of "no people in sight"."""
    if not talk.DENIES.match(told, at):
        return None
    end = clause_end(told, at)
    if joint and (nobody := talk.NOBODY_AT.match(told, at)) and _is_short_place(told[nobody.end() : end]):
        return _finish(told, at, nobody.end())
    plain = talk.BARE.match(told, at, end)
    return end if plain and _is_plain(plain["phrase"], inside=joint > 0 or end < len(told)) else None


def _not_there(told: str, at: int, joint: int) -> int | None:
    """The end of a clause such as "pedestrians are nowhere to be seen"."""
    said = _behind_phrase(told, at, talk.NOT_THERE)
    finish = _finish(told, said.end(), said.end()) if said else None
    if said is None or finish is None:
        return None
    tail = told[said.end() : finish]
    placed = _is_place(tail, said[0]) or (said["stay"] and is_phrase(tail))
    whole = joint == 0 and finish == len(told)
    return finish if placed and _can_be_absent(words_of(told[at : said.start()]), said, tail, whole) else None


def _behind_phrase(told: str, at: int, predicate: re.Pattern[str]) -> re.Match[str] | None:
    """The first predicate that a noun phrase from `at` on has."""
    stop = _STOP.search(told, at, at + _LONGEST_PHRASE)
    for said in predicate.finditer(told, at, stop.start() if stop else at + _LONGEST_PHRASE):
        if is_phrase(told[at : said.start()]):
            return said
    return None


def _is_short_place(place: str) -> bool:
    """Whether no verb follows "nobody on", as in "nobody on board"."""
    words = words_of(place)
    return 0 < len(words) < 5 and w.THIRD_PERSON.isdisjoint(words) and is_phrase(place)


def _is_plain(phrase: str, inside: bool) -> bool:
    """Whether a negated phrase without a verb is of the kind "No people in sight", "No text or logos"."""
    if not w.FINITE.isdisjoint(words_of(phrase)) or not is_phrase(phrase) or _BUT.search(phrase):
        return False
    if inside:
        return bool(talk.IN_SIGHT.search(phrase))
    return bool(talk.IN_VIEW.search(phrase) or talk.SCENERY.search(phrase))


def _finish(told: str, begin: int, said: int) -> int | None:
    """The end of a clause that has said by `said` that something is not there; None where it makes an exception."""
    end = clause_end(told, said)
    clause = told[begin:end]
    dash = told[:begin].rstrip()[-1:] in ("-", "–", "—")
    return None if _BUT.search(clause) or (dash and not talk.IN_VIEW.search(clause)) else end


def _can_be_absent(words: list[str], said: re.Match[str], tail: str, whole: bool) -> bool:
    """Whether a subject is of the kind that its predicate takes out of the scene.

    "Pedestrians do not walk here", but not "The man does not walk" or "A pedestrian does not walk".
    """
    first = words[0]
    if first in _NEVER_ABSENT or first in w.PREPOSITIONS or _acts(words):
        return False
    if words[:3] == ["the", "presence", "of"]:
        return not said["stay"]
    if first in _KNOWING:
        return whole and bool(said["strong"]) and not any(word.endswith(("'s", "s'")) for word in words)
    if "missing" in said[0] or "lacking" in said[0]:
        counted = first not in _SINGLE or words[1:2] in (["second"], ["third"]) or "and" in words or "or" in words
        return not _POSSESSIVE.search(tail) and (counted or " from " in said[0] + tail)
    if not said["stay"]:
        return True
    if first in _SINGLE or first == "any":
        return bool(_PLACED.match(said[0]) or (first != "any" and _COVERS.search(said[0])))
    return _is_plural(words)


def _acts(words: list[str]) -> bool:
    """Whether words begin with a participle and what belongs to it: "standing on the deck", not "parking lots"."""
    following = words[1] if len(words) > 1 else ""
    return w.is_participle(words[0]) and (following in w.DETERMINERS or following in w.PREPOSITIONS)


def _is_plural(words: list[str]) -> bool:
    """Whether a noun phrase without an article is plural, or names what is not counted."""
    inner = next((i for i, word in enumerate(words) if i and word in w.PREPOSITIONS), len(words))
    head = words[inner - 1]
    joined = "and" in words or "or" in words or head.endswith("-by")
    return joined or head in _UNCOUNTED or w.is_plural(head, bare=True)


def _is_place(tail: str, said: str) -> bool:
    """Whether only a place or a time follows."""
    words = words_of(tail)
    if not words or words_of(said)[-1] in w.PREPOSITIONS:
        return True
    return words[0] in w.PREPOSITIONS or words[0] in _AFTERWARDS or is_adverb(words[0])


def _accompanied(told: str, at: int, comma: bool) -> int | None:
    """The end of "with no other people in view", "without any visible text"."""
    opened = talk.ACCOMPANIED.match(told, at)
    if opened is None:
        return None
    end = clause_end(told, opened.end())
    body = told[opened.end() : end]
    if len(body) > _LONGEST_ACCOMPANIMENT or _BUT.search(body):
        return None
    first = body[:40]
    other = talk.OTHER.match(first) or opened["no"] in ("nobody", "no one")
    scene = talk.SCENERY.search(first)
    if talk.IN_SIGHT.search(body) or (scene and (comma or other or talk.IN_VIEW.search(body))):
        return end
    denied = opened["no"] and (other or talk.IN_VIEW.search(body) or (scene and talk.ACTING.search(body)))
    return end if denied else None


ABSENCES = Rule(
    "absence",
    "what is said not to be in the scene goes",
    ("There are no other people. A man walks, with no cars in sight.", "A man walks."),
    _absences,
    language="English",
)
