from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from llava_train import films
from tests.llava_train.small import write_rows
from tests.models import small_llava


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a small random LLaVA to start from."""
    return small_llava(tmp_path_factory.mktemp("start"))


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LLaVA JSON of sixteen pictures with a question each."""
    return write_rows(tmp_path_factory.mktemp("rows"))


@pytest.fixture(autouse=True, scope="module")
def decode_worker() -> Iterator[None]:
    """No decode worker is left to the tests of other packages, which count them."""
    yield
    films.close()
