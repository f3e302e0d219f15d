"""The language model learns the texts: it reads oracle pictures before it ever sees a tower."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM, LlamaModel, PreTrainedTokenizerFast

from llava_train.muon import Muon
from llava_train.roles import Lesson, lessons
from recaption import prompts
from recaption.evaluate.matcher import names_in, read
from recaption.evaluate.score import Known, Match, match, scores
from recaption.scripted.plan import plan
from recaption.scripted.sight import Sight, see
from scripts.tiny import compare, oracle, tower, words


@dataclass(frozen=True)
class Phase:
    """A stretch of the training.

    Attributes:
        steps: how many.
        batch: lessons a step, all of one role.
        side: patches on each side of an oracle picture.
        rate: learning rate of Muon.
        roles: how often each role comes.
    """

    steps: int
    batch: int
    side: int
    rate: float
    roles: dict[str, float]


ALL = {"first": 0.25, "pair": 0.25, "compare": 0.4, "summary": 0.08, "recaption": 0.02}
TELL = {"first": 0.2, "pair": 0.5, "compare": 0.15, "summary": 0.13, "recaption": 0.02}
PHASES = (
    Phase(300, 16, 6, 0.006, {"first": 0.4, "compare": 0.6}),
    Phase(900, 16, 6, 0.006, ALL),
    Phase(1100, 16, 6, 0.003, ALL),
    Phase(700, 16, 6, 0.003, TELL),
    Phase(2000, 16, 12, 0.003, TELL),
)
"""First to name what stands in one picture and to compare two, then everything, on coarse pictures, which cost less
than half; then on pictures with as many patches as the tower gives. "compare" is pictures without a word, see
`comparison`. At a rate of 0.02 it never learned to compare while it learned to name."""
ADAMW_RATE, COMPARES_RATE = 1.5e-3, 3e-3
"""Learning rates of AdamW, and of AdamW for the heads that compare, which must follow what they read."""
MATRIX_DECAY = 0.1
"""Without it, and at a rate of 0.02, the spectral norms of queries and keys reached 10 within 1,700 steps, and a head
that then looked at the wrong token did so for ever; with 0.4, what layers start with was gone before it was used."""
COPY = 0.7
"""Scale of the orthogonal matrices that attention starts with; their product copies half of what is looked at."""
GRADED = ("first", "pair", "summary")
CHECKPOINT, CHECKPOINT_STEPS, LOG_STEPS, WARMUP = "reader.pt", 200, 50, 100
COMPARED = 3
"""Frames of a clip for `comparison`."""
POOL_CLIPS = 96
ELSEWHERE = -1
"""Number of a shot that belongs to another clip."""
NOISE = 0.02
"""Deviation of the noise on oracle patches: no projector will be exact."""


@dataclass
class Reader:
    """A language model, its tokenizer, how it reads oracle pictures, and what helps it to learn comparing two."""

    model: LlamaForCausalLM
    oracle: oracle.Oracle
    tokenizer: PreTrainedTokenizerFast
    compares: compare.Compares

    def modules(self) -> nn.ModuleList:
        return nn.ModuleList([self.model, self.oracle, self.compares])


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
    _compare(model.model.layers[compare.LOOKING])
    reads = oracle.Oracle(words.names(tokenizer), config.hidden_size)
    return Reader(model, reads, tokenizer, compare.Compares(config.hidden_size))


@torch.no_grad()
def _copy(attention: Any) -> None:
    """Let attention start by copying what it looks at (after "mimetic initialisation", arXiv 2305.09828).

    Naming what a picture shows is copying; without this the model stays on the plateau where it knows the sentences but
    not what they are about.
    """
    turn = COPY * torch.linalg.qr(torch.randn_like(attention.v_proj.weight)).Q
    attention.v_proj.weight.copy_(turn)
    attention.o_proj.weight.copy_(turn.T)


@torch.no_grad()
def _compare(layer: Any) -> None:
    """Let a layer start by multiplying what its last two heads find with what a token shows itself.

    Same and different are products; no single token gives a slope that leads there. The two heads write where they do
    not read, and units of the MLP take one of the two sides each. (`compare.looks` tells the heads where to look.)
    """
    attention, mlp = layer.self_attn, layer.mlp
    found = 2 * attention.head_dim
    turn = torch.linalg.qr(torch.randn_like(attention.v_proj.weight)).Q
    shows, writes = turn[:found], turn[found : 2 * found]
    attention.v_proj.weight[-found:] = COPY * shows
    attention.o_proj.weight[:, -found:] = COPY * writes.T
    mlp.gate_proj.weight[: 2 * found] = torch.cat([shows, -shows])
    mlp.up_proj.weight[: 2 * found] = torch.cat([writes, writes])


def stream(seed: int, roles: dict[str, float], batch: int) -> Iterator[tuple[str, list[Lesson]]]:
    """Endless batches of lessons, each of one role; "compare" is clips for `comparison`, half as many."""
    rng = random.Random(f"stream {seed}")
    asks = prompts.load("default")
    pools: dict[str, list[Lesson]] = defaultdict(list)
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


def _some_times(clip: Lesson, rng: random.Random) -> Lesson:
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
        subjects: where to look before each token of an answer, see `compare.names`; for answers about pictures.
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


def encode(reader: Reader, batch: Sequence[Lesson], side: int, answers: bool = True) -> Batch:
    """Lessons of one role, padded on the right; without answers, on the left."""
    tokenizer = reader.tokenizer
    table = reader.model.get_input_embeddings().weight
    assistant, end = tokenizer.convert_tokens_to_ids(["<|assistant|>", "<|end|>"])
    rows: list[_Row] = []
    subjects: list[_Places] = []
    pictures = [[oracle.patches(lesson.script, time, side) for time in lesson.times] for lesson in batch]
    for lesson, shown in zip(batch, pictures, strict=True):
        row = _begin(reader, shown, side, NOISE if answers else 0.0)
        row.add(table[tokenizer.encode(lesson.prompt.text, add_special_tokens=False) + [assistant]])
        if answers:
            told = tokenizer.encode(lesson.answer, add_special_tokens=False) + [end]
            subjects.append(_subjects(reader, told, shown, len(row.labels)))
            row.add(table[told], labels=told)
        rows.append(row)
    truths = []
    if answers and batch[0].role == "pair":
        for lesson, (before, after) in zip(batch, pictures, strict=True):
            first, second = (see(lesson.script, time) for time in lesson.times)
            truths.append(compare.truths(first, second, before, after))
    made = _stack(rows, answers, truths)
    if any(subjects):
        made.subjects = torch.zeros(*made.labels.shape, made.labels.shape[1], dtype=torch.bool)
        for number, places in enumerate(subjects):
            for asking, where in places:
                made.subjects[number, asking, where] = True
    return made


_Places = list[tuple[int, torch.Tensor]]


def _subjects(reader: Reader, told: Sequence[int], shown: Sequence[npt.NDArray[np.float32]], first: int) -> _Places:
    """Where to look before each token of an answer: at the thing that its sentence names next, or else named last.

    Args:
        told: the answer's tokens.
        shown: the pictures, the last of which to show a thing is looked at.
        first: where the answer begins.

    Returns:
        A token's place, and the places of the patches to look at from there.
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
            result += [(first - 1 + number, where) for where in _last_seen(shown, kinds.index(kind))]
    return result


def _last_seen(shown: Sequence[npt.NDArray[np.float32]], kind: int) -> list[torch.Tensor]:
    """The places of a kind's patches in the last picture that shows it, if one does."""
    for number in reversed(range(len(shown))):
        seen = shown[number][:, oracle.KIND][:, kind] > compare.SEEN
        if seen.any():
            return [1 + number * (len(seen) + 1) + torch.from_numpy(np.flatnonzero(seen))]
    return []


def comparison(reader: Reader, clips: Sequence[Lesson], side: int) -> Batch:
    """Pictures without a word: any two frames of each clip, and its last one behind the first of another clip."""
    rows, truths = [], []
    other: tuple[Sight, npt.NDArray[np.float32]] | None = None
    for clip in clips:
        shown = [(see(clip.script, time), oracle.patches(clip.script, time, side)) for time in clip.times]
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


def losses(reader: Reader, batch: Batch) -> dict[str, torch.Tensor]:
    """Mean loss of the answers' tokens ("tell"), of where to look for them, and of comparing a pair's pictures."""
    wanted = batch.labels[:, 1:]
    chosen = wanted != -100
    tells = bool(chosen.any())
    states = _states(reader.model.model, batch, None if tells else compare.LATE)
    parts = {}
    if batch.truths is not None:
        parts = reader.compares.losses(states, batch.truths, chosen.int().argmax(1) if tells else None)
        parts |= compare.looks(reader.model.model, states, batch.positions, batch.truths)
    if batch.subjects is not None:
        parts["names"] = compare.names(reader.model.model, states, batch.positions, batch.subjects)
    if tells:
        scores = reader.model.lm_head(reader.model.model.norm(states[-1][:, :-1][chosen]))
        parts["tell"] = functional.cross_entropy(scores, wanted[chosen])
    return parts


def _states(model: LlamaModel, batch: Batch, layers: int | None) -> list[torch.Tensor]:
    """Of the tokens, before the first layer and after each of the first ones.

    Attention without a mask is causal with PyTorch's own attention, and padding on the right does no harm.
    """
    states = [batch.embeds]
    turns = model.rotary_emb(batch.embeds, position_ids=batch.positions)
    for layer in model.layers[:layers]:
        states.append(layer(states[-1], position_ids=batch.positions, position_embeddings=turns))
    return states


@torch.no_grad()
def answer(reader: Reader, batch: Sequence[Lesson], side: int, limit: int = 200) -> list[str]:
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
    """Muon for matrices, AdamW for the rest, AdamW for the heads that compare; `train` gives them their rates."""
    matrices = [p for p in reader.model.model.layers.parameters() if p.ndim == 2]
    ids = {id(p) for p in matrices}
    others = [p for p in [*reader.model.parameters(), *reader.oracle.parameters()] if id(p) not in ids]
    return Muon(
        [
            {"params": matrices, "lr": 0.0, "weight_decay": MATRIX_DECAY, "muon": True},
            {"params": others, "lr": ADAMW_RATE},
            {"params": list(reader.compares.parameters()), "lr": COMPARES_RATE},
        ]
    )


def train(reader: Reader, folder: Path, phases: Sequence[Phase], seed: int) -> dict[str, float]:
    """Train through the phases, at a rate that falls over the last third; goes on from the last checkpoint.

    Returns:
        The last grades (see `grade`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / CHECKPOINT
    opt = optimizer(reader)
    done = _resume(checkpoint, reader, opt)
    total = sum(phase.steps for phase in phases)
    log = _Log(total)
    first = 0
    for number, phase in enumerate(phases):
        batches = stream(seed + number * 1000 + done, phase.roles, phase.batch)
        while done < first + phase.steps:
            share = min(1.0, (done + 1) / WARMUP) * min(1.0, 3 * (total - done) / total)
            for group, rate in zip(opt.param_groups, (phase.rate, ADAMW_RATE, COMPARES_RATE), strict=True):
                group["lr"] = rate * share
            role, lessons = next(batches)
            make = comparison if role == "compare" else encode
            parts = losses(reader, make(reader, lessons, phase.side))
            torch.stack(list(parts.values())).sum().backward()
            opt.step()
            opt.zero_grad(set_to_none=True)
            done += 1
            log.step(done, {f"{role} {name}": part.item() for name, part in parts.items()})
            if done % CHECKPOINT_STEPS == 0 or done == total:
                _save(checkpoint, {"model": reader.modules().state_dict(), "opt": opt.state_dict(), "step": done})
                print(f"step {done}: {grade(reader, phase.side, GRADED, 60)}", flush=True)
        first += phase.steps
    return grade(reader, phases[-1].side, GRADED, 200)


class _Log:
    """One line every LOG_STEPS steps, with a running mean of each loss."""

    def __init__(self, total: int) -> None:
        self.total, self.steps, self.begin = total, 0, time.monotonic()
        self.means: dict[str, float] = {}

    def step(self, done: int, parts: dict[str, float]) -> None:
        self.steps += 1
        for name, loss in parts.items():
            self.means[name] = 0.95 * self.means.get(name, loss) + 0.05 * loss
        if done % LOG_STEPS == 0:
            seconds = (time.monotonic() - self.begin) / self.steps
            means = ", ".join(f"{name} {mean:.3f}" for name, mean in sorted(self.means.items()))
            print(f"step {done}/{self.total}  {seconds:.2f} s a step  {means}", flush=True)


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
