"""What people write after --seconds and --size."""

import pytest

from recaption.errors import UsageError
from recaption.scripted.files import seconds_of, size_of


def test_right_words_are_read():
    assert seconds_of("8-14") == (8.0, 14.0)
    assert seconds_of("4.5") == (4.5, 4.5)
    assert size_of("854x480") == (854, 480)


@pytest.mark.parametrize("text", ["", "a-b", "14-8", "1-3", "3-", "1-2-3"])
def test_wrong_seconds_are_refused_by_name(text):
    with pytest.raises(UsageError, match="--seconds"):
        seconds_of(text)


@pytest.mark.parametrize("text", ["", "854", "853x480", "854x480x3", "10x10", "axb"])
def test_wrong_sizes_are_refused_by_name(text):
    with pytest.raises(UsageError, match="--size"):
        size_of(text)
