"""A dataset for the Hugging Face Hub: the clips, `metadata.jsonl` and a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recaption.export import videofolder
from recaption.export.items import Item, Items

CARD = """---
task_categories:
- text-to-video
tags:
- video
- captions
---

{count} clips, each with a caption by {models} (recaption, mode {modes}).

```python
from datasets import load_dataset

dataset = load_dataset("videofolder", data_dir="...", split="train")  # columns: video, text
```
"""


def write(folder: Path, items: Items) -> None:
    models: set[str] = set()
    modes: set[str] = set()
    count = 0

    def noted() -> Iterator[Item]:
        nonlocal count
        for item in items:
            models.add(item.row["model"])
            modes.add(item.row["mode"])
            count += 1
            yield item

    videofolder.write(folder, Items(noted, items.more))
    card = CARD.format(count=count, models=", ".join(sorted(models)), modes=", ".join(sorted(modes)))
    (folder / "README.md").write_text(card, encoding="utf-8")
