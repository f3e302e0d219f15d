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
    prompt_length = inputs["input_ids"].shape[1] if "input_ids" in inputs else 0
    recorder = _LogprobRecorder()
    config = copy.deepcopy(model.generation_config)
    config.update(do_sample=False, num_beams=1, temperature=None, top_p=None, top_k=None, max_length=None)
    config.update(max_new_tokens=max(limits), eos_token_id=sorted(stop_ids) or None)
    if config.pad_token_id is None:
        config.pad_token_id = min(stop_ids, default=0)
    if cache := _roomy_cache(model):
        inputs = {**inputs, "past_key_values": cache}
    rows = model.generate(
        **inputs,
        generation_config=config,
        logits_processor=LogitsProcessorList([recorder]),
        stopping_criteria=StoppingCriteriaList([_RowLimits(limits, prompt_length, stop)]),
    )
    logprobs = torch.stack(recorder.steps, dim=1).tolist()
    return [
        _answer(row[:limit], steps, stop_ids)
        for row, steps, limit in zip(rows[:, prompt_length:].tolist(), logprobs, limits, strict=True)
    ]


def _answer(row: list[int], logprobs: list[float], stop_ids: set[int]) -> Answer:
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


class _RowLimits(StoppingCriteria):
    """Ends a row at its own limit, and every row once `stop` is set."""

    def __init__(self, limits: Sequence[int], prompt_length: int, stop: threading.Event) -> None:
        self.limits = torch.tensor(limits)
        self.prompt_length = prompt_length
        self.stop = stop

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor, **_: Any) -> torch.Tensor:
        done = self.limits <= input_ids.shape[1] - self.prompt_length
        return (done | self.stop.is_set()).to(input_ids.device)


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


def _grown(states: torch.Tensor, length: int) -> torch.Tensor:
    rows, heads, _, width = states.shape
    return states.new_empty(rows, heads, length, width)
