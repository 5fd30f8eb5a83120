"""Workers that are killed while they work off a batch do each item once."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

from tests.support import many
from tests.support.county import County
from tests.support.many import TOM
from workflows.store.batches import NewItem

ROOT = Path(__file__).parent.parent.parent
TASKS = 8


def test_killed_workers_do_each_item_once(
    county: County, database_url: str, tmp_path: Path
) -> None:
    found = many.ashas_tasks(county, TASKS)
    batch = many.started(county, [NewItem(each, TOM) for each in found])

    kill_while_working(database_url, tmp_path)
    many.work_off(county)

    assert many.fates(county, batch) == [("done", "")] * TASKS
    assert times_assigned(county, found) == {2}  # to Asha at first, and once to Tom
    assert county.problems() == []


def kill_while_working(url: str, folder: Path) -> None:
    """Let two workers work for a moment, and kill both in the middle of it."""
    command = [sys.executable, "-m", "tests.chaos.batch_load", url, str(folder)]
    workers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for each in workers:
        assert each.stdout
        assert each.stdout.readline() == "under load\n"
    time.sleep(random.uniform(0.01, 0.15))
    for each in workers:
        each.send_signal(signal.SIGKILL)
        each.communicate()


def times_assigned(county: County, found: list[UUID]) -> set[int]:
    """Return how often the tasks were given to somebody."""
    return {
        len(county.happened(many.task(county, each).subject_id, "TaskAssigned")) for each in found
    }
