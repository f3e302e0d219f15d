from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from recaption import cli
from recaption.curate.appeal import Appeal
from recaption.curate.embedding import BAD, GOOD, Embedder
from recaption.curate.recipe import Embedding
from recaption.engines.choose import choose
from recaption.errors import UsageError
from tests.clips import clip
from tests.models import small_clip, small_llava, small_siglip

READERS: dict[str, Callable[..., Path]] = {"clip": small_clip, "siglip": small_siglip}
RED, GREEN, BLACK = (np.full((24, 40, 3), colour, np.uint8) for colour in ((200, 30, 30), (20, 200, 40), (0, 0, 0)))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {kind: make(tmp_path_factory.mktemp(kind)) for kind, make in READERS.items()}


@pytest.mark.parametrize("kind", READERS)
def test_pictures_are_scored_as_clip_iqa_has_it(kind: str, folders: dict[str, Path]) -> None:
    found = Appeal(Embedding(str(folders[kind]))).of_pictures([RED, GREEN, BLACK], "a red ball")
    embedder = Embedder.load(choose(str(folders[kind])))
    images = embedder.images([RED, GREEN, BLACK])
    good, bad = embedder.texts([GOOD, BAD])
    scale = float(embedder._network.logit_scale.detach().exp())
    likelier = 1 / (1 + np.exp(scale * (images @ bad - images @ good)))
    assert found["aesthetic"] == pytest.approx(likelier.mean(), abs=1e-4)
    assert found["text_similarity"] == pytest.approx((images @ embedder.texts(["a red ball"])[0]).mean(), abs=1e-5)


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_without_words_no_words_are_compared(text: str | None, folders: dict[str, Path]) -> None:
    found = Appeal(Embedding(str(folders["clip"]))).of_pictures([RED], text)
    assert found["text_similarity"] is None
    assert found["aesthetic"] is not None


@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_a_trained_head_scores_instead(suffix: str, folders: dict[str, Path], tmp_path: Path) -> None:
    layer = torch.nn.Linear(24, 1)
    path = tmp_path / f"head{suffix}"
    state = {name: weight.detach() for name, weight in layer.state_dict().items()}
    save_file(state, path) if suffix == ".safetensors" else torch.save(state, path)
    images = Embedder.load(choose(str(folders["clip"]))).images([RED, GREEN])
    found = Appeal(Embedding(str(folders["clip"]), str(path))).of_pictures([RED, GREEN])
    assert found["aesthetic"] == pytest.approx(float(layer(torch.tensor(images)).mean().detach()), abs=1e-5)
    other = Appeal(Embedding(str(folders["siglip"]), str(path)))
    with pytest.raises(UsageError, match="reads 24 features, and the model gives 32"):
        other.of_pictures([RED])


def test_a_tower_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name a whole CLIP or SigLIP"):
        Appeal(Embedding(str(small_llava(tmp_path / "llava"))))


def test_a_recipe_with_a_model_scores_clips_and_drops_them(folders: dict[str, Path], tmp_path: Path) -> None:
    film = clip(tmp_path / "film.mp4", [(200, 30, 30)] * 2)
    (tmp_path / "clips.csv").write_text(f"path,text\n{film},a red ball\n{film},\n")
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(
        f"embedding: {{model: {folders['clip']}}}\n"
        "drop: {aesthetic: {above: 1.1, source: a test}, text_similarity: {above: -2, source: a test}}\n"
    )
    words = ["curate", str(tmp_path / "clips.csv"), "--text-column", "text", "--recipe", str(recipe)]
    with pytest.raises(SystemExit) as left:
        cli.main([*words, "--out", str(tmp_path / "out"), "--jobs", "1"])
    assert not left.value.code
    rows = [json.loads(line) for line in (tmp_path / "out" / "clips.jsonl").read_text().splitlines()]
    told = {row["text"]: (row["measures"], row["keep"], row["dropped_by"]) for row in rows}
    appeal = Appeal(Embedding(str(folders["clip"])))
    expected = appeal.of_pictures([np.full((48, 64, 3), (200, 30, 30), np.uint8)], "a red ball")
    measures, keep, dropped_by = told["a red ball"]
    assert measures["aesthetic"] == pytest.approx(expected["aesthetic"], abs=0.02)
    assert measures["text_similarity"] == pytest.approx(expected["text_similarity"], abs=0.02)
    assert (keep, dropped_by) == (False, ["text_similarity"])
    assert "views" not in measures
    assert told[None][1:] == (True, [])


def test_without_a_model_it_is_said_that_the_scores_are_off(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    film = clip(tmp_path / "film.mp4", [(200, 30, 30)] * 2)
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text("measures: []\n")
    with pytest.raises(SystemExit):
        cli.main(["curate", str(film), "--recipe", str(recipe), "--out", str(tmp_path / "out"), "--jobs", "1"])
    assert "no aesthetic score and no text similarity" in caplog.text
    (row,) = (tmp_path / "out" / "clips.jsonl").read_text().splitlines()
    assert "aesthetic" not in json.loads(row)["measures"]
