"""The tiny model's tokenizer: byte-level BPE, learned from the texts of scripted clips and the prompts that ask for it.

Every kind and every colour is one token, so that the language model can copy what it sees.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from recaption import prompts
from recaption.scripted.plan import plan
from recaption.scripted.shapes import KINDS
from recaption.scripted.world import COLOURS
from scripts.tiny.lessons import lessons

VOCABULARY = 2048
CLIPS = 3000
SPECIAL = ("<|pad|>", "<|end|>", "<|user|>", "<|assistant|>", "<image>")


def learn(seed: int) -> PreTrainedTokenizerFast:
    """A tokenizer of VOCABULARY tokens from CLIPS clips of a seed."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_texts(seed), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<|pad|>",
        eos_token="<|end|>",
        additional_special_tokens=["<|user|>", "<|assistant|>", "<image>"],
        clean_up_tokenization_spaces=False,
    )


def names(tokenizer: PreTrainedTokenizerFast) -> list[int]:
    """Token ids of the kinds, then of the colours.

    Raises:
        ValueError: one of them is more than one token.
    """
    ids = []
    for word in (*KINDS, *COLOURS):
        pieces = tokenizer.encode(f" {word}", add_special_tokens=False)
        if len(pieces) != 1:
            raise ValueError(f"{word!r} is {len(pieces)} tokens")
        ids += pieces
    return ids


def _texts(seed: int) -> Iterator[str]:
    sets = [prompts.load("default"), prompts.load("sharecaptioner")]
    for number in range(CLIPS):
        for lesson in lessons(plan(seed, number), sets[number % len(sets)], random.Random(number)):
            yield lesson.prompt.text
            yield lesson.answer
