"""Make the system of the settings, for the command line and the web server alike."""

from typing import Final

from engine import ports
from engine.worker.scheduler import Job, Worker
from webapp.settings import Settings
from workflows import bootstrap, retrying
from workflows.bootstrap import System
from workflows.commands.record_delivery import RecordDelivery
from workflows.forecast import job as forecast_job
from workflows.notifier.choose import senders
from workflows.privacy import job as privacy_job
from workflows.return_desk import desk
from workflows.simulation import job
from workflows.stepping_in import absences, carry_on
from workflows.store import webhooks
from workflows.webhooks.sender import Attempt, Ways, WebhookSender

LOOK_FOR_DIGESTS_EVERY: Final = 60  # seconds
LOOK_FOR_REVIEWS_EVERY: Final = 60  # seconds
KEEP_TALLIES_EVERY: Final = 60  # seconds
LOOK_FOR_CALENDAR_EVERY: Final = 2  # seconds: somebody looks on


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
    retries = Job("retries", retrying.LOOK_EVERY, lambda: retrying.carry_on(system))
    simulator = job.Simulator(system)
    simulations = Job("simulations", job.LOOK_EVERY, simulator.look)
    calendar = Job(
        "working calendar", LOOK_FOR_CALENDAR_EVERY, lambda: bootstrap.apply_calendar(system)
    )
    forecaster = forecast_job.Forecaster(system)
    forecasts = Job("forecasts", forecast_job.LOOK_EVERY, forecaster.look)
    return_desk = desk.ReturnDesk(system)
    returns = Job("statutory return", desk.LOOK_EVERY, return_desk.look)
    # What is said of a review stands in the digest after it.
    batches = Job("batches", carry_on.LOOK_EVERY, lambda: carry_on.carry_on(system.executor))
    away = Job("absences", absences.LOOK_EVERY, lambda: absences.look(system.executor))
    privacy = Job("access to data", privacy_job.LOOK_EVERY, lambda: privacy_job.look(system))
    jobs = (
        reviews,
        digests,
        simulations,
        counts,
        boards,
        privacy,
        calendar,
        retries,
        batches,
        away,
        forecasts,
        returns,
    )
    return Worker(
        system.executor,
        senders(settings.mail),
        system.now,
        jobs=jobs,
        apart={webhooks.KIND: webhook_sender(system, settings)},
    )


def webhook_sender(system: System, settings: Settings) -> WebhookSender:
    """Return what sends webhooks, and keeps their log."""
    ways = Ways(settings.site_url, settings.webhook_test_hosts)

    def attempted(attempt: Attempt) -> None:
        system.execute(RecordDelivery(attempt), ports.SYSTEM)

    return WebhookSender(system.engine, system.now, ways, attempted)
