"""Recipes: one YAML file, read into a typed dataclass, with `key=value` overrides from the command line.

A name is looked for in `llava_train/recipes/`, anything else is a path. Keys that a recipe does not have are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from recaption.errors import RecipeError
from recaption.recipes import build, read

RECIPES = Path(__file__).parent / "recipes"
DTYPES = ("auto", "bfloat16", "float32")
REPORTS = ("tensorboard", "wandb", "none")

FRAME_WIDTH = 427
"""Pixels that frames are drawn wide for training: half of a scripted clip's, far more than a small tower sees."""


@dataclass(frozen=True)
class Data:
    """What is trained on: rows from somewhere, scripted clips, or a mixture of them.

    Attributes:
        path: a file (.json, .jsonl, .parquet), the folder of a captioning run, a folder or name that `datasets` reads
            (`name` or `name:configuration`), or a mixture: a .yaml list of mappings with the keys of this class. Rows
            are told apart by their keys, see `llava_train.formats`.
        split: of what `datasets` reads.
        stream: read the rows one after the other, in their own order, and hold none of them.
        files: folder that relative paths of pictures and films start at; the file's own folder when empty.
        weight: share of the samples in a mixture; 0 counts as the number of rows.
        scripted: how many samples to draw from scripted clips, instead of a path.
        clips: how many scripted clips to draw them from, again and again, which a `tower_cache` makes cheap; 0 gives
            each sample a clip of its own.
        roles: share of each role among the samples of clips, see `llava_train.roles`; each alike when empty.
        prompts: prompt set that asks the questions about clips.
        seed: of the order of rows, of the choice of roles, and of scripted clips.
        every: seconds between the frames of a film, as `--every` of the command; 0 takes `frames` of them instead.
        max_frames: most frames of a film, as `--max-frames`.
        frames: frames of a grid, as `--frames`.
        seconds: shortest and longest scripted clip.
        width: pixels that frames of scripted clips are drawn wide.
    """

    path: str = ""
    split: str = "train"
    stream: bool = False
    files: str = ""
    weight: float = 0.0
    scripted: int = 0
    clips: int = 0
    roles: dict[str, float] = field(default_factory=dict)
    prompts: str = "default"
    seed: int = 0
    every: float = 2.0
    max_frames: int = 64
    frames: int = 16
    seconds: tuple[float, float] = (8.0, 14.0)
    width: int = FRAME_WIDTH

    def __post_init__(self) -> None:
        problems = {
            "either path or scripted is needed": bool(self.path) != bool(self.scripted),
            "stream goes with a path": not self.stream or bool(self.path),
            "weight is at least 0": self.weight >= 0,
            "every is at least 0": self.every >= 0,
            "max_frames is at least 2": self.max_frames >= 2,
            "frames is at least 1": self.frames >= 1,
            "roles has shares of at least 0, not all of them 0": not self.roles
            or (min(self.roles.values()) >= 0 and any(self.roles.values())),
        }
        _refuse(problems)


@dataclass(frozen=True)
class Validation:
    """Captions of a fixed set while the model trains.

    Attributes:
        every: steps between two of them; the last step has one too. 0 is never.
        clips: scripted clips to caption, of a seed of their own.
        seed: of those clips.
        folder: of films to caption in their place; no score then, the captions are there to be read.
        mode: of captioning.
    """

    every: int = 0
    clips: int = 24
    seed: int = 90_210
    folder: str = ""
    mode: str = "diffsw"


@dataclass(frozen=True)
class Recipe:
    """One training run.

    Attributes:
        stage: 1 trains the projector, 2 the projector and the language model.
        out: folder for the result and, under `checkpoints`, the states to resume from.
        model: LLaVA to start from, a folder, a Hub id or `tiny`; or a tower and a language model to compose one from:
        tower, llm: folders or Hub ids; a LLaVA or `tiny` as the tower lends its own.
        feature_layer: hidden state of the tower that the projector reads, when composing.
        projector_lr, llm_lr: peak learning rates of AdamW for each part.
        tower_lr: that of the vision tower; 0 leaves it frozen.
        muon_lr: peak learning rate of Muon for matrices other than embeddings; 0 leaves everything to AdamW.
        lora_rank, lora_alpha: rank 0 trains the language model's own weights.
        adapter: what LoRA learned is saved as an adapter beside the model, in place of being merged into it.
        schedule: a name of transformers' learning rate schedules.
        warmup: share of the steps.
        batch_size: samples a step, over all processes and parts.
        micro_tokens: tokens, padding included, that a process holds at once; a longer sample is held alone.
        epochs: passes over the data; ignored when `steps` is not 0, which streams need.
        max_length: tokens; longer samples are skipped and counted.
        dtype: what is computed in, "bfloat16" or "float32"; "auto" is bfloat16 on GPUs and float32 on CPUs. Weights
            that train are float32.
        gradient_checkpointing: compute activations twice to save memory.
        fsdp: spread weights, gradients and optimizer over the processes with FSDP2.
        deepspeed: a DeepSpeed configuration file that does so, with no optimizer or scheduler in it; none when empty.
        tower_cache: folder where the frozen tower's features are kept, one file a picture; none when empty.
        cache_gb: gigabytes that those files may take.
        workers: processes that read and encode samples.
        log_every, save_every: steps.
        report: where figures go beside the log: "tensorboard", "wandb" or "none".
    """

    stage: int
    out: str
    data: Data
    model: str = ""
    tower: str = ""
    llm: str = ""
    feature_layer: int = -2
    projector_lr: float = 1e-3
    llm_lr: float = 2e-5
    tower_lr: float = 0.0
    muon_lr: float = 0.0
    lora_rank: int = 0
    lora_alpha: int = 0
    adapter: bool = False
    weight_decay: float = 0.0
    schedule: str = "cosine"
    warmup: float = 0.03
    max_grad_norm: float = 1.0
    batch_size: int = 128
    micro_tokens: int = 8192
    epochs: float = 1.0
    steps: int = 0
    max_length: int = 2048
    dtype: str = "auto"
    gradient_checkpointing: bool = False
    fsdp: bool = False
    deepspeed: str = ""
    tower_cache: str = ""
    cache_gb: float = 100.0
    workers: int = 4
    seed: int = 0
    log_every: int = 1
    save_every: int = 500
    report: str = "tensorboard"
    validation: Validation = field(default_factory=Validation)

    def __post_init__(self) -> None:
        problems = {
            "stage is 1 or 2": self.stage in (1, 2),
            "name either model, or tower and llm": (bool(self.model), bool(self.tower), bool(self.llm))
            in ((True, False, False), (False, True, True)),
            "LoRA belongs to stage 2": not self.lora_rank or self.stage == 2,
            "LoRA goes with AdamW: set muon_lr to 0": not (self.lora_rank and self.muon_lr),
            "an adapter is what LoRA makes: set lora_rank": not self.adapter or bool(self.lora_rank),
            "beside LoRA the tower stays frozen: set tower_lr to 0": not (self.lora_rank and self.tower_lr),
            "features of a tower that trains cannot be cached: set tower_cache to nothing": not (
                self.tower_lr and self.tower_cache
            ),
            "Muon needs whole matrices: set fsdp to false and deepspeed to nothing": not (
                self.muon_lr and (self.fsdp or self.deepspeed)
            ),
            "take fsdp or deepspeed, not both": not (self.fsdp and self.deepspeed),
            "with fsdp or deepspeed every process runs the tower: set tower_cache to nothing": not (
                (self.fsdp or self.deepspeed) and self.tower_cache
            ),
            f"dtype is one of {', '.join(DTYPES)}": self.dtype in DTYPES,
            f"report is one of {', '.join(REPORTS)}": self.report in REPORTS,
        }
        _refuse(problems)


def _refuse(problems: Mapping[str, bool]) -> None:
    for problem, fine in problems.items():
        if not fine:
            raise RecipeError(problem)


def load(name: str, overrides: Sequence[str] = ()) -> Recipe:
    """Read a recipe.

    Args:
        name: of a file in `llava_train/recipes/`, without .yaml, or a path.
        overrides: such as "steps=100" or "data.seed=7"; values are YAML, and no value takes the key out.

    Raises:
        RecipeError: no such recipe, a wrong key (the message names the nearest right one), or a wrong value.
    """
    values, path = read(name, RECIPES)
    for override in overrides:
        _set(values, override)
    return build(Recipe, values, str(path))


def sources(data: Data) -> list[Data]:
    """What a mixture is made of; data that is no mixture is its only source. Paths start at the working directory.

    Raises:
        RecipeError: the mixture cannot be read, is empty, or holds another mixture.
    """
    if not _is_mixture(data):
        return [data]
    try:
        entries = yaml.safe_load(Path(data.path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RecipeError(f"{data.path}: no readable mixture: {error}") from None
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise RecipeError(f"{data.path}: a mixture is a list of mappings, each with a path or scripted clips")
    made: list[Data] = [build(Data, entry, f"{data.path}: source {i}") for i, entry in enumerate(entries, 1)]
    if nested := next(filter(_is_mixture, made), None):
        raise RecipeError(f"{data.path}: {nested.path} is a mixture too; write its sources here")
    return made


def _is_mixture(data: Data) -> bool:
    return Path(data.path).suffix in (".yaml", ".yml")


def _set(values: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    if not equals:
        raise RecipeError(f"{override}: overrides are written key=value")
    *parents, last = key.split(".")
    for parent in parents:
        values = values.setdefault(parent, {})
        if not isinstance(values, dict):
            raise RecipeError(f"{override}: {parent} is a single value")
    if value:
        values[last] = yaml.safe_load(value)
    else:
        values.pop(last, None)
