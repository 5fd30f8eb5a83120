"""What the demo county's families say of the local offer, and provision that is not made."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from workflows.access import people as directory
from workflows.access.people import PUBLIC
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.commands.answer_offer_comments import AnswerOfferComments
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer
from workflows.commands.judge_offer_comment import JudgeOfferComment
from workflows.commands.publish_offer_comments import PublishOfferComments
from workflows.commands.tell_unmet_provision import TellUnmetProvision
from workflows.demo import organisation
from workflows.store.report_tables import plan_items

# About, who, text, and the answer; "" where it waits to be read.
COMMENTS: Final = (
    ("access", "parent", "I could not find short breaks by searching for “respite”.",
     "We have added the words that families use to the search."),
    ("content", "parent", "There is nothing about clubs for teenagers on the coast.",
     "A list of clubs is being made with the youth service and comes in spring."),
    ("provision", "young_person", "The college page made my move much easier.", ""),
    ("content", "setting", "The threshold guidance for nurseries is out of date.",
     "The guidance of September is there now."),
    ("development", "parent", "Parents should be asked before pages change.", ""),
)  # fmt: skip
UNMET: Final = (("waiting_list", 70), ("vacancy", 45), ("setting_cannot", 20), ("vacancy", 12))
LAST_YEAR: Final = dt.timedelta(days=300)


def fill(system: System) -> None:
    """Enter comments of last year, answered and published, and of this year, some still to be read."""
    with system.read() as connection:
        manager = directory.person(connection, organisation.person_id("manager"))
    now = system.clock.now()
    with system.clock.frozen_at(
        min(now - LAST_YEAR, dt.datetime(now.year - 1, 12, 1, 12, tzinfo=dt.UTC))
    ):
        for about, who, text, answer in COMMENTS[:3]:
            command = CommentOnLocalOffer(about, who, text)
            system.execute(command, PUBLIC)
            system.execute(JudgeOfferComment(command.comment_id, keep=True, text=text), manager)
            if answer:
                system.execute(AnswerOfferComments((command.comment_id,), answer), manager)
        year = system.clock.now().year
        system.execute(
            PublishOfferComments(year, "Most asked for words that families use. We changed them."),
            manager,
        )
    for about, who, text, _ in COMMENTS[2:]:
        system.execute(CommentOnLocalOffer(about, who, text), PUBLIC)
    _unmet(system)


def _unmet(system: System) -> None:
    today = london.local_date(system.now())
    with system.read() as connection:
        casework = directory.person(connection, organisation.person_id("casework"))
        rows = connection.execute(
            sa.select(plan_items.c.case_id, plan_items.c.row_id)
            .where(plan_items.c.part == "provision")
            .order_by(plan_items.c.case_id, plan_items.c.row_id)
            .limit(len(UNMET))
        ).all()
    for row, (reason, days) in zip(rows, UNMET, strict=False):
        since = today - dt.timedelta(days=days)
        system.execute(TellUnmetProvision(row.case_id, row.row_id, since, reason), casework)
