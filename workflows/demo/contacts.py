"""Who is the key contact of the demo's cases: the colleagues of an area share them."""

import sqlalchemy as sa

from workflows.access import people
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.commands.choose_key_contact import ChooseKeyContact
from workflows.store.tables import cases


def share(system: System, manager: Person) -> None:
    """Give open cases in turn to those who do their casework."""
    with system.read() as connection:
        found = connection.execute(
            sa.select(cases.c.id, cases.c.key_contact)
            .where(cases.c.status == "open", cases.c.key_contact != "")
            .order_by(cases.c.reference)
        ).all()
        able = [people.caseworkers(connection, row.id) for row in found]
    for number, (row, colleagues) in enumerate(zip(found, able, strict=True)):
        person_id, _ = colleagues[number % len(colleagues)]
        if person_id != row.key_contact:
            system.execute(ChooseKeyContact(row.id, person_id), manager)
