"""Whether a sentence tells nothing that an earlier one has not told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb

_FEWEST_OF_ALL = 3  # words with meaning without which a sentence retells none, whatever it says
_FEWEST = 4  # the same where it begins with a pronoun, and the earlier one says more
_MARKS = ",;:–—"
_EACH_MARK = frozenset(_MARKS)
_TOKEN = re.compile(rf"[^\W_]+(?:['’.-][^\W_]+)*|[{_MARKS}]")
_JOINTS = frozenset([",", ";", ":", "–", "—", "and", "or", "but"])
_WITHOUT_MEANING = _JOINTS | w.PREPOSITIONS | s.EMPTY


class Fact(NamedTuple):
    """A word with meaning.

    Attributes:
        stem: without its inflection.
        place: of the word in the sentence.
        joined: a comma or "and" stands between the one before it and this one, so that their order tells nothing.
        role: the preposition before its phrase; "" for none.
        phrase: number of its phrase, from one determiner, preposition or joint to the next.
    """

    stem: str
    place: int
    joined: bool
    role: str
    phrase: int


class Told:
    """A sentence, and what it tells."""

    def __init__(self, sentence: str) -> None:
        self.text = sentence.casefold()
        self.tokens: list[str] = _TOKEN.findall(self.text)
        self.words = tuple([token for token in self.tokens if token not in _EACH_MARK])

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its facts, which are enough for most questions."""
        tokens = self.tokens
        return frozenset([_meaning(tokens, i) for i, token in enumerate(tokens) if token not in _WITHOUT_MEANING])

    @cached_property
    def facts(self) -> list[Fact]:
        found: list[Fact] = []
        joined, role, phrase = False, "", 0
        for place, token in enumerate(self.tokens):
            if token in _JOINTS:
                joined, role, phrase = True, "", phrase + 1
            elif token in w.PREPOSITIONS:
                role, phrase = token, phrase + 1
            elif token in s.EMPTY:
                if found and found[-1].phrase == phrase:
                    role, phrase = "", phrase + 1
            else:
                found.append(Fact(_meaning(self.tokens, place), place, joined, role, phrase))
                joined = False
        return found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        found: dict[str, list[int]] = {}
        for fact in self.facts:
            found.setdefault(fact.stem, []).append(fact.place)
        return found

    @cached_property
    def roles(self) -> set[tuple[str, str]]:
        return {(fact.stem, fact.role) for fact in self.facts if fact.role}

    @cached_property
    def prepositions(self) -> frozenset[str]:
        return frozenset(s.ALIKE.get(token, token) for token in self.tokens if token in w.PREPOSITIONS)


def retells(new: Told, old: Told, context: Sequence[Told], known: Collection[str]) -> bool:
    """Whether a sentence tells again what an earlier one told, and nothing else.

    Args:
        context: the sentences before the earlier one, which tell whom its pronouns mean.
        known: stems of all sentences before the new one.
    """
    facts = new.facts
    shared = [fact for fact in facts if fact.stem in old.stems]
    if len(facts) < _FEWEST_OF_ALL or 4 * len(shared) < 3 * len(facts):
        return False
    if len(facts) < _FEWEST and len(old.facts) > len(facts) and new.tokens[0] in s.REFERRING:
        return False
    others = [fact for fact in facts if fact.stem not in old.stems]
    return (
        all(
            _is_manner(fact) or _is_of_known(new, fact, known) or _is_named(new, fact, old, context, shared)
            for fact in others
        )
        and _same_subject(new, old)
        and all(_same_number(new, fact, old) for fact in shared)
        and _same_ways(new.prepositions, old.prepositions)
        and _same_order(new, old)
        and not _turned(new, old, shared)
    )


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its inflection, rather the same for two words than different for one."""
    bare = _without_ending(word.removesuffix("'s").removesuffix("’s"))
    return _SAME.get(bare, bare)


def _without_ending(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    elif word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 4:
        word = word[:-2]
    if len(word) < 4:
        return word
    return word[:-1] if word[-1] in ("e", word[-2]) else word


_SAME = {_without_ending(one): _without_ending(other) for one, other in s.SAME.items()}
_ORDERED = frozenset(map(stem, s.ORDERED))


def _meaning(tokens: Sequence[str], place: int) -> str:
    """The stem of a word; "to open" is not "opens", which happens."""
    meant = stem(tokens[place])
    intended = place > 0 and tokens[place - 1] == "to" and not (place > 1 and tokens[place - 2] in s.BEGINNING)
    return f"to {meant}" if intended else meant


def _is_manner(fact: Fact) -> bool:
    """Whether a word only tells how something is done, and not that it is done anew: "slowly"."""
    return is_adverb(fact.stem) and fact.stem.endswith("ly") and fact.stem not in s.ANEW


def _is_of_known(new: Told, fact: Fact, known: Collection[str]) -> bool:
    """Whether a word only names the whole of a part, as "of the balcony" and "the bottle's" do."""
    tokens = new.tokens
    before = tokens[max(0, fact.place - 2) : fact.place]
    of = before[-1:] == ["of"] or (before[:1] == ["of"] and before[-1] in w.DEFINITE)
    return fact.stem in known and (of or tokens[fact.place].endswith(("'s", "’s")))


def _is_named(new: Told, fact: Fact, old: Told, context: Sequence[Told], shared: Sequence[Fact]) -> bool:
    """Whether a word names what the earlier sentence had a pronoun for."""
    if not any(fact.stem in told.stems for told in context):
        return False
    before = [each for each in shared if each.place < fact.place]
    if not before:
        return bool(shared) and not s.REFERRING.isdisjoint(old.tokens[: old.places[shared[0].stem][0]])
    if new.tokens[fact.place - 1] not in w.DEFINITE:
        return False
    governing = fact.role or new.tokens[before[-1].place]
    return any(one == governing and other in s.OBJECTS for one, other in pairwise(old.tokens))


def _same_subject(new: Told, old: Told) -> bool:
    """Whether no pronoun or person shows that the subjects differ."""
    first = [told.tokens[:1] for told in (new, old)]
    if first[0] != first[1] and all(token and token[0] in s.REFERRING for token in first):
        return False
    one, other = ({s.GENDER[token] for token in told.tokens[:6] if token in s.GENDER} for told in (new, old))
    return not one or not other or not one.isdisjoint(other)


def _same_number(new: Told, fact: Fact, old: Told) -> bool:
    """Whether "a dog" was not "dogs" before."""
    before, word = new.tokens[fact.place - 1] if fact.place else "", new.tokens[fact.place]
    if before not in w.DETERMINERS:
        return True
    words = [old.tokens[place] for place in old.places[fact.stem]]
    return word in words or any(w.is_plural(word) == w.is_plural(each) for each in words)


def _same_ways(new: frozenset[str], old: frozenset[str]) -> bool:
    """Whether prepositions tell of no other place or direction."""
    for preposition in new - old:
        if preposition not in s.VAGUE or s.OPPOSITES.get(preposition, frozenset()) & (old - new):
            return False
    return True


def _same_order(new: Told, old: Told) -> bool:
    """Whether words stand in the order that they had.

    Clauses and members of a list may change places, and one phrase with a preposition may move.
    """
    pairs = wrong = 0
    moved: set[int] = set()
    before: Fact | None = None
    joined = False
    for fact in new.facts:
        joined = joined or fact.joined
        if fact.stem not in old.places:
            continue
        if before is not None and not joined:
            pairs += 1
            if min(old.places[before.stem]) >= max(old.places[fact.stem]):
                phrases = [each.phrase for each in (fact, before) if (each.stem, each.role) in old.roles]
                if not phrases and not _ORDERED.isdisjoint((before.stem, fact.stem)):
                    return False
                moved.update(phrases[:1])
                wrong += not phrases
        before, joined = (
            fact,
            new.tokens[fact.place].endswith(("'s", "’s")),
        )  # "the bottle's neck", "the neck of the bottle"
    inverted = (new.tokens[0] in w.PREPOSITIONS) != (old.tokens[0] in w.PREPOSITIONS)
    if (moved or wrong) and len({fact.stem for fact in new.facts}) < len(new.facts):
        return False  # "the man with the cap waves to the man with the beard"
    return len(moved) < 2 and wrong <= pairs // 5 + inverted


def _turned(new: Told, old: Told, shared: Sequence[Fact]) -> bool:
    """Whether the earlier sentence said that it does not happen, or not yet: "tries to", "almost"."""
    stems = {fact.stem for fact in shared}
    first = old.places[shared[0].stem][0]
    for place, token in enumerate(old.tokens):
        if token not in s.TURNING or token in new.tokens:
            continue
        following = next((fact for fact in old.facts if fact.place > place), None)
        same_one = first < place and old.tokens[place + 1 : place + 2] in (["he"], ["she"], ["they"])
        if (
            following
            and following.stem.removeprefix("to ") in stems
            and not (token in ("before", "until") and same_one)
        ):
            return True
    return False
