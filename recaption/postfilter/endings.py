"""The end of a caption: an unfinished last sentence goes back to its last whole clause, or goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recaption.postfilter import words as w
from recaption.postfilter.noun_phrase import is_adverb, is_noun
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import CLOSERS, capitalised, is_abbreviation, spans

_LONGEST = 2000  # characters of a last sentence that are searched for a clause; nobody writes longer ones
_PAUSE = re.compile(r"(?:,|;| [–—-]|—) ")
_WHILE = re.compile(r" (?=(?:while|whereas|although|because) )")
_WORD = re.compile(r"[\w'’-]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_CLAUSE_STARTERS = (
    w.SUBORDINATORS
    | w.PREPOSITIONS
    | frozenset(["and", "but", "so", "yet", "which", "who", "where", "whose", "creating", "then"])
)
_ADVERBS = frozenset(
    ["throughout", "initially", "finally", "then", "next", "overall", "meanwhile", "additionally", "however"]
)


def _unfinished(text: str) -> Iterator[Change]:
    """The last sentence where it plainly stops in the middle of a phrase."""
    sentences = spans(text)
    if not sentences:
        return
    start, end = sentences[-1]
    if _has_mark(text) or not _stops_inside(text[start:end]):
        return
    yield from _cut(text, sentences)


def _cut_off(text: str) -> Iterator[Change]:
    """The last sentence where its end is not certain: no mark, or one that a number or an abbreviation may own."""
    sentences = spans(text)
    if not sentences or (_has_mark(text) and not _doubtful_mark(text)):
        return
    yield from _cut(text, sentences)


def _full_stop(text: str) -> Iterator[Change]:
    if not text or _has_mark(text):
        return
    kept = text.rstrip(",;:-–— ")
    yield Change(len(kept), len(text), "。" if _CJK.match(kept[-1:]) else ".")


def _capital(text: str) -> Iterator[Change]:
    if capitalised(text) != text:
        yield Change(0, 1, text[:1].upper())


def _has_mark(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in tuple(".!?…。！？")


def _doubtful_mark(text: str) -> bool:
    """Whether the mark at the end may stand inside a sentence: "2." of "2.5", "Mr.", "No.", an ellipsis."""
    bare = text.rstrip(CLOSERS)
    if bare.endswith(("..", "…", " No.", " Nos.", " Fig.", " Vol.")):
        return True
    return bare.endswith(".") and (bare[-2:-1].isdigit() or is_abbreviation(text, len(bare) - 1, "then"))


def _stops_inside(sentence: str) -> bool:
    """Whether a sentence without a mark at its end cannot be whole."""
    if sentence[-1] in ",;:-–—([{“«/&" or _open_pairs(sentence):
        return True
    tail = [word.lower() for word in _WORD.findall(sentence[-120:])][-4:]
    if not tail:
        return False
    if tail[-1] in w.DANGLING:
        return True
    return _modifiers_without_noun(tail)


def _modifiers_without_noun(tail: list[str]) -> bool:
    """ "a small", "the tranquil and connected": a determiner, adjectives, and no noun."""
    if len(tail) > 1 and tail[-2] in ("a", "an", "very") and tail[-1] in w.NEVER_NOUNS:
        return True
    articles = w.DETERMINERS - {"all", "both", "more", "most", "one", "her", "that", "this"}
    for i in range(len(tail) - 2, -1, -1):
        if tail[i] in articles:
            described = [word for word in tail[i + 1 :] if word != "and"]
            coordinated = "and" in tail[i + 1 :] and len(described) > 1
            sure = w.COLOURS - {"orange", "rose"}
            return coordinated and all(w.is_adjective(word) and word not in sure for word in described)
    return False


def _open_pairs(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS) or text.count('"') % 2 == 1


def _cut(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Change]:
    start, end = sentences[-1]
    whole = whole_clause(text[start:end])
    if whole is not None:
        shared = next(i for i, letter in enumerate(whole) if text[start + i : start + i + 1] != letter)
        yield Change(start + shared, len(text), whole[shared:])
        return
    yield Change(sentences[-2][1] if len(sentences) > 1 else 0, len(text), "")


def whole_clause(sentence: str) -> str | None:
    """The longest beginning of an unfinished sentence that is a sentence, with a full stop; None where there is none.

    It ends before a mark or conjunction behind which a new clause or phrase was begun, has a subject and a verb, and is
    no subordinate clause alone.
    """
    searched = sentence[:_LONGEST]
    pauses = [(match.start(), match.end()) for match in _PAUSE.finditer(searched)]
    pauses += [(match.start(), match.end()) for match in _WHILE.finditer(searched)]
    if searched[-1:] in ",;":
        pauses.append((len(searched) - 1, len(searched)))
    for at, after in sorted(pauses, reverse=True):
        head = searched[:at].rstrip(",")
        if _begins_clause(searched[after:], searched[at]) and _is_sentence(head) and not _open_pairs(head):
            return head + "."
    return _without_list_end(searched)


def _begins_clause(tail: str, mark: str) -> bool:
    """Whether what was begun is no member of a list that the head needs."""
    found = [word.lower() for word in _WORD.findall(tail[:80])[:3]]
    if mark in ";–—" or not found:
        return True
    first = found[0]
    if first == "and":
        return len(found) > 1 and found[1] not in w.SINGULAR_DETERMINERS
    if first in _CLAUSE_STARTERS:
        return True
    if first.endswith("ly") or first in ("further", "thus", "also", "still"):
        return len(found) > 1 and (w.is_participle(found[1]) or found[1] in w.PAST_PARTICIPLES)
    return w.is_participle(first) or first in w.PAST_PARTICIPLES or first in ("his", "her", "their", "its")


def _is_sentence(head: str) -> bool:
    """Whether a beginning has a subject and a verb outside of any opening clause or phrase."""
    main = head
    while _opens(main):
        comma = main.find(", ")
        if comma < 0:
            return False
        main = main[comma + 2 :]
    found = [word.lower() for word in _WORD.findall(main)]
    if len(found) < 2 or found[-1] in w.DANGLING or (found[-2] in w.DETERMINERS and w.is_adjective(found[-1])):
        return False
    return any(_is_verb(before, word) for before, word in pairwise(found))


def _is_verb(before: str, word: str) -> bool:
    """Whether a word is a finite verb, by its form and the word before it."""
    if word in w.AUXILIARIES:
        return True
    if word in w.THIRD_PERSON:
        return not (before in w.DETERMINERS or before in w.PREPOSITIONS or before in ("who", "that", "which", "and"))
    subject = is_noun(before) or is_adverb(before)
    if word in w.FINITE:
        return subject and (w.is_plural(before) or is_adverb(before) or before in ("they", "we", "you", "i"))
    return subject and word.endswith(("s", "ed"))


def _opens(text: str) -> bool:
    """Whether a text begins with something that a main clause still has to follow."""
    word = _WORD.match(text)
    if word is None:
        return False
    first = word[0].lower()
    if first in _ADVERBS:
        return text[word.end() : word.end() + 1] == ","
    opens = first in w.SUBORDINATORS or first in w.PREPOSITIONS or w.is_participle(first) or first in w.PAST_PARTICIPLES
    return opens or first.endswith("ly")


def _without_list_end(sentence: str) -> str | None:
    """ "a hat, blue jeans, and a" becomes "a hat and blue jeans"; the last must look like a noun phrase."""
    parts = sentence.split(", ")
    if len(parts) < 3 or parts[-1].split(" ")[0] not in ("and", "or"):
        return None
    last = parts[-2].split(" ")
    listed = last[0].lower() in w.DETERMINERS or (last[-1].endswith("s") and len(last) > 1)
    head = ", ".join(parts[:-2])
    if not listed or len(last) > 6 or any(word in w.AUXILIARIES for word in last) or not _is_sentence(head):
        return None
    return f"{head} and {parts[-2]}."


UNFINISHED = Rule(
    "unfinished",
    "a last sentence that stops inside a phrase goes, or is cut back to its last whole clause",
    ("A man walks down a street, carrying a small", "A man walks down a street."),
    _unfinished,
    language="English",
)
CUT = Rule(
    "cut",
    "the model was cut at its limit: its last sentence goes, or is cut back to its last whole clause",
    ("A man walks down a street. He stops at the red doo", "A man walks down a street."),
    _cut_off,
    cut_only=True,
    language="English",
)
FULL_STOP = Rule(
    "full_stop",
    "a caption ends with a full stop",
    ("A red ball rolls to the left", "A red ball rolls to the left."),
    _full_stop,
    language="English",
)


CAPITAL = Rule("capital", "a caption begins with a capital", ("a man walks.", "A man walks."), _capital)
