"""Questions become what a model takes: one padded batch for `generate`."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

import torch
from PIL import Image

from recaption.clip import Picture, picture_hash
from recaption.engines.chat import chat
from recaption.engines.rendering import Prompt, film_kwargs, has_fixed_tower, play, plays_films, show

AT_ONCE = 8
"""Pictures that go through the tower together: on two cores 2 and 16 of them took longer than 8, for each picture."""


class Encoder(Protocol):
    """Makes batches of questions, in any thread.

    Attributes:
        picture_tokens: what each picture costs; None where that depends on its size.
        plays_films: whether frames of one video go to the model as that.
    """

    picture_tokens: int | None
    plays_films: bool

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        """What `generate` takes for these prompts, padded on the left, on the model's device."""
        ...


def encoder_for(model: Any, processor: Any, remember: int) -> Encoder:
    """The encoder that suits a model: LlavaEncoder where each picture costs a fixed number of tokens."""
    if has_fixed_tower(model.config):
        return LlavaEncoder(model, processor, remember)
    return ProcessorEncoder(model, processor)


class ProcessorEncoder:
    """Leaves everything to the model's own processor, whatever the architecture."""

    picture_tokens: int | None = None

    def __init__(self, model: Any, processor: Any) -> None:
        self.model = model
        self.processor = processor
        self.plays_films = plays_films(processor)
        self.processor.tokenizer.padding_side = "left"
        self.padding = threading.Lock()  # a fast tokenizer must not be used while another thread sets padding

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        with self.padding:
            inputs = self.processor.apply_chat_template(
                [chat(prompt.question, show, play if self.plays_films else None) for prompt in prompts],
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
                add_generation_prompt=True,
                processor_kwargs={
                    "padding": True,
                    **film_kwargs([film for prompt in prompts for film in prompt.films]),
                },
            )
        return dict(inputs.to(self.model.device, dtype=self.model.dtype))


class LlavaEncoder:
    """For LLaVA: each picture is a fixed number of tokens, and is encoded once for as long as it is remembered.

    Args:
        remember: pictures whose projected features are kept, by picture hash; the least recently used go first.
    """

    plays_films = False

    def __init__(self, model: Any, processor: Any, remember: int) -> None:
        self.model = model
        self.processor = processor
        self.remember = remember
        self.features: OrderedDict[str, torch.Tensor] = OrderedDict()
        self.remembering = threading.Lock()
        self.picture_id: int = model.config.image_token_id
        patches = (model.config.vision_config.image_size // model.config.vision_config.patch_size) ** 2
        class_token = processor.num_additional_image_tokens
        self.picture_tokens = patches + class_token - (processor.vision_feature_select_strategy == "default")

    def batch(self, prompts: Sequence[Prompt]) -> dict[str, Any]:
        device = self.model.device
        longest = max(prompt.tokens for prompt in prompts)
        ids = torch.zeros((len(prompts), longest), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, prompt in enumerate(prompts):
            ids[row, longest - prompt.tokens :] = torch.tensor(self._expanded(prompt.ids))
            mask[row, longest - prompt.tokens :] = 1
        ids, mask = ids.to(device), mask.to(device)
        embeds = self.model.get_input_embeddings()(ids)
        pictures = [picture for prompt in prompts for picture in prompt.question.all_pictures]
        if pictures:
            is_picture = (ids == self.picture_id) & (mask == 1)
            embeds = embeds.masked_scatter(is_picture[..., None], torch.cat(self._encode(pictures)))
        return {"input_ids": ids, "inputs_embeds": embeds, "attention_mask": mask}

    def _expanded(self, ids: Sequence[int]) -> list[int]:
        return [one for i in ids for one in [i] * (self.picture_tokens if i == self.picture_id else 1)]

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


def _chunks(items: list[Any], size: int) -> list[list[Any]]:
    return [items[i : i + size] for i in range(0, len(items), size)]
