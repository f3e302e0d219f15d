"""Whether words have a finite verb, told by their forms and by the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb, is_noun

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_QUOTATION = re.compile(r"\"[^\"\n]{1,200}\"|“[^“”\n]{1,200}”")
_CONTRACTED = ("'re", "’re", "it's", "it’s", "he's", "he’s", "there's", "there’s")
_ONE = frozenset(["one", "another", "each"])
_ALL = frozenset(["other", "others", "both", "all", "more", "half", "none"])
_PLACES = frozenset(["below", "above", "behind", "outside", "inside", "opposite"])  # "a boy outside draws"
_GOES_ON = (w.DETERMINERS | w.PREPOSITIONS | s.OBJECTS) - {"of"}
_AFTER_PARTICIPLE = frozenset(["", "with", "by", "in", "like", "of", "as", "at", "on", "until"])


def words_of(text: str) -> list[str]:
    """The words, in lower case; a quotation is one, as a pronoun is."""
    return [*map(str.lower, _WORD.findall(_QUOTATION.sub(" it ", text)))]


def has_verb(words: Sequence[str], *, surely: bool = False) -> bool:
    """Whether one of the words is a finite verb.

    Args:
        surely: rather no than yes; else rather yes than no.
    """
    return any(is_verb(words, i, surely=surely) for i in range(1, len(words)))


def is_verb(words: Sequence[str], i: int, *, surely: bool = False) -> bool:
    """Whether a word, not the first one, is a finite verb."""
    word, before = words[i], words[i - 1]
    following = words[i + 1] if i + 1 < len(words) else ""
    if word in w.AUXILIARIES or before.endswith(_CONTRACTED):
        return True
    if is_closed(word) or word.endswith("ing"):
        return False
    if is_adverb(before) and i > 1:
        return is_verb((words[i - 2], word, following), 1, surely=surely)
    subject = before in s.ANY_SUBJECTS and words[i - 2 : i - 1] != ["of"]
    if subject or before in s.RELATIVES or before == "that":
        return True
    if before in _ONE:
        return word.endswith("s")
    if before in _ALL:
        return word in w.FINITE or following in s.OBJECTS
    goes_on = following in _GOES_ON or is_adverb(following)
    if word in w.THIRD_PERSON or (word.endswith("s") and w.is_plural(word)):
        return _is_third_person(words, i, goes_on, surely)
    return not is_closed(before) and _is_other_form(words, i, goes_on, surely)


def is_closed(word: str) -> bool:
    """Whether a word is of a closed class, or an adverb."""
    return word in w.DETERMINERS or word in w.PREPOSITIONS or word in w.CONJUNCTIONS or is_adverb(word)


def _is_third_person(words: Sequence[str], i: int, goes_on: bool, surely: bool) -> bool:
    """Whether a word in -s is a verb and no plural."""
    word, before = words[i], words[i - 1]
    if before in w.PLURAL_DETERMINERS or before in s.OBJECTS:
        return goes_on
    if is_closed(before):
        return before in _PLACES
    if not is_noun(before):
        return (
            words[i + 1] in w.DETERMINERS
            if surely and i + 1 < len(words)
            else not surely and (goes_on or i + 1 == len(words))
        )
    singular = any(earlier in w.SINGULAR_DETERMINERS for earlier in words[max(0, i - 4) : i - 1])
    return word in w.THIRD_PERSON or singular or goes_on or not surely


def _is_other_form(words: Sequence[str], i: int, goes_on: bool, surely: bool) -> bool:
    """Whether a word without -s is a verb: in the past, or behind a plural."""
    word, before = words[i], words[i - 1]
    if word.endswith("ed"):
        following = words[i + 1] if i + 1 < len(words) else ""
        described = word in w.PAST_PARTICIPLES or (surely and following in _AFTER_PARTICIPLE)
        return is_noun(before) and not described
    if w.is_plural(before) or before in s.COLLECTIVES:
        acts = word in w.FINITE or (goes_on and not w.is_adjective(word))
        return is_noun(before) and (acts or not surely)
    if goes_on and not surely and any(map(w.is_plural, words[: i - 1])):
        return not w.is_adjective(word)
    return "and" in words[1:i] and (word in w.FINITE or (goes_on and not surely))
