"""A process that is killed at any moment loses nothing and does nothing twice."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from engine.store import database
from engine.store.tables import history, outbox, tasks
from tests.chaos.load import ROUND
from tests.support.office import Office

KILLS = 8
CASES = 8
ROOT = Path(__file__).parent.parent.parent


def test_a_killed_process_loses_nothing_and_doubles_nothing(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    office.publish(ROUND)
    for _ in range(CASES):
        office.start()

    for _ in range(KILLS):
        run_and_kill(database_url, tmp_path)
        assert office.problems() == []
        assert lost(office, tmp_path) == set()
        assert twice(office) == {}

    done = happened(office)
    assert done["TaskCompleted"] >= KILLS, "the load was not one"
    assert done["TimerFired"] >= KILLS
    assert (tmp_path / "sent").stat().st_size


def run_and_kill(url: str, folder: Path) -> None:
    """Let the load run for a random while, then kill it."""
    command = [sys.executable, "-m", "tests.chaos.load", url, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "under load\n"
        time.sleep(random.uniform(0.1, 1.5))
        assert process.poll() is None, "it must not end by itself"
        process.send_signal(signal.SIGKILL)


def lost(office: Office, folder: Path) -> set[str]:
    """Return what somebody was told had happened, and did not."""
    completed = {str(row.id) for row in office.rows(tasks, status="completed")}
    sent = {row.key for row in office.rows(outbox)}
    return (lines(folder / "completed") - completed) | (lines(folder / "sent") - sent)


def lines(path: Path) -> set[str]:
    """Return the whole lines of a file: the last may have been cut."""
    text = path.read_text() if path.exists() else ""
    return set(text[: text.rfind("\n") + 1].splitlines())


def twice(office: Office) -> dict[str, int]:
    """Return tasks completed and timers fired more than once."""
    seen = Counter(
        row.body.get("task_id") or row.body.get("timer_id")
        for row in office.rows(history)
        if row.kind in {"TaskCompleted", "TimerFired"}
    )
    assert None not in seen
    return {key: count for key, count in seen.items() if count > 1}


def happened(office: Office) -> dict[str, int]:
    with database.reading(office.executor.engine) as connection:
        statement = sa.select(history.c.kind, sa.func.count().label("times")).group_by(
            history.c.kind
        )
        return {row.kind: row.times for row in connection.execute(statement)}
