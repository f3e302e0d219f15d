"""Memory of one loss: python -m scripts.train_arms.loss MODEL ours|plain head|step, which prints bytes.

One sample of 16 frames goes forward and backward; what is printed is the process's peak less what it held before.
`head` begins at the last hidden states, which are leaves then, and ends at their gradient and that of the head's
weights; `step` is the whole model with the tower frozen. Linux only.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from transformers import LlavaForConditionalGeneration
from transformers.models.llava.modeling_llava import LlavaModelOutputWithPast

from llava_train.mixture import Mixture, Source
from llava_train.model import free
from llava_train.recipe import Data, Recipe
from llava_train.samples import IGNORED
from llava_train.steps import Steps
from llava_train.trainer import loss_at_labels
from scripts.train_arms import workload


def part() -> dict[str, torch.Tensor]:
    """The sample of 16 frames."""
    data = Data(scripted=1, roles={"video": 1.0}, seed=workload.SEED, every=0, frames=workload.MIXED_FRAMES)
    steps = Steps(Mixture([Source.of(data)]), workload.tiny_encoder(workload.MIXED_LENGTH), 1, 1)
    (step,) = islice(steps, 1)
    (made,) = step["parts"]
    return dict(made)


def plain(model: Any, made: dict[str, torch.Tensor]) -> torch.Tensor:
    """The loss that transformers computes itself when it is given labels."""
    labels = torch.full_like(made["input_ids"], IGNORED)
    labels[:, made["logits_to_keep"] + 1] = made["labels"][:, 1:]
    inputs = {name: made[name] for name in ("input_ids", "pixel_values")}
    return model(**inputs, labels=labels, use_cache=False).loss


def without_body(model: Any, made: dict[str, torch.Tensor]) -> None:
    """Let the model's body give the same hidden states whatever it is asked, so that only its head is left."""
    with torch.no_grad():
        inputs = {name: made[name] for name in ("input_ids", "pixel_values")}
        states = model.model(**inputs, use_cache=False).last_hidden_state.clone()
    states.requires_grad_()
    model.model.forward = lambda **_: LlavaModelOutputWithPast(last_hidden_state=states)


def peak(name: str) -> int:
    """A figure of /proc/self/status, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def main() -> None:
    folder, which, scope = sys.argv[1:]
    model = LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)
    free(model, Recipe(stage=2, out="", model=folder, data=Data(scripted=1)))
    made = part()
    if scope == "head":
        without_body(model, made)
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before = peak("VmRSS")
    loss = loss_at_labels(model, made) if which == "ours" else plain(model, made)
    loss.backward()
    print(peak("VmHWM") - before)


if __name__ == "__main__":
    main()
