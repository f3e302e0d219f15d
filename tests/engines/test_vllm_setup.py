from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaption.engines.vllm_setup import MOST_CLIPS, SHOWN_TWICE, Demand, Footprint, footprint, setup
from recaption.errors import RunError

GIB = 2**30
PAIRS = Demand(pictures=2, picture_tokens=576, words=80, answer=512, turns=1, steps=64)
EIGHT_B = Footprint(weights=16 * GIB, cached=147456, active=81920, context=262144)
"""Qwen3-VL-8B in bfloat16: 36 layers of 8 key-value heads of 128, width 4096, 12288 in the middle."""


def test_an_8b_model_on_80_gib() -> None:
    made = setup(PAIRS, EIGHT_B, int(80 * GIB * 0.9))
    assert made.arguments["limit_mm_per_prompt"] == {"image": 2, "video": 0}
    assert made.arguments["max_num_batched_tokens"] >= SHOWN_TWICE * made.clips * PAIRS.picture_tokens
    assert 64 <= made.clips <= MOST_CLIPS
    assert made.arguments["max_model_len"] == PAIRS.longest < 262144


def test_a_grid_needs_no_more_context_than_its_one_question() -> None:
    grid = Demand(pictures=1, picture_tokens=2000, words=60, answer=512, turns=1, steps=1)
    assert setup(grid, EIGHT_B, 72 * GIB).arguments["max_model_len"] == grid.usual


def test_a_talk_that_grows_has_room_for_all_its_turns() -> None:
    talk = Demand(pictures=20, picture_tokens=576, words=600, answer=512, turns=20, steps=20)
    made = setup(talk, EIGHT_B, 72 * GIB)
    assert made.arguments["max_model_len"] >= 20 * (576 + 512) + 600
    assert made.arguments["limit_mm_per_prompt"] == {"image": 20, "video": 0}
    assert made.clips < setup(PAIRS, EIGHT_B, 72 * GIB).clips


def test_the_context_of_the_model_is_the_most() -> None:
    assert setup(PAIRS, replace(EIGHT_B, context=4096), 72 * GIB).arguments["max_model_len"] == 4096


def test_the_number_of_clips_can_be_set_by_hand() -> None:
    made = setup(PAIRS, EIGHT_B, 72 * GIB, clips=12)
    assert made.clips == 12
    assert made.arguments["max_num_seqs"] == 8


def test_a_model_that_does_not_fit_is_told_with_what_it_needs() -> None:
    with pytest.raises(RunError, match=r"16\.0 GiB for its weights .* --tensor-parallel"):
        setup(PAIRS, EIGHT_B, 16 * GIB)


@given(
    memory=st.integers(40 * GIB, 200 * GIB),
    tokens=st.integers(64, 4000),
    answer=st.integers(16, 2048),
    pictures=st.integers(1, 8),
    turns=st.integers(1, 8),
)
def test_what_is_held_fits_into_memory(memory: int, tokens: int, answer: int, pictures: int, turns: int) -> None:
    demand = Demand(pictures, tokens, 100, answer, turns, 8)
    made = setup(demand, EIGHT_B, memory)
    held = made.arguments["max_num_batched_tokens"] * EIGHT_B.active + made.cache + EIGHT_B.weights
    assert held <= memory
    assert 1 <= made.arguments["max_num_seqs"] <= made.clips <= MOST_CLIPS


def test_a_footprint_follows_from_config_and_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "model.safetensors").write_bytes(bytes(1000))
    text = SimpleNamespace(
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=2,
        hidden_size=64,
        intermediate_size=128,
        max_position_embeddings=512,
    )
    config = SimpleNamespace(get_text_config=lambda decoder: text, dtype=SimpleNamespace(itemsize=2))
    assert footprint(config, tmp_path, 4) == Footprint(2000, 2 * 3 * 2 * 16 * 4, (256 + 256) * 4, 512)


def test_a_context_that_is_set_by_hand_has_its_room() -> None:
    made = setup(PAIRS, EIGHT_B, 72 * GIB, clips=1, context=100_000)
    assert made.arguments["max_model_len"] == 100_000
    assert made.cache >= 100_000 * EIGHT_B.cached
