"""Lessons of scripted clips as the reader takes them: oracle pictures and words, and what to learn from them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from llava_train.roles import Lesson
from recaption import prompts
from recaption.scripted.plan import plan
from recaption.scripted.sight import Sight, see
from recaption.scripted.world import Script
from scripts.tiny import compare, oracle, sources, tower
from scripts.tiny.lessons import lessons
from scripts.tiny.reader import Reader

COMPARED = 3
"""Frames of a clip for `comparison`."""
POOL_CLIPS = 96
ELSEWHERE = -1
"""Number of a shot that belongs to another clip."""
NOISE = 0.02
"""Deviation of the noise on oracle patches: no projector will be exact."""


def stream(seed: int, roles: dict[str, float], batch: int) -> Iterator[tuple[str, list[Lesson[Script]]]]:
    """Endless batches of lessons, each of one role; "compare" is clips for `comparison`, half as many."""
    rng = random.Random(f"stream {seed}")
    asks = prompts.load("default")
    pools: dict[str, list[Lesson[Script]]] = defaultdict(list)
    number = 0
    while True:
        role = rng.choices(list(roles), list(roles.values()))[0]
        pool = pools["fast" if role == "compare" else role]
        while len(pool) < max(POOL_CLIPS, 2 * batch):
            for lesson in lessons(plan(seed, number), asks, rng):
                if len(pools[lesson.role]) < 4096:
                    pools[lesson.role].append(lesson)
            number += 1
        rng.shuffle(pool)
        if role == "compare":
            yield role, [_some_times(pool.pop(), rng) for _ in range(batch // 2)]
        else:
            yield role, [pool.pop() for _ in range(batch)]


def _some_times(clip: Lesson[Script], rng: random.Random) -> Lesson[Script]:
    return replace(clip, times=tuple(sorted(rng.sample(clip.times, min(COMPARED, len(clip.times))))))


@dataclass
class Batch:
    """Lessons as tensors.

    Attributes:
        embeds: float32 (lessons, tokens, width).
        mask: 1 where there is a token.
        positions: of the tokens. Patches of a coarse picture stand where the ones that they stand for would.
        labels: the answers' tokens in their places, -100 elsewhere.
        truths: what comparing the two pictures shows; for pairs.
        subjects: where to look before each token of an answer, see `compare.names`.
    """

    embeds: torch.Tensor
    mask: torch.Tensor
    positions: torch.Tensor
    labels: torch.Tensor
    truths: compare.Truths | None = None
    subjects: torch.Tensor | None = None


@dataclass
class _Row:
    """One lesson on its way into a batch."""

    embeds: list[torch.Tensor]
    positions: list[int]
    labels: list[int]

    def add(self, embeds: torch.Tensor, positions: Sequence[int] | None = None, labels: Sequence[int] = ()) -> None:
        """Add tokens; they follow upon each other unless they are given places after the last one."""
        first = self.positions[-1] + 1 if self.positions else 0
        self.embeds.append(embeds)
        self.positions += [first + p for p in (positions or range(len(embeds)))]
        self.labels += labels or [-100] * len(embeds)


def encode(reader: Reader, batch: Sequence[Lesson[Script]], side: int, answers: bool = True) -> Batch:
    """Lessons of one role, padded on the right; without answers, on the left."""
    tokenizer = reader.tokenizer
    table = reader.model.get_input_embeddings().weight
    assistant, end = tokenizer.convert_tokens_to_ids(["<|assistant|>", "<|end|>"])
    rows: list[_Row] = []
    subjects: list[_Places] = []
    pictures = [[oracle.patches(lesson.film, time, side) for time in lesson.times] for lesson in batch]
    for lesson, shown in zip(batch, pictures, strict=True):
        row = _begin(reader, shown, side, NOISE if answers else 0.0)
        row.add(table[tokenizer.encode(lesson.prompt.text, add_special_tokens=False) + [assistant]])
        if answers:
            told = tokenizer.encode(lesson.answer, add_special_tokens=False) + [end]
            looks = _things(reader, told, shown) if shown else _sources(reader, lesson)
            subjects.append([(len(row.labels) - 1 + number, where) for number, where in looks])
            row.add(table[told], labels=told)
        rows.append(row)
    truths = []
    if answers and batch[0].role == "pair":
        for lesson, (before, after) in zip(batch, pictures, strict=True):
            first, second = (see(lesson.film, time) for time in lesson.times)
            truths.append(compare.truths(first, second, before, after))
    made = _stack(rows, answers, truths)
    if any(subjects):
        made.subjects = torch.zeros(*made.labels.shape, made.labels.shape[1], dtype=torch.bool)
        for number, places in enumerate(subjects):
            for asking, where in places:
                made.subjects[number, asking, where] = True
    return made


_Places = list[tuple[int, torch.Tensor]]
"""Numbers of an answer's tokens, and the places of the tokens to look at before each."""


def _things(reader: Reader, told: Sequence[int], shown: Sequence[npt.NDArray[np.float32]]) -> _Places:
    """Where to look in pictures: at the thing that the answer's sentence names next, or else named last.

    Args:
        told: the answer's tokens.
        shown: the pictures, the last of which to show a thing is looked at.
    """
    kinds = reader.oracle.words[oracle.KIND].tolist()
    full_stop = reader.tokenizer.convert_tokens_to_ids(".")
    result: _Places = []
    kind: int | None = None
    for number in reversed(range(len(told))):
        if told[number] == full_stop:
            kind = next((t for t in reversed(told[:number]) if t in (*kinds, full_stop)), None)
        elif told[number] in kinds:
            kind = told[number]
        if kind in kinds:
            result += [(number, where) for where in _last_seen(shown, kinds.index(kind))]
    return result


def _last_seen(shown: Sequence[npt.NDArray[np.float32]], kind: int) -> list[torch.Tensor]:
    """The places of a kind's patches in the last picture that shows it, if one does."""
    for number in reversed(range(len(shown))):
        seen = shown[number][:, oracle.KIND][:, kind] > compare.SEEN
        if seen.any():
            return [1 + number * (len(seen) + 1) + torch.from_numpy(np.flatnonzero(seen))]
    return []


def _sources(reader: Reader, lesson: Lesson[Script]) -> _Places:
    """Where to look in a question without pictures: at the sentences that tell the same, and there at the same word."""
    question, answer = (
        reader.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        for text in (lesson.prompt.text, lesson.answer)
    )
    asked, told = np.array(question.input_ids), np.array(answer.input_ids)
    asked_ends, told_ends = (np.array(encoded.offset_mapping)[:, 1] for encoded in (question, answer))
    result: _Places = []
    for sentence, found in sources.sources(lesson.prompt.text, lesson.answer):
        inside = [(source.start < asked_ends) & (asked_ends <= source.end) for source in found]
        if not inside:
            continue
        there = np.logical_or.reduce(inside)
        for number in np.flatnonzero((sentence.start < told_ends) & (told_ends <= sentence.end)).tolist():
            same = there & (asked == told[number])
            result.append((number, 1 + torch.from_numpy(np.flatnonzero(same if same.any() else there))))
    return result


def comparison(reader: Reader, clips: Sequence[Lesson[Script]], side: int) -> Batch:
    """Pictures without a word: any two frames of each clip, and its last one behind the first of another clip."""
    rows, truths = [], []
    other: tuple[Sight, npt.NDArray[np.float32]] | None = None
    for clip in clips:
        shown = [(see(clip.film, time), oracle.patches(clip.film, time, side)) for time in clip.times]
        pairs = list(combinations(shown, 2))
        if other is not None:
            pairs.append((other, shown[-1]))
        for (first, before), (second, after) in pairs:
            rows.append(_begin(reader, [before, after], side, NOISE))
            truths.append(compare.truths(first, second, before, after))
        other = replace(shown[0][0], shot=ELSEWHERE), shown[0][1]
    return _stack(rows, True, truths)


def _begin(reader: Reader, pictures: Sequence[npt.NDArray[np.float32]], side: int, noise: float) -> _Row:
    """The user's turn up to the last picture."""
    table = reader.model.get_input_embeddings().weight
    newline = reader.tokenizer.encode("\n", add_special_tokens=False)
    spread = tower.SIDE // side
    places = [spread * (tower.SIDE * y + x) for y in range(side) for x in range(side)]
    row = _Row([], [], [])
    row.add(table[[reader.tokenizer.convert_tokens_to_ids("<|user|>")]])
    for picture in pictures:
        numbers = torch.from_numpy(picture)
        row.add(reader.oracle(numbers + noise * torch.randn_like(numbers), table), places)
        row.add(table[newline], [tower.SIDE**2 - 1 - places[-1]])
    return row


def _stack(rows: Sequence[_Row], right: bool, truths: Sequence[compare.Truths]) -> Batch:
    longest = max(len(row.labels) for row in rows)
    pads = [(0, longest - len(row.labels)) if right else (longest - len(row.labels), 0) for row in rows]

    def padded(lists: Iterable[Sequence[int]], value: int) -> torch.Tensor:
        return torch.stack([functional.pad(torch.tensor(x), p, value=value) for x, p in zip(lists, pads, strict=True)])

    return Batch(
        torch.stack([functional.pad(torch.cat(row.embeds), (0, 0, *p)) for row, p in zip(rows, pads, strict=True)]),
        padded([[1] * len(row.labels) for row in rows], 0),
        padded([row.positions for row in rows], 0),
        padded([row.labels for row in rows], -100),
        compare.stack(truths) if truths else None,
    )
