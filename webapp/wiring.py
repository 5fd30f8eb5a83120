"""Make the system of the settings, for the command line and the web server alike."""

from typing import Final

from engine.worker.scheduler import Job, Worker
from webapp.settings import Settings
from workflows import bootstrap
from workflows.bootstrap import System
from workflows.notifier.choose import senders
from workflows.privacy import job as privacy_job
from workflows.simulation import job

LOOK_FOR_DIGESTS_EVERY: Final = 60  # seconds
LOOK_FOR_REVIEWS_EVERY: Final = 60  # seconds
KEEP_TALLIES_EVERY: Final = 60  # seconds


def system_of(settings: Settings) -> System:
    """Return the system on the settings' database; its folder is made where it is missing."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    return bootstrap.build(settings.database_url, settings.documents_url, demo=settings.demo)


def worker_of(settings: Settings) -> Worker:
    """Return a worker on the settings' database, with all that the domain wants done."""
    system = system_of(settings)
    digests = Job(
        "digests",
        LOOK_FOR_DIGESTS_EVERY,
        lambda: bootstrap.send_digests(system, settings.site_url),
    )
    reviews = Job(
        "reviews of phased duties",
        LOOK_FOR_REVIEWS_EVERY,
        lambda: bootstrap.remind_of_reviews(system),
    )
    counts = Job("counts of the board", KEEP_TALLIES_EVERY, lambda: bootstrap.keep_tallies(system))
    boards = Job(
        "boards by email",
        LOOK_FOR_DIGESTS_EVERY,
        lambda: bootstrap.send_boards(system, settings.site_url),
    )
    simulator = job.Simulator(system)
    simulations = Job("simulations", job.LOOK_EVERY, simulator.look)
    # What is said of a review stands in the digest after it.
    privacy = Job("access to data", privacy_job.LOOK_EVERY, lambda: privacy_job.look(system))
    jobs = (reviews, digests, simulations, counts, boards, privacy)
    return Worker(system.executor, senders(settings.mail), system.now, jobs=jobs)
