"""Words of another language that slipped into the Chinese; names, units and loan words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import quotations
from recaption.postfilter.words import SENTENCE_STARTERS

_LOANS = frozenset(
    """logo vlog wifi app ml cm mm km kg mg gb mb kb tb mhz ghz khz hz kw kwh rpm mph kmh min sec pro max mini cosplay emoji ppt pdf jpg png gif mp
    vr ar ai cd dvd tv pk ok led lcd usb ip iphone ipad imac ipod ios macbook ebay adidas oppo vivo intel xbox tshirt ktv spa diy bug bgm rap beatbox party
    pizza live show style feel call cos coser model monster dj mc mv np vs no fps cos sin tan log ph pm am api sdk bar""".split()
)
_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:[ ,'’.;:!?–-]{1,2}[A-Za-zÀ-ÖØ-öø-ÿ]+){0,60}")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][a-z]+)?")
# Kana but those that stand in Chinese names of shops, Hangul, Cyrillic, Thai, Arabic, Devanagari and more.
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3041-\u306d\u306f-\u3096\u30a1-\u30fa\uac00-\ud7a3]"
)
_KANA = re.compile(r"[\u3041-\u30ff]")
_OTHER_WORDS = re.compile(rf"{_OTHER_SCRIPT.pattern}[{_OTHER_SCRIPT.pattern[1:-1]}ーっ]*(?: {_OTHER_SCRIPT.pattern}+){{0,60}}")
_PIECE = re.compile(r"[^，。、；！？：\s“”「」『』《》]+(?: [^，。、；！？：\s“”「」『』《》]+){0,60}")
_MARKUP = re.compile(r"[@/_(;>=▷|\]\d\\]")
_MARKUP_BEFORE = tuple("@#/_.\\&<◁|[=")
_BEHIND = re.compile(r"\s*[，、。,.;；!！?？]?\s*")
_STARTERS = frozenset(word.lower() for word in SENTENCE_STARTERS if len(word) > 2)


def _languages(text: str) -> Iterator[Change]:
    found = [(match.start(), match.end()) for match in _RUN.finditer(text) if _is_slip(text, match)]
    found += _other_scripts(text)
    quoted = quotations(text)
    done = 0
    for start, end in sorted(found):
        if start < done or any(opening < end and start < closing for opening, closing in quoted):
            continue
        change = _with_marks(text, start, end)
        if change.start >= done:
            yield change
            done = change.end


def _is_slip(text: str, match: re.Match[str]) -> bool:
    """Whether Latin words are no name: one of them is a plain word in lower case, or begins English sentences."""
    if _MARKUP.match(text, match.end()) or text[max(0, match.start() - 1) : match.start()] in _MARKUP_BEFORE:
        return False
    words = _WORD.findall(match[0])
    if any(word.islower() and len(word) > 2 and word not in _LOANS for word in words):
        return True
    return len(words) > 2 and any(word.islower() for word in words) or words[0].lower() in _STARTERS and words[0][0].isupper()


def _other_scripts(text: str) -> Iterator[tuple[int, int]]:
    """Pieces in other scripts; a piece that has many such letters goes with the Han between them, as Japanese has."""
    if not _OTHER_SCRIPT.search(text):
        return
    for piece in _PIECE.finditer(text):
        kana = len(_KANA.findall(piece[0]))
        if kana > 1 and 3 * kana >= sum(map(str.isalpha, piece[0])):
            yield piece.span()
        else:
            yield from (match.span() for match in _OTHER_WORDS.finditer(text, *piece.span()))


def _with_marks(text: str, start: int, end: int) -> Change:
    """The words with the space and the mark that belong to them."""
    behind = _BEHIND.match(text, end)
    assert behind is not None
    before = text[:start].rstrip()[-1:]
    while start and text[start - 1] == " ":
        start -= 1
    if not before or before in "。！？；，、：“「『\n":
        return Change(start, behind.end(), "")
    mark = behind[0].strip()
    return Change(start, behind.end(), mark)


LANGUAGES = Rule(
    "language",
    "words of another language go",
    ("他慢慢地 slowly 走过街道。", "他慢慢地走过街道。"),
    _languages,
    language="Chinese",
)
