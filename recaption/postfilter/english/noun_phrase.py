"""The noun phrase at the start of a text: its words, its number, and where its predicate could begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from recaption.postfilter.english import words as w

_MOST_WORDS = 60  # a noun phrase whose shape is not clear by then is taken as a whole
_MOST_CHARACTERS = 600
_WORD = re.compile(r"\S+")
_RELATIVES = frozenset(["who", "that", "which"])
_NO_ADVERBS = frozenset(["family", "butterfly", "lily", "fly", "belly", "jelly", "bully", "assembly"])
_ADVERBS = frozenset(["still", "also", "already", "just", "now", "then", "together", "alone", "not", "both"])
_ACTS = (("midst", "of"), ("middle", "of"), ("act", "of"), ("process", "of"))


class Token(NamedTuple):
    """A word with its place in the text; `closed` where a mark follows it."""

    start: int
    end: int
    text: str
    closed: bool

    @property
    def word(self) -> str:
        return self.text.lower()


def tokens_of(text: str) -> list[Token]:
    """The words up to the first mark that closes the phrase; a comma between two adjectives does not."""
    tokens: list[Token] = []
    for match in _WORD.finditer(text[:_MOST_CHARACTERS]):
        bare = match[0].rstrip('.,;:!?…"”)')
        closed = len(bare) < len(match[0]) or match[0] in ("-", "–", "—") or match[0][0] in "(["
        tokens.append(Token(match.start(), match.start() + len(bare), bare.lstrip('"“(['), closed))
        if len(tokens) == _MOST_WORDS or (closed and not (match[0].endswith(",") and _only_adjectives(tokens))):
            break
    return tokens


def be_form(tokens: Sequence[Token]) -> str | None:
    """ "is" or "are" for a noun phrase of at least one word; None where "and" joins words that leave it open."""
    for i, token in enumerate(tokens):
        if token.word == "and" and 0 < i < len(tokens) - 1:
            hanging = any(earlier.word in w.PREPOSITIONS for earlier in tokens[:i])
            if tokens[i + 1].word in w.DETERMINERS:
                return None if hanging else "are"  # "a man in a coat and a woman", "a man in a coat and a hat"
            if not hanging and not w.is_adjective(tokens[i - 1].word):
                return "are" if i + 2 == len(tokens) and is_noun(tokens[-1].word) else None
    first, head = tokens[0].word, _head_noun(tokens)
    if first in w.PLURAL_DETERMINERS or (first.isdigit() and first != "1"):
        return "are"
    if first in ("a", "the") and len(tokens) > 2 and tokens[1].word in w.PLURAL_HEADS and tokens[2].word == "of":
        return "are"
    possessive = any(token.word.endswith(("'s", "’s", "s'", "s’")) for token in tokens)
    if first in w.SINGULAR_DETERMINERS and not possessive:
        return "is"
    if head.text[:1].isupper():
        return "is"
    bare = first not in w.DETERMINERS or first in ("some", "the")
    return "are" if w.is_plural(head.word, bare=bare) else "is"


def head_end(tokens: Sequence[Token]) -> int | None:
    """Index of the last word of a head with its "of" ("the skyline of Tokyo" | "at night"); None where unclear."""
    for i, token in enumerate(tokens):
        if i and token.word in w.CONJUNCTIONS:
            return None
        stops = (
            token.word in _RELATIVES or token.word in w.STATIVE or (token.word in w.PREPOSITIONS and token.word != "of")
        )
        if i and (stops or starts_predicate(tokens, i)):
            return i - 1
        if token.closed:
            return i
    return len(tokens) - 1


def starts_predicate(tokens: Sequence[Token], i: int) -> bool:
    """Whether word `i` can be a participle that tells what the noun before it does.

    Not so before its noun ("a smiling man"), in a compound ("a hotel swimming pool") and as a property ("containing").
    """
    noun = next((token for token in reversed(tokens[:i]) if not is_adverb(token.word)), None)
    if noun is None or not is_noun(noun.word) or noun.closed:
        return False
    word = tokens[i].word
    following = tokens[i + 1].word if i + 1 < len(tokens) and not tokens[i].closed else ""
    if word in w.PAST_PARTICIPLES:
        return following in w.PARTICIPLE_PREPOSITIONS
    if word == "in" and following == "the":
        return tuple(token.word for token in tokens[i + 2 : i + 4]) in _ACTS
    return w.is_participle(word, following) and word not in w.STATIVE and following not in w.AFTER_COMPOUND


def is_noun(word: str) -> bool:
    """Whether a lower-case word can end a noun phrase; what is known as nothing else counts as a noun."""
    other = word in w.DETERMINERS or word in w.PREPOSITIONS or word in w.CONJUNCTIONS or word in w.AUXILIARIES
    return not (other or word in _RELATIVES or w.is_adjective(word) or is_adverb(word))


def is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


def _only_adjectives(tokens: Sequence[Token]) -> bool:
    described = [token.word for token in tokens if token.word not in w.DETERMINERS and token.word != "very"]
    return 0 < len(described) < 4 and all(w.is_adjective(word) for word in described)


def _head_noun(tokens: Sequence[Token]) -> Token:
    """The last word of the first part: before a preposition, a participle, a relative or "and"."""
    head = tokens[0]
    for i, token in enumerate(tokens[1:], 1):
        ends = token.word in w.PREPOSITIONS or token.word in w.PAST_PARTICIPLES or token.word in _RELATIVES
        acts = token.word.endswith("ing") and w.is_plural(head.word)
        if ends or acts or starts_predicate(tokens, i):
            break
        if token.word in ("and", "or") and is_noun(head.word):
            break
        if not is_adverb(token.word):
            head = token
    return head
