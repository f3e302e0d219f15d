"""Rides in vLLM's worker and counts what the vision tower encodes (`worker_extension_cls`)."""

from __future__ import annotations

from typing import Any


class Counting:
    model_runner: Any

    def count_pictures(self) -> None:
        self.counted = 0
        model = self.model_runner.get_model()
        tower = next(module for name, module in model.named_modules() if name.endswith("vision_tower"))
        tower.register_forward_pre_hook(self._count, with_kwargs=True)

    def pictures_counted(self) -> int:
        return self.counted

    def _count(self, _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        pixels = args[0] if args else kwargs["pixel_values"]
        self.counted += len(pixels)
