"""Set whether publishing needs a second person."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.store import approvals


@dataclass(frozen=True, slots=True)
class WantSecondPerson:
    """Let drafts be published only with the approval of a second process owner, or (False) without."""

    wanted: bool


def want_second_person(command: WantSecondPerson, work: Work) -> None:
    """Keep the rule, with who set it and when."""
    approvals.want_second_person(
        work.connection, wanted=command.wanted, now=work.now, by=work.actor.id
    )
