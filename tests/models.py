"""Small models with random weights, for tests that run a real engine or a real training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPVisionConfig,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaForConditionalGeneration,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextProcessor,
    LlavaProcessor,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    SiglipConfig,
    SiglipModel,
    SiglipVisionConfig,
    SiglipVisionModel,
)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from llava_train.compose import chat_template, compose, save

SENTENCES = (
    "A red ball rolls in from the left and stops beside the blue box.",
    "The camera pans to the right; a small green car grows and turns around.",
    "Describe the first frame of the video. What has changed between the two frames?",
    "Sum up the steps: 1. the cat jumps, 2. the yellow star falls, 3. the bird leaves at 4.0 seconds.",
)


def small_tokenizer(vocab_size: int = 512) -> PreTrainedTokenizerFast:
    """Byte-level BPE learned from a few sentences, with the role tokens of the short chat template."""
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    special = ["<pad>", "</s>", "<|user|>", "<|assistant|>", "<image>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    core.train_from_iterator(
        SENTENCES * 2,
        trainers.BpeTrainer(vocab_size=vocab_size, special_tokens=special, initial_alphabet=alphabet),
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        pad_token="<pad>",
        eos_token="</s>",
        additional_special_tokens=["<|user|>", "<|assistant|>", "<image>"],
    )


def compose_small(
    seed: int = 0, *, image_size: int = 28, init: float = 0.02, context: int = 1024, tie: bool = True
) -> tuple[LlavaForConditionalGeneration, LlavaProcessor]:
    """A random LLaVA: SigLIP of 2 blocks and width 32, Llama of 2 layers and width 64.

    Args:
        image_size: pixels, a multiple of the patch of 14: 28 makes 4 tokens a picture, 42 makes 9.
        init: standard deviation of the language model's weights; large ones give decided, varied answers.
        context: positions of the language model, in tokens.
    """
    torch.manual_seed(seed)
    tokenizer = small_tokenizer()
    tower = SiglipVisionModel(
        SiglipVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=image_size,
            patch_size=14,
            vision_use_head=False,
        )
    )
    llm = LlamaForCausalLM(_small_llama(tokenizer, init, max_position_embeddings=context, tie_word_embeddings=tie))
    image_processor = SiglipImageProcessorPil(size={"height": image_size, "width": image_size})
    return compose(tower, llm, tokenizer, image_processor)


def small_llava(
    folder: str | Path, seed: int = 0, *, image_size: int = 28, init: float = 0.02, context: int = 1024
) -> Path:
    """Save the model of `compose_small` in fp32 and return its folder."""
    model, processor = compose_small(seed, image_size=image_size, init=init, context=context)
    save(model, processor, folder, torch.float32)
    return Path(folder)


def _small_llama(tokenizer: PreTrainedTokenizerFast, init: float, **more: Any) -> LlamaConfig:
    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=init,
        bos_token_id=None,
        **more,
    )


def small_llava_next(folder: str | Path, seed: int = 0, *, init: float = 0.02) -> Path:
    """Save a random LLaVA-NeXT in fp32, whose pictures cost more or fewer tokens by their shape; return its folder."""
    torch.manual_seed(seed)
    tokenizer = small_tokenizer()
    config = LlavaNextConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=28,
            patch_size=14,
        ),
        text_config=_small_llama(
            tokenizer,
            init,
            max_position_embeddings=1024,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
        ),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        image_grid_pinpoints=[[28, 56], [56, 28], [56, 56]],
        vision_feature_layer=-2,
        vision_feature_select_strategy="default",
    )
    model = LlavaNextForConditionalGeneration(config)
    model.generation_config.update(eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    processor = LlavaNextProcessor(
        image_processor=LlavaNextImageProcessorPil(
            size={"shortest_edge": 28},
            crop_size={"height": 28, "width": 28},
            image_grid_pinpoints=config.image_grid_pinpoints,
        ),
        tokenizer=tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=chat_template(tokenizer),
    )
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return Path(folder)


def small_clip(folder: str | Path, seed: int = 0) -> Path:
    """Save a random CLIP of width 32, that sees 32 pixels and reads 24 tokens; return its folder.

    Its weights are large, so that pictures that differ look different to it.
    """
    torch.manual_seed(seed)
    tokenizer = _ending_tokenizer()
    model = CLIPModel(CLIPConfig(projection_dim=24, **_towers(tokenizer, initializer_factor=6.0)))
    size = {"shortest_edge": 32}, {"height": 32, "width": 32}
    return _saved(folder, model, tokenizer, CLIPImageProcessorPil(size=size[0], crop_size=size[1]))


def small_siglip(folder: str | Path, seed: int = 0) -> Path:
    """Save a random SigLIP of the same size; return its folder."""
    torch.manual_seed(seed)
    tokenizer = _ending_tokenizer()
    model = SiglipModel(SiglipConfig(**_towers(tokenizer)))
    return _saved(folder, model, tokenizer, SiglipImageProcessorPil(size={"height": 32, "width": 32}))


def _ending_tokenizer() -> PreTrainedTokenizerFast:
    """A tokenizer that ends each text, where a model that reads it sums it up."""
    tokenizer = small_tokenizer()
    end = ("</s>", tokenizer.convert_tokens_to_ids("</s>"))
    tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[end])
    return tokenizer


def _towers(tokenizer: PreTrainedTokenizerFast, **more: float) -> dict[str, Any]:
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, **more}
    ids = {name: getattr(tokenizer, name) for name in ("pad_token_id", "eos_token_id")}
    words = {"vocab_size": len(tokenizer), "max_position_embeddings": 24, "bos_token_id": 1, **ids}
    return {"vision_config": {**size, "image_size": 32, "patch_size": 8}, "text_config": {**size, **words}}


def _saved(
    folder: str | Path, model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, image_processor: Any
) -> Path:
    for part in (model, tokenizer, image_processor):
        part.save_pretrained(folder)
    return Path(folder)
