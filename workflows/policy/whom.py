"""Rules that many commands share: for these roles, or for whoever sees the case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from engine.unit_of_work import Work
from workflows.access import sight
from workflows.access.people import MANAGER, Person
from workflows.context import CaseContext
from workflows.policy.refusal import NotAllowed

Rule = Callable[[Any, Person, Work], None]


def only(*roles: str, words: str) -> Rule:
    """Return a rule that lets these roles through, and refuses all others in these words."""

    def rule(command: object, person: Person, work: Work) -> None:
        del command, work
        if not person.roles & set(roles):
            raise NotAllowed(words)

    return rule


def see(person: Person, case_id: UUID, work: Work) -> None:
    """Refuse whoever may not see a case.

    Raises:
        sight.NoSuchCase: it is not theirs to see, or there is none.
    """
    sight.why_may_see(work.connection, person, case_id)


def refuse_hidden(person: Person, case_id: UUID, work: Work) -> None:
    """Refuse whoever the restriction of a case keeps out, whose task it may be.

    It asks nothing of the database for a case without restriction that the unit reads anyway.

    Raises:
        sight.RestrictedCase: they are not let in.
    """
    context = work.context(case_id)
    if isinstance(context, CaseContext) and context.case.restricted:
        sight.refuse_hidden(work.connection, person, case_id)


def refuse_others_than_managers(person: Person) -> None:
    """Refuse whoever is no manager.

    Raises:
        NotAllowed: they are not.
    """
    if MANAGER not in person.roles:
        raise NotAllowed("Only a manager can do that.")
