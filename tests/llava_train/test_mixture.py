"""What a mixture draws: exact, in proportion, and the same wherever it is taken up."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llava_train.formats import Reading
from llava_train.mixture import Draw, Mixture, Source, load
from llava_train.recipe import Data
from llava_train.rows import Stream
from recaption.errors import RecipeError

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=5)
WEIGHTS = st.lists(st.sampled_from([0.1, 0.25, 1.0, 1.5, 2.0, 7.0]), min_size=2, max_size=5)


def row(source: int, i: int) -> dict[str, object]:
    turns = [{"from": "human", "value": f"{source} {i}?"}, {"from": "gpt", "value": f"{source} {i}"}]
    return {"conversations": turns}


def source(number: int, size: int, weight: float = 0.0, seed: int = 0, stream: bool = False) -> Source:
    data = Data(path="rows.json", weight=weight, seed=seed)
    made = [row(number, i) for i in range(size)]
    return Source(data, Stream("rows.json", made) if stream else made, READING)


READING = Reading.of(Data(path="rows.json"))


def told(mixture: Mixture, draw: Draw) -> tuple[int, int]:
    """Source and row of a draw."""
    words = mixture.sample(draw).messages[1]["content"][0]["text"].split()
    return int(words[0]), int(words[1])


@settings(deadline=None)
@given(SIZES, st.integers(0, 9))
def test_without_weights_each_row_comes_once_a_pass(sizes: list[int], seed: int) -> None:
    mixture = Mixture([source(i, size, seed=seed) for i, size in enumerate(sizes)])
    rows = {(i, j) for i, size in enumerate(sizes) for j in range(size)}
    assert mixture.rows == len(rows)
    draws = mixture.draws()
    for _ in range(3):
        drawn = [told(mixture, draw) for draw in islice(draws, len(rows))]
        assert len(drawn) == len(set(drawn))
        assert set(drawn) == rows


@settings(deadline=None)
@given(WEIGHTS, st.integers(0, 300))
def test_no_source_is_ever_a_draw_away_from_its_share_for_long(weights: list[float], count: int) -> None:
    mixture = Mixture([source(i, 3, weight) for i, weight in enumerate(weights)])
    drawn = Counter(draw.source for draw in islice(mixture.draws(), count))
    for i, weight in enumerate(weights):
        share = count * weight / sum(weights)
        assert share - len(weights) < drawn[i] < share + 1 + 1e-9


@settings(deadline=None)
@given(SIZES, WEIGHTS, st.booleans(), st.integers(0, 200))
def test_a_mixture_goes_on_at_any_draw(sizes: list[int], weights: list[float], weighted: bool, first: int) -> None:
    def made() -> Mixture:
        given_weights = weights if weighted else [0.0] * len(weights)
        pairs = zip(sizes * len(weights), given_weights, strict=False)
        return Mixture([source(i, size, weight) for i, (size, weight) in enumerate(pairs)])

    straight, resumed = made(), made()
    expected = [told(straight, draw) for draw in islice(straight.draws(), first + 30)][first:]
    assert [told(resumed, draw) for draw in islice(resumed.draws(first), 30)] == expected


def test_each_pass_and_each_seed_has_its_own_order() -> None:
    def order(seed: int) -> list[tuple[int, int]]:
        mixture = Mixture([source(0, 30, seed=seed)])
        return [told(mixture, draw) for draw in islice(mixture.draws(), 60)]

    assert order(1) == order(1)
    assert order(1)[:30] != order(1)[30:]
    assert order(1)[:30] != order(2)[:30]


def test_a_stream_keeps_its_order_and_begins_again() -> None:
    streamed = Mixture([source(0, 3, stream=True)])
    assert streamed.rows is None
    assert [told(streamed, draw)[1] for draw in islice(streamed.draws(), 7)] == [0, 1, 2, 0, 1, 2, 0]
    assert [told(streamed, draw)[1] for draw in islice(streamed.draws(5), 3)] == [2, 0, 1]
    assert told(streamed, Draw(0, 1))[1] == 1, "and can be taken up before where it was"


def test_a_stream_is_mixed_by_its_weight() -> None:
    mixture = Mixture([source(0, 4, 1.0), source(1, 5, 3.0, stream=True)])
    drawn = [told(mixture, draw) for draw in islice(mixture.draws(), 16)]
    assert [i for one, i in drawn if one == 1] == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]
    assert sorted(i for one, i in drawn if one == 0) == [0, 1, 2, 3]
    with pytest.raises(RecipeError, match="give it, and the others, a weight"):
        Mixture([source(0, 4), source(1, 5, stream=True)])


def test_an_empty_stream_is_named() -> None:
    empty = Mixture([source(0, 0, stream=True)])
    with pytest.raises(RecipeError, match=r"rows\.json: no rows"):
        empty.sample(Draw(0, 0))


def test_a_mixture_file_is_read_with_its_weights(tmp_path: Path) -> None:
    for i in range(2):
        (tmp_path / f"{i}.json").write_text(json.dumps([row(i, j) for j in range(4)]))
    file = tmp_path / "mixture.yaml"
    file.write_text(f"- {{path: {tmp_path}/0.json, weight: 3}}\n- {{path: {tmp_path}/1.json, weight: 1}}\n")
    mixture = load(Data(path=str(file)))
    assert Counter(told(mixture, draw)[0] for draw in islice(mixture.draws(), 40)) == {0: 30, 1: 10}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "no readable mixture"),
        ("path: a.json", "a list of mappings"),
        ("[]", "a list of mappings"),
        ("- {paht: a.json}", "source 1: no key 'paht'; did you mean 'path'"),
        ("- {path: a.json}\n- {weight: 2}", "source 2: either path or scripted"),
        ("- {path: mixture.yaml}", "a mixture too"),
    ],
)
def test_a_wrong_mixture_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mixture.yaml"
    file.write_text(text)
    with pytest.raises(RecipeError, match=rf"mixture\.yaml: .*{message}"):
        load(Data(path=str(file)))


def test_a_few_scripted_clips_give_many_samples() -> None:
    mixture = load(Data(scripted=9, clips=3, seed=1, roles={"first": 1.0}, seconds=(4.0, 6.0), width=64))
    answers = [mixture.sample(draw).messages[1]["content"][0]["text"] for draw in islice(mixture.draws(), 9)]
    assert len(set(answers)) > 3, "each sample says it in its own words"
    with pytest.raises(RecipeError, match="no role pairs"):
        load(Data(scripted=9, roles={"pairs": 1.0}))
