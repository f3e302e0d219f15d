"""Recipes: one YAML file, read into a typed dataclass, with `key=value` overrides from the command line.

A name is looked for in `llava_train/recipes/`, anything else is a path. Keys that a recipe does not have are refused.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

RECIPES = Path(__file__).parent / "recipes"


FRAME_WIDTH = 427
"""Pixels that frames are drawn wide for training: half of a scripted clip's, far more than a small tower sees."""


class RecipeError(ValueError):
    """A recipe cannot be read, or something in it is wrong."""


@dataclass(frozen=True)
class Data:
    """What is trained on: either LLaVA JSON or scripted clips.

    Attributes:
        json: file in LLaVA's format (a list of rows with `image` and `conversations`), or the same as JSON lines.
        images: folder that the rows' image paths are relative to; the file's own folder when empty.
        scripted: how many samples to draw from scripted clips.
        clips: how many clips to draw them from, again and again, which a `tower_cache` makes cheap; 0 gives each sample
            a clip of its own.
        roles: share of each role among the scripted samples; see `llava_train.roles`.
        prompts: prompt set that asks the questions.
        seed: of the scripted clips.
        seconds: shortest and longest scripted clip.
        width: pixels that frames of scripted clips are drawn wide.
    """

    json: str = ""
    images: str = ""
    scripted: int = 0
    clips: int = 0
    roles: dict[str, float] = field(default_factory=dict)
    prompts: str = "default"
    seed: int = 0
    seconds: tuple[float, float] = (8.0, 14.0)
    width: int = FRAME_WIDTH


@dataclass(frozen=True)
class Recipe:
    """One training run.

    Attributes:
        stage: 1 trains the projector, 2 the projector and the language model. The tower is frozen in both.
        out: folder for the result and, under `checkpoints`, the states to resume from.
        model: LLaVA to start from, a folder or a Hub id; or a tower and a language model to compose one from:
        tower, llm: folders or Hub ids.
        feature_layer: hidden state of the tower that the projector reads, when composing.
        projector_lr, llm_lr: peak learning rates of AdamW for each part.
        muon_lr: peak learning rate of Muon for matrices other than embeddings; 0 leaves everything to AdamW.
        lora_rank, lora_alpha: rank 0 trains the language model's own weights.
        schedule: a name of transformers' learning rate schedules.
        warmup: share of the steps.
        batch_size: samples a step, over all processes and accumulated parts.
        micro_batch: samples a process holds at once.
        epochs: passes over the data; ignored when `steps` is not 0.
        max_length: tokens; longer samples are skipped and counted.
        gradient_checkpointing: compute activations twice to save memory.
        tower_cache: folder where the frozen tower's features are kept, one file a picture; none when empty.
        workers: processes that read and encode samples.
        log_every, save_every: steps.
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
    muon_lr: float = 0.0
    lora_rank: int = 0
    lora_alpha: int = 0
    weight_decay: float = 0.0
    schedule: str = "cosine"
    warmup: float = 0.03
    max_grad_norm: float = 1.0
    batch_size: int = 128
    micro_batch: int = 8
    epochs: float = 1.0
    steps: int = 0
    max_length: int = 2048
    gradient_checkpointing: bool = False
    tower_cache: str = ""
    workers: int = 4
    seed: int = 0
    log_every: int = 10
    save_every: int = 500

    def __post_init__(self) -> None:
        problems = {
            "stage is 1 or 2": self.stage in (1, 2),
            "name either model, or tower and llm": (bool(self.model), bool(self.tower), bool(self.llm))
            in ((True, False, False), (False, True, True)),
            "data needs either json or scripted": bool(self.data.json) != bool(self.data.scripted),
            "data.scripted needs data.roles": not self.data.scripted or bool(self.data.roles),
            "batch_size is a multiple of micro_batch": self.batch_size % self.micro_batch == 0,
            "LoRA belongs to stage 2": not self.lora_rank or self.stage == 2,
            "LoRA goes with AdamW: set muon_lr to 0": not (self.lora_rank and self.muon_lr),
        }
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
    path = RECIPES / f"{name}.yaml" if (RECIPES / f"{name}.yaml").is_file() else Path(name)
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        known = ", ".join(sorted(p.stem for p in RECIPES.glob("*.yaml")))
        raise RecipeError(f"{name}: neither a recipe ({known}) nor a readable YAML file: {error}") from None
    if not isinstance(values, dict):
        raise RecipeError(f"{path}: a recipe is a mapping of keys to values")
    for override in overrides:
        _set(values, override)
    return _build(Recipe, values, str(path))


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


def _build(kind: type[Any], values: Mapping[str, Any], where: str) -> Any:
    hints = typing.get_type_hints(kind)
    for key in values:
        if key not in hints:
            near = difflib.get_close_matches(str(key), hints, n=1, cutoff=0)
            raise RecipeError(f"{where}: no key {key!r}; did you mean {near[0]!r}?")
    made = {key: _convert(value, hints[key], f"{where}: {key}") for key, value in values.items()}
    missing = [f.name for f in dataclasses.fields(kind) if _required(f) and f.name not in made]
    if missing:
        raise RecipeError(f"{where}: missing {', '.join(missing)}")
    try:
        return kind(**made)
    except RecipeError as error:
        raise RecipeError(f"{where}: {error}") from None


def _required(entry: dataclasses.Field[Any]) -> bool:
    return entry.default is dataclasses.MISSING and entry.default_factory is dataclasses.MISSING


def _convert(value: Any, hint: Any, where: str) -> Any:
    """A YAML value as the type of its field; YAML reads 1e-3 as a string, so numbers may come as words."""
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return _build(typing.cast(type[Any], hint), value, where)
    origin = typing.get_origin(hint)
    try:
        if origin is tuple and isinstance(value, list):
            items = typing.get_args(hint)
            return tuple(_convert(v, t, where) for v, t in zip(value, items, strict=True))
        if origin is dict and isinstance(value, dict):
            of_key, of_value = typing.get_args(hint)
            return {_convert(k, of_key, where): _convert(v, of_value, where) for k, v in value.items()}
        if hint is float and isinstance(value, int | float | str) and not isinstance(value, bool):
            return float(value)
        if hint in (int, bool, str) and type(value) is hint:
            return value
    except ValueError:
        pass
    name = str(hint) if isinstance(hint, types.GenericAlias) else hint.__name__
    raise RecipeError(f"{where}: {value!r} is no {name}")
