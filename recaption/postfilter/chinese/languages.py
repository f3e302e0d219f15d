"""Words of another language that slipped into the Chinese; names, units and loan words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.english.words import SENTENCE_STARTERS
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import listed

_LOANS = listed(
    """logo vlog wifi app ml cm mm km kg mg gb mb kb tb mhz ghz khz kwh rpm mph kmh min sec pro max mini cosplay
    emoji ppt pdf jpg png gif iphone ipad imac ipod ios macbook ebay adidas oppo vivo intel xbox tshirt ktv spa diy
    bug bgm rap beatbox party pizza live show style coser model monster"""
)
_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"
_RUN = re.compile(rf"[{_LATIN}]+(?:[ ,'’.;:!?–-]{{1,2}}[{_LATIN}]+){{0,60}}")
_WORD = re.compile(rf"[{_LATIN}]+(?:['’][a-z]+)?")
_SHORTEST = 3  # letters of a word in lower case that is no unit or sign
# Entities, tags, addresses and escapes are no words.
_MARKUP_BEFORE = tuple("@#/_.\\&<◁|[=")
_MARKUP_BEHIND = tuple("@/_(;>=▷|]\\")
_STARTERS = frozenset(word.lower() for word in SENTENCE_STARTERS if len(word) >= _SHORTEST)

# Greek to Arabic, Indic to Lao, kana but the "の" of Chinese shop names, Hangul.
_OTHER = r"\u0370-\u06ff\u0900-\u0eff\u3041-\u306d\u306f-\u3096\u30a1-\u30fa\uac00-\ud7a3"
_OTHER_WORDS = re.compile(rf"[{_OTHER}][{_OTHER}ー]*(?: [{_OTHER}]+){{0,60}}")
_KANA = re.compile(r"[\u3041-\u30ff]")
_PIECE = re.compile(r"[^，。、；！？：\s“”「」『』《》]+(?: [^，。、；！？：\s“”「」『』《》]+){0,60}")
_BEHIND = re.compile(r"\s*([，、。,.;；!！?？]?)\s*")
_STOPS = "。！？；，、：“「『\n"


def _languages(text: str) -> Iterator[Change]:
    found = [match.span() for match in _RUN.finditer(text) if _is_slip(text, match)]
    done = 0
    for start, end in sorted([*found, *_other_scripts(text)]):
        if start >= done:
            change = _with_marks(text, start, end, done)
            yield change
            done = change.end


def _is_slip(text: str, match: re.Match[str]) -> bool:
    """Whether Latin words are no name: one of them is a plain word in lower case, or begins English sentences."""
    if (
        text[match.start() - 1 : match.start()] in _MARKUP_BEFORE
        or text[match.end() : match.end() + 1] in _MARKUP_BEHIND
    ):
        return False
    found = _WORD.findall(match[0])
    if any(word.islower() and len(word) >= _SHORTEST and word not in _LOANS for word in found):
        return True
    return found[0].istitle() and found[0].lower() in _STARTERS


def _other_scripts(text: str) -> Iterator[tuple[int, int]]:
    """Words in other scripts; a piece that has many kana goes with the Han between them, as Japanese has."""
    if not _OTHER_WORDS.search(text):
        return
    for piece in _PIECE.finditer(text):
        kana = len(_KANA.findall(piece[0]))
        if kana > 1 and 3 * kana >= sum(map(str.isalpha, piece[0])):
            yield piece.span()
        else:
            yield from (match.span() for match in _OTHER_WORDS.finditer(text, *piece.span()))


def _with_marks(text: str, start: int, end: int, lowest: int) -> Change:
    """The words with the spaces around them, and the mark behind them where the clause is theirs alone."""
    behind = _BEHIND.match(text, end)
    before = text[:start].rstrip(" ")
    mark = behind[1] if behind and before and before[-1] not in _STOPS else ""
    return Change(max(lowest, len(before)), behind.end() if behind else end, mark)


LANGUAGES = Rule(
    "language",
    "words of another language go",
    ("他慢慢地 slowly 走过街道。", "他慢慢地走过街道。"),
    _languages,
    language="Chinese",
)
