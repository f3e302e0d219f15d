"""The command line of `stage1.py` and `stage2.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from llava_train import recipe as recipes
from llava_train.recipe import RecipeError


def main(stage: int, argv: Sequence[str] | None = None) -> None:
    """Read the recipe, refuse what is wrong with it at once, and train."""
    parser = argparse.ArgumentParser(description=f"Train stage {stage} of a LLaVA.")
    parser.add_argument("--config", required=True, help=f"a recipe in {recipes.RECIPES}, without .yaml, or a path")
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="such as steps=100 or data.seed=7")
    arguments = parser.parse_args(argv)
    try:
        recipe = recipes.load(arguments.config, arguments.overrides)
        if recipe.stage != stage:
            raise RecipeError(f"{arguments.config} is a recipe for stage {recipe.stage}: run stage{recipe.stage}.py")

        import torch.distributed  # here, so that a slip in the recipe is told at once

        from llava_train.trainer import train

        try:
            train(recipe)
        finally:
            if torch.distributed.is_initialized():
                torch.distributed.destroy_process_group()
    except RecipeError as error:
        sys.exit(f"error: {error}")
