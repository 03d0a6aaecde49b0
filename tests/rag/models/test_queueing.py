import threading
import time
from contextlib import ExitStack

from rag.models.queueing import ModelQueue


def test_the_first_one_does_not_wait() -> None:
    with ModelQueue().joined() as ticket:
        assert list(ticket.positions()) == []


def test_the_others_wait_in_the_order_they_came() -> None:
    queue = ModelQueue()
    with queue.joined(), queue.joined() as second, queue.joined() as third:
        assert next(second.positions()) == 1
        assert next(third.positions()) == 2


def test_as_many_as_there_are_places_go_at_once() -> None:
    queue = ModelQueue(2)
    with queue.joined(), queue.joined() as second, queue.joined() as third:
        assert list(second.positions()) == []
        assert next(third.positions()) == 1


def test_whoever_leaves_lets_the_others_move_up() -> None:
    queue = ModelQueue()
    with queue.joined(), ExitStack() as second:
        second.enter_context(queue.joined())
        with queue.joined() as third:
            positions = third.positions()
            assert next(positions) == 2
            second.close()
            assert next(positions) == 1


def test_whoever_waited_is_told_when_the_turn_has_come() -> None:
    queue = ModelQueue()
    with ExitStack() as first:
        first.enter_context(queue.joined())
        with queue.joined() as second:
            positions = second.positions()
            assert next(positions) == 1
            first.close()
            assert list(positions) == [0]


def test_a_waiting_one_keeps_speaking_up() -> None:
    queue = ModelQueue()
    with queue.joined(), queue.joined() as second:
        positions = second.positions()
        started = time.monotonic()
        assert [next(positions) for _ in range(3)] == [1, 1, 1]
        assert time.monotonic() - started < 30


def test_many_threads_use_the_model_one_after_another() -> None:
    queue = ModelQueue()
    inside, most = 0, 0
    guard = threading.Lock()

    def use() -> None:
        nonlocal inside, most
        with queue.joined() as ticket:
            list(ticket.positions())
            with guard:
                inside += 1
                most = max(most, inside)
            time.sleep(0.005)
            with guard:
                inside -= 1

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (inside, most) == (0, 1)
