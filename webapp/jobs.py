"""What the domain wants done every so often, beside timers and messages."""

from typing import Final

from engine.worker.scheduler import Job
from workflows import bootstrap, retrying
from workflows.bootstrap import System
from workflows.forecast import job as forecast_job
from workflows.privacy import job as privacy_job
from workflows.return_desk import desk
from workflows.simulation import job
from workflows.stepping_in import absences, carry_on

LOOK_FOR_DIGESTS_EVERY: Final = 60  # seconds
LOOK_FOR_REVIEWS_EVERY: Final = 60  # seconds
KEEP_TALLIES_EVERY: Final = 60  # seconds
LOOK_FOR_CALENDAR_EVERY: Final = 2  # seconds: somebody looks on


def jobs(system: System, site_url: str) -> tuple[Job, ...]:
    """Return all jobs; each finds by itself what is due, and any number of workers may look."""
    return (*_letters(system, site_url), *_figures(system), *_long_work(system))


def _letters(system: System, site_url: str) -> tuple[Job, ...]:
    """Return what is written to people; what is said of a review stands in the digest after it."""
    return (
        Job(
            "reviews of phased duties",
            LOOK_FOR_REVIEWS_EVERY,
            lambda: bootstrap.remind_of_reviews(system),
        ),
        Job("digests", LOOK_FOR_DIGESTS_EVERY, lambda: bootstrap.send_digests(system, site_url)),
        Job(
            "boards by email",
            LOOK_FOR_DIGESTS_EVERY,
            lambda: bootstrap.send_boards(system, site_url),
        ),
    )


def _figures(system: System) -> tuple[Job, ...]:
    """Return what keeps figures true."""
    forecaster, returns = forecast_job.Forecaster(system), desk.ReturnDesk(system)
    return (
        Job("counts of the board", KEEP_TALLIES_EVERY, lambda: bootstrap.keep_tallies(system)),
        Job("forecasts", forecast_job.LOOK_EVERY, forecaster.look),
        Job("statutory return", desk.LOOK_EVERY, returns.look),
    )


def _long_work(system: System) -> tuple[Job, ...]:
    """Return what people have asked for and look on."""
    simulator = job.Simulator(system)
    return (
        Job("simulations", job.LOOK_EVERY, simulator.look),
        Job("retries", retrying.LOOK_EVERY, lambda: retrying.carry_on(system)),
        Job("batches", carry_on.LOOK_EVERY, lambda: carry_on.carry_on(system.executor)),
        Job("absences", absences.LOOK_EVERY, lambda: absences.look(system.executor)),
        Job("working calendar", LOOK_FOR_CALENDAR_EVERY, lambda: bootstrap.apply_calendar(system)),
        Job("access to data", privacy_job.LOOK_EVERY, lambda: privacy_job.look(system)),
    )
