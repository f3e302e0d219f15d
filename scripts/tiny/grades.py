"""How well the reader reads: its answers about clips that it never saw, and their grades."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import torch

from llava_train.roles import Lesson
from recaption import prompts
from recaption.evaluate.matcher import names_in, read
from recaption.evaluate.score import Known, Match, match, scores
from recaption.scripted.plan import plan
from recaption.scripted.world import Script
from scripts.tiny.batches import encode
from scripts.tiny.lessons import lessons
from scripts.tiny.reader import Reader


@torch.no_grad()
def answer(reader: Reader, batch: Sequence[Lesson[Script]], side: int, limit: int = 200) -> list[str]:
    asked = encode(reader, batch, side, answers=False)
    ids = reader.model.generate(
        inputs_embeds=asked.embeds,
        attention_mask=asked.mask,
        position_ids=asked.positions,
        max_new_tokens=limit,
        do_sample=False,
    )
    return reader.tokenizer.batch_decode(ids, skip_special_tokens=True)


def grade(reader: Reader, side: int, roles: Sequence[str], count: int, seed: int = 900_000) -> dict[str, float]:
    """Event F1 of pairs and summaries, and object F1 of first frames, on `count` lessons of clips never trained on."""
    reader.model.eval()
    held: dict[str, list[Lesson[Script]]] = defaultdict(list)
    number = 0
    rng = random.Random(seed)
    while any(len(held[role]) < count for role in roles):
        for lesson in lessons(plan(seed, number), prompts.load("default"), rng):
            if len(held[lesson.role]) < count:
                held[lesson.role].append(lesson)
        number += 1
    result = {}
    for role in roles:
        texts = [t for i in range(0, count, 20) for t in answer(reader, held[role][i : i + 20], side)]
        result[role] = _objects(texts, held[role]) if role == "first" else _events(texts, held[role])
    reader.model.train()
    return result


def _events(texts: Sequence[str], held: Sequence[Lesson[Script]]) -> float:
    matches: list[Match] = []
    for text, lesson in zip(texts, held, strict=True):
        true = [Known(t.name, t.action, float(i)) for i, t in enumerate(read(lesson.answer))]
        matches.append(match(text, true))
    return scores(matches)["event_f1"]  # type: ignore[return-value]


def _objects(texts: Sequence[str], held: Sequence[Lesson[Script]]) -> float:
    right = told = true = 0
    for text, lesson in zip(texts, held, strict=True):
        a, b = set(names_in(text)), set(names_in(lesson.answer))
        right, told, true = right + len(a & b), told + len(a), true + len(b)
    return 2 * right / (told + true) if told + true else 0.0
