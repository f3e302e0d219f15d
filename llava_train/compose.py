"""A vision tower and a language model become one LLaVA, which transformers and vLLM both load from its folder.

model, processor = compose(tower, llm, tokenizer, image_processor)
save(model, processor, "out/start")
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import safe_open
from transformers import GenerationConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
from transformers.conversion_mapping import get_model_conversion_mapping
from transformers.models.llava.modeling_llava import LlavaMultiModalProjector

if TYPE_CHECKING:
    from transformers import CLIPVisionModel, PreTrainedModel, PreTrainedTokenizerBase, SiglipVisionModel
    from transformers.image_processing_utils import BaseImageProcessor

IMAGE_TOKEN = "<image>"

_TURNS = """\
{{%- for message in messages -%}}
{{%- if message['role'] == 'user' -%}}{{{{- {user} -}}}}
{{%- elif message['role'] == 'assistant' -%}}{{{{- {assistant} -}}}}
{{%- else -%}}{{{{- raise_exception('roles are user and assistant, not ' + message['role']) -}}}}{{%- endif -%}}
{{%- if message['role'] == 'assistant' -%}}
{{%- generation -%}}
{{%- if message['content'] is string -%}}{{{{- message['content'] -}}}}
{{%- else -%}}{{%- for part in message['content'] -%}}{{{{- part['text'] -}}}}{{%- endfor -%}}{{%- endif -%}}
{{{{- eos_token -}}}}
{{%- endgeneration -%}}{after}
{{%- elif message['content'] is string -%}}{{{{- message['content'] + {end} -}}}}
{{%- else -%}}
{{%- for part in message['content'] -%}}
{{%- if part['type'] == 'image' -%}}{{{{- '<image>\\n' -}}}}{{%- else -%}}{{{{- part['text'] -}}}}{{%- endif -%}}
{{%- endfor -%}}
{{{{- {end} -}}}}
{{%- endif -%}}
{{%- endfor -%}}
{{%- if add_generation_prompt -%}}{{{{- {assistant} -}}}}{{%- endif -%}}
"""


def compose(
    tower: SiglipVisionModel | CLIPVisionModel,
    llm: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    image_processor: BaseImageProcessor,
    *,
    feature_layer: int = -1,
) -> tuple[LlavaForConditionalGeneration, LlavaProcessor]:
    """One LLaVA from a tower and a causal LM, whose weights it shares, and a fresh projector of two linear layers.

    A picture costs (image_size / patch_size)^2 tokens. The tokenizer gets `<image>` and, where it has none, a padding
    token; the embeddings grow, in steps of 64 rows, only when the tokenizer then has more tokens than they have rows.
    A SigLIP tower loses its pooling head, which LLaVA does not use.

    Args:
        tower: its hidden state `feature_layer` is what the projector reads, before any final norm.
        llm: any causal LM with a decoder at `.model` (Llama, Qwen, Mistral ...).
        tokenizer: with an end token; changed in place. The chat template follows from its vocabulary: `<|user|>` and
            `<|assistant|>` where it has both, ChatML where it has `<|im_start|>`, else Vicuna's USER and ASSISTANT.
        image_processor: gives pictures of the tower's size.
        feature_layer: -1 is the output of the last block, -2 that of the one before.

    Raises:
        ValueError: the image processor gives another size than the tower takes, or the tokenizer has no end token.
    """
    has_class_token = tower.config.model_type == "clip_vision_model"
    _check_size(tower, image_processor)
    _add_tokens(tokenizer)
    if len(tokenizer) > llm.get_input_embeddings().num_embeddings:
        llm.resize_token_embeddings(len(tokenizer), pad_to_multiple_of=64)

    if not has_class_token:
        tower.config.vision_use_head, tower.use_head, tower.head = False, False, None
    patches = (tower.config.image_size // tower.config.patch_size) ** 2
    config = LlavaConfig(
        vision_config=tower.config,
        text_config=llm.config,
        image_token_index=tokenizer.convert_tokens_to_ids(IMAGE_TOKEN),
        image_seq_length=patches,
        vision_feature_layer=feature_layer,
        vision_feature_select_strategy="default" if has_class_token else "full",
        projector_hidden_act="gelu",
        tie_word_embeddings=llm.config.tie_word_embeddings,
    )
    llm.config.pad_token_id = tokenizer.pad_token_id
    llm.config.eos_token_id = tokenizer.eos_token_id
    with torch.device("meta"):
        model = LlavaForConditionalGeneration(config)
    model.model.vision_tower = tower
    model.model.language_model = llm.model
    model.model.multi_modal_projector = LlavaMultiModalProjector(config).to(llm.device, llm.dtype)
    model.lm_head = llm.lm_head
    model.tie_weights()
    model.generation_config = GenerationConfig(
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id
    )
    # Without this mark a model that no checkpoint was loaded into saves `vision_tower.embeddings...`; vLLM reads
    # `vision_tower.vision_model.embeddings...`, and so do all published checkpoints.
    model._weight_conversions = get_model_conversion_mapping(model, add_legacy=False)

    processor = LlavaProcessor(
        image_processor=image_processor,
        tokenizer=tokenizer,
        patch_size=tower.config.patch_size,
        vision_feature_select_strategy=config.vision_feature_select_strategy,
        num_additional_image_tokens=1 if has_class_token else 0,
        chat_template=chat_template(tokenizer),
        image_token=IMAGE_TOKEN,
    )
    tokenizer.model_max_length = llm.config.max_position_embeddings
    return model, processor


def save(
    model: LlavaForConditionalGeneration,
    processor: LlavaProcessor,
    folder: str | Path,
    dtype: torch.dtype = torch.bfloat16,
) -> None:
    """Write weights, configs, tokenizer, processor, chat template and generation config as one folder.

    The model in memory keeps its own dtype, and on a GPU nothing more is taken for it.

    Raises:
        RuntimeError: the weights that were written do not have the names that vLLM reads.
    """
    cast: dict[int, torch.Tensor] = {}  # keeps tied weights tied
    state = {
        name: cast.setdefault(tensor.data_ptr(), tensor.to("cpu", dtype)) for name, tensor in model.state_dict().items()
    }
    model.save_pretrained(folder, state_dict=state)
    config = copy.deepcopy(model.config)
    for part in (config, config.text_config, config.vision_config):
        part.dtype = dtype
    config.save_pretrained(folder)
    processor.save_pretrained(folder)
    _check_names(Path(folder))


def chat_template(tokenizer: PreTrainedTokenizerBase) -> str:
    """The chat template for a tokenizer, with `{% generation %}` around the answer and its end token.

    Roles are user and assistant. A content is a string, or a list of {"type": "image"} and
    {"type": "text", "text": "..."}. With ChatML a chat begins as the tokenizer's own template begins it, with its
    system prompt where it has one.
    """
    vocabulary = tokenizer.get_vocab()
    starts_with_bos = tokenizer.bos_token_id is not None and tokenizer("").input_ids[:1] == [tokenizer.bos_token_id]
    before = "bos_token" if starts_with_bos else ""
    if {"<|user|>", "<|assistant|>"} <= vocabulary.keys():
        turns = _TURNS.format(user="'<|user|>'", end="''", assistant="'<|assistant|>'", after="")
    elif "<|im_start|>" in vocabulary:
        before = json.dumps(_own_beginning(tokenizer), ensure_ascii=False) if tokenizer.chat_template else before
        turns = _TURNS.format(
            user="'<|im_start|>user\\n'",
            end="'<|im_end|>\\n'",
            assistant="'<|im_start|>assistant\\n'",
            after="{{- '\\n' -}}",
        )
    else:
        turns = _TURNS.format(user="'USER: '", end="' '", assistant="'ASSISTANT: '", after="")
    return (f"{{{{- {before} -}}}}\n" if before else "") + turns


def _own_beginning(tokenizer: PreTrainedTokenizerBase) -> str:
    """What a ChatML tokenizer's own template puts before the first turn of the user."""
    rendered = tokenizer.apply_chat_template([{"role": "user", "content": "?"}], tokenize=False)
    return rendered.partition("<|im_start|>user")[0]


def _add_tokens(tokenizer: PreTrainedTokenizerBase) -> None:
    tokenizer.add_special_tokens({"additional_special_tokens": [IMAGE_TOKEN]}, replace_extra_special_tokens=False)
    if "<|im_end|>" in tokenizer.get_vocab():
        tokenizer.eos_token = "<|im_end|>"
    if tokenizer.eos_token is None:
        raise ValueError("the tokenizer has no end token: set tokenizer.eos_token")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token


def _check_size(tower: PreTrainedModel, image_processor: BaseImageProcessor) -> None:
    given = image_processor.crop_size if getattr(image_processor, "do_center_crop", False) else image_processor.size
    height, width, taken = given.get("height"), given.get("width"), tower.config.image_size
    if (height, width) != (taken, taken):
        raise ValueError(f"the image processor gives pictures of {width}x{height}, the tower takes {taken}x{taken}")


def _check_names(folder: Path) -> None:
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "pt") as weights:
            wrong = [
                name
                for name in weights.keys()  # noqa: SIM118 - not a dict
                if "vision_tower." in name and "vision_tower.vision_model." not in name
            ]
        if wrong:
            raise RuntimeError(f"{file}: vLLM reads vision_tower.vision_model.*, written was {wrong[0]}")
