from __future__ import annotations

from collections.abc import Iterator

import pytest

from llava_train import films


@pytest.fixture(autouse=True, scope="module")
def decode_worker() -> Iterator[None]:
    """No decode worker is left to the tests of other packages, which count them."""
    yield
    films.close()
