"""The language model learns the texts: it reads oracle pictures before it ever sees a tower."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from llava_train.muon import Muon
from llava_train.roles import Lesson, lessons
from recaption import prompts
from recaption.evaluate.matcher import names_in, read
from recaption.evaluate.score import Known, Match, match, scores
from recaption.scripted.plan import plan
from scripts.tiny import oracle, words


@dataclass(frozen=True)
class Phase:
    """A stretch of the training.

    Attributes:
        steps: how many.
        batch: lessons a step, all of one role.
        side: patches on each side of an oracle picture.
        roles: how often each role comes.
    """

    steps: int
    batch: int
    side: int
    roles: dict[str, float]


ALL = {"first": 0.3, "pair": 0.55, "summary": 0.12, "recaption": 0.03}
PHASES = (Phase(400, 16, 6, {"first": 1.0}), Phase(3000, 16, 6, ALL), Phase(3000, 16, 12, ALL))
"""First to name what stands in one picture, then everything, on coarse pictures, which cost less than half; then on
pictures with as many patches as the tower gives."""
MATRIX_RATE, OTHER_RATE = 0.02, 1.5e-3
"""Learning rates of Muon and AdamW that the trial of the tiny model found best, with batches of 8."""
COPY = 0.7
"""Scale of the orthogonal matrices that attention starts with; their product copies half of what is looked at."""
GRADED = ("first", "pair", "summary")
CHECKPOINT, CHECKPOINT_STEPS, LOG_STEPS, WARMUP = "reader.pt", 200, 50, 100
POOL_CLIPS = 96
NOISE = 0.1
"""Deviation of the noise on oracle patches: no projector will be exact."""


@dataclass
class Reader:
    """A language model, its tokenizer, and how it reads oracle pictures."""

    model: LlamaForCausalLM
    oracle: oracle.Oracle
    tokenizer: PreTrainedTokenizerFast

    def modules(self) -> nn.ModuleList:
        return nn.ModuleList([self.model, self.oracle])


def start(tokenizer: PreTrainedTokenizerFast, seed: int) -> Reader:
    """A fresh Llama of 5.4 M parameters. The initialisation of 0.06 is what the trial of the tiny model found best."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=-(-len(tokenizer) // 64) * 64,
        hidden_size=256,
        intermediate_size=768,
        num_hidden_layers=6,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=4096,
        initializer_range=0.06,
        tie_word_embeddings=True,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
    )
    model = LlamaForCausalLM(config)
    for layer in model.model.layers:
        _copy(layer.self_attn)
    return Reader(model, oracle.Oracle(words.names(tokenizer), config.hidden_size), tokenizer)


@torch.no_grad()
def _copy(attention: Any) -> None:
    """Let attention start by copying what it looks at (after "mimetic initialisation", arXiv 2305.09828).

    Naming what a picture shows is copying; without this the model stays on the plateau where it knows the sentences but
    not what they are about.
    """
    turn = COPY * torch.linalg.qr(torch.randn_like(attention.v_proj.weight)).Q
    attention.v_proj.weight.copy_(turn)
    attention.o_proj.weight.copy_(turn.T)


def stream(seed: int, roles: dict[str, float], batch: int) -> Iterator[list[Lesson]]:
    """Endless batches of lessons, each batch of one role."""
    rng = random.Random(f"stream {seed}")
    sets = [prompts.load("default"), prompts.load("default"), prompts.load("default"), prompts.load("sharecaptioner")]
    pools: dict[str, list[Lesson]] = defaultdict(list)
    number = 0
    while True:
        role = rng.choices(list(roles), list(roles.values()))[0]
        while len(pools[role]) < max(POOL_CLIPS, 2 * batch):
            for lesson in lessons(plan(seed, number), rng.choice(sets), rng):
                if lesson.role in roles and len(pools[lesson.role]) < 4096:
                    pools[lesson.role].append(lesson)
            number += 1
        pool = pools[role]
        rng.shuffle(pool)
        yield [pool.pop() for _ in range(batch)]


def encode(reader: Reader, batch: Sequence[Lesson], side: int, answers: bool = True):  # type: ignore[no-untyped-def]
    """Embeddings, mask and labels of a batch; without answers, padded on the left."""
    tokenizer = reader.tokenizer
    table = reader.model.get_input_embeddings().weight
    user, assistant, end = tokenizer.convert_tokens_to_ids(["<|user|>", "<|assistant|>", "<|end|>"])
    rows, labels = [], []
    for lesson in batch:
        text = tokenizer.encode(lesson.prompt.text, add_special_tokens=False) + [assistant]
        answer = tokenizer.encode(lesson.answer, add_special_tokens=False) + [end] if answers else []
        parts = [table[[user]]]
        count = 0
        for t in lesson.times:
            numbers = torch.from_numpy(oracle.patches(lesson.script, t, side))
            noise = NOISE * torch.randn_like(numbers) if answers else 0.0
            parts.append(reader.oracle(numbers + noise, table))
            count += side * side
        parts.append(table[text + answer])
        rows.append(torch.cat(parts))
        labels.append(torch.tensor([-100] * (1 + count + len(text)) + answer))
    longest = max(len(r) for r in rows)
    pads = [longest - len(r) for r in rows]
    embeds = torch.stack(
        [functional.pad(r, (0, 0, 0, p) if answers else (0, 0, p, 0)) for r, p in zip(rows, pads, strict=True)]
    )
    mask = torch.stack(
        [
            functional.pad(torch.ones(len(r), dtype=torch.long), (0, p) if answers else (p, 0))
            for r, p in zip(rows, pads, strict=True)
        ]
    )
    label = (
        torch.stack([functional.pad(x, (0, p), value=-100) for x, p in zip(labels, pads, strict=True)])
        if answers
        else None
    )
    return embeds, mask, label


def loss_of(reader: Reader, batch: Sequence[Lesson], side: int) -> torch.Tensor:
    embeds, mask, labels = encode(reader, batch, side)
    hidden = reader.model.model(inputs_embeds=embeds, attention_mask=mask).last_hidden_state[:, :-1]
    wanted = labels[:, 1:]
    chosen = wanted != -100
    return functional.cross_entropy(reader.model.lm_head(hidden[chosen]), wanted[chosen])


@torch.no_grad()
def answer(reader: Reader, batch: Sequence[Lesson], side: int, limit: int = 200) -> list[str]:
    embeds, mask, _ = encode(reader, batch, side, answers=False)
    ids = reader.model.generate(inputs_embeds=embeds, attention_mask=mask, max_new_tokens=limit, do_sample=False)
    return reader.tokenizer.batch_decode(ids, skip_special_tokens=True)


def grade(reader: Reader, side: int, roles: Sequence[str], count: int, seed: int = 900_000) -> dict[str, float]:
    """Event F1 of pairs and summaries, and object F1 of first frames, on `count` lessons of clips never trained on."""
    reader.model.eval()
    held: dict[str, list[Lesson]] = defaultdict(list)
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


def _events(texts: Sequence[str], held: Sequence[Lesson]) -> float:
    matches: list[Match] = []
    for text, lesson in zip(texts, held, strict=True):
        true = [Known(t.name, t.action, float(i)) for i, t in enumerate(read(lesson.answer))]
        matches.append(match(text, true))
    return scores(matches)["event_f1"]  # type: ignore[return-value]


def _objects(texts: Sequence[str], held: Sequence[Lesson]) -> float:
    right = told = true = 0
    for text, lesson in zip(texts, held, strict=True):
        a, b = set(names_in(text)), set(names_in(lesson.answer))
        right, told, true = right + len(a & b), told + len(a), true + len(b)
    return 2 * right / (told + true) if told + true else 0.0


def optimizer(reader: Reader) -> Muon:
    matrices = [p for p in reader.model.model.layers.parameters() if p.ndim == 2]
    ids = {id(p) for p in matrices}
    others = [p for p in reader.modules().parameters() if id(p) not in ids]
    return Muon([{"params": matrices, "lr": MATRIX_RATE, "muon": True}, {"params": others, "lr": OTHER_RATE}])


def train(reader: Reader, folder: Path, phases: Sequence[Phase], seed: int) -> dict[str, float]:
    """Train through the phases, at a rate that falls over the last third; goes on from the last checkpoint.

    Returns:
        The last grades (see `grade`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / CHECKPOINT
    opt = optimizer(reader)
    rates = [group["lr"] for group in opt.param_groups]
    done = _resume(checkpoint, reader, opt)
    total = sum(phase.steps for phase in phases)
    log = _Log(total)
    first = 0
    for number, phase in enumerate(phases):
        batches = stream(seed + number * 1000 + done, phase.roles, phase.batch)
        while done < first + phase.steps:
            share = min(1.0, (done + 1) / WARMUP) * min(1.0, 3 * (total - done) / total)
            for group, rate in zip(opt.param_groups, rates, strict=True):
                group["lr"] = rate * share
            loss = loss_of(reader, next(batches), phase.side)
            loss.backward()
            opt.step()
            opt.zero_grad(set_to_none=True)
            done += 1
            log.step(done, loss.item(), phase.batch)
            if done % CHECKPOINT_STEPS == 0 or done == total:
                _save(checkpoint, {"model": reader.modules().state_dict(), "opt": opt.state_dict(), "step": done})
                print(f"step {done}: {grade(reader, phase.side, GRADED, 60)}", flush=True)
        first += phase.steps
    return grade(reader, phases[-1].side, GRADED, 200)


class _Log:
    """One line every LOG_STEPS steps, with a running mean of the loss."""

    def __init__(self, total: int) -> None:
        self.total, self.seen, self.begin = total, 0, time.monotonic()
        self.mean: float | None = None

    def step(self, done: int, loss: float, batch: int) -> None:
        self.seen += batch
        self.mean = loss if self.mean is None else 0.98 * self.mean + 0.02 * loss
        if done % LOG_STEPS == 0:
            speed = self.seen / (time.monotonic() - self.begin)
            print(f"step {done}/{self.total}  loss {self.mean:.3f}  {speed:.1f} lessons/s", flush=True)


def _resume(checkpoint: Path, reader: Reader, opt: Muon) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    reader.modules().load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    return state["step"]


def _save(path: Path, state: dict[str, object]) -> None:
    aside = path.with_suffix(".part")
    torch.save(state, aside)
    aside.replace(path)
