from __future__ import annotations

import hashlib

from recaption.clip import Clip
from recaption.columns import escaped
from recaption.ids import Ids, is_among, packed, place, repeated


def ids(count: int, first: int = 0) -> list[str]:
    return [hashlib.sha256(str(number).encode()).hexdigest()[:20] for number in range(first, first + count)]


def test_what_was_added_is_there_and_nothing_else(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("recaption.ids.LOOSE", 7)
    known = Ids(ids(20))
    for id in (*ids(30, 10), *ids(30, 10)):
        known.add(id)
    assert len(known) == 40
    assert all(id in known for id in ids(40))
    assert not any(id in known for id in ids(40, 40))
    assert len(known.all()) == 40
    assert known.all().nbytes == 40 * 10


def test_ids_that_end_in_zeros_stay_apart() -> None:
    zeros = ["00" * 10, "ab" + "00" * 9, "ab" * 9 + "00", "ab" * 10]
    assert list(is_among(zeros, packed(zeros[::2]))) == [True, False, True, False]
    assert not is_among(zeros, packed([])).any()


def test_repeated_are_those_that_come_more_than_once() -> None:
    zeros = ["00" * 10, "ab" + "00" * 9, "ab" * 9 + "00"]
    assert repeated([*ids(9), *zeros, *ids(3, 5), *zeros, *zeros]) == {*ids(3, 5), *zeros}
    assert repeated([]) == set()


def test_a_place_is_that_of_every_version_of_a_file() -> None:
    old, new = Clip("/a.mp4", 1.0, 2.0, 10, 20), Clip("/a.mp4", 1.0, 2.0, 11, 21)
    assert place(old.path, old.start, old.end) == place(new.path, new.start, new.end)
    assert place("/a.mp4", None, None) != place("/a.mp4", 1.0, 2.0)
    assert place("/a.mp4", None, None, "a dog") != place("/a.mp4", None, None)
    assert place("/\udcff.mp4", None, None) == place(escaped("/\udcff.mp4"), None, None)
