"""Join engine and domain: the one place that knows both, and all handlers by name."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command as alembic
from alembic.config import Config

from engine import doctor, errors, ports
from engine.clock import MovableClock
from engine.commands.publish_definitions import PublishDefinitions
from engine.executor import Executor, Handler, Outcome
from engine.store import clock_offset, database, definitions
from workflows import diagram_check
from workflows.access.people import MANAGER
from workflows.calendar import london
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.apply_calendar import ApplyCalendar
from workflows.commands.change_routing import ChangeRouting
from workflows.commands.change_webhook import ChangeWebhook
from workflows.commands.publish_draft import PublishDraft
from workflows.commands.remind_of_duty_reviews import RemindOfDutyReviews
from workflows.commands.save_notice_words import SaveNoticeWords
from workflows.commands.save_word_template import SaveWordTemplate
from workflows.commands.send_board_email import SendBoardEmail
from workflows.commands.send_digest import SendDigest
from workflows.commands.switch_webhook import SwitchWebhook
from workflows.context import Topic
from workflows.digests import due, of_board
from workflows.documents.store import DocumentStore
from workflows.domain import SendDomain
from workflows.duties import tallying
from workflows.handlers import (
    administration,
    batches,
    board,
    cases,
    comparators,
    diagrams,
    forecasts,
    interventions,
    plans,
    privacy,
    registers,
    reports,
    returns,
    templates,
    webhooks,
)
from workflows.notices.templates import LiveTemplates
from workflows.projections import tallies
from workflows.queries import board_email
from workflows.rulebook import load
from workflows.store import board as board_store, closures, tallies as ledger
from workflows.topics.check_previous_assessment import check_previous_assessment
from workflows.topics.collect_costs import collect_costs
from workflows.topics.issue_notice import IssueNotice
from workflows.topics.remind import chase, escalate, remind
from workflows.topics.schedule_review import schedule_review
from workflows.topics.select_advisers import select_advisers
from workflows.topics.select_funders import select_funders
from workflows.topics.select_settings import select_settings

ROOT: Final = Path(__file__).parent.parent
DIAGRAMS: Final = ROOT / "bpmn"
MIGRATIONS: Final = Path(__file__).parent / "store" / "migrations"
INSTALLED: Final = "First installation"
CASES_AT_ONCE: Final = 50
UPGRADED: Final = "Delivered with a new version of ehcflow"
HANDLERS: Final[Mapping[type, Handler]] = {
    **cases.HANDLERS,
    **plans.HANDLERS,
    **diagrams.HANDLERS,
    **templates.HANDLERS,
    **registers.HANDLERS,
    **board.HANDLERS,
    **forecasts.HANDLERS,
    **interventions.HANDLERS,
    **batches.HANDLERS,
    **comparators.HANDLERS,
    **returns.HANDLERS,
    **reports.HANDLERS,
    **privacy.HANDLERS,
    **administration.HANDLERS,
    **webhooks.HANDLERS,
}


@dataclass(frozen=True, slots=True)
class System:
    """Everything that a page, a worker or a command line needs."""

    engine: sa.Engine
    clock: MovableClock
    executor: Executor
    domain: SendDomain
    documents: DocumentStore
    templates: LiveTemplates
    demo: bool

    def execute(self, command: object, actor: ports.Actor, *, key: str | None = None) -> Outcome:
        """Execute a command in its unit of work."""
        outcome = self.executor.execute(command, actor, key=key)
        if isinstance(command, PublishDefinitions | PublishDraft | ChangeRouting):
            self.domain.routing.forget()
        if isinstance(command, SaveNoticeWords | SaveWordTemplate):
            self.templates.forget()
        if isinstance(command, AddWebhook | ChangeWebhook | SwitchWebhook):
            self.domain.subscriptions.forget()
        return outcome

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Give a connection that only reads."""
        with database.reading(self.engine) as connection:
            yield connection

    def now(self) -> dt.datetime:
        """Return the present moment; a demo's clock is shared through its database.

        Asked between units of work, it is also when other processes' webhooks are noticed.
        """
        self.domain.subscriptions.refresh(self.engine)
        if self.demo and self.clock.frozen is None:
            self.clock.offset = clock_offset.read(self.engine)
        return self.clock.now()


def topics(documents: DocumentStore, templates: LiveTemplates | None = None) -> Mapping[str, Topic]:
    """Return what service tasks call, by topic."""
    return {
        "issue_notice": IssueNotice(documents, templates or LiveTemplates()),
        "check_previous_assessment": check_previous_assessment,
        "select_advisers": select_advisers,
        "select_settings": select_settings,
        "select_funders": select_funders,
        "collect_costs": collect_costs,
        "remind": remind,
        "chase": chase,
        "escalate": escalate,
        "schedule_review": schedule_review,
    }


def build(
    database_url: str,
    documents_url: str,
    *,
    demo: bool = False,
    clock: MovableClock | None = None,
    drafts: bool = False,
) -> System:
    """Return the system on a database that `migrate` has prepared.

    Args:
        database_url: Where cases are kept.
        documents_url: Where their documents are kept.
        demo: Its clock is shared through its database.
        clock: Instead of the machine's.
        drafts: Diagrams go live as soon as the engine can run them, as in a sandbox.
    """
    engine = database.create_engine(database_url)
    documents = DocumentStore(documents_url)
    moving = clock or MovableClock()
    templates = LiveTemplates()
    refuse = _let_pass if drafts else diagram_check.refuse
    domain = SendDomain(load.current(), topics(documents, templates), refuse=refuse)
    return System(
        engine=engine,
        clock=moving,
        executor=Executor(engine, moving, domain, HANDLERS),
        domain=domain,
        documents=documents,
        templates=templates,
        demo=demo,
    )


def _let_pass(files: Mapping[str, bytes], live: Mapping[str, bytes]) -> None:
    del files, live


def remind_of_reviews(system: System) -> None:
    """Remind of the reviews of phased duties that are due; each once, however often asked."""
    system.execute(RemindOfDutyReviews(), ports.SYSTEM)


def apply_calendar(system: System) -> int:
    """Derive cases anew whose working days have changed; return how many were looked at.

    Each case is a unit of work of its own, and any number of workers may do so at once.
    """
    looked_at = 0
    while True:
        with system.read() as connection:
            waiting = closures.waiting(connection, CASES_AT_ONCE)
        if not waiting:
            return looked_at
        for change_id, case_id in waiting:
            try:
                system.execute(ApplyCalendar(change_id, case_id), ports.SYSTEM)
            except errors.Refused as refusal:
                noted = ApplyCalendar(change_id, case_id, refusal.message)
                system.execute(noted, ports.SYSTEM)
        looked_at += len(waiting)


def migrate(database_url: str) -> None:
    """Bring a database's schema to this version; a new database gets all of it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = database_url
    alembic.upgrade(config, "head")


def publish_diagrams(system: System) -> None:
    """Publish the diagrams and decision tables that come with this version, where they changed.

    What a process owner has published stays live: theirs is newer than what is delivered.
    """
    with system.read() as connection:
        live = definitions.live_versions(connection)
    files = {key: data for key, data in delivered().items() if _is_ours(live.get(key))}
    system.execute(PublishDefinitions(files, UPGRADED if live else INSTALLED), ports.SYSTEM)


def delivered() -> dict[str, bytes]:
    """Return the diagrams and decision tables that come with this version, by their keys."""
    files = [path for path in sorted(DIAGRAMS.rglob("*")) if path.suffix in {".bpmn", ".dmn"}]
    read = {path.name: path.read_bytes() for path in files}
    return {diagram_check.key_of(data, name): data for name, data in read.items()}


def keep_tallies(system: System) -> int:
    """Count the cases that the board does not count yet, and merge its ledger; return how many.

    Cases that were there before the board, or came by another way than commands, count nothing until
    then. Any number of workers may do so at once.
    """
    counted = 0
    while True:
        with database.writing(system.engine) as connection, connection.begin():
            found = tallies.catch_up(connection, system.domain.rulebook)
        counted += found
        if not found:
            break
    while True:
        with database.writing(system.engine) as connection, connection.begin():
            if not ledger.merge(connection):
                return counted


def examine(system: System) -> Iterator[str]:
    """Yield all that does not agree: the engine's state and its projections, the board and its rows."""
    yield from doctor.examine(system.executor)
    with system.read() as connection:
        yield from tallies.disagreements(connection, system.domain.rulebook)


def send_boards(system: System, site: str) -> int:
    """Queue the board of this week for the managers who want it and have not got it; return how many.

    From Monday morning on; any number of workers may do so at once.

    Args:
        system: Where.
        site: The address of the pages, for links.
    """
    now = system.executor.clock.now()
    week = tallying.week(london.local_date(now))
    with system.read() as connection:
        waiting = board_store.waiting_for_email(
            connection, week, role=MANAGER, setting=of_board.SETTING, wanted=of_board.WEEKLY
        )
        if not waiting or now < london.start_of_day(week) + dt.timedelta(hours=due.AT_HOUR):
            return 0
        figures = board_email.board_email(connection, now=now)
    said = of_board.subject(figures), of_board.text(figures, week, site)
    for each in waiting:
        with suppress(errors.NotFound):  # they left meanwhile
            system.execute(SendBoardEmail(each, week, *said), ports.SYSTEM)
    return len(waiting)


def send_digests(system: System, site: str) -> int:
    """Queue the digests of this morning that are not written yet; return how many were looked at.

    Any number of workers may do so at once: each recipient is written to once a day.

    Args:
        system: Where.
        site: The address of the pages, for links.
    """
    now = system.executor.clock.now()
    if now.astimezone(london.LONDON).hour < due.AT_HOUR:
        return 0
    day, last, looked_at = london.local_date(now), "", 0
    while True:
        with system.read() as connection:
            waiting = due.due_recipients(connection, day, after=last)
        if not waiting:
            return looked_at
        for last in waiting:
            with suppress(errors.NotFound):  # they left meanwhile
                system.execute(SendDigest(last, day, site), ports.SYSTEM)
        looked_at += len(waiting)


def _is_ours(live: definitions.Version | None) -> bool:
    return live is None or live.reason in {INSTALLED, UPGRADED}
