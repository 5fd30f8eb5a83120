"""Let somebody sign in again who has tried too many wrong passwords."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class UnlockPerson:
    """Forget a person's wrong passwords."""

    person_id: str


def unlock_person(command: UnlockPerson, work: Work) -> None:
    """Forget them; those of other people from the same network address stay.

    Raises:
        errors.NotFound: there is no such person.
    """
    row = directory.find(work.connection, command.person_id)
    if directory.unlock(work.connection, row.email):
        administered.enter(work, Entry("person", row.id, row.name, "unlocked"))
