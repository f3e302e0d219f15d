"""Generation for a batch of prompts, with what `generate` of transformers leaves out.

Log-probabilities without keeping every score, an own limit of tokens and an own sampling for each row, a stop from
outside, and a key-value cache with room to grow.
"""

from __future__ import annotations

import contextlib
import copy
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import DynamicCache, LogitsProcessor, LogitsProcessorList, StoppingCriteria, StoppingCriteriaList
from transformers.cache_utils import DynamicLayer

from recaption.clip import TokenSampling


@dataclass(frozen=True)
class Answer:
    """One row's new tokens, the stop token left out.

    Attributes:
        tokens: token ids.
        stopped: the model ended the answer with a stop token; else the limit did.
        mean_logprob: mean natural log-probability of the tokens, the stop token included.
    """

    tokens: list[int]
    stopped: bool
    mean_logprob: float

    @property
    def completion_tokens(self) -> int:
        """Tokens that were generated, the stop token included."""
        return len(self.tokens) + self.stopped


def generate(
    model: Any,
    inputs: dict[str, torch.Tensor],
    limits: Sequence[int],
    samplings: Sequence[TokenSampling],
    stop_ids: set[int],
    stop: threading.Event,
    read_at_once: int,
) -> list[Answer]:
    """A continuation of every row of a batch, token by token.

    Args:
        model: a model with a `generate` method.
        inputs: what `generate` takes, padded on the left: `input_ids`, `attention_mask` and so on, and
            `inputs_embeds` of prompts that are embedded.
        limits: the most new tokens for each row.
        samplings: how the tokens of each row are chosen.
        stop_ids: tokens that end an answer.
        stop: once set, generation ends after the current step, and the answers are whatever is there.
        read_at_once: how many tokens of embedded prompts go through the model together, padding included.
    """
    rows = _Rows(model, inputs, limits, samplings, stop_ids, stop)
    del inputs  # embedded prompts are large, and not needed any more once they are read
    if rows.are_free:
        rows.read(read_at_once)
    while rows.going:
        rows.grow()
    return rows.answers()


class _Rows:
    """Answers that grow side by side.

    Attributes:
        going: which rows have not ended.
        are_free: each row may be read apart from the others and may leave before they end. So it is where prompts are
            embedded, since positions then follow from the mask alone, and where the cache keeps every token.
    """

    def __init__(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        limits: Sequence[int],
        samplings: Sequence[TokenSampling],
        stop_ids: set[int],
        stop: threading.Event,
    ) -> None:
        self.going = list(range(len(limits)))
        self._choosers = [_Chooser(sampling) for sampling in samplings]
        self._model = model
        self._inputs = inputs
        self._limits = limits
        self._stop_ids = stop_ids
        self._stop = stop
        self._cache = _roomy_cache(model, len(limits))
        self.are_free = "inputs_embeds" in inputs and self._cache is not None
        self._tokens: list[list[int]] = [[] for _ in limits]
        self._logprobs: list[list[float]] = [[] for _ in limits]

    def read(self, at_once: int) -> None:
        """Fill the cache with all but the last token of each prompt, some prompts at a time, without their padding."""
        embeds, mask = self._inputs["inputs_embeds"], self._inputs["attention_mask"]
        count, length = mask.shape
        positions = (mask.cumsum(-1) - 1).clamp(min=0)  # as `generate` has them
        assert self._cache is not None
        step = max(at_once // length, 1)
        for rows in (slice(start, start + step) for start in range(0, count, step)):
            columns = slice(int(mask[rows].argmax(dim=1).min()), length - 1)
            _open(self._cache, rows, columns.start, columns.start)
            with _until_filled(self._cache):
                self._model.model(
                    inputs_embeds=embeds[rows, columns],
                    attention_mask=mask[rows, columns],
                    position_ids=positions[rows, columns],
                    past_key_values=self._cache,
                    use_cache=True,
                )
        _open(self._cache, slice(count), 0, length - 1)
        self._go_on_from(mask, self._inputs["input_ids"][:, -1])

    def grow(self) -> None:
        """Add tokens until all rows have ended, or half of them where they may leave."""
        limits = [self._limits[i] - len(self._tokens[i]) for i in self.going]
        ends = _Ends(limits, self._stop_ids, self._stop, len(limits) // 2 if self.are_free else 0)
        new, logprobs = self._generate(ends, max(limits))
        for i, tokens, scores in zip(self.going, new.tolist(), logprobs, strict=True):
            self._tokens[i] += tokens
            self._logprobs[i] += scores
        kept = [n for n, i in enumerate(self.going) if not self._has_ended(i)] if self.are_free else []
        self.going = [self.going[n] for n in kept]
        if kept:
            assert self._cache is not None
            for layer in self._cache.layers:
                layer.keep(kept)
            mask = self._inputs["attention_mask"][kept]
            self._go_on_from(torch.cat([mask, mask.new_ones(len(kept), new.shape[1])], dim=1), new[kept, -1])

    def answers(self) -> list[Answer]:
        return [self._answer(*told) for told in zip(self._tokens, self._logprobs, self._limits, strict=True)]

    def _go_on_from(self, mask: torch.Tensor, last: torch.Tensor) -> None:
        """Let `generate` go on from the last token of each row; the cache holds all before it."""
        ids = mask.new_zeros(mask.shape)
        ids[:, -1] = last
        self._inputs = {"input_ids": ids, "attention_mask": mask}

    def _generate(self, ends: _Ends, most: int) -> tuple[torch.Tensor, list[list[float]]]:
        """New tokens (rows, steps) and their log-probabilities."""
        recorder = _LogprobRecorder([self._choosers[i] for i in self.going])
        config = copy.deepcopy(self._model.generation_config)
        config.update(do_sample=False, num_beams=1, temperature=None, top_p=None, top_k=None, max_length=None)
        config.update(max_new_tokens=most, eos_token_id=sorted(self._stop_ids) or None)
        if config.pad_token_id is None:
            config.pad_token_id = min(self._stop_ids, default=0)
        rows = self._model.generate(
            **self._inputs,
            **({"past_key_values": self._cache} if self._cache else {}),
            generation_config=config,
            logits_processor=LogitsProcessorList([recorder]),
            stopping_criteria=StoppingCriteriaList([ends]),
        )
        steps = len(recorder.steps)
        return rows[:, rows.shape[1] - steps :], torch.stack(recorder.steps, dim=1).tolist()

    def _has_ended(self, i: int) -> bool:
        tokens = self._tokens[i]
        return self._stop.is_set() or len(tokens) >= self._limits[i] or not self._stop_ids.isdisjoint(tokens)

    def _answer(self, row: list[int], logprobs: list[float], limit: int) -> Answer:
        row = row[:limit]
        end = next((i for i, token in enumerate(row) if token in self._stop_ids), None)
        used = len(row) if end is None else end + 1
        return Answer(row[:end], end is not None, sum(logprobs[:used]) / max(used, 1))


class _Chooser:
    """Makes the choice of a row's most likely token a choice at random where its sampling says so.

    Adding temperature times Gumbel noise and taking the best is drawing from the softmax at that temperature (the
    Gumbel-max trick; Maddison, Tarlow and Minka, arXiv 1411.0030, section 2).
    """

    def __init__(self, sampling: TokenSampling) -> None:
        self.temperature = sampling.temperature
        self._random = torch.Generator().manual_seed(sampling.seed)

    def noise(self, count: int) -> torch.Tensor:
        """What is added to the scores of `count` tokens, float32."""
        exponential = torch.empty(count).exponential_(generator=self._random)
        return -self.temperature * exponential.log()


class _LogprobRecorder(LogitsProcessor):  # type: ignore[misc]
    """Lets the choosers choose, and keeps the log-probability of each step's tokens, float32, shape (rows,)."""

    def __init__(self, choosers: Sequence[_Chooser]) -> None:
        self.steps: list[torch.Tensor] = []
        self._random = {row: chooser for row, chooser in enumerate(choosers) if chooser.temperature}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        noisy: torch.Tensor = scores
        if self._random:
            noisy = scores.clone()
            for row, chooser in self._random.items():
                noisy[row] += chooser.noise(scores.shape[-1]).to(scores)
        chosen = noisy.argmax(dim=-1, keepdim=True)
        self.steps.append(scores.gather(-1, chosen).squeeze(-1) - scores.logsumexp(dim=-1))
        return noisy  # type: ignore[return-value]


class _Ends(StoppingCriteria):  # type: ignore[misc]
    """Ends a row at its own limit, all rows once `stop` is set, and the batch when at most `enough` rows go on."""

    def __init__(self, limits: Sequence[int], stop_ids: set[int], stop: threading.Event, enough: int) -> None:
        self.limits = torch.tensor(limits)
        self.stop_ids = torch.tensor(sorted(stop_ids))
        self.stop = stop
        self.enough = enough
        self.ended = torch.zeros(len(limits), dtype=torch.bool)
        self.steps = 0

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor, **_: Any) -> torch.Tensor:
        self.steps += 1
        self.ended |= self.limits <= self.steps
        self.ended |= torch.isin(input_ids[:, -1].cpu(), self.stop_ids)
        over = self.stop.is_set() or int((~self.ended).sum()) <= self.enough
        return (self.ended | over).to(input_ids.device)


def _roomy_cache(model: Any, rows: int) -> DynamicCache | None:
    """A cache for models whose layers all keep every token; None for the others, which make their own."""
    cache = DynamicCache(config=model.config.get_text_config(decoder=True))
    if not cache.layers or any(type(layer) is not DynamicLayer for layer in cache.layers):
        return None
    cache.layers = [_RoomyLayer(rows) for _ in cache.layers]
    return cache


def _open(cache: DynamicCache, rows: slice, first: int, end: int) -> None:
    for layer in cache.layers:
        layer.open(rows, first, end)


class _FilledError(Exception):
    """The last layer of a cache has its keys and values."""


@contextlib.contextmanager
def _until_filled(cache: DynamicCache) -> Iterator[None]:
    """Leave a model's pass as soon as its last layer's keys and values are there: nobody reads what comes after.

    For the tiny model, which has six layers, that is an eighth of the pass.
    """
    last = cache.layers[-1]
    assert isinstance(last, _RoomyLayer)
    last.raises_filled = True
    try:
        yield
    except _FilledError:
        pass
    finally:
        last.raises_filled = False


class _RoomyLayer(DynamicLayer):  # type: ignore[misc]
    """Keys and values in a buffer that grows by 64 tokens at a time, of which a window of rows and columns is open.

    DynamicLayer copies the whole cache at every token; for 16 rows of a small model on a CPU that is a third of a step.
    """

    growth = 64

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.count = rows
        self.raises_filled = False
        self.buffers: tuple[torch.Tensor, ...] = ()
        self.open(slice(rows), 0, 0)

    def open(self, rows: slice, first: int, end: int) -> None:
        """Turn to these rows, which hold tokens from column `first` to `end`."""
        self.rows, self.first, self.end = rows, first, end
        if self.buffers:
            self.keys, self.values = (buffer[rows, :, first:end] for buffer in self.buffers)

    def get_seq_length(self) -> int:
        return self.end - self.first

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        new = slice(self.end, self.end + key_states.shape[-2])
        if not self.buffers or new.stop > self.buffers[0].shape[-2]:
            self.buffers = tuple(
                self._roomy(i, states, new.stop) for i, states in enumerate((key_states, value_states))
            )
            self.dtype, self.device, self.is_initialized = key_states.dtype, key_states.device, True
        for buffer, states in zip(self.buffers, (key_states, value_states), strict=True):
            buffer[self.rows, :, new] = states
        self.open(self.rows, self.first, new.stop)
        if self.raises_filled:
            raise _FilledError
        return self.keys, self.values

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, given in ascending order."""
        self.count = len(rows)
        for place, row in enumerate(rows):
            if place != row:
                for buffer in self.buffers:
                    buffer[place] = buffer[row]
        self.open(slice(self.count), self.first, self.end)

    def _roomy(self, i: int, states: torch.Tensor, end: int) -> torch.Tensor:
        """Buffer `i` with room for `end` tokens and more, what it holds kept; zeros elsewhere, since columns that are
        masked must still be numbers."""
        _, heads, _, width = states.shape
        grown = states.new_zeros(self.count, heads, end + self.growth, width)
        if self.buffers:
            grown[:, :, : self.buffers[i].shape[2]] = self.buffers[i][: self.count]
        return grown
