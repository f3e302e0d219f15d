"""What a model says about its caption: labels, greetings and good-byes, quotation marks around the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import spans

_NOUN = r"(?:captions?|descriptions?|summary|paragraph|transcript|answer|response|output|prompt|recaption|re-caption)"
_KIND = (
    r"(?:(?:video|image|clip|scene|detailed|dense|full|final|revised|refined|short|brief|long|overall|visual|generated"
    r"|improved|new|one-paragraph) )"
)
_ASPECT = (
    r"(?:overall )?(?:setting|background|lighting|camera|camera (?:work|movement|angle)|subjects?|main subjects?"
    r"|characters?|actions?|mood|atmosphere|style|composition|environment|location|objects?|clothing|attire|movements?"
    r"|details|opening|opening scene|closing|key events?|time of day)"
)
_CLOCK = r"\d{1,2}:\d{2}(?: ?[-–] ?\d{1,2}:\d{2})?"
_LABEL = re.compile(
    rf"^(?:(?:{_KIND}{{0,3}}{_NOUN}(?: ?#?\d{{1,3}})?(?: of the (?:video|clip|image|scene))?"
    r"|(?:scene|shot|clip|part|segment|section|step|paragraph|video) ?#?\d{1,3}"
    r"|(?:video )?frame \d{1,4} at \d{1,6}(?:\.\d{1,3})? seconds?(?:\(s\))?(?: description)?"
    rf"|{_ASPECT}|\({_CLOCK}\)|\[{_CLOCK}\]) ?:|\[{_CLOCK}\](?= )) ?(?=\S|$)",
    re.I | re.M,
)
_BOLD_LABEL = re.compile(r"^(?:\*\*|__)[^*_\n]{1,60}(?::(?:\*\*|__)|(?:\*\*|__) ?:) ?(?=\S|$)", re.M)
_GREETING = re.compile(
    r"\s*(?:(?:sure|certainly|of course|absolutely|okay|ok|alright|great|yes)(?: thing)?[!,.:]\s{0,3})?"
    r"(?:here(?: is|['’]s| are)|below is|the following is|this is) (?:an? |the |your |my )?"
    rf"[^.:!?\n]{{0,60}}\b{_NOUN}\b[^.:!?\n]{{0,120}}:\s*",
    re.I,
)
_ASSENT = re.compile(r"\s*(?:sure(?: thing)?|certainly|of course|absolutely)[!.,] *(?=[A-Z\n])", re.I)
_GOODBYE = re.compile(
    r"(?:I hope (?:this|that|it)\b|(?:please )?let me know\b|feel free to\b|is there anything else\b|would you like\b"
    r"|(?:please )?note that (?:this|the) (?:description|caption)\b"
    rf"|(?:this|the above) (?:detailed )?{_NOUN} (?:is|was|captures|provides|aims|includes|covers)\b)",
    re.I,
)
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]\Z")


def _bold_labels(text: str) -> Iterator[Change]:
    for match in _BOLD_LABEL.finditer(text):
        yield Change(match.start(), match.end(), "")


def _labels(text: str) -> Iterator[Change]:
    for match in _LABEL.finditer(text):
        yield Change(match.start(), match.end(), "")


def _chatter(text: str) -> Iterator[Change]:
    greeting = _GREETING.match(text) or _ASSENT.match(text)
    if greeting and greeting.end() < len(text):
        yield Change(0, greeting.end(), "")
    kept = list(spans(text))
    end = len(text)
    while len(kept) > 1 and _GOODBYE.match(text, kept[-1][0]):
        kept.pop()
    if kept and text[kept[-1][1] : end].strip():
        yield Change(max(kept[-1][1], greeting.end() if greeting else 0), end, "")


def _quotes(text: str) -> Iterator[Change]:
    if match := _QUOTED.match(text):
        yield Change(0, len(text), match[1].strip())


BOLD_LABELS = Rule(
    "bold_label", "a bold label before a line goes", ("**Later:** A man walks.", "A man walks."), _bold_labels
)
LABELS = Rule(
    "label",
    "labels before a line go",
    ("Caption 1: A man walks.", "A man walks."),
    _labels,
    language="English",
)
CHATTER = Rule(
    "chatter",
    "a greeting and a good-bye to the user go",
    ("Sure! Here is a caption: A man walks. I hope this helps!", "A man walks."),
    _chatter,
    language="English",
)
QUOTES = Rule(
    "quotes", "quotation marks around the whole caption go", ('"A man walks."', "A man walks."), _quotes, quoted=True
)
