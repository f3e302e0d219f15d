"""Questions become what a model takes: token counts, and one padded batch for `generate`."""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from PIL import Image

from recaption.clip import Picture, Question, picture_hash

FIXED_TOWERS = {"clip_vision_model", "siglip_vision_model"}
"""Vision towers that see every picture at one size; LLaVA with Pixtral's does not."""

AT_ONCE = 8
"""Pictures that go through the tower together: on two cores 2 and 16 of them took longer than 8, for each picture."""


@dataclass(frozen=True)
class Prompt:
    """A question as the model will see it.

    Attributes:
        question: what was asked.
        tokens: length of the prompt, the pictures' tokens included.
        ids: the prompt's token ids where the encoder needs no second pass over the text, else empty.
    """

    question: Question
    tokens: int
    ids: tuple[int, ...] = ()


class Encoder(Protocol):
    """`prepare` runs in one thread, and `batch` in any."""

    def prepare(self, question: Question) -> Prompt:
        """Render and count one question. Does not run the model."""
        ...

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        """What `generate` takes for these prompts, padded on the left, on the model's device."""
        ...


def encoder_for(model: Any, processor: Any, remember: int) -> Encoder:
    """The encoder that suits a model: LlavaEncoder where each picture costs a fixed number of tokens."""
    return LlavaEncoder(model, processor, remember) if has_fixed_tower(model) else ProcessorEncoder(model, processor)


def has_fixed_tower(model: Any) -> bool:
    """Whether the model sees every picture at one size, and each for the same number of tokens."""
    config = model.config
    return config.model_type == "llava" and config.vision_config.model_type in FIXED_TOWERS


class ProcessorEncoder:
    """Leaves everything to the model's own processor, whatever the architecture."""

    def __init__(self, model: Any, processor: Any) -> None:
        self.model = model
        self.processor = processor
        self.processor.tokenizer.padding_side = "left"
        # A fast tokenizer must not be shared by threads while one of them sets padding.
        self.counter = copy.deepcopy(processor)
        self.padding = threading.Lock()
        self.extra: dict[tuple[tuple[int, ...], ...], int] = {}

    def prepare(self, question: Question) -> Prompt:
        text = len(self._text_ids(question))
        shapes = tuple(picture.shape for picture in question.pictures)
        if shapes and shapes not in self.extra:
            bare = Question("", question.pictures)
            encoded = self.counter.apply_chat_template(
                [_messages(bare)], tokenize=True, return_dict=True, add_generation_prompt=True
            )
            self.extra[shapes] = len(encoded["input_ids"][0]) - len(self._text_ids(bare))
        return Prompt(question, text + self.extra.get(shapes, 0))

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        with self.padding:
            inputs = self.processor.apply_chat_template(
                [_messages(prompt.question) for prompt in prompts],
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
                add_generation_prompt=True,
                processor_kwargs={"padding": True},
            )
        return dict(inputs.to(self.model.device, dtype=self.model.dtype))

    def _text_ids(self, question: Question) -> list[int]:
        return _tokenize(self.counter.tokenizer, _render(self.counter, question))


class LlavaEncoder:
    """For LLaVA: each picture is a fixed number of tokens, and is encoded once for as long as it is remembered.

    Args:
        remember: pictures whose projected features are kept, by picture hash; the least recently used go first.
    """

    def __init__(self, model: Any, processor: Any, remember: int) -> None:
        self.model = model
        self.processor = processor
        self.tokenizer = copy.deepcopy(processor.tokenizer)
        self.image_token: str = processor.image_token
        self.remember = remember
        self.features: OrderedDict[str, torch.Tensor] = OrderedDict()
        self.remembering = threading.Lock()
        patches = (model.config.vision_config.image_size // model.config.vision_config.patch_size) ** 2
        class_token = processor.num_additional_image_tokens
        self.picture_tokens = patches + class_token - (processor.vision_feature_select_strategy == "default")

    def prepare(self, question: Question) -> Prompt:
        text = _render(self.processor, question)
        if text.count(self.image_token) != len(question.pictures):
            raise ValueError(f"the words of a question must not contain {self.image_token}")
        ids = _tokenize(self.tokenizer, text.replace(self.image_token, self.image_token * self.picture_tokens))
        return Prompt(question, len(ids), tuple(ids))

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        device = self.model.device
        longest = max(prompt.tokens for prompt in prompts)
        ids = torch.zeros((len(prompts), longest), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, prompt in enumerate(prompts):
            ids[row, longest - prompt.tokens :] = torch.tensor(prompt.ids)
            mask[row, longest - prompt.tokens :] = 1
        ids, mask = ids.to(device), mask.to(device)
        embeds = self.model.get_input_embeddings()(ids)
        pictures = [picture for prompt in prompts for picture in prompt.question.pictures]
        if pictures:
            is_picture = (ids == self.model.config.image_token_id) & (mask == 1)
            embeds = embeds.masked_scatter(is_picture[..., None], torch.cat(self._encode(pictures)))
        return {"input_ids": ids, "inputs_embeds": embeds, "attention_mask": mask}

    def _encode(self, pictures: Sequence[Picture]) -> list[torch.Tensor]:
        """Projected features of each picture, shape (picture tokens, width of the language model)."""
        keys = [picture_hash(picture) for picture in pictures]
        with self.remembering:
            found = {key: self.features[key] for key in keys if key in self.features}
        new = {key: picture for key, picture in zip(keys, pictures, strict=True) if key not in found}
        for chunk in _chunks(list(new.items()), AT_ONCE):
            images = [Image.fromarray(picture) for _, picture in chunk]
            pixels = self.processor.image_processor(images, return_tensors="pt")["pixel_values"]
            pixels = pixels.to(self.model.device, self.model.dtype)
            encoded = self.model.get_image_features(pixel_values=pixels).pooler_output
            for (key, _), features in zip(chunk, encoded, strict=True):
                found[key] = features.clone()
        self._remember(found)
        return [found[key] for key in keys]

    def _remember(self, found: dict[str, torch.Tensor]) -> None:
        with self.remembering:
            for key, features in found.items():
                self.features[key] = features
                self.features.move_to_end(key)
            while len(self.features) > self.remember:
                self.features.popitem(last=False)


def _messages(question: Question) -> list[dict[str, Any]]:
    pictures = [{"type": "image", "image": Image.fromarray(picture)} for picture in question.pictures]
    return [{"role": "user", "content": [*pictures, {"type": "text", "text": question.prompt}]}]


def _render(processor: Any, question: Question) -> str:
    content = [{"type": "image"}] * len(question.pictures) + [{"type": "text", "text": question.prompt}]
    return processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True)


def _tokenize(tokenizer: Any, text: str) -> list[int]:
    # As apply_chat_template does: a template that writes the start token itself does not get a second one.
    add_special_tokens = tokenizer.bos_token is None or not text.startswith(tokenizer.bos_token)
    return tokenizer(text, add_special_tokens=add_special_tokens).input_ids


def _chunks(items: list[Any], size: int) -> list[list[Any]]:
    return [items[i : i + size] for i in range(0, len(items), size)]
