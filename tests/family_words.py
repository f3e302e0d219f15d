"""How families of vision-language models write: chat formats, special tokens, small tokenizers of their classes."""

from __future__ import annotations

import json
from typing import Any

from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import LlamaTokenizer, PreTrainedTokenizerBase

SENTENCES = (
    "A red ball rolls in from the left and stops beside the blue box.",
    "The camera pans to the right; a small green car grows and turns around.",
    "Describe the first frame of the video. What has changed between the two frames?",
    "Sum up the steps: 1. the cat jumps, 2. the yellow star falls, 3. the bird leaves at 4.0 seconds.",
)
# llava-hf/llava-1.5-7b-hf, chat_template.json: the pictures of a turn come before its words.
VICUNA = (
    "{% for m in messages %}{% if m.role != 'system' %}{{ m.role | upper + ': ' }}{% endif %}"
    "{% for c in m.content if c.type == 'image' %}{{ '<image>\n' }}{% endfor %}"
    "{% for c in m.content if c.type == 'text' %}{{ c.text + ' ' }}{% endfor %}{% endfor %}"
    "{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)
# llava-hf/llava-interleave-qwen-0.5b-hf and llava-hf/llava-onevision-qwen2-0.5b-ov-hf, chat_template.json: a space
# after the role, media first, a line break before each text, none after the end mark.
ONEVISION = (
    "{% for m in messages %}{{ '<|im_start|>' + m.role + ' ' }}"
    "{% for c in m.content if c.type in ('image', 'video') %}{{ '<' + c.type + '>' }}{% endfor %}"
    "{% for c in m.content if c.type == 'text' %}{{ '\n' + c.text }}{% endfor %}{{ '<|im_end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def _chatml(image: str, video: str, system: str = "") -> str:
    """ChatML with the media where they stand among the texts, and a system turn where the messages bring none."""
    default = f"<|im_start|>system\n{system}<|im_end|>\n" if system else ""
    return (
        "{% for m in messages %}"
        f"{{% if loop.first and m.role != 'system' %}}{{{{ {default!r} }}}}{{% endif %}}"
        "{{ '<|im_start|>' + m.role + '\n' }}{% if m.content is string %}{{ m.content }}{% else %}"
        "{% for c in m.content %}"
        f"{{% if c.type == 'image' %}}{{{{ {image!r} }}}}{{% elif c.type == 'video' %}}{{{{ {video!r} }}}}"
        "{% else %}{{ c.text }}{% endif %}{% endfor %}{% endif %}{{ '<|im_end|>\n' }}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
    )


QWEN_MEDIA = ("<|vision_start|><|image_pad|><|vision_end|>", "<|vision_start|><|video_pad|><|vision_end|>")
# Qwen/Qwen2.5-VL-3B-Instruct, chat_template.json.
QWEN25 = _chatml(*QWEN_MEDIA, system="You are a helpful assistant.")
# Qwen/Qwen3-VL-2B-Instruct, chat_template.json: no system turn of its own (tools left out here).
QWEN3 = _chatml(*QWEN_MEDIA)
# OpenGVLab/InternVL3-1B-hf, chat_template.jinja.
INTERNVL = _chatml("<IMG_CONTEXT>\n", "<video>\n")
# HuggingFaceTB/SmolVLM2-256M-Video-Instruct, chat_template.json. Where a message has a video, the processor puts its
# own in place of this one: DEFAULT_CHAT_TEMPLATE in transformers/models/smolvlm/processing_smolvlm.py, the same format.
SMOLVLM = (
    "<|im_start|>{% for m in messages %}{{ m.role | capitalize }}"
    "{{ ':' if m.content[0].type == 'image' else ': ' }}"
    "{% for c in m.content %}{{ c.text if c.type == 'text' else '<' + c.type + '>' }}{% endfor %}"
    "{{ '<end_of_utterance>\n' }}{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"
)

QWEN_TOKENS = [
    *(f"<|{name}_{end}|>" for name in ("im", "object_ref", "box", "quad", "vision") for end in ("start", "end")),
    *(f"<|{name}_pad|>" for name in ("vision", "image", "video")),
]
INTERNVL_TOKENS = [
    *("<img>", "</img>", "<IMG_CONTEXT>", "<video>"),
    *(f"<{slash}{name}>" for name in ("quad", "ref", "box") for slash in ("", "/")),
]
SMOLVLM_TOKENS = ["<fake_token_around_image>", "<image>", "<end_of_utterance>", "<global-img>", "<video>"] + [
    f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)
]


def _learn(splitter: pre_tokenizers.PreTokenizer, first: list[str], alphabet: list[str]) -> dict[str, Any]:
    """The vocabulary and merges of a BPE of some 400 tokens over the sentences; `first` has the lowest ids."""
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = splitter
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=first, initial_alphabet=alphabet, show_progress=False)
    core.train_from_iterator(SENTENCES * 2, trainer)
    learned = json.loads(core.to_str())["model"]
    return {"vocab": learned["vocab"], "merges": [tuple(pair) for pair in learned["merges"]]}


def byte_level(kind: type[PreTrainedTokenizerBase], special: list[str], **named: Any) -> PreTrainedTokenizerBase:
    """A tokenizer of bytes: Qwen2Tokenizer or GPT2Tokenizer."""
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learned = _learn(splitter, ["<|endoftext|>"], pre_tokenizers.ByteLevel.alphabet())
    tokenizer = kind(**learned, **named)
    tokenizer.add_special_tokens({"extra_special_tokens": special}, replace_extra_special_tokens=False)
    return tokenizer


def llama_tokenizer() -> PreTrainedTokenizerBase:
    first = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    learned = _learn(pre_tokenizers.Metaspace(), first, [])
    return LlamaTokenizer(**learned, pad_token="<pad>", extra_special_tokens=["<image>"])


def ids_of(tokenizer: PreTrainedTokenizerBase, **tokens: str) -> dict[str, int]:
    """The ids of special tokens, by the names that a configuration gives them."""
    return {name: tokenizer.convert_tokens_to_ids(token) for name, token in tokens.items()}
