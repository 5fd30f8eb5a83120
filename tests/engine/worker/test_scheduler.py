"""A worker does what it is given to do, again and again, until it is stopped."""

import threading

from engine.worker.scheduler import Job, Worker
from tests.support.office import Office


def test_a_worker_runs_the_jobs_of_the_domain_and_reads_the_clock_before(office: Office) -> None:
    done, seen = threading.Event(), []

    def look() -> None:
        seen.append("job")
        done.set()

    worker = Worker(
        office.executor, {}, lambda: seen.append("clock"), jobs=(Job("look", 3600, look),)
    )
    worker.start()
    assert done.wait(10)
    worker.stop()

    assert seen.index("clock") < seen.index("job")
