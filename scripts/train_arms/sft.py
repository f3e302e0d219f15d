"""TRL's SFTTrainer on the same rows: python -m scripts.train_arms.sft SPEC.json, which prints one JSON object.

SPEC.json holds the fields of `Spec`. Steps hold the same rows as ours; how a step is cut into batches is TRL's:
`batches` of equal numbers of rows in their order, or, where `balanced`, cut by length with transformers'
BatchRebalanceSampler, which then is not let shuffle.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import torch
from transformers import AutoProcessor, LlavaForConditionalGeneration, TrainerCallback
from transformers.trainer_pt_utils import BatchRebalanceSampler
from trl import SFTConfig, SFTTrainer


@dataclass(frozen=True)
class Spec:
    """One run.

    Attributes:
        order: numbers of the rows, in the order in which they are trained on.
        lengths: tokens of these rows.
        batches: how many a step is cut into.
    """

    model: str
    rows: str
    out: str
    order: Sequence[int]
    lengths: Sequence[int]
    batch_size: int
    batches: int
    balanced: bool
    workers: int
    lr: float
    warmup: float


class Trainer(SFTTrainer):
    """SFTTrainer that takes the time of each step, and the number of its labels."""

    def __init__(self, spec: Spec, **named: Any) -> None:
        super().__init__(**named)
        self.spec = spec
        self.labelled: list[int] = []

    def _get_train_sampler(self, *words: Any, **named: Any) -> Any:
        if not self.spec.balanced:
            return super()._get_train_sampler(*words, **named)
        spec = self.spec
        return BatchRebalanceSampler(list(spec.lengths), spec.batch_size, 1, spec.batches, shuffle=False)

    def get_batch_samples(self, *words: Any, **named: Any) -> Any:
        batches, labelled = super().get_batch_samples(*words, **named)
        self.labelled.append(int(labelled))
        return batches, labelled


class Clock(TrainerCallback):
    """When each step ended; before them, when the first began."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        self.times.append(time.perf_counter())

    def on_step_end(self, *_: Any, **__: Any) -> None:
        self.times.append(time.perf_counter())


def dataset(spec: Spec) -> Any:
    """The rows in order, as TRL's documentation has them; pictures are read when they are needed."""
    folder, rows = Path(spec.rows).parent, json.loads(Path(spec.rows).read_text())
    made = []
    for number in spec.order:
        (asked, said), names = rows[number]["conversations"], rows[number].get("image", [])
        made.append(
            {
                "images": [str(folder / name) for name in names],
                "prompt": [{"role": "user", "content": asked["value"].replace("<image>\n", "")}],
                "completion": [{"role": "assistant", "content": said["value"]}],
            }
        )
    return datasets.Dataset.from_list(made).cast_column("images", datasets.List(datasets.Image()))


def main() -> None:
    spec = Spec(**json.loads(Path(sys.argv[1]).read_text()))
    model = LlavaForConditionalGeneration.from_pretrained(spec.model, dtype=torch.float32)
    model.model.vision_tower.requires_grad_(False)
    clock = Clock()
    settings = SFTConfig(
        output_dir=spec.out,
        max_length=None,
        per_device_train_batch_size=spec.batch_size // spec.batches,
        gradient_accumulation_steps=spec.batches,
        train_sampling_strategy="sequential",
        num_train_epochs=1,
        learning_rate=spec.lr,
        lr_scheduler_type="cosine",
        warmup_steps=spec.warmup,
        weight_decay=0.0,
        gradient_checkpointing=False,
        bf16=False,
        use_cpu=True,
        dataloader_num_workers=spec.workers,
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    trainer = Trainer(
        spec,
        model=model,
        args=settings,
        train_dataset=dataset(spec),
        processing_class=AutoProcessor.from_pretrained(spec.model),
        callbacks=[clock],
    )
    trainer.train()
    made = {
        "seconds": [after - before for before, after in zip(clock.times, clock.times[1:], strict=False)],
        "labelled": trainer.labelled,
        "losses": [row["loss"] for row in trainer.state.log_history if "loss" in row],
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
