"""Tasks that run ahead of who takes their results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Generic, TypeVar

from recaption.errors import RunError

T = TypeVar("T")


class Waiting(Generic[T]):
    """Tasks in flight, and what is due of them: the next one once it is done, or once there are too many.

    To be used as a context: at its end, tasks whose results nobody takes any more are cancelled. The result of one that
    somebody else cancels is a RunError.

    Args:
        most: how many may be waited for.
        most_bytes: how much they may weigh together.
        ordered: whether results come in the order of the tasks, or as they are finished.
    """

    def __init__(self, most: int, most_bytes: int, ordered: bool) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._ordered = ordered
        self._tasks: dict[Future[T], int] = {}
        self._places: deque[Future[T]] = deque()
        self._unfilled: deque[Future[T]] = deque()

    def __enter__(self) -> Waiting[T]:
        return self

    def __exit__(self, *error: object) -> None:
        for task in list(self._tasks):
            task.cancel()

    def add(self, task: Future[T], weight: int = 0) -> None:
        """Wait for one more task, which holds so many bytes until it is done."""
        self._tasks[task] = weight
        place: Future[T] = Future()
        place.set_running_or_notify_cancel()  # nobody else can cancel it
        self._places.append(place)
        if not self._ordered:
            self._unfilled.append(place)
        task.add_done_callback(lambda _: self._fill(task, place))

    def due(self) -> Iterator[Future[T]]:
        """What is to be taken before another task is added; its results may still have to be waited for."""
        while self._places and (self._places[0].done() or self._is_full):
            yield self._places.popleft()

    def rest(self) -> Iterator[Future[T]]:
        """All that is left, when no task is added any more."""
        while self._places:
            yield self._places.popleft()

    @property
    def _is_full(self) -> bool:
        return len(self._places) >= self._most or sum(self._tasks.copy().values()) > self._most_bytes

    def _fill(self, task: Future[T], own: Future[T]) -> None:
        """Put the result of a task where it is taken: its own place, or the first one that is still empty."""
        del self._tasks[task]
        place = own if self._ordered else self._unfilled.popleft()
        if task.cancelled():
            place.set_exception(RunError("the Captioner was closed"))
        elif error := task.exception():
            place.set_exception(error)
        else:
            place.set_result(task.result())
