"""Clauses: whether a sentence has all of its own, and how much of an unfinished one is a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.ending.last_words import cannot_end, is_open_number
from recaption.postfilter.ending.verbs import has_verb, is_closed, is_verb, words_of
from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb, is_noun

LONGEST = 2000  # characters of a last sentence that are searched; nobody writes longer ones
_MOST_OPENERS = 60
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_PAUSES = ",;:-–— "
_PARTICLES = frozenset(["up", "down", "out", "off", "away", "back", "forward", "around", "over", "past"])
# What begins a clause or phrase that a sentence can do without. "to" and most prepositions do not: too much of what
# comes before them needs them.
_OPENER = re.compile(
    r"(?:,|;| [–—-]|—) | (?=[(\[])| (?=(?P<bare>and|but|or|nor|yet"
    r"|so(?= (?:that|he|she|they|it|the|an?|his|her|their)\b)|while|whereas|although|though|even (?:though|when|if|as)"
    r"|because|just as|as|until|till|(?:just |right )?(?:before|after)|when|whenever|where|wherever|since|unless|if"
    r"|(?:in|of|on|at|from|to|with|by|for|through|under|over) (?:which|whom|whose)"
    r"|like|such as|rather than|instead of|in order to|along with|together with|including)\b)"
)
# These hang on the noun before them, in a clause that is more often unfinished as a whole.
_NOUN_OPENER = re.compile(r" (?=(?P<bare>who|which|whose|whom|that|\w{3,20}ing)\b)")
_SUBJECT_START = r"(?:he|she|it|they|we|the|an?|his|her|their|its|one|both|two|three)\b"
_SUBORDINATE = re.compile(
    r"\b(?:who|which|whose|whom|where|while|whereas|although|because|when|until|if|unless|so that"
    rf"|(?:as|before|after|since|though|once) {_SUBJECT_START}|(?<=[a-z] )that)\b[^,;]*"
)
_BESIDE = re.compile(r", \w{2,20}ed\b[^,;]*")  # "The balloon, striped red and white, "
_LINKED_SUBORDINATE = re.compile(
    r"\b(?:and|but|yet|then|so),? (?:then,? |\w{2,20}ly,? )?(?:just )?"
    rf"(?P<word>as|while|when|whenever|before|after|until|once|if|since|although|though) (?={_SUBJECT_START})"
)


def whole_clause(sentence: str) -> str | None:
    """The longest beginning of an unfinished sentence that is one itself, with a full stop; None for none."""
    searched = sentence[:LONGEST].rstrip()
    head = searched.rstrip(_PAUSES)
    if head != searched and is_whole(head) and not is_open_number(words_of(head)):
        return _joined(head, "and") + "."
    for pattern in (_OPENER, _NOUN_OPENER):
        for opener in list(pattern.finditer(searched))[: -_MOST_OPENERS - 1 : -1]:
            head, tail = searched[: opener.start()].rstrip(_PAUSES), searched[opener.start() :].lstrip(_PAUSES)
            if tail and _can_go(words_of(head), words_of(tail), bool(opener["bare"])) and is_whole(head):
                return _joined(head, tail) + "."
    return None


def is_whole(head: str) -> bool:
    """Whether the beginning of a sentence is one itself."""
    found = words_of(head)
    if len(found) < 2 or cannot_end(found[-8:]) or has_open_pair(head):
        return False
    return is_sentence(head, surely=True) and not misses_verb(head, surely=True) and not ends_with_subject(head)


def is_sentence(text: str, *, surely: bool = False) -> bool:
    """Whether a text has a subject and a verb outside of any opening or subordinate clause; `surely` as in `verbs`."""
    main = text
    while opens(main):
        phrase, comma, main = main.partition(", ")
        if _has_subject_behind_phrase(words_of(phrase), surely):
            return True
        if not comma:
            return False
    main = _SUBORDINATE.sub("", main)
    return has_verb(words_of(_BESIDE.sub("", main) if surely else main), surely=surely)


def opens(text: str) -> bool:
    """Whether a text begins with something that a main clause still has to follow."""
    word = _FIRST_WORD.match(text)
    if word is None:
        return False
    first = word[0].lower()
    if first in s.OPENING_ADVERBS:
        return text[word.end() : word.end() + 1] == ","
    if first in w.SUBORDINATORS or first in w.PREPOSITIONS or first in w.PAST_PARTICIPLES:
        return True
    return w.is_participle(first) or (first.endswith("ly") and is_adverb(first))


def misses_verb(sentence: str, *, surely: bool = False) -> bool:
    """Whether the last clause plainly has a subject and no verb: "while the ship", "until it", ", and one of them"."""
    if _misses_main(sentence):
        return True
    words = words_of(sentence)
    for i in range(len(words) - 2, 0, -1):
        if _needs_clause(words, i):
            return not has_verb(words[i:], surely=surely)
        if words[i] == "and" and _adds_subject(words, i):
            return not has_verb(words[i + 1 :], surely=surely)
    if sentence.count("; ") == 1:
        clause = words_of(sentence.partition("; ")[2])
        if 0 < len(clause) < 6 and clause[0] in w.DETERMINERS and not _is_acting(clause):
            return True
    before, comma, last = sentence.rpartition(", ")
    clause = words_of(last)
    if comma and len(clause) > 1 and clause[0] in s.LINKS and not has_verb(clause):
        listing = ", " in before and not _is_acting(words_of(before.rpartition(", ")[2]))
        return _is_clause_start(words_of(before), clause, listing)
    return False


def has_open_pair(text: str) -> bool:
    """Whether a bracket or quotation mark lacks its partner."""
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS) or text.count('"') % 2 == 1


def _needs_clause(words: Sequence[str], i: int) -> bool:
    """Whether a word opens a clause that needs a verb of its own, given what follows."""
    word, following = words[i], words[i + 1]
    if word in s.RELATIVES:
        return True
    if word in s.SUBORDINATORS:
        return following in w.DETERMINERS or following in s.ANY_SUBJECTS
    if word == "once" and following in w.DEFINITE | {"a", "an"}:
        return True
    if word in s.PERHAPS_SUBORDINATORS:
        return following in s.SUBJECTS or (following == "it" and word not in ("before", "after", "as"))
    if word == "that":
        before = words[i - 1]
        return before == "so" or (_is_object(before) and following in w.DETERMINERS | s.ANY_SUBJECTS)
    return False


def _misses_main(sentence: str) -> bool:
    """Whether "and as the sun sets" is followed by nothing that happens then."""
    opener = next(iter(list(_LINKED_SUBORDINATE.finditer(sentence))[-1:]), None)
    if opener is None or re.search(rf"\b{opener['word']}\b", sentence[: opener.start()]):
        return False
    clause, comma, main = sentence[opener.end() :].partition(", ")
    words = words_of(main or clause)
    if not comma:
        return sum(is_verb(words, i) for i in range(1, len(words))) < 2
    return not words or not (words[0] in w.THIRD_PERSON or has_verb(words))


def _has_subject_behind_phrase(words: Sequence[str], surely: bool) -> bool:
    """ "After a wipe the toe reflects the window", "On the wall hangs a sign": an opening phrase without a comma."""
    if len(words) > 2 and words[0].endswith("ing") and not is_closed(words[1]) and is_verb(words, 2, surely=surely):
        return True  # "Playing cards are"
    for i in range(2, len(words)):
        starts = words[i] in w.DETERMINERS or words[i] in s.ANY_SUBJECTS
        if starts and is_noun(words[i - 1]) and has_verb(words[i:], surely=surely):
            return True
        if words[i - 1] in w.THIRD_PERSON and words[0] in w.PREPOSITIONS and words[i] in w.DETERMINERS:
            return is_noun(words[i - 2])
    return False


def ends_with_subject(head: str) -> bool:
    """Whether a head ends as "hurry past, their reflections" does, with a subject whose participle is not there."""
    _, comma, last = head.rpartition(", ")
    words = words_of(last)
    if not comma or not 1 < len(words) < 6 or not is_noun(words[-1]):
        return False
    owned = words[0] in ("his", "her", "their", "its") and len(words) < 4
    named = words[0] == "the" and len(words) < 4 and ", " not in head[: -len(last) - 2]
    return (owned or named or (words[0] in w.DETERMINERS and words[1] == "of")) and not has_verb(words)


def _is_acting(words: Sequence[str]) -> bool:
    """Whether words have a verb, be it the first of them."""
    return has_verb(words) or (bool(words) and (words[0] in w.FINITE or words[0] in w.THIRD_PERSON))


def _adds_subject(words: Sequence[str], i: int) -> bool:
    """Whether "and" stands behind a verb or its particle, and before a noun phrase, which then is a subject."""
    acts = words[i - 1] in _PARTICLES or is_adverb(words[i - 1]) or (i > 1 and is_verb(words, i - 1, surely=True))
    return acts and words[i + 1] in w.DETERMINERS


def _is_clause_start(before: Sequence[str], clause: Sequence[str], listing: bool) -> bool:
    """Whether "and" with its verbless words begins a clause, and neither ends a list nor adds a phrase."""
    if clause[1] == "with":
        return "with" not in before
    if clause[1] in w.PREPOSITIONS:
        return any(clause[i] in w.DETERMINERS and is_noun(clause[i - 1]) for i in range(3, len(clause)))
    named = clause[1] in w.DETERMINERS or clause[1] in s.ANY_SUBJECTS
    return not listing and (named or (len(clause) > 2 and w.is_adjective(clause[1]) and w.is_plural(clause[-1])))


def _can_go(head: Sequence[str], tail: Sequence[str], bare: bool) -> bool:
    """Whether what begins a tail hangs on no word right before it.

    Args:
        bare: the tail begins with a word, and not behind a mark.
    """
    if not head:
        return False
    first, last = tail[0] if tail else "", head[-1]
    if head[-2:-1] and head[-2] in w.DETERMINERS and w.is_adjective(last) and any(map(w.is_adjective, tail[:2])):
        return False  # "a plain, soft", "the calm and connected"
    if not bare:
        return first not in w.AUXILIARIES
    if first == "that":
        return _is_object(last)
    if first in s.RELATIVES:
        return last not in w.PREPOSITIONS
    if first.endswith("ing"):
        return w.is_participle(first, tail[1] if len(tail) > 1 else "") and _is_object(last)
    if first == "like":
        return not last.endswith("ed")
    if first == "as":
        return head[-2:-1] != ["as"] and last not in ("such", "same")
    if first in ("and", "or"):
        recent = head[-10:]
        pairs = [pair for pair in ("between", "both", "either") if pair in recent]
        return all(first in recent[recent.index(pair) :] for pair in pairs)
    return last != "one" or first not in ("after", "by")  # "one after another"


def _is_object(word: str) -> bool:
    """Whether a word is likely a noun and no verb."""
    return is_noun(word) and word not in w.FINITE


def _joined(head: str, tail: str) -> str:
    """The head of a list whose last member was cut, with the "and" that stood before that one.

    "He sits down, lifts a cup" of "He sits down, lifts a cup and puts" becomes "He sits down and lifts a cup".
    """
    link = next(iter(words_of(tail[:20])), "")
    before, comma, member = head.rpartition(", ")
    words = words_of(member)
    if link not in ("and", "or") or not comma or not words or link in words or not is_sentence(before, surely=True):
        return head
    if words[0] in w.CONJUNCTIONS or words[0] in s.RELATIVES:
        return head
    if _is_predicate(words, words_of(before)) or _is_listed(words):
        return f"{before} {link} {member}"
    clause = words[0] in w.DETERMINERS | s.ANY_SUBJECTS and has_verb(words, surely=True)
    return f"{before}, {link} {member}" if clause else head


def _is_predicate(words: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a member of a list is a verb with what hangs on it."""
    if len(words) == 1 and words[0].endswith("s"):
        return is_verb(before, len(before) - 1, surely=True)
    goes_on = len(words) > 1 and (words[1] in w.DETERMINERS | s.OBJECTS or words[1] in w.PREPOSITIONS - {"of"})
    return words[0] in w.FINITE or (words[0].endswith("s") and goes_on)


def _is_listed(words: Sequence[str]) -> bool:
    """Whether a member of a list is a noun phrase: "black boots", "a red hat"."""
    named = words[0] in w.DETERMINERS or (len(words) > 1 and w.is_plural(words[-1]))
    hangs = any(word in w.PREPOSITIONS - {"of"} or word.endswith(("ed", "ing")) for word in words)
    return named and len(words) < 7 and not hangs and not has_verb(words, surely=True)
