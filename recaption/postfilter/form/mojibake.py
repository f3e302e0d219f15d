"""Characters in the wrong form: escapes of programs, HTML entities, text that was read in the wrong encoding.

ftfy tells what mixed-up encodings stood for. What it leaves comes of quotation marks and dashes that lost a byte.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import ftfy

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import beyond_ascii

ENDING = r"(?=(?:s|t|re|ve|ll|d|m)\b)"
"""What follows the apostrophe of "it's", "doesn't", "they're", "we've", "she'll", "I'd" and "I'm"."""

_TOKEN_LETTER = re.compile(r"[\u2420\u2424\u2581\u010a\u0120-\u0143]")
# Bytes as tokenizers, programs, mail and addresses write them.
_BYTES = re.compile(
    r"(?:<0x[0-9A-Fa-f]{2}>)+|(?:\\{1,2}x[0-9A-Fa-f]{2})+|(?:\\[0-3][0-7]{2}){2,}"
    r"|(?:=[89A-F][0-9A-F]){2,}|(?:%[89A-F][0-9A-F]){2,}"
)
_BYTE = re.compile(r"[x=%]([0-9A-Fa-f]{2})|\\([0-3][0-7]{2})")
_UNITS = re.compile(r"(?:\\{1,2}u[0-9A-Fa-f]{4})+|<U\+[0-9A-Fa-f]{4,5}>")
_UNIT = re.compile(r"[uU]\+?([0-9A-Fa-f]{4,5})")
_ESCAPE = re.compile(
    r"(?<!¯)\\{1,2}([\"'’“”*_#~`>()\[\]-])|(?<!\w:)(?:\\{1,2}r)?\\{1,2}n(?![a-z])|(?<=[.!?,])\\{1,2}n"
    r"|(?<!\w:)\\{1,2}t(?![a-z])|\\(?=\n)"
)
# GPT-2's tokenizer writes the 68 bytes that have no sign of their own as U+0100 and up, the others as Latin-1.
_WITHOUT_SIGN = [*range(33), *range(127, 161), 173]
_TOKEN_BYTES = {chr(byte): byte for byte in range(33, 256) if byte not in _WITHOUT_SIGN} | {
    chr(256 + i): byte for i, byte in enumerate(_WITHOUT_SIGN)
}
_TOKENS = re.compile(r"(?:[ÂÃÄÅ][¡-ÿ\u0121-\u0143]|[âã][¡-ÿ\u0121-\u0143]{2}|ð[¡-ÿ\u0121-\u0143]{3})+")

_ENTITY = re.compile(
    r"& ?(#?[0-9A-Za-z]{1,24}) ?;|&(quot|amp|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|deg|[lg]t|#39|#x27|#8217)(?![\w;=])"
)

# Mixed-up encodings make two letters beyond ASCII in a row, or one of a few that hardly stand alone.
_PAIR = re.compile(r"[\x80-\u04ff\u2010-\u23ff\u2580-\u25ff][\x80-\u04ff\u2010-\u23ff\u2580-\u25ff]")
_ALONE = frozenset("ÂÃâ√")
_MIXED_UP = re.compile(r"[\x80-\u04ff\u2010-\u23ff\u2580-\u25ff]{2}|[ÂÃ](?![A-Za-z])|(?<=[a-z])â(?=[st]\b)|√[^\0-\x7f]")
_WORD_START = re.compile(r"\S*\Z")
_WORD_END = re.compile(r"\s|\Z")
_GOES_ON = re.compile(r"\s{1,2}[a-z]")
_LONGEST = 400  # characters of a word that are looked at together
_CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_LOST_APOSTROPHE = re.compile(rf"â€(?:TM|\(TM\)|\?(?=\w))|(?<=[A-Za-z])(?:â€?|Ã¢){ENDING}")
_LOST_DASH = re.compile(r"â€\"|â€â€|\Aâ€\Z")
_LOST_QUOTE = re.compile(r"â€(?=[.,;:!?)]|\Z)")
_LONE_PAIR = re.compile(r"(?<!\w)[ÄÅ][€‚ƒ„…†‡ˆ‰Š‹Œ‘“”•–—˜™š›œžŸ¡-¿](?!\w)")
_LOWERED = re.compile(r"â‚([€‚ƒ„…†‡ˆ‰])")
_LEFT_OVER = re.compile(r"Â(?![A-Za-z])|Ã(?!\w)|â€[œ˜™“”¦¢]?|ï¿½")


def _escapes(text: str) -> Iterator[Change]:
    found: list[Change] = []
    for marks, pattern, meaning in _WRITTEN:
        if any(mark in text for mark in marks):
            found += [Change(match.start(), match.end(), meaning(match)) for match in pattern.finditer(text)]
    if _TOKEN_LETTER.search(beyond_ascii(text)):
        for pattern, meaning in _TOKENIZED:
            found += [Change(match.start(), match.end(), meaning(match)) for match in pattern.finditer(text)]
    yield from sorted(found, key=lambda change: change.start)


def _bytes_of(written: re.Match[str]) -> str:
    found = bytes(int(byte[1], 16) if byte[1] else int(byte[2], 8) for byte in _BYTE.finditer(written[0]))
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return found.decode("latin-1")


def _units_of(written: re.Match[str]) -> str:
    """The characters of UTF-16 units, pairs of surrogates joined."""
    characters = "".join(chr(int(unit[1], 16)) for unit in _UNIT.finditer(written[0]))
    return ftfy.fix_encoding(characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _escaped(written: re.Match[str]) -> str:
    return written[1] or ("\n" if "n" in written[0] else " ")


def _tokens_of(written: re.Match[str]) -> str:
    if max(written[0]) < "\u0100":
        return written[0]  # of the Latin-1 kind, which MOJIBAKE sees
    return bytes(_TOKEN_BYTES[letter] for letter in written[0]).decode("utf-8", "replace")


_WRITTEN = (
    (("<0x", "\\", "=", "%"), _BYTES, _bytes_of),
    (("<U+", "\\"), _UNITS, _units_of),
    (("\\",), _ESCAPE, _escaped),
)
_TOKENIZED = (
    (_TOKENS, _tokens_of),
    (re.compile(r"[\u2420\u2581\u0120]+"), lambda _: " "),
    (re.compile(r"[\u2424\u010a]"), lambda _: "\n"),
)


def _entities(text: str) -> Iterator[Change]:
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        written = f"&{match[1] or match[2]};"
        character = html.unescape(written)
        if character != written:
            yield Change(match.start(), match.end(), character)


def _mixed_up(text: str) -> Iterator[Change]:
    if text.isascii() or not (_PAIR.search(text) or not _ALONE.isdisjoint(beyond_ascii(text))):
        return
    done = 0
    straight = {ord(curly): plain for curly, plain in _CURLY.items() if plain in text}
    for match in _MIXED_UP.finditer(text):
        if match.start() < done:
            continue
        before = _WORD_START.search(text, max(done, match.start() - _LONGEST), match.start())
        after = _WORD_END.search(text, match.end(), match.end() + _LONGEST)
        start, done = before.start() if before else match.start(), after.start() if after else match.end()
        word = _repaired(text[start:done], text[done : done + 3])
        yield Change(start, done, word.translate(straight) if word != text[start:done] else word)


def _repaired(word: str, following: str) -> str:
    word = ftfy.fix_encoding(word)
    word = _LONE_PAIR.sub(lambda match: match[0].encode("cp1252").decode("utf-8", "ignore") or match[0], word)
    word = _LOST_APOSTROPHE.sub("’", word)
    word = _LOST_DASH.sub("–", word)
    word = _LOST_QUOTE.sub("”", word)
    word = _LOWERED.sub(lambda match: chr(0x2000 + match[1].encode("cp1252")[0]), word)
    word = word.replace("â„¢", "™")
    if word.endswith("Ã") and _GOES_ON.match(following):
        word = word[:-1] + "à"
    return _LEFT_OVER.sub("", word)


ESCAPES = Rule(
    "escape",
    "characters written as bytes or codes become what they stand for",
    (r"It\u2019s a caf<0xC3><0xA9>.\nA man walks.", "It’s a café.\nA man walks."),
    _escapes,
    quoted=True,
)
ENTITIES = Rule(
    "entity", "HTML entities become what they stand for", ("A man&rsquo;s hat.", "A man’s hat."), _entities, quoted=True
)
MOJIBAKE = Rule(
    "mojibake",
    "text that was read in the wrong encoding is repaired",
    ("The manâ€™s cafÃ© opens.", "The man’s café opens."),
    _mixed_up,
    quoted=True,
)
