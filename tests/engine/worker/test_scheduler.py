"""A worker looks for what it was given to look for, after the clock was read."""

import threading

from engine.worker.scheduler import Worker
from tests.support.office import Office


def test_a_worker_does_the_jobs_it_was_given(small_office: Office) -> None:
    done, order = threading.Event(), []

    def read_clock() -> None:
        order.append("clock")

    def job() -> None:
        order.append("job")
        done.set()

    worker = Worker(small_office.executor, {}, read_clock, {"a job": job})

    worker.start()
    found = done.wait(timeout=20)
    worker.stop()

    assert found
    assert "clock" in order[: order.index("job")]
