"""Characters that were lost, and those that only look like the ones that belong there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from recaption.postfilter.form.mojibake import ENDING
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import beyond_ascii, listed

_SIGNS = re.compile(r"[´\ufffd\ue000-\uf8ff□▯]")
_MARK_IN_WORD = re.compile(r"[?`](?=[a-zCF])")
_HOLE = r"(?:\ufffd+|[\ue000-\uf8ff]+|(?<=\w)[□▯]+|[□▯]+(?=\w))"
# Of these words a hole leaves no doubt.
_LOANS = {
    re.sub(r"[^\0-\x7f]", "\ufffd", word): word
    for word in listed(
        """café cafés façade façades piñata piñatas naïve crêpe crêpes crème brûlée mâché cliché fiancé fiancée jalapeño
        jalapeños décor entrée entrées soufflé soufflés purée puréed sauté sautéed rosé señor señora résumé première
        pâté protégé toupée appliqué coupé fête fêtes château touché boutonnière São Zoë Beyoncé Müller Zürich Málaga
        Bogotá Québec Núñez España Köln München"""
    )
}
_LOST = re.compile(
    rf"(?P<loan>\b(?:{'|'.join(_LOANS)})(?![A-Za-z\ufffd]))"
    rf"|(?P<apostrophe>(?<=[A-Za-z])(?:{_HOLE}|[?`´]){ENDING})"
    rf"|(?P<degree>(?<=\d)(?:{_HOLE}|\?)(?=[CF]\b)|(?<=\d )(?:{_HOLE}|\?)(?=[CF]\b))"
    rf"|(?P<space>(?<=[a-z]{{2}}){_HOLE}(?=(?:and|but|the|an?|with|then|while|its|his|her|as|in|one|two)\b))"
    rf"|{_HOLE}"
)

_BORROWED = re.compile(r"[\u0391-\u03c9\u0405-\u0458\u0501-\u051d，。；：！？０-９Ａ-Ｚａ-ｚﬀ-ﬆ\U0001d400-\U0001d7ff]")
_MIXED_WORD = re.compile(r"\b[A-Za-z\u0391-\u03c9\u0405-\u051d]{2,40}\b")
_LOOKALIKES = str.maketrans("аеорсухіјѕһԁАВЕКМНОРСТХІЈЅοαρνΟΑΒΕΗΙΚΜΝΡΤΧ", "aeopcyxijshdABEKMHOPCTXIJSoapvOABEHIKMNPTX")
_STYLED = re.compile(r"[０-９Ａ-Ｚａ-ｚﬀ-ﬆ\U0001d400-\U0001d7ff]+")
_WIDE_MARK = re.compile(r"(?<=[A-Za-z]) ?([，。；：！？])(?: ?(?=[A-Za-z])|(?<=。)\Z)")
_NARROW = str.maketrans("，。；：！？", ",.;:!?")


def _lost(text: str) -> Iterator[Change]:
    marked = ("?" in text or "`" in text) and _MARK_IN_WORD.search(text)
    if not marked and not _SIGNS.search(beyond_ascii(text)):
        return
    for match in _LOST.finditer(text):
        yield Change(match.start(), match.end(), _standing_for(match))


def _standing_for(match: re.Match[str]) -> str:
    if match["loan"]:
        return _LOANS[match[0]]
    return {"apostrophe": "'", "degree": "°", "space": " "}.get(match.lastgroup or "", "")


def _borrowed(text: str) -> Iterator[Change]:
    if not _BORROWED.search(beyond_ascii(text)):
        return
    found = [_plain(match, unicodedata.normalize("NFKC", match[0])) for match in _STYLED.finditer(text)]
    for match in _MIXED_WORD.finditer(text):
        word = match[0].translate(_LOOKALIKES)
        if word.isascii() and word != match[0] and any(map(str.isascii, match[0])):
            found.append(_plain(match, word))
    for match in _WIDE_MARK.finditer(text):
        found.append(_plain(match, match[1].translate(_NARROW) + (" " if match.end() < len(text) else "")))
    yield from sorted(found, key=lambda change: change.start)


def _plain(match: re.Match[str], new: str) -> Change:
    return Change(match.start(), match.end(), new)


LOST = Rule(
    "lost_character",
    "a character that was lost comes back where the word tells which one, and its sign goes elsewhere",
    ("The man\ufffds caf\ufffd opens\ufffd.", "The man's café opens."),
    _lost,
    quoted=True,
)
BORROWED = Rule(
    "lookalike",
    "letters and marks that only look like the ones of English become those",
    ("A m\u0430n walks，then \U0001d5cc\U0001d5c2\U0001d5cd\U0001d5cc.", "A man walks, then sits."),
    _borrowed,
    quoted=True,
    language="English",
)
