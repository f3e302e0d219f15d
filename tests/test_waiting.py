"""Tasks that run ahead of who takes their results."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from recaption.errors import RunError
from recaption.waiting import Waiting


def tasks(count: int) -> list[Future[int]]:
    return [Future() for _ in range(count)]


def test_results_come_in_the_order_of_the_tasks() -> None:
    first, second = tasks(2)
    with Waiting[int](10, 1000, ordered=True) as waiting:
        waiting.add(first)
        waiting.add(second)
        second.set_result(2)
        assert list(waiting.due()) == []
        first.set_result(1)
        assert [future.result() for future in waiting.due()] == [1, 2]


def test_results_come_as_they_are_finished() -> None:
    first, second, third = tasks(3)
    with Waiting[int](10, 1000, ordered=False) as waiting:
        for task in (first, second, third):
            waiting.add(task)
        third.set_result(3)
        assert [future.result() for future in waiting.due()] == [3]
        second.set_exception(ValueError("two"))
        first.set_result(1)
        failed, last = waiting.rest()
        with pytest.raises(ValueError, match="two"):
            failed.result()
        assert last.result() == 1


def test_of_too_many_the_next_is_due_before_it_is_done() -> None:
    with Waiting[int](2, 1000, ordered=True) as waiting:
        for task in tasks(2):
            waiting.add(task)
        (due,) = waiting.due()
        assert not due.done()


def test_tasks_that_hold_too_much_are_too_many() -> None:
    first, second, third = tasks(3)
    with Waiting[int](10, 1000, ordered=True) as waiting:
        waiting.add(first, 600)
        assert list(waiting.due()) == []
        waiting.add(second, 600)
        due = waiting.due()
        place = next(due)
        first.set_result(1)
        assert place.result() == 1
        assert list(due) == []
        waiting.add(third)
        assert list(waiting.due()) == []


def test_what_nobody_takes_is_cancelled() -> None:
    first, second = tasks(2)
    with Waiting[int](10, 1000, ordered=True) as waiting:
        waiting.add(first)
        waiting.add(second)
        (second_place,) = list(waiting.rest())[1:]
    assert first.cancelled()
    assert second.cancelled()
    with pytest.raises(RunError, match="closed"):
        second_place.result()
