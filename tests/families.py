"""Small random checkpoints of the families of vision-language models, for tests that run a real engine.

Each folder holds what a checkpoint on the Hub holds: the family's own model class, processor, image processor, video
processor, tokenizer class, special tokens and chat format. Only the sizes and the weights are not real.

What needs torchvision is imported inside the functions: the two plain LLaVAs do without it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    CLIPVisionConfig,
    GenerationConfig,
    GPT2Tokenizer,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    ProcessorMixin,
    Qwen2Config,
    Qwen2Tokenizer,
    SiglipVisionConfig,
)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from tests.family_words import (
    INTERNVL,
    INTERNVL_TOKENS,
    ONEVISION,
    QWEN3,
    QWEN25,
    QWEN_TOKENS,
    SMOLVLM,
    SMOLVLM_TOKENS,
    VICUNA,
    byte_level,
    ids_of,
    llama_tokenizer,
)

CONTEXT = 4096
# 32 for each head: the smallest one that vLLM's attention on the CPU takes.
TEXT: dict[str, Any] = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "max_position_embeddings": CONTEXT,
    "tie_word_embeddings": False,
}
TOWER: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "patch_size": 14,
}


def _randomise(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, seed: int = 0) -> None:
    """Give every parameter a random value at a scale that keeps signals about one and tells the tokens well apart.

    The model never says a special token or a lone byte: a stray <image> or half a character in an answer would make
    engines differ in ways that have nothing to do with the model.
    """
    dice = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in sorted(model.named_parameters()):
            noise = torch.randn(weight.shape, generator=dice)
            if weight.ndim > 1:
                weight.copy_(noise * 2 / weight[0].numel() ** 0.5)
            elif name.endswith("weight") or "lambda" in name:
                weight.copy_(1 + 0.1 * noise)
            else:
                weight.copy_(0.3 * noise)
        mute = [id_ for id_ in range(len(tokenizer)) if not _speakable(tokenizer, id_)]
        model.get_output_embeddings().weight[mute] = 0


def _speakable(tokenizer: PreTrainedTokenizerBase, id_: int) -> bool:
    text = tokenizer.decode([id_])
    return id_ not in tokenizer.added_tokens_decoder and text.isascii() and text.isprintable() and bool(text)


def _save(kind: type[PreTrainedModel], config: Any, processor: ProcessorMixin, folder: Path) -> Path:
    """Make the model, give it its weights, and save it with its processor."""
    tokenizer = processor.tokenizer
    model = kind(config).float()
    _randomise(model, tokenizer)
    model.generation_config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id, do_sample=False
    )
    model.save_pretrained(folder)
    _rename(folder / "model.safetensors")
    processor.save_pretrained(folder)
    return folder


def _rename(file: Path) -> None:
    """Name the weights of a CLIP or SigLIP tower as the checkpoints on the Hub and vLLM do.

    transformers 5 writes them without `vision_model`, and reads either.
    """
    old, new = "vision_tower.", "vision_tower.vision_model."
    weights = load_file(file)
    if "vision_tower.embeddings.position_embedding.weight" in weights:
        save_file({name.replace(old, new): weight for name, weight in weights.items()}, file, {"format": "pt"})


def llava_clip(parent: Path) -> Path:
    """LLaVA 1.5: CLIP and Llama; 9 tokens a picture."""
    tokenizer = llama_tokenizer()
    size = 42
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(**TOWER, image_size=size, projection_dim=32),
        text_config=LlamaConfig(**TEXT, vocab_size=len(tokenizer), pad_token_id=tokenizer.pad_token_id),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        image_seq_length=9,
        vision_feature_layer=-2,
        vision_feature_select_strategy="default",
        tie_word_embeddings=False,
    )
    processor = LlavaProcessor(
        CLIPImageProcessorPil(size={"shortest_edge": size}, crop_size={"height": size, "width": size}),
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=VICUNA,
    )
    return _save(LlavaForConditionalGeneration, config, processor, parent / "llava-clip")


def _qwen_text(tokenizer: PreTrainedTokenizerBase, **more: Any) -> Qwen2Config:
    return Qwen2Config(
        **TEXT, vocab_size=len(tokenizer), bos_token_id=None, eos_token_id=tokenizer.eos_token_id, **more
    )


def llava_siglip(parent: Path) -> Path:
    """LLaVA-Interleave: SigLIP and Qwen2; 9 tokens a picture."""
    tokenizer = byte_level(Qwen2Tokenizer, ["<|im_start|>", "<|im_end|>", "<image>"], eos_token="<|im_end|>")
    size = 42
    config = LlavaConfig(
        vision_config=SiglipVisionConfig(**TOWER, image_size=size, vision_use_head=False),
        text_config=_qwen_text(tokenizer),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        image_seq_length=9,
        vision_feature_layer=-1,
        vision_feature_select_strategy="full",
        tie_word_embeddings=False,
    )
    processor = LlavaProcessor(
        SiglipImageProcessorPil(size={"height": size, "width": size}),
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="full",
        chat_template=ONEVISION,
    )
    return _save(LlavaForConditionalGeneration, config, processor, parent / "llava-siglip")


def llava_onevision(parent: Path) -> Path:
    """LLaVA-OneVision: SigLIP and Qwen2; up to 51 tokens a picture by its shape, 4 a frame and one more a video."""
    from transformers import (
        LlavaOnevisionConfig,
        LlavaOnevisionForConditionalGeneration,
        LlavaOnevisionImageProcessor,
        LlavaOnevisionProcessor,
        LlavaOnevisionVideoProcessor,
    )

    special = ["<|im_start|>", "<|im_end|>", "<image>", "<video>"]
    tokenizer = byte_level(Qwen2Tokenizer, special, eos_token="<|im_end|>")
    size = 42
    grids = [[size, size], [size, 2 * size], [2 * size, size], [2 * size, 2 * size]]
    config = LlavaOnevisionConfig(
        vision_config=SiglipVisionConfig(**TOWER, image_size=size, vision_use_head=False),
        text_config=_qwen_text(tokenizer),
        **ids_of(tokenizer, image_token_index="<image>", video_token_index="<video>"),
        image_grid_pinpoints=grids,
        tie_word_embeddings=False,
    )
    square = {"height": size, "width": size}
    processor = LlavaOnevisionProcessor(
        LlavaOnevisionImageProcessor(size=square, image_grid_pinpoints=grids),
        tokenizer,
        LlavaOnevisionVideoProcessor(size=square),
        num_image_tokens=9,
        vision_feature_select_strategy="full",
        chat_template=ONEVISION,
    )
    return _save(LlavaOnevisionForConditionalGeneration, config, processor, parent / "llava-onevision")


def _qwen_vl_tokens(tokenizer: PreTrainedTokenizerBase) -> dict[str, int]:
    return ids_of(
        tokenizer,
        image_token_id="<|image_pad|>",
        video_token_id="<|video_pad|>",
        vision_start_token_id="<|vision_start|>",
        vision_end_token_id="<|vision_end|>",
    )


def qwen25_vl(parent: Path) -> Path:
    """Qwen2.5-VL: 4 to 16 tokens a picture and for each two frames of a video."""
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2_5_VLProcessor,
        Qwen2VLImageProcessor,
        Qwen2VLVideoProcessor,
    )

    tokenizer = byte_level(Qwen2Tokenizer, QWEN_TOKENS, eos_token="<|im_end|>")
    config = Qwen2_5_VLConfig(
        vision_config={
            "depth": 2,
            "hidden_size": 64,
            "intermediate_size": 128,
            "num_heads": 2,
            "out_hidden_size": 64,
            "window_size": 56,
            "fullatt_block_indexes": [1],
            "tokens_per_second": 2,
        },
        text_config={
            **TEXT,
            "vocab_size": len(tokenizer),
            "bos_token_id": None,
            "eos_token_id": tokenizer.eos_token_id,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [4, 6, 6]},
        },
        **_qwen_vl_tokens(tokenizer),
        tie_word_embeddings=False,
    )
    size = {"shortest_edge": 4 * 28**2, "longest_edge": 16 * 28**2}
    processor = Qwen2_5_VLProcessor(
        Qwen2VLImageProcessor(size=size), tokenizer, Qwen2VLVideoProcessor(size=size), chat_template=QWEN25
    )
    return _save(Qwen2_5_VLForConditionalGeneration, config, processor, parent / "qwen2.5-vl")


def qwen3_vl(parent: Path) -> Path:
    """Qwen3-VL: 4 to 16 tokens a picture; the pixels of a video are counted over all of its frames."""
    from transformers import (
        Qwen2VLImageProcessor,
        Qwen3VLConfig,
        Qwen3VLForConditionalGeneration,
        Qwen3VLProcessor,
        Qwen3VLVideoProcessor,
    )

    tokenizer = byte_level(Qwen2Tokenizer, QWEN_TOKENS, eos_token="<|im_end|>")
    config = Qwen3VLConfig(
        vision_config={
            "depth": 2,
            "hidden_size": 64,
            "intermediate_size": 128,
            "num_heads": 2,
            "out_hidden_size": 64,
            "num_position_embeddings": 64,
            "deepstack_visual_indexes": [0],
        },
        text_config={
            **TEXT,
            "head_dim": 32,
            "vocab_size": len(tokenizer),
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 5e6,
                "mrope_section": [6, 5, 5],
                "mrope_interleaved": True,
            },
        },
        **_qwen_vl_tokens(tokenizer),
        tie_word_embeddings=False,
    )
    half = [0.5, 0.5, 0.5]
    picture = Qwen2VLImageProcessor(
        size={"shortest_edge": 4 * 32**2, "longest_edge": 16 * 32**2}, patch_size=16, image_mean=half, image_std=half
    )
    video = Qwen3VLVideoProcessor(size={"shortest_edge": 4 * 32**2, "longest_edge": 64 * 32**2})
    processor = Qwen3VLProcessor(picture, tokenizer, video, chat_template=QWEN3)
    return _save(Qwen3VLForConditionalGeneration, config, processor, parent / "qwen3-vl")


def smolvlm(parent: Path) -> Path:
    """SmolVLM2: tiles of 4 tokens, up to 4 tiles and the whole for a picture, one tile a frame."""
    from transformers import (
        SmolVLMConfig,
        SmolVLMForConditionalGeneration,
        SmolVLMImageProcessor,
        SmolVLMProcessor,
        SmolVLMVideoProcessor,
    )

    tokenizer = byte_level(
        GPT2Tokenizer,
        SMOLVLM_TOKENS,
        bos_token="<|im_start|>",
        eos_token="<end_of_utterance>",
        pad_token="<|im_end|>",
    )
    tile = 56
    ids = ids_of(tokenizer, bos_token_id="<|im_start|>", eos_token_id="<end_of_utterance>", pad_token_id="<|im_end|>")
    config = SmolVLMConfig(
        vision_config={**TOWER, "image_size": tile, "model_type": "smolvlm_vision"},
        text_config=LlamaConfig(**TEXT, vocab_size=len(tokenizer), **ids),
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=2,
        tie_word_embeddings=False,
        pad_token_id=ids["pad_token_id"],
    )
    edges = {"size": {"longest_edge": 2 * tile}, "max_image_size": {"longest_edge": tile}}
    video = SmolVLMVideoProcessor(
        **edges,
        do_sample_frames=True,
        video_sampling={"fps": 1, "max_frames": 64, "video_size": {"longest_edge": tile}},
    )
    processor = SmolVLMProcessor(
        SmolVLMImageProcessor(**edges), tokenizer, video, image_seq_len=4, chat_template=SMOLVLM
    )
    return _save(SmolVLMForConditionalGeneration, config, processor, parent / "smolvlm")


def internvl(parent: Path) -> Path:
    """InternVL 3: tiles of 4 tokens, up to 4 tiles and the whole for a picture, one tile a frame."""
    from transformers import (
        GotOcr2ImageProcessor,
        InternVLConfig,
        InternVLForConditionalGeneration,
        InternVLProcessor,
        InternVLVideoProcessor,
        InternVLVisionConfig,
    )

    named = {
        "start_image_token": "<img>",
        "end_image_token": "</img>",
        "context_image_token": "<IMG_CONTEXT>",
        "video_token": "<video>",
    }
    special = QWEN_TOKENS + INTERNVL_TOKENS
    tokenizer = byte_level(Qwen2Tokenizer, special, eos_token="<|im_end|>", extra_special_tokens=named)
    tile = 56
    config = InternVLConfig(
        vision_config=InternVLVisionConfig(**TOWER, image_size=tile, attention_bias=True),
        text_config=_qwen_text(tokenizer),
        image_token_id=tokenizer.convert_tokens_to_ids("<IMG_CONTEXT>"),
        image_seq_length=4,
        tie_word_embeddings=False,
    )
    square = {"height": tile, "width": tile}
    processor = InternVLProcessor(
        GotOcr2ImageProcessor(size=square, crop_to_patches=True, max_patches=4),
        tokenizer,
        InternVLVideoProcessor(size=square),
        image_seq_length=4,
        chat_template=INTERNVL,
    )
    return _save(InternVLForConditionalGeneration, config, processor, parent / "internvl")


FAMILIES: dict[str, Callable[[Path], Path]] = {
    "llava-clip": llava_clip,
    "llava-siglip": llava_siglip,
    "llava-onevision": llava_onevision,
    "qwen2.5-vl": qwen25_vl,
    "qwen3-vl": qwen3_vl,
    "smolvlm": smolvlm,
    "internvl": internvl,
}
