"""What the trainer leaves is served as it is: by transformers and by vLLM, LoRA merged and as an adapter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from llava_train.recipe import Data
from llava_train.trainer import train
from recaption.clip import Question
from recaption.engines import serving
from recaption.engines.choose import Choice, choose, with_adapter
from recaption.engines.serving import Asked, Serving
from tests.llava_train.small import recipe

GREY = np.full((236, 420, 3), 128, np.uint8)
LARGEST = Asked(Question("word " * 120, (GREY, GREY), 48), 4)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tiny model after a few steps, which change what it says: LoRA merged, and the same as an adapter."""
    folder = tmp_path_factory.mktemp("trained")
    data = Data(scripted=16, roles={"first": 1, "pair": 1}, seed=77, width=168)
    lora = {"lora_rank": 8, "lora_alpha": 16, "llm_lr": 3e-3, "steps": 4, "save_every": 100}
    start = Path(choose("tiny").source)
    return {
        name: train(
            recipe(start, folder, folder / name, data=data, micro_tokens=2048, adapter=name == "adapter", **lora)
        )
        for name in ("merged", "adapter")
    }


def questions(count: int) -> list[Question]:
    rng = np.random.default_rng(5)
    pictures = [np.kron(rng.integers(0, 256, (4, 6, 3)), np.ones((40, 40, 1))).astype(np.uint8) for _ in range(count)]
    return [Question("Describe this first frame of a video.", (picture,), 24) for picture in pictures]


def answers(choice: Choice, asked: Sequence[Question], **options: object) -> list[str]:
    async def run() -> list[str]:
        engine = serving.load(choice, Serving(clips=4, **options), LARGEST)  # type: ignore[arg-type]
        try:
            return [reply.text for reply in await asyncio.gather(*map(engine.ask, asked))]
        finally:
            await engine.close()

    return asyncio.run(run())


def test_vllm_serves_the_merged_model_and_the_adapter_as_transformers_does(trained: dict[str, Path]) -> None:
    asked = questions(12)
    merged, adapter = choose(str(trained["merged"])), choose(str(trained["adapter"]))
    expected = answers(merged, asked, engine="transformers")
    assert expected != answers(choose("tiny"), asked, engine="transformers")
    assert answers(merged, asked, engine="vllm") == expected
    lora = trained["adapter"] / "adapter"
    # bfloat16 rounds the merged weights; the adapter's stay apart.
    with_adapter_there = answers(with_adapter(adapter, lora), asked, engine="vllm", lora=lora)
    assert sum(a != b for a, b in zip(with_adapter_there, expected, strict=True)) <= 2
