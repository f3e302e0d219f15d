from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
import torch
from torch.nn import functional
from transformers import PreTrainedTokenizerFast
from transformers.modeling_outputs import BaseModelOutputWithPast

from recaption.scripted.shapes import KINDS
from scripts.tiny import batches, compare, reader, training, words
from scripts.tiny.batches import Batch
from scripts.tiny.reader import Reader

SIDE = 6


@pytest.fixture(scope="module")
def tokenizer() -> Iterator[PreTrainedTokenizerFast]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "CLIPS", 150)
        yield words.learn(1)


@pytest.fixture
def fresh(tokenizer: PreTrainedTokenizerFast) -> Reader:
    return reader.start(tokenizer, 1)


def batch_of(who: Reader, role: str, size: int = 4) -> Batch:
    make = batches.comparison if role == "compare" else batches.encode
    return make(who, next(batches.stream(3, {role: 1.0}, size))[1], SIDE)


def looking(who: Reader, batch: Batch) -> BaseModelOutputWithPast:
    """What the model itself makes of a batch, with its attention and its hidden states."""
    who.model.set_attn_implementation("eager")
    return who.model.model(
        inputs_embeds=batch.embeds,
        attention_mask=batch.mask,
        position_ids=batch.positions,
        output_attentions=True,
        output_hidden_states=True,
    )


@pytest.mark.parametrize("role", ["first", "pair", "summary"])
def test_the_loss_of_telling_is_the_model_s_own(fresh: Reader, role: str) -> None:
    batch = batch_of(fresh, role)
    told = training.losses(fresh, batch)["tell"]
    logits = fresh.model(inputs_embeds=batch.embeds, attention_mask=batch.mask, position_ids=batch.positions).logits
    own = functional.cross_entropy(logits[:, :-1].flatten(0, 1), batch.labels[:, 1:].flatten())
    assert told.item() == pytest.approx(own.item(), abs=1e-4)


def test_what_is_told_where_to_look_is_what_the_model_looks_with(fresh: Reader) -> None:
    batch = batch_of(fresh, "compare")
    out = looking(fresh, batch)
    assert batch.truths is not None
    here = torch.arange(SIDE**2)
    place = out.attentions[compare.LOOKING][:, -2, 2 + SIDE**2 + here, 1 + here].log().mean()
    told = compare.looks(fresh.model.model, out.hidden_states, batch.positions, batch.truths)["place"]
    assert told.item() == pytest.approx(-compare.LOOK_WEIGHT * place.item(), abs=1e-4)


def test_it_learns_to_look_at_the_same_place(fresh: Reader) -> None:
    optimizer = training.optimizer(fresh)
    optimizer.param_groups[0]["lr"] = 0.006
    places = []
    for _, lessons in itertools.islice(batches.stream(3, {"compare": 1.0}, 4), 40):
        parts = training.losses(fresh, batches.comparison(fresh, lessons, 4))
        torch.stack(list(parts.values())).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        places.append(parts["place"].item())
    assert places[-1] < 0.7 * places[0]


def test_comparisons_of_two_clips_are_cuts_and_every_pair_is_told(fresh: Reader) -> None:
    truths = batch_of(fresh, "compare").truths
    assert truths is not None
    cut = compare.GIST.index("cuts")
    assert 0 < truths.gist[:, cut].mean() < 1
    assert torch.equal(truths.changes[..., cut].amax(1), truths.gist[:, cut])
    assert (truths.flow[truths.gist[:, cut] == 1] == 0).all()


def test_a_stream_gives_the_same_lessons_again() -> None:
    roles = {"first": 1.0, "compare": 1.0, "pair": 1.0}
    one, two = (list(itertools.islice(batches.stream(5, roles, 4), 6)) for _ in range(2))
    assert one == two
    assert len({role for role, _ in one}) > 1


def test_before_each_word_of_an_answer_its_thing_is_looked_at(fresh: Reader) -> None:
    lessons = next(batches.stream(3, {"pair": 1.0}, 12))[1]
    batch = batches.encode(fresh, lessons, SIDE)
    assert batch.subjects is not None
    assert batch.truths is not None
    stop = fresh.tokenizer.convert_tokens_to_ids(".")
    kinds = fresh.oracle.words[: len(KINDS)].tolist()
    seen = torch.cat([batch.truths.before, batch.truths.before[:, :1], batch.truths.after], 1)  # a newline between
    looked = 0
    for row, where, labels in zip(seen, batch.subjects, batch.labels, strict=True):
        assert not where[labels.roll(-1) == -100].any()
        about = None
        for place in reversed(range(1, len(labels))):
            token = labels[place].item()
            if token == stop:
                earlier = itertools.takewhile(lambda t: t != stop, labels[:place].flip(0).tolist())
                about = next((t for t in earlier if t in kinds), None)
            about = token if token in kinds else about
            patches = where[place - 1].nonzero().flatten() - 1
            if about is None:
                assert not len(patches)
            elif len(patches):
                looked += 1
                assert (row[patches, kinds.index(about)] > compare.SEEN).all()
    assert looked > 50


def test_what_is_told_to_look_at_is_what_the_model_looks_with_when_it_tells(fresh: Reader) -> None:
    batch = batch_of(fresh, "pair")
    out = looking(fresh, batch)
    assert batch.subjects is not None
    found = (out.attentions[compare.TELLING][:, -1] * batch.subjects).sum(-1)[batch.subjects.any(-1)]
    told = compare.names(fresh.model.model, out.hidden_states, batch.positions, batch.subjects)
    assert told.item() == pytest.approx(-compare.LOOK_WEIGHT * found.log().sum().item() / (len(found) + 1), abs=1e-4)
