"""Leftovers of templates: names in brackets, marks of an end, the quotes and braces of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule

_AT_START = r"(?:^|(?<=[.!?…\"”')\]>])|(?<=[.!?…\"”')\]>]\s))"
_AT_END = r"(?=\s*(?:\Z|\n|[<\[]))"
_NAMED = (
    r"(?:captions?|descriptions?|text|output|response|answer|video|image|clip|scene|transcript|summary|paragraph"
    r"|document"
    r"|message|turn|story|file|sequence|generation)"
)
_MARKS = (
    r"(?i:end|stop|done|begin|start|eos|bos|truncated|cut off|continued|caption|description|video|image|output|response"
    r"|answer|text)"
)
# A placeholder begins with one of these, so that elsewhere none of the many kinds need be tried.
_MAY_START = r"(?=[^\w\s,.'\"]|_|\s?#|(?i:the end|end|eof|data:))"
_PLACEHOLDER = re.compile(
    rf"{_MAY_START}(?:"
    + "|".join(
        (
            r"<(?P<box>b?box|quad|poly|points?|loc|coords?|coordinates?)>[^<>]{0,200}</(?P=box)>",  # <box>1</box>
            r"\(\d{1,4}, ?\d{1,4}\), ?\(\d{1,4}, ?\d{1,4}\)|\[\d{1,4}(?:\.\d{1,4})?(?:, ?\d{1,4}(?:\.\d{1,4})?){3}\]",
            r"</?[A-Za-z]\w{0,30}[_-][\w-]{0,40}/?>",  # <row_1_col_1>
            r"</?[A-Za-z]{1,20}\d{1,5}/?>",  # <unused12>
            r"</[A-Za-z][\w:-]{0,40}>",
            rf"{_AT_START}<[A-Za-z][\w:-]{{0,40}}/?>",
            rf"<[A-Za-z][\w:-]{{0,40}}/?>{_AT_END}",
            r"\[/?[A-Z]{2,20}(?:_[A-Z0-9]{1,20}){1,5}\]",  # [END_OF_TEXT]
            rf"{_AT_START}\[/?{_MARKS}\]:?|\[/?{_MARKS}\]{_AT_END}",
            rf"(?i:[\[(<]{{1,2}}(?:the )?(?:end|start|beginning) of (?:the )?(?:\w{{1,20}} )?{_NAMED}[\])>]{{1,2}})",
            r"(?i:\[(?:insert|your|add|place|paste)\b[^\[\]\n]{0,60}\])",
            r"\{[{%] ?[\w .|-]{1,60} ?[%}]\}",  # {{ caption }}
            r"(?<=[\s.!?])\{[a-z]+(?:_[a-z]+)*\}:?|\A\{[a-z]+(?:_[a-z]+)*\}:?",
            rf"{_AT_START}__[A-Z_]{{3,20}}__:?",
            r"<<[A-Z_ ]{2,30}>>",
            rf"{_AT_START}(?:#{{2,4}} ?|={{2,4}} ?|-{{2,4}} ?"
            rf"|\*{{2,4}} ?)?(?:THE )?END(?: OF \w{{1,20}})?(?: ?[#=*-]{{2,4}}|[.!])?\s*\Z",
            rf"{_AT_START}(?i:end of {_NAMED}|EOF|\#END\#|data: \[DONE\])[.:]?\s*\Z",
            r"#{3,6}\s*\Z|(?<=[.!?])\s?#{2,6}(?=\s*\Z)",
        )
    )
    + ")",
    re.M,
)
_JSON_START = re.compile(r"\s*(?:json\s*)?[\[{]\s*[{\s]{0,4}\"\w{1,30}\"\s*:\s*\"")
_JSON_END = re.compile(r"\"\s*,?\s*[}\s]{0,4}[\]}]\s*\Z")
_JSON_NEXT = re.compile(r"\"\s*,\s*\"\w{1,30}\"\s*:\s*\"")


def _placeholders(text: str) -> Iterator[Change]:
    if not any(mark in text for mark in ("<", "[", "{", "),(", "), (", "END", "end of", "End of", "##", "__", "EOF")):
        return
    for match in _PLACEHOLDER.finditer(text):
        yield Change(match.start(), match.end(), " ")


def _json(text: str) -> Iterator[Change]:
    if "{" not in text:
        return
    start = _JSON_START.match(text)
    end = _JSON_END.search(text, max(0, len(text) - 40))
    if start is None or end is None:
        return
    yield Change(0, start.end(), "")
    for match in _JSON_NEXT.finditer(text, start.end(), end.start()):
        yield Change(match.start(), match.end(), "\n")
    yield Change(end.start(), len(text), "")


PLACEHOLDERS = Rule(
    "placeholder",
    "names in brackets that a template or a tokenizer left go",
    ("<row_1> A man walks. [END_OF_TEXT]", "  A man walks.  "),
    _placeholders,
)
JSON = Rule(
    "json", "of JSON, what its strings say stays", ('{"caption": "A man walks."}', "A man walks."), _json, quoted=True
)
