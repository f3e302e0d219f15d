"""Chinese that was read in the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule

# What is left of unreadable bytes, and of uninitialised memory.
_LOST = re.compile(r"(?:锟斤拷)+(?:锟斤?)?|[烫屯]{4,}|锘縹?|銆�|锛�|鈥�")
# Han that hardly stand in a text, and always in UTF-8 that was read as GBK.
_TRACE = re.compile(r"[銆锛鈥鐨鍦鏄浠鎴瑙棰鐢濂鍙绗缁妗]")
_RUN = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff€￥]{2,400}")
_LEAST = 2  # traces in a text


def _mojibake(text: str) -> Iterator[Change]:
    if len(_TRACE.findall(text)) >= _LEAST:
        found = [Change(*match.span(), read) for match in _RUN.finditer(text) if (read := _read(match[0])) is not None]
    else:
        found = []
    if not found:
        found = [Change(*match.span(), "") for match in _LOST.finditer(text)]
    yield from found


def _read(run: str) -> str | None:
    """The run as it was meant, or None where it is no UTF-8 read as GBK."""
    try:
        return run.encode("gb18030").decode("utf-8") if _TRACE.search(run) else None
    except UnicodeError:
        return None


MOJIBAKE = Rule(
    "unicode",
    "Chinese that was read in the wrong encoding is read in its own, or goes",
    ("一名锟斤拷男子走过。", "一名男子走过。"),
    _mojibake,
    quoted=True,
    language="Chinese",
)
