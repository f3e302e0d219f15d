"""The language model that learns the texts, and how it reads pictures before it ever sees a tower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from scripts.tiny import compare, oracle, words

COPY = 0.7
"""Scale of the orthogonal matrices that attention starts with; their product copies half of what is looked at."""


@dataclass
class Reader:
    """A language model, its tokenizer, how it reads oracle pictures, and what helps it to learn comparing two."""

    model: LlamaForCausalLM
    oracle: oracle.Oracle
    tokenizer: PreTrainedTokenizerFast
    compares: compare.Compares

    def modules(self) -> nn.ModuleList:
        return nn.ModuleList([self.model, self.oracle, self.compares])


def start(tokenizer: PreTrainedTokenizerFast, seed: int) -> Reader:
    """A fresh Llama of 5.4 M parameters. The initialisation of 0.06 is what the trial of the tiny model found best."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=-(-len(tokenizer) // 64) * 64,
        hidden_size=256,
        intermediate_size=768,
        num_hidden_layers=6,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=4096,
        initializer_range=0.06,
        tie_word_embeddings=True,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
    )
    model = LlamaForCausalLM(config)
    for layer in model.model.layers:
        _copy(layer.self_attn)
    _compare(model.model.layers[compare.LOOKING])
    reads = oracle.Oracle(words.names(tokenizer), config.hidden_size)
    return Reader(model, reads, tokenizer, compare.Compares(config.hidden_size))


@torch.no_grad()
def _copy(attention: Any) -> None:
    """Let attention start by copying what it looks at (after "mimetic initialisation", arXiv 2305.09828).

    Naming what a picture shows is copying; without this the model stays on the plateau where it knows the sentences but
    not what they are about.
    """
    turn = COPY * torch.linalg.qr(torch.randn_like(attention.v_proj.weight)).Q
    attention.v_proj.weight.copy_(turn)
    attention.o_proj.weight.copy_(turn.T)


@torch.no_grad()
def _compare(layer: Any) -> None:
    """Let a layer start by multiplying what its last two heads find with what a token shows itself.

    Same and different are products; no single token gives a slope that leads there. The two heads write where they do
    not read, and units of the MLP take one of the two sides each. (`compare.looks` tells the heads where to look.)
    """
    attention, mlp = layer.self_attn, layer.mlp
    found = 2 * attention.head_dim
    turn = torch.linalg.qr(torch.randn_like(attention.v_proj.weight)).Q
    shows, writes = turn[:found], turn[found : 2 * found]
    attention.v_proj.weight[-found:] = COPY * shows
    attention.o_proj.weight[:, -found:] = COPY * writes.T
    mlp.gate_proj.weight[: 2 * found] = torch.cat([shows, -shows])
    mlp.up_proj.weight[: 2 * found] = torch.cat([writes, writes])
