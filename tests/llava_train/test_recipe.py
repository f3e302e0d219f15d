from __future__ import annotations

from pathlib import Path

import pytest

from llava_train.recipe import RECIPES, load
from recaption.errors import RecipeError

MINIMAL = "stage: 1\nout: out\nmodel: start\ndata: {path: rows.json}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(MINIMAL)
    return path


@pytest.mark.parametrize("name", sorted(recipe.stem for recipe in RECIPES.glob("*.yaml")))
def test_every_recipe_of_the_package_is_read(name: str) -> None:
    recipe = load(name)
    assert recipe.stage == int(name[-1])


def test_published_figures_are_kept() -> None:
    first, second = load("llava15-stage1"), load("sharecaptioner-stage2")
    assert (first.projector_lr, first.batch_size, first.max_length, first.warmup) == (1e-3, 256, 2048, 0.03)
    assert (second.llm_lr, second.projector_lr, second.lora_rank, second.lora_alpha) == (2e-4, 2e-5, 128, 256)
    assert (second.batch_size, second.max_length, second.schedule, second.epochs) == (128, 6144, "cosine", 1.0)


def test_overrides_reach_every_level(path: Path) -> None:
    recipe = load(
        str(path),
        [
            "steps=7",
            "projector_lr=2e-4",
            "data.path=",
            "data.scripted=9",
            "data.roles={pair: 1}",
            "data.seconds=[4, 6]",
        ],
    )
    assert (recipe.steps, recipe.projector_lr) == (7, 2e-4)
    assert (recipe.data.path, recipe.data.scripted, recipe.data.roles) == ("", 9, {"pair": 1.0})
    assert recipe.data.seconds == (4.0, 6.0)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("projector_rl=1e-3", "no key 'projector_rl'; did you mean 'projector_lr'"),
        ("data.sed=3", "no key 'sed'; did you mean 'seed'"),
        ("steps=many", "steps: 'many' is no int"),
        ("steps=true", "steps: True is no int"),
        ("llm_lr=fast", "llm_lr: 'fast' is no float"),
        ("stage=3", "stage is 1 or 2"),
        ("model=", "either model, or tower and llm"),
        ("out=", "missing out"),
        ("tower=x", "either model, or tower and llm"),
        ("data.scripted=5", "data: either path or scripted"),
        ("data.path=", "data: either path or scripted"),
        ("data={scripted: 3, stream: true}", "data: stream goes with a path"),
        ("data.weight=-1", "data: weight is at least 0"),
        ("data.every=-2", "data: every is at least 0"),
        ("data.max_frames=1", "data: max_frames is at least 2"),
        ("data.frames=0", "data: frames is at least 1"),
        ("data.roles={pair: 0}", "data: roles has shares"),
        ("micro_batch=7", "did you mean 'micro_tokens'"),
        ("adapter=true", "set lora_rank"),
        ("dtype=float16", "auto, bfloat16, float32"),
        ("report=paper", "tensorboard, wandb, none"),
        ("validation.evry=3", "no key 'evry'; did you mean 'every'"),
        ("lora_rank=8", "LoRA belongs to stage 2"),
        ("steps", "written key=value"),
        ("steps.few=1", "is no int"),
    ],
)
def test_what_is_wrong_is_named(path: Path, override: str, said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        load(str(path), [override])


@pytest.mark.parametrize("spread", ["fsdp=true", "deepspeed=zero.json"])
def test_features_are_not_cached_where_every_process_runs_the_tower(path: Path, spread: str) -> None:
    with pytest.raises(RecipeError, match="every process runs the tower: set tower_cache to nothing"):
        load(str(path), [spread, "tower_cache=cache"])


def test_a_missing_key_and_a_missing_file_are_named(path: Path) -> None:
    path.write_text("stage: 1\nmodel: start\n")
    with pytest.raises(RecipeError, match="missing out, data"):
        load(str(path))
    with pytest.raises(RecipeError, match="tiny-stage1"):
        load("no-such-recipe")
