"""How many of the defects that were marked by hand in raw captions the post-filter finds.

    python -m scripts.marked_captions tests/data/captions/develop.toml tests/data/captions/develop_2.toml
    python -m scripts.marked_captions tests/data/captions/set_aside.toml

A defect is written in place as ⟦code|the text that has to go⟧; the codes are in `tests/data/captions/README.md`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from recaption.postfilter import Cleaned, clean

REPORTED = frozenset(["hedge"])  # defects that stay in the caption and are flagged
FAILING = frozenset(["refusal"])  # defects for which the whole row fails
RUN = 4  # so many words in a row of a defect that are left count as a defect that was not found

_MARK = re.compile(r"⟦(\w+)\|([^⟦⟧]*)⟧")
_CJK = r"\u3400-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)*")


@dataclass(frozen=True)
class Mark:
    """A defect: its code and the text that is one."""

    code: str
    text: str


@dataclass(frozen=True)
class MarkedCaption:
    """A raw caption whose defects are known.

    Attributes:
        raw: as the model wrote it, without marks.
        good: what stands outside of defects, a line break in the place of each.
    """

    manner: str
    raw: str
    good: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Recall:
    """How many defects of a kind there are, and how many were found."""

    found: int
    all: int

    @property
    def share(self) -> float:
        return self.found / self.all if self.all else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95% (Wilson 1927)."""
        if not self.all:
            return 0.0, 1.0
        z = 1.96
        middle = self.share + z * z / (2 * self.all)
        reach = z * sqrt(self.share * (1 - self.share) / self.all + z * z / (4 * self.all**2))
        scale = 1 + z * z / self.all
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def load(path: Path) -> list[MarkedCaption]:
    return [parse(row["manner"], row["raw"]) for row in tomllib.loads(path.read_text("utf-8"))["caption"]]


def parse(manner: str, marked: str) -> MarkedCaption:
    marks = tuple(Mark(code, text) for code, text in _MARK.findall(marked))
    return MarkedCaption(manner, _MARK.sub(r"\2", marked), _MARK.sub("\n", marked), marks)


def missed(caption: MarkedCaption, cleaned: Cleaned) -> list[Mark]:
    """The defects that the filter left."""
    return [mark for mark in caption.marks if not _is_found(mark, caption, cleaned)]


def recall(captions: Iterable[MarkedCaption]) -> dict[str, Recall]:
    """Recall by code, in the order of the alphabet."""
    every: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for caption in captions:
        every.update(mark.code for mark in caption.marks)
        left.update(mark.code for mark in missed(caption, clean(caption.raw)))
    return {code: Recall(every[code] - left[code], every[code]) for code in sorted(every)}


def pooled(recalls: Iterable[Recall]) -> Recall:
    listed = list(recalls)
    return Recall(sum(each.found for each in listed), sum(each.all for each in listed))


def kept(captions: Iterable[MarkedCaption]) -> Recall:
    """The words outside of defects, and those of them that the captions still have; rows that have to fail left out."""
    good, lost = 0, 0
    for caption in captions:
        if FAILING.isdisjoint(mark.code for mark in caption.marks):
            words = Counter(_words(caption.good))
            good += words.total()
            lost += (words - Counter(_words(clean(caption.raw).text))).total()
    return Recall(good - lost, good)


def _is_found(mark: Mark, caption: MarkedCaption, cleaned: Cleaned) -> bool:
    if mark.code in FAILING:
        return not cleaned.text and mark.code in cleaned.flags
    if mark.code in REPORTED:
        return mark.code in cleaned.flags
    return not _is_left(mark.text, caption.good, cleaned.text)


def _is_left(defect: str, good: str, text: str) -> bool:
    """Whether the defect, or a run of its words, comes in a text more often than in what is good."""
    if _count(defect, text) > _count(defect, good):
        return True
    words, good_words, text_words = _words(defect), _words(good), _words(text)
    runs = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    return any(_count_run(run, text_words) > _count_run(run, good_words) for run in runs)


def _count(part: str, text: str) -> int:
    """How often a part comes in a text, as whole words, whatever its capitals and spaces."""
    pattern = r"\s+".join(map(re.escape, part.casefold().split()))
    return len(re.findall(rf"(?<![a-z0-9]){pattern}" if part.strip()[:1].isalnum() else pattern, text.casefold()))


def _count_run(run: Sequence[str], words: Sequence[str]) -> int:
    return sum(tuple(words[i : i + RUN]) == run for i in range(len(words) - RUN + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def table(captions: Sequence[MarkedCaption]) -> str:
    by_code = recall(captions)
    lines = [f"{'defect':16} found / all   recall  95% interval"]
    for code, each in [*by_code.items(), ("all", pooled(by_code.values())), ("good words kept", kept(captions))]:
        low, high = each.interval
        lines.append(f"{code:16} {each.found:5} / {each.all:5}  {each.share:.3f}   {low:.3f} to {high:.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table([caption for name in sys.argv[1:] for caption in load(Path(name))]))
