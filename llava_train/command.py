"""The command line of `stage1.py` and `stage2.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from llava_train import recipe as recipes
from llava_train.recipe import Recipe
from recaption.errors import RecipeError, UsageError

LOOKED_AT = 4
"""Steps of the data that a dry run goes through."""


def main(stage: int, argv: Sequence[str] | None = None) -> None:
    """Read the recipe, refuse what is wrong with it at once, and train, or tell what training would be."""
    parser = argparse.ArgumentParser(description=f"Train stage {stage} of a LLaVA.")
    parser.add_argument("--config", required=True, help=f"a recipe in {recipes.RECIPES}, without .yaml, or a path")
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="such as steps=100 or data.seed=7")
    dry = parser.add_argument_group("what a run would be")
    dry.add_argument(
        "--dry-run", action="store_true", help="tell parameters, memory, FLOPs and hours, and do not train"
    )
    dry.add_argument("--gpus", type=int, default=1, metavar="N", help="as many processes (%(default)s)")
    dry.add_argument("--gpu", default="H100", metavar="NAME", help="whose peak is taken (%(default)s)")
    dry.add_argument("--gpu-gb", type=float, default=80.0, metavar="GB", help="memory of each (%(default)g)")
    dry.add_argument("--mfu", type=float, default=0.4, help="share of the peak that is reached (%(default)g)")
    arguments = parser.parse_args(argv)
    try:
        recipe = recipes.load(arguments.config, arguments.overrides)
        if recipe.stage != stage:
            raise RecipeError(f"{arguments.config} is a recipe for stage {recipe.stage}: run stage{recipe.stage}.py")

        if arguments.dry_run:
            _dry_run(recipe, arguments)
            return

        import torch.distributed  # here, so that a slip in the recipe is told at once

        from llava_train.trainer import train

        try:
            train(recipe)
        finally:
            if torch.distributed.is_initialized():
                torch.distributed.destroy_process_group()
    except UsageError as error:
        sys.exit(f"error: {error}")


def _dry_run(recipe: Recipe, arguments: argparse.Namespace) -> None:
    from llava_train.dry_run import Machine, Seen, dry_run, look

    seen: Seen | None = None
    try:
        seen = look(recipe, LOOKED_AT)
    except RecipeError as error:
        print(f"the data cannot be looked at: {error}")
    dry_run(recipe, Machine(arguments.gpus, arguments.gpu, arguments.gpu_gb, arguments.mfu), seen)
