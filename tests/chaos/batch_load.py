"""Do what batches are to do until killed, in small bits: `python -m tests.chaos.batch_load URL`."""

import sys
import time

from engine.clock import MovableClock
from tests.support.county import BEGIN
from workflows import bootstrap
from workflows.stepping_in.carry_on import carry_on


def main(url: str, folder: str) -> None:
    """Carry on, and say so after each look."""
    clock = MovableClock(frozen=BEGIN)
    system = bootstrap.build(url, f"file://{folder}", demo=True, clock=clock)
    sys.stdout.write("under load\n")
    sys.stdout.flush()
    while True:
        carry_on(system.executor, seconds=0.03)
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
