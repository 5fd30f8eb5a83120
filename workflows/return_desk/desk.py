"""Look for work on the return beside everything else that a worker does: nightly, and when asked."""

import logging
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from engine import errors, ports
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.ask_for_return import AskForReturn
from workflows.commands.begin_return_run import BeginReturnRun
from workflows.commands.end_return_run import EndReturnRun
from workflows.commands.keep_return_records import KeepReturnRecords
from workflows.return_desk import check, files
from workflows.returns import census, version
from workflows.store import return_runs, returns
from workflows.store.return_runs import Kind, Run
from workflows.store.simulations import State

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 5  # seconds
NIGHT_FROM: Final = 2  # o'clock in London
WHOLE_ON: Final = 6  # Sunday: all cases are looked at, touched or not
SILENT_FOR: Final = 120.0  # seconds without a sign of life, after which one is given up for dead
CHECKED: Final = 0.5  # the part of making files that is checking
INTERRUPTED: Final = "The program was restarted or stopped while it ran. Ask for it again."


class ReturnDesk:
    """Looks for work on the return; `look` is called every few seconds and returns at once."""

    def __init__(self, system: System, *, silent_for: float = SILENT_FOR) -> None:
        """Take the system, and the seconds of patience with one that shows no sign of life."""
        self._system = system
        self._silent_for = silent_for
        self._thread: threading.Thread | None = None
        self._heard: dict[UUID, tuple[int, float]] = {}

    def look(self) -> None:
        """Ask for the look of this night, give up the dead, and begin what is next."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._ask_for_the_night()
        with self._system.read() as connection:
            running = return_runs.running(connection)
            waiting = return_runs.next_waiting(connection)
        self._give_up(running)
        if waiting is None:
            return
        try:
            self._system.execute(BeginReturnRun(waiting), ports.SYSTEM)
        except return_runs.NotItsTurn:
            return
        # A daemon: it does not keep a worker from stopping; what it has kept stays.
        self._thread = threading.Thread(
            target=self._run, args=(waiting,), name="return", daemon=True
        )
        self._thread.start()

    def wait(self) -> None:
        """Wait until what was begun here is over."""
        if self._thread is not None:
            self._thread.join()

    def _ask_for_the_night(self) -> None:
        now = self._system.now()
        night = london.local_date(now)
        if now.astimezone(london.LONDON).hour < NIGHT_FROM:
            return
        year = census.current(night).year
        with self._system.read() as connection:
            asked = return_runs.has_night(connection, year, night)
            if asked or returns.is_frozen(connection, year):
                return
        with suppress(return_runs.AlreadyAsked):  # a colleague of this worker was quicker
            self._system.execute(
                AskForReturn(year, Kind.CHECK, night, whole=night.weekday() == WHOLE_ON),
                ports.SYSTEM,
            )

    def _give_up(self, running: dict[UUID, int]) -> None:
        """End those whose beats have stood still, by this machine's own measure of time."""
        now = time.monotonic()
        for run_id, beats in running.items():
            before = self._heard.get(run_id)
            if before is None or before[0] != beats:
                self._heard[run_id] = (beats, now)
            elif now - before[1] > self._silent_for:
                self._end(EndReturnRun(run_id, State.INTERRUPTED, problem=INTERRUPTED))
        self._heard = {key: heard for key, heard in self._heard.items() if key in running}

    def _run(self, run_id: UUID) -> None:
        with self._system.read() as connection:
            run = return_runs.load(connection, run_id)
        logger.info("work on the return begun", extra={"run": str(run_id), "year": run.year})
        try:
            self._end(EndReturnRun(run_id, State.DONE, self._work(run)))
        except return_runs.Over:
            logger.info("work on the return was given up", extra={"run": str(run_id)})
        except errors.Refused as refusal:
            self._end(EndReturnRun(run_id, State.FAILED, problem=refusal.message))
        except OSError as error:
            problem = f"The files could not be written: {error.strerror}"
            self._end(EndReturnRun(run_id, State.FAILED, problem=problem))
        logger.info("work on the return over", extra={"run": str(run_id)})

    def _work(self, run: Run) -> dict[str, Any] | None:
        before = self._system.now() if run.whole else None
        makes = run.kind is Kind.FILES
        check.bring_up_to_date(
            self._system,
            run.year,
            run_id=run.id,
            before=before,
            share=CHECKED if makes else 1.0,
        )
        return self._make(run) if makes else None

    def _make(self, run: Run) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="ehcflow-return-") as name:
            made = files.make(
                self._system, run.year, Path(name), tell=lambda _: self._beat(run, CHECKED)
            )
            at = files.stamp(self._system.now())
            keep = self._system.documents.keep_file
            return {
                "xml": keep(f"sen2-{run.year}-{at}.xml", made.xml),
                "tables": keep(f"sen2-{run.year}-{at}-tables.zip", made.tables),
                "counts": made.counts,
                "faults": list(made.faults),
            }

    def _beat(self, run: Run, progress: float) -> None:
        self._system.execute(
            KeepReturnRecords(run.year, version.current(), (), run.id, progress), ports.SYSTEM
        )

    def _end(self, command: EndReturnRun) -> None:
        with suppress(return_runs.Over):
            self._system.execute(command, ports.SYSTEM)
