"""Features of pictures and words, with small random models of every kind that is read from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import AutoImageProcessor, AutoTokenizer, CLIPModel, LlavaForConditionalGeneration, SiglipModel

from recaption.curate.embedding import Embedder, Head
from recaption.engines.choose import choose
from recaption.errors import RunError, UsageError
from tests.models import small_clip, small_llava, small_llava_next, small_siglip

KINDS: dict[str, Callable[..., Path]] = {
    "clip": small_clip,
    "siglip": small_siglip,
    "llava": small_llava,
    "llava_next": small_llava_next,
}
READERS = {"clip": CLIPModel, "siglip": SiglipModel}
RNG = np.random.default_rng(0)
PICTURES = [
    *(np.full((24, 40, 3), colour, np.uint8) for colour in ((200, 30, 30), (20, 200, 40), (0, 0, 0))),
    RNG.integers(0, 256, (40, 24, 3), dtype=np.uint8),
    RNG.integers(0, 256, (1, 1, 3), dtype=np.uint8),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {kind: make(tmp_path_factory.mktemp(kind)) for kind, make in KINDS.items()}


@pytest.fixture(scope="module")
def embedders(folders: dict[str, Path]) -> dict[str, Embedder]:
    return {kind: Embedder.load(choose(str(folder)), "cpu") for kind, folder in folders.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_looks_are_of_unit_length_and_do_not_depend_on_the_batch(kind: str, embedders: dict[str, Embedder]) -> None:
    embedder = embedders[kind]
    looks = embedder.looks(PICTURES * 4)
    assert (looks.shape, looks.dtype) == ((20, 32), np.float32)
    np.testing.assert_allclose(np.linalg.norm(looks, axis=1), 1, atol=1e-5)
    alone = np.concatenate([embedder.looks([picture]) for picture in PICTURES])
    np.testing.assert_allclose(looks, np.tile(alone, (4, 1)), atol=1e-5)
    assert np.ptp(alone @ alone.T) > 0.05


@pytest.mark.parametrize("kind", ["clip", "siglip"])
def test_features_are_those_of_transformers(
    kind: str, folders: dict[str, Path], embedders: dict[str, Embedder]
) -> None:
    model = READERS[kind].from_pretrained(folders[kind]).eval()
    pixels = AutoImageProcessor.from_pretrained(folders[kind])(
        [Image.fromarray(picture) for picture in PICTURES], return_tensors="pt"
    )
    words = ["a red ball rolls in", "the camera pans"]
    ids = AutoTokenizer.from_pretrained(folders[kind])(words, padding="max_length", max_length=24, return_tensors="pt")
    with torch.inference_mode():
        together = model(input_ids=ids.input_ids, pixel_values=pixels["pixel_values"], return_dict=True)
        seen = model.vision_model(**pixels)
    looks = seen.last_hidden_state[:, 0] if kind == "clip" else seen.pooler_output
    same(embedders[kind].looks(PICTURES), looks / looks.norm(dim=-1, keepdim=True))
    same(embedders[kind].images(PICTURES), together.image_embeds)
    same(embedders[kind].texts(words), together.text_embeds)
    # What the model itself says of pictures and texts is a scale and a bias away from the cosine.
    cosine = torch.tensor(embedders[kind].images(PICTURES) @ embedders[kind].texts(words).T)
    bias = model.logit_bias if kind == "siglip" else 0.0
    same(cosine * model.logit_scale.exp() + bias, together.logits_per_image)


def same(ours: object, theirs: torch.Tensor) -> None:
    np.testing.assert_allclose(np.asarray(torch.as_tensor(ours).detach()), theirs.detach().numpy(), atol=1e-4)


def test_the_tower_of_a_llava_is_the_one_that_it_sees_with(
    folders: dict[str, Path], embedders: dict[str, Embedder]
) -> None:
    network = LlavaForConditionalGeneration.from_pretrained(folders["llava"]).eval()
    processor = AutoImageProcessor.from_pretrained(folders["llava"])
    pixels = processor([Image.fromarray(picture) for picture in PICTURES], return_tensors="pt")["pixel_values"]
    with torch.inference_mode():
        patches = network.model.vision_tower(pixels).last_hidden_state.mean(1)
    same(embedders["llava"].looks(PICTURES), patches / patches.norm(dim=-1, keepdim=True))


def test_a_tower_reads_no_words(embedders: dict[str, Embedder]) -> None:
    assert not embedders["llava"].reads
    with pytest.raises(UsageError, match="reads no texts: name a whole CLIP or SigLIP"):
        embedders["llava"].texts(["a ball"])


@pytest.mark.parametrize("kind", READERS)
def test_large_letters_and_what_is_beyond_the_length_make_no_difference(
    kind: str, embedders: dict[str, Embedder]
) -> None:
    a, b = embedders[kind].texts(["A Red Ball", "a red ball"])
    np.testing.assert_array_equal(a, b)
    long = "the bird leaves and the cat jumps " * 30
    a, b, c = embedders[kind].texts([long, long + "far away", "the bird"])
    np.testing.assert_array_equal(a, b)
    assert not np.allclose(a, c)


@pytest.mark.parametrize(
    "state",
    [
        {"weight": torch.zeros(2, 24), "bias": torch.zeros(2)},
        {"weight": torch.zeros(1, 24)},
        {"layers.0.weight": torch.zeros(1024, 24), "layers.0.bias": torch.zeros(1024)},
        {"weight": torch.zeros(1, 24), "bias": torch.zeros(1), "more": torch.zeros(1)},
    ],
)
def test_what_is_no_head_is_refused(state: dict[str, torch.Tensor], tmp_path: Path) -> None:
    torch.save(state, tmp_path / "head.pth")
    with pytest.raises(UsageError, match=r"head\.pth: "):
        Head.load(tmp_path / "head.pth")
    with pytest.raises(UsageError, match=r"gone\.safetensors: "):
        Head.load(tmp_path / "gone.safetensors")


def test_other_models_and_broken_ones_are_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(UsageError, match="no CLIP, no SigLIP, and no model with the tower of one"):
        Embedder.load(choose(str(tmp_path)))
    (tmp_path / "config.json").write_text('{"model_type": "no such thing"}')
    with pytest.raises(RunError, match="can be loaded"):
        Embedder.load(choose(str(tmp_path)))
    for file in ("config.json", "processor_config.json", "preprocessor_config.json"):
        if (folders["llava"] / file).is_file():
            (tmp_path / file).write_bytes((folders["llava"] / file).read_bytes())
    save_file({"vision_tower.nothing": torch.zeros(1)}, tmp_path / "model.safetensors", {"format": "pt"})
    with pytest.raises(RunError, match="weights of its tower are not there"):
        Embedder.load(choose(str(tmp_path)))
