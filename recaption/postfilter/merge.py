"""One paragraph by a language model in the place of the one by rules, where it says nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from recaption.postfilter.english import words as w
from recaption.postfilter.pipeline import Cleaned, clean
from recaption.postfilter.rule import whole_edit

MERGED, REFUSED = "merged", "merge_refused"
FLAGS = {
    MERGED: "the paragraph is the engine's, of words that the model had said",
    REFUSED: "the engine's paragraph had other words, or had lost some, so the one by rules stands",
}

KEPT = 0.8
"""Share of the content words that a merged paragraph must keep: each thing is to be said once, none is to be lost."""

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_PERSONS = {"him": "he", "his": "he", "her": "she", "hers": "she"}


def merged(cleaned: Cleaned, reply: str) -> Cleaned:
    """The engine's paragraph where every content word of it is one of the caption's or an inflection, else the caption.

    Args:
        reply: what the engine made of `cleaned.text`.
    """
    made = clean(reply).text
    if not is_faithful(made, cleaned.text):
        return replace(cleaned, flags=(*cleaned.flags, REFUSED))
    edits = cleaned.edits if made == cleaned.text else (*cleaned.edits, whole_edit("merge", cleaned.text, made))
    return Cleaned(made, edits, (*cleaned.flags, MERGED))


def is_faithful(text: str, source: str) -> bool:
    """Whether a text has no content word that a source lacks, and most of those that it has."""
    told, said = stems(text), stems(source)
    return bool(told) and told <= said and len(told) >= KEPT * len(said)


def stems(text: str) -> set[str]:
    """The stems of the content words of a text."""
    return {_stem(word) for word in _WORD.findall(text.lower()) if word not in w.JOINING}


@cache
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def _stem(word: str) -> str:
    return _PERSONS.get(word) or _stemmer().stemWord(word)  # type: ignore[attr-defined]
