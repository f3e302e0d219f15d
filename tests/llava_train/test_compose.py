from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import (
    AutoModelForImageTextToText,
    AutoProcessor,
    CLIPVisionConfig,
    CLIPVisionModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2ForCausalLM,
    SiglipVisionConfig,
    SiglipVisionModel,
)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from llava_train.compose import chat_template, compose, save
from tests.models import compose_small, small_tokenizer

CHAT = [
    {"role": "user", "content": [{"type": "image"}, {"type": "image"}, {"type": "text", "text": "what changed?"}]},
    {"role": "assistant", "content": [{"type": "text", "text": "the red ball"}]},
    {"role": "user", "content": "and then?"},
    {"role": "assistant", "content": "it stops"},
]


def picture(seed: int = 0) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (30, 50, 3), dtype=np.uint8))


def inputs_for(processor, dtype: torch.dtype = torch.float32):  # type: ignore[no-untyped-def]
    content = [{"type": "image", "image": picture(0)}, {"type": "image", "image": picture(1)}]
    chat = [{"role": "user", "content": [*content, {"type": "text", "text": "what changed?"}]}]
    return processor.apply_chat_template(
        [chat], tokenize=True, return_dict=True, return_tensors="pt", add_generation_prompt=True
    ).to(dtype=dtype)


def reload(folder: Path):  # type: ignore[no-untyped-def]
    model, info = AutoModelForImageTextToText.from_pretrained(folder, output_loading_info=True)
    assert not any(info.values()), info
    return model.eval(), AutoProcessor.from_pretrained(folder)


@pytest.mark.parametrize("tie", [True, False])
def test_a_saved_folder_loads_whole_and_gives_the_same_logits(tmp_path: Path, tie: bool) -> None:
    model, processor = compose_small(tie=tie)
    save(model, processor, tmp_path, torch.float32)
    loaded, loaded_processor = reload(tmp_path)
    inputs = inputs_for(processor)
    # Where torchvision is there, it resizes for the loaded processor, and rounds otherwise than Pillow.
    torch.testing.assert_close(dict(inputs_for(loaded_processor)), dict(inputs), atol=0.02, rtol=0)
    with torch.inference_mode():
        assert torch.equal(model.eval()(**inputs).logits, loaded(**inputs).logits)
    shares = loaded.lm_head.weight.data_ptr() == loaded.get_input_embeddings().weight.data_ptr()
    assert shares == tie


def test_one_folder_holds_everything_a_server_needs(tmp_path: Path) -> None:
    model, processor = compose_small()
    save(model, processor, tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    assert config["vision_feature_select_strategy"] == "full"
    assert config["vision_config"]["model_type"] == "siglip_vision_model"
    assert {config["dtype"], config["text_config"]["dtype"], config["vision_config"]["dtype"]} == {"bfloat16"}
    assert {tensor.dtype for tensor in load_file(tmp_path / "model.safetensors").values()} == {torch.bfloat16}
    assert model.dtype == torch.float32, "saving must not change the model in memory"
    generation = json.loads((tmp_path / "generation_config.json").read_text())
    assert generation["eos_token_id"] == processor.tokenizer.eos_token_id
    assert generation["pad_token_id"] == processor.tokenizer.pad_token_id
    loaded, loaded_processor = reload(tmp_path)
    assert loaded.dtype == torch.bfloat16
    assert loaded_processor.chat_template == processor.chat_template
    assert loaded_processor.num_additional_image_tokens == 0


class _Copies(TorchDispatchMode):
    """Where each new tensor was told to be."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[torch.device | None] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        if made.untyped_storage().data_ptr() != args[0].untyped_storage().data_ptr():
            self.places.append((kwargs or {}).get("device"))
        return made


# The pitfall of a jump in memory: a GPU in training has no room for a second model.
def test_saving_makes_tensors_on_the_cpu_only_and_each_once(tmp_path: Path) -> None:
    model, processor = compose_small(tie=False)
    with _Copies() as copies:
        save(model, processor, tmp_path)
    assert copies.places == [torch.device("cpu")] * len(model.state_dict())


def test_weights_have_the_names_that_vllm_reads_from_the_first_save_on(tmp_path: Path) -> None:
    # vLLM's LlavaForConditionalGeneration reads either language_model.model.* and vision_tower.vision_model.*, or the
    # same with "model." in front of the part and without the inner "model."; a bare vision_tower.embeddings is lost.
    model, processor = compose_small(tie=False)
    save(model, processor, tmp_path / "first", torch.float32)
    loaded, _ = reload(tmp_path / "first")
    loaded.save_pretrained(tmp_path / "second")
    model.save_pretrained(tmp_path / "as_trainer_saves_it")
    names = [set(load_file(folder / "model.safetensors")) for folder in sorted(tmp_path.iterdir())]
    assert names[0] == names[1] == names[2]
    beginnings = ("language_model.model.", "language_model.lm_head.", "multi_modal_projector.linear_")
    for name in names[0]:
        assert name.startswith((*beginnings, "vision_tower.vision_model."))
    assert "vision_tower.vision_model.encoder.layers.0.self_attn.q_proj.weight" in names[0]
    assert "language_model.lm_head.weight" in names[0]


def test_names_that_vllm_does_not_read_are_not_written_unnoticed(tmp_path: Path) -> None:
    model, processor = compose_small()
    model._weight_conversions = None
    with pytest.raises(RuntimeError, match=r"vLLM reads vision_tower\.vision_model\.\*, written was vision_tower\.e"):
        save(model, processor, tmp_path)


def test_a_picture_costs_its_patches(tmp_path: Path) -> None:
    for size, tokens in ((28, 4), (42, 9)):
        _, processor = compose_small(image_size=size)
        ids = inputs_for(processor)["input_ids"]
        assert int((ids == processor.image_token_id).sum()) == 2 * tokens


def test_the_short_template_and_its_marks() -> None:
    _, processor = compose_small()
    text = processor.apply_chat_template(CHAT)
    assert text == (
        "<|user|><image>\n<image>\nwhat changed?<|assistant|>the red ball</s><|user|>and then?<|assistant|>it stops</s>"
    )
    assert processor.apply_chat_template(CHAT[:1], add_generation_prompt=True).endswith("what changed?<|assistant|>")
    assert _marked(processor.tokenizer, processor.chat_template) == "the red ball</s>it stops</s>"


def test_other_vocabularies_get_the_template_they_know() -> None:
    chatml = small_tokenizer()
    chatml.add_special_tokens({"additional_special_tokens": ["<|im_start|>", "<|im_end|>"]})
    chatml.eos_token = "<|im_end|>"
    del_roles = {"<|user|>", "<|assistant|>"}
    template = chat_template(_without(chatml, del_roles))
    rendered = chatml.apply_chat_template(CHAT[:2], chat_template=template, tokenize=False)
    assert rendered == (
        "<|im_start|>user\n<image>\n<image>\nwhat changed?<|im_end|>\n<|im_start|>assistant\nthe red ball<|im_end|>\n"
    )
    assert _marked(chatml, template) == "the red ball<|im_end|>it stops<|im_end|>"
    chatml.chat_template = "{{ '<|im_start|>system\nYou see \"all\"<|im_end|>\n<|im_start|>user\n' }}"
    begun = chatml.apply_chat_template(CHAT[:2], chat_template=chat_template(chatml), tokenize=False)
    assert begun == '<|im_start|>system\nYou see "all"<|im_end|>\n' + rendered

    plain = chat_template(_without(small_tokenizer(), del_roles))
    rendered = small_tokenizer().apply_chat_template(CHAT[:2], chat_template=plain, tokenize=False)
    assert rendered == "USER: <image>\n<image>\nwhat changed? ASSISTANT: the red ball</s>"
    with pytest.raises(Exception, match="roles are user and assistant, not system"):
        small_tokenizer().apply_chat_template([{"role": "system", "content": "x"}], chat_template=plain, tokenize=False)


def _without(tokenizer: PreTrainedTokenizerFast, tokens: set[str]):  # type: ignore[no-untyped-def]
    vocabulary = {token: i for token, i in tokenizer.get_vocab().items() if token not in tokens}
    tokenizer.get_vocab = lambda: vocabulary  # type: ignore[method-assign]
    return tokenizer


def _marked(tokenizer: PreTrainedTokenizerFast, template: str) -> str:
    encoded = tokenizer.apply_chat_template(
        CHAT, chat_template=template, tokenize=True, return_dict=True, return_assistant_tokens_mask=True
    )
    pairs = zip(encoded["input_ids"], encoded["assistant_masks"], strict=True)
    return tokenizer.decode([token for token, marked in pairs if marked])


def test_a_clip_tower_leaves_its_class_token_out(tmp_path: Path) -> None:
    tower = CLIPVisionModel(
        CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=3,
            num_attention_heads=2,
            image_size=28,
            patch_size=14,
        )
    )
    llm = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=512, hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
            num_key_value_heads=1, max_position_embeddings=256,
        )
    )  # fmt: skip
    image_processor = CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28})
    model, processor = compose(tower, llm, small_tokenizer(), image_processor, feature_layer=-2)
    save(model, processor, tmp_path, torch.float32)
    loaded, loaded_processor = reload(tmp_path)
    inputs = inputs_for(loaded_processor)
    assert int((inputs["input_ids"] == processor.image_token_id).sum()) == 2 * 4
    with torch.inference_mode():
        assert torch.equal(model.eval()(**inputs).logits, loaded(**inputs).logits)
    assert any(name.startswith("vision_tower.vision_model.") for name in load_file(tmp_path / "model.safetensors"))


def _parts(vocab_size: int, use_head: bool = False):  # type: ignore[no-untyped-def]
    tower = SiglipVisionModel(
        SiglipVisionConfig(
            hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2, image_size=28,
            patch_size=14, vision_use_head=use_head,
        )
    )  # fmt: skip
    llm = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=vocab_size, hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2
        )
    )
    return tower, llm


def test_embeddings_grow_only_when_they_must_and_the_head_of_the_tower_goes(tmp_path: Path) -> None:
    tokenizer = small_tokenizer()
    for vocab_size, rows in ((len(tokenizer), len(tokenizer)), (len(tokenizer) - 1, -(-len(tokenizer) // 64) * 64)):
        tower, llm = _parts(vocab_size, use_head=True)
        model, processor = compose(tower, llm, tokenizer, SiglipImageProcessorPil(size={"height": 28, "width": 28}))
        assert model.get_input_embeddings().num_embeddings == rows == model.config.text_config.vocab_size
        save(model, processor, tmp_path / str(rows))
        reload(tmp_path / str(rows))
        assert not any(".head." in name for name in load_file(tmp_path / str(rows) / "model.safetensors"))


def test_parts_that_do_not_match_are_refused() -> None:
    tower, llm = _parts(512)
    with pytest.raises(ValueError, match="gives pictures of 56x56, the tower takes 28x28"):
        compose(tower, llm, small_tokenizer(), SiglipImageProcessorPil(size={"height": 56, "width": 56}))
    tokenizer = small_tokenizer()
    tokenizer.eos_token = None
    with pytest.raises(ValueError, match="no end token"):
        compose(tower, llm, tokenizer, SiglipImageProcessorPil(size={"height": 28, "width": 28}))
