"""The reader's training: phases of batches, of coarse oracle pictures first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional
from transformers import LlamaModel

from llava_train.muon import Muon
from scripts.tiny import compare
from scripts.tiny.batches import Batch, comparison, encode, stream
from scripts.tiny.grades import grade
from scripts.tiny.reader import Reader


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
TELL = {"first": 0.2, "pair": 0.45, "compare": 0.1, "summary": 0.23, "recaption": 0.02}
SUM_UP = {"first": 0.1, "pair": 0.3, "summary": 0.55, "recaption": 0.05}
PHASES = (
    Phase(300, 16, 6, 0.006, {"first": 0.4, "compare": 0.6}),
    Phase(900, 16, 6, 0.006, ALL),
    Phase(1100, 16, 6, 0.003, ALL),
    Phase(700, 16, 6, 0.003, TELL),
    Phase(1050, 16, 12, 0.003, TELL),
    Phase(400, 16, 12, 0.003, SUM_UP),
)
"""First to name what stands in one picture and to compare two, then everything, then mostly to tell what changed, in
the end mostly to sum up; on coarse pictures first, which cost less than half, then on as many patches as the tower
gives. "compare" is pictures without a word, see `comparison`. At a rate of 0.02 it never learned to compare while it
learned to name."""
ADAMW_RATE, COMPARES_RATE = 1.5e-3, 3e-3
"""Learning rates of AdamW, and of AdamW for the heads that compare, which must follow what they read."""
MATRIX_DECAY = 0.1
"""Without it, and at a rate of 0.02, the spectral norms of queries and keys reached 10 within 1,700 steps, and a head
that then looked at the wrong token did so for ever; with 0.4, what layers start with was gone before it was used."""
GRADED = ("first", "pair", "summary")
CHECKPOINT, CHECKPOINT_STEPS, LOG_STEPS, WARMUP = "reader.pt", 200, 50, 100


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
