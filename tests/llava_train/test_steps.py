"""Whole optimizer steps: what is in them, who does it, and what is left out."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import datasets
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch.utils.data import DataLoader

from llava_train.mixture import load
from llava_train.recipe import Data
from llava_train.samples import IGNORED, Encoder
from llava_train.steps import PART_COST, Steps, cut, shared_out
from tests.clips import clip
from tests.models import compose_small

WORDS = ("the red ball stops", "a small green car grows", "the yellow star falls", "the bird leaves")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(compose_small(context=4096)[1], max_length=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of no picture, one, two, and a film."""
    folder = tmp_path_factory.mktemp("rows")
    clip(folder / "film.mp4", [(200, 0, 0), (0, 200, 0)])
    rows: list[dict[str, Any]] = []
    for i in range(24):
        pixels = np.random.default_rng(i).integers(0, 256, (8, 8, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")
        kind = i % 4
        media = {0: {}, 1: {"image": f"{i}.png"}, 2: {"image": [f"{i}.png"] * 2}, 3: {"video": "film.mp4"}}[kind]
        shown = ("", "<image>", "<image><image>", "<video>")[kind]
        answer = " ".join([WORDS[kind]] * (1 + i % 5)) + f" {i}"
        rows.append({**media, "conversations": turns(f"{shown}what? {i}", answer)})
    write(folder / "rows.json", rows)
    return folder


def turns(question: str, answer: str) -> list[dict[str, str]]:
    return [{"from": "human", "value": question}, {"from": "gpt", "value": answer}]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(rows))
    return path


def steps(path: Path, encoder: Encoder, batch_size: int = 8, micro_tokens: int = 400, **more: int) -> Steps:
    return Steps(load(Data(path=str(path))), encoder, batch_size, micro_tokens, **more)


def take(made: Steps, count: int) -> list[dict[str, Any]]:
    return list(islice(made, count))


def said(step: dict[str, Any], encoder: Encoder) -> list[str]:
    """The answers that a step teaches, of every part."""
    return [
        encoder.processor.tokenizer.decode(row[row != IGNORED]).removesuffix("</s>")
        for part in step["parts"]
        for row in part["labels"]
        if (row != IGNORED).any()
    ]


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["counts"] == other["counts"] and all(
        a.keys() == b.keys() and all(torch.equal(a[key], b[key]) for key in a)
        for a, b in zip(one["parts"], other["parts"], strict=True)
    )


def answers(path: Path) -> list[str]:
    return [row["conversations"][1]["value"] for row in json.loads(path.read_text())]


def test_each_row_is_taught_once_a_pass_with_its_own_pictures(folder: Path, encoder: Encoder) -> None:
    made = take(steps(folder / "rows.json", encoder), 6)
    for whole in (made[:3], made[3:]):
        assert sorted(answer for step in whole for answer in said(step, encoder)) == sorted(
            answers(folder / "rows.json")
        )
        assert sum(step["counts"]["samples"] for step in whole) == 24
    for step in made:
        for part in step["parts"]:
            places = int((part["input_ids"] == encoder.processor.image_token_id).sum())
            assert places == len(part["pixel_values"]) * len(encoder.blank) > 0


def test_a_part_is_padded_on_the_right_and_keeps_every_label(folder: Path, encoder: Encoder) -> None:
    mixture = load(Data(path=str(folder / "rows.json")))
    rows = [encoder.words(mixture.sample(draw)) for draw in islice(mixture.draws(), 8)]
    step = next(iter(steps(folder / "rows.json", encoder)))
    found = 0
    for part in step["parts"]:
        assert (part["labels"][:, 0] == IGNORED).all()
        assert len(part["logits_to_keep"]) < part["input_ids"].shape[1]
        for ids, labels in zip(part["input_ids"], part["labels"], strict=True):
            row = next(row for row in rows if torch.equal(row.ids, ids[: len(row)]))
            kept = {
                int(place) + 1: int(label)
                for place, label in zip(part["logits_to_keep"], labels[1:], strict=True)
                if label != IGNORED
            }
            assert kept == {place: int(label) for place, label in enumerate(row.labels) if label != IGNORED}
            found += 1
    assert found == 8


def test_counts_are_those_of_the_parts(folder: Path, encoder: Encoder) -> None:
    for step in take(steps(folder / "rows.json", encoder), 3):
        parts, counts = step["parts"], step["counts"]
        assert counts["labelled"] == sum(int((part["labels"] != IGNORED).sum()) for part in parts)
        assert counts["tokens"] == sum(step["lengths"])
        assert counts["squares"] == sum(length**2 for length in step["lengths"])
        assert counts["samples"] == len(step["lengths"]) == sum(len(part["input_ids"]) for part in parts)
        assert counts["padded"] == sum(part["input_ids"].numel() for part in parts)
        blanks = sum(len(part["pixel_values"]) for part in parts) - counts["pictures"]
        assert 0 <= blanks <= len(parts)
        assert all(part["input_ids"].numel() <= 400 or len(part["input_ids"]) == 1 for part in parts)
        assert not any(key.startswith("skipped") for key in counts)


def test_what_is_wrong_is_counted_and_its_neighbours_are_untouched(folder: Path, encoder: Encoder) -> None:
    rows = json.loads((folder / "rows.json").read_text())
    wrong = {
        2: ("long", {"conversations": turns("what?", "the cat " * 600)}),
        5: ("format", {"conversations": turns("<image>what?", "x")}),
        9: ("missing", {"image": "gone.png", "conversations": turns("<image>what?", "x")}),
        14: ("unreadable", {"image": "rows.json", "conversations": turns("<image>what?", "x")}),
        20: ("missing", {"video": "gone.mp4", "conversations": turns("<video>what?", "x")}),
    }
    broken = write(folder / "broken.json", [wrong[i][1] if i in wrong else row for i, row in enumerate(rows)])
    counted: Counter[str] = Counter()
    taught: list[str] = []
    for rank in range(2):
        for step in take(steps(broken, encoder, rank=rank, world=2), 3):
            counted.update({key: n for key, n in step["counts"].items() if key.startswith("skipped")})
            taught += said(step, encoder)
    assert counted == {"skipped_long": 1, "skipped_format": 1, "skipped_missing": 2, "skipped_unreadable": 1}
    assert sorted(taught) == sorted(a for i, a in enumerate(answers(folder / "rows.json")) if i not in wrong)


@pytest.mark.parametrize(
    ("row", "samples"),
    [
        ({"conversations": turns("sum up", "the cat")}, 2),
        ({"conversations": turns("sum up", "the cat " * 600)}, 0),
        ({"image": "gone.png", "conversations": turns("<image>what?", "the cat")}, 0),
    ],
    ids=["text only", "too long", "no picture"],
)
def test_a_step_without_pictures_gets_a_blank_one(
    folder: Path, encoder: Encoder, row: dict[str, Any], samples: int
) -> None:
    step = next(iter(steps(write(folder / "one.json", [row]), encoder, batch_size=2)))
    (part,) = step["parts"]
    assert part["pixel_values"].shape == (1, 3, 28, 28)
    assert int((part["input_ids"] == encoder.processor.image_token_id).sum()) == 4
    assert len(part["input_ids"]) == max(samples, 1)
    assert part["input_ids"].numel() == step["counts"]["padded"] > step["counts"]["tokens"]
    assert (step["counts"]["samples"], step["counts"]["pictures"]) == (samples, 0)
    assert len(part["logits_to_keep"]) > 0


def test_processes_share_a_step_and_leave_nothing_out(folder: Path, encoder: Encoder) -> None:
    alone = take(steps(folder / "rows.json", encoder), 3)
    shares = [take(steps(folder / "rows.json", encoder, rank=rank, world=2), 3) for rank in range(2)]
    for step, one, other in zip(alone, *shares, strict=True):
        assert sorted(said(one, encoder) + said(other, encoder)) == sorted(said(step, encoder))
        tokens = [share["counts"]["tokens"] for share in (one, other)]
        assert abs(tokens[0] - tokens[1]) <= max(one["lengths"] + other["lengths"])


def test_a_process_without_samples_still_has_a_part(folder: Path, encoder: Encoder) -> None:
    made = [take(steps(folder / "rows.json", encoder, batch_size=2, rank=r, world=3), 1)[0] for r in range(3)]
    assert [step["counts"]["samples"] for step in made] == [1, 1, 0]
    assert made[2]["counts"]["labelled"] == 0
    assert len(made[2]["parts"]) == 1


@pytest.mark.parametrize("workers", [1, 3])
def test_the_order_of_steps_does_not_depend_on_workers(folder: Path, encoder: Encoder, workers: int) -> None:
    made = steps(folder / "rows.json", encoder)
    loader = DataLoader(made, batch_size=None, num_workers=workers)
    for one, other in zip(take(made, 5), islice(loader, 5), strict=True):
        assert same(one, other)


def test_each_worker_reads_the_whole_of_a_streamed_dataset(folder: Path, encoder: Encoder) -> None:
    """`datasets` would give each worker of a DataLoader the rows of its own files."""
    rows = json.loads((folder / "rows.json").read_text())
    (folder / "parts").mkdir()
    for i in range(2):
        half = [{"conversations": row["conversations"]} for row in rows if "<" not in str(row["conversations"])][i::2]
        datasets.Dataset.from_list(half).to_parquet(folder / "parts" / f"{i}.parquet")
    made = Steps(load(Data(path=str(folder / "parts"), stream=True)), encoder, 2, 400)
    loader = DataLoader(made, batch_size=None, num_workers=2)
    for one, other in zip(take(made, 5), islice(loader, 5), strict=True):
        assert same(one, other)


def test_a_run_goes_on_at_any_step(folder: Path, encoder: Encoder) -> None:
    straight = take(steps(folder / "rows.json", encoder, batch_size=5), 7)
    resumed = take(steps(folder / "rows.json", encoder, batch_size=5, first=4), 3)
    assert all(same(one, other) for one, other in zip(straight[4:], resumed, strict=True))


@given(st.lists(st.integers(1, 900), max_size=40), st.integers(1, 9))
def test_no_process_has_more_than_one_sample_over_another(lengths: list[int], world: int) -> None:
    loads = Counter(dict.fromkeys(range(world), 0))
    for length, owner in zip(lengths, shared_out(lengths, world), strict=True):
        loads[owner] += length
    assert max(loads.values()) - min(loads.values()) <= max(lengths, default=0)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=30).map(sorted),
    st.integers(1, 400),
    st.integers(100, 4000),
    st.integers(0, 200),
)
def test_parts_hold_every_sample_once_and_no_part_too_much(
    samples: list[tuple[int, bool]], blank: int, most: int, part_cost: int
) -> None:
    lengths, seeing = [length for length, _ in samples], [sees for _, sees in samples]
    cuts = cut(lengths, seeing, blank, most, part_cost)
    assert [i for start, end in cuts for i in range(start, end)] == list(range(len(lengths)))
    for start, end in cuts:
        rows, width = end - start, lengths[end - 1]
        if not any(seeing[start:end]):
            width = max(width, lengths[start] + blank)
        assert rows * width <= most or end - start == 1


@pytest.mark.parametrize("device", PART_COST)
def test_little_of_a_mixed_step_is_padding(device: str) -> None:
    """20 steps of 32 samples with LLaVA-1.5's 576 tokens a picture: text, one picture, pairs, films of 16 frames."""
    rng = np.random.default_rng(0)
    tokens = padded = 0
    for _ in range(20):
        kinds = rng.choice(4, 32, p=(0.15, 0.35, 0.35, 0.15))
        pictures = np.array([0, 1, 2, 16])[kinds]
        samples = sorted((int(576 * n + 7 * n + rng.integers(60, 300)), bool(n)) for n in pictures)
        lengths, seeing = [length for length, _ in samples], [sees for _, sees in samples]
        for start, end in cut(lengths, seeing, 576, 16384, PART_COST[device]):
            blank = 0 if any(seeing[start:end]) else 576
            tokens += sum(lengths[start:end])
            padded += (end - start) * max(lengths[end - 1], lengths[start] + blank)
    assert 1 - tokens / padded <= 0.05
