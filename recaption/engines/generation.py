"""Greedy generation for a batch of prompts, with what `generate` of transformers leaves out.

Log-probabilities without keeping every score, an own limit of tokens for each row, a stop from outside, and a key-value
cache with room to grow.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import DynamicCache, LogitsProcessor, LogitsProcessorList, StoppingCriteria, StoppingCriteriaList
from transformers.cache_utils import DynamicLayer


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
    model: Any, inputs: dict[str, torch.Tensor], limits: Sequence[int], stop_ids: set[int], stop: threading.Event
) -> list[Answer]:
    """The most likely continuation of every row of a batch, token by token.

    Args:
        model: a model with a `generate` method.
        inputs: what `generate` takes, padded on the left: `input_ids` or `inputs_embeds`, `attention_mask` and so on.
        limits: the most new tokens for each row.
        stop_ids: tokens that end an answer.
        stop: once set, generation ends after the current step, and the answers are whatever is there.
    """
    cache = _roomy_cache(model)
    # Where embeddings are given, positions follow from the mask alone, so that rows can leave before the others end.
    may_thin = cache is not None and "inputs_embeds" in inputs
    tokens: list[list[int]] = [[] for _ in limits]
    logprobs: list[list[float]] = [[] for _ in limits]
    going = list(range(len(limits)))
    while True:
        left = [limits[i] - len(tokens[i]) for i in going]
        new, scores = _stretch(model, inputs, cache, left, stop_ids, stop, may_thin)
        for i, row, steps in zip(going, new.tolist(), scores, strict=True):
            tokens[i] += row
            logprobs[i] += steps
        kept = [n for n, i in enumerate(going) if len(tokens[i]) < limits[i] and stop_ids.isdisjoint(tokens[i])]
        if not kept or not may_thin or stop.is_set():
            break
        inputs = _thinned(inputs, cache, new, kept)
        going = [going[n] for n in kept]
    return [_answer(*told, stop_ids) for told in zip(tokens, logprobs, limits, strict=True)]


def _stretch(
    model: Any,
    inputs: dict[str, torch.Tensor],
    cache: DynamicCache | None,
    limits: Sequence[int],
    stop_ids: set[int],
    stop: threading.Event,
    may_thin: bool,
) -> tuple[torch.Tensor, list[list[float]]]:
    """New tokens (rows, steps) and their log-probabilities, until all rows have ended, or half where it may thin."""
    prompt_length = inputs["input_ids"].shape[1] if "input_ids" in inputs else 0
    recorder = _LogprobRecorder()
    config = copy.deepcopy(model.generation_config)
    config.update(do_sample=False, num_beams=1, temperature=None, top_p=None, top_k=None, max_length=None)
    config.update(max_new_tokens=max(limits), eos_token_id=sorted(stop_ids) or None)
    if config.pad_token_id is None:
        config.pad_token_id = min(stop_ids, default=0)
    rows = model.generate(
        **inputs,
        **({"past_key_values": cache} if cache else {}),
        generation_config=config,
        logits_processor=LogitsProcessorList([recorder]),
        stopping_criteria=StoppingCriteriaList([_Ends(limits, prompt_length, stop_ids, stop, may_thin)]),
    )
    return rows[:, prompt_length:], torch.stack(recorder.steps, dim=1).tolist()


def _thinned(
    inputs: dict[str, torch.Tensor], cache: DynamicCache | None, new: torch.Tensor, kept: list[int]
) -> dict[str, torch.Tensor]:
    """What goes on without the rows that have ended; the cache holds all but the last token of each row."""
    assert cache is not None
    cache.batch_select_indices(torch.tensor(kept, device=new.device))
    mask = inputs["attention_mask"][kept]
    grown = torch.cat([mask, mask.new_ones(len(kept), new.shape[1])], dim=1)
    ids = new.new_zeros(grown.shape)
    ids[:, -1] = new[kept, -1]
    return {"input_ids": ids, "attention_mask": grown}


def _answer(row: list[int], logprobs: list[float], limit: int, stop_ids: set[int]) -> Answer:
    row = row[:limit]
    end = next((i for i, token in enumerate(row) if token in stop_ids), None)
    used = len(row) if end is None else end + 1
    return Answer(row[:end], end is not None, sum(logprobs[:used]) / max(used, 1))


class _LogprobRecorder(LogitsProcessor):
    """Keeps the log-probability of each step's best token, float32, shape (rows,), and changes nothing."""

    def __init__(self) -> None:
        self.steps: list[torch.Tensor] = []

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        self.steps.append(scores.amax(dim=-1) - scores.logsumexp(dim=-1))
        return scores


class _Ends(StoppingCriteria):
    """Ends a row at its own limit, every row once `stop` is set, and the batch when half of its rows have ended."""

    def __init__(
        self, limits: Sequence[int], prompt_length: int, stop_ids: set[int], stop: threading.Event, may_thin: bool
    ) -> None:
        self.limits = torch.tensor(limits)
        self.prompt_length = prompt_length
        self.stop_ids = torch.tensor(sorted(stop_ids))
        self.stop = stop
        self.enough = len(limits) // 2 if may_thin else 0
        self.ended = torch.zeros(len(limits), dtype=torch.bool)

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor, **_: Any) -> torch.Tensor:
        self.ended |= self.limits <= input_ids.shape[1] - self.prompt_length
        self.ended |= torch.isin(input_ids[:, -1].cpu(), self.stop_ids)
        over = self.stop.is_set() or int((~self.ended).sum()) <= self.enough
        return (self.ended | over).to(input_ids.device)


def _roomy_cache(model: Any) -> DynamicCache | None:
    """A cache for models whose layers all keep every token; None for the others, which make their own."""
    cache = DynamicCache(config=model.config.get_text_config(decoder=True))
    if not cache.layers or any(type(layer) is not DynamicLayer for layer in cache.layers):
        return None
    cache.layers = [_RoomyLayer() for _ in cache.layers]
    return cache


class _RoomyLayer(DynamicLayer):
    """Keys and values in a buffer that grows by 64 tokens at a time.

    DynamicLayer copies the whole cache at every token; for 16 rows of a small model on a CPU that is a third of a step.
    """

    growth = 64

    def __init__(self) -> None:
        super().__init__()
        self.buffers: tuple[torch.Tensor, torch.Tensor] | None = None

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        start = self.get_seq_length()
        end = start + key_states.shape[-2]
        if self.buffers is None or end > self.buffers[0].shape[-2]:
            grown = (_grown(key_states, end + self.growth), _grown(value_states, end + self.growth))
            if self.buffers is not None:
                for old, new in zip(self.buffers, grown, strict=True):
                    new[:, :, :start] = old[:, :, :start]
            self.buffers = grown
        self.dtype, self.device, self.is_initialized = key_states.dtype, key_states.device, True
        keys, values = self.buffers
        keys[:, :, start:end] = key_states
        values[:, :, start:end] = value_states
        self.keys, self.values = keys[:, :, :end], values[:, :, :end]
        return self.keys, self.values

    def batch_select_indices(self, indices: torch.Tensor) -> None:
        if self.buffers is None:
            return
        end = self.get_seq_length()
        keys, values = (buffer[indices] for buffer in self.buffers)
        self.buffers = keys, values
        self.keys, self.values = keys[:, :, :end], values[:, :, :end]


def _grown(states: torch.Tensor, length: int) -> torch.Tensor:
    rows, heads, _, width = states.shape
    return states.new_empty(rows, heads, length, width)
