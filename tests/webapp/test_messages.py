"""The case page offers what its processes wait to be told."""

import sqlalchemy as sa
from flask import Flask

from engine.store.tables import message_waits
from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from workflows.store.tables import access_record

OFFER = "Record that the family contacted the mediation adviser"


def refused_case(county: County) -> tuple[str, str]:
    """Return the addresses of a case that was refused and of what its mediation waits for."""
    case_id = county.open_case()
    county.walk(case_id, decide_to_assess={"decision_to_assess": "refuse"})
    with county.system.read() as connection:
        wait = connection.execute(
            sa.select(message_waits.c.id).where(
                message_waits.c.subject_id == case_id,
                message_waits.c.message == "adviser_contacted",
            )
        ).scalar_one()
    return f"/cases/{case_id}", f"/cases/{case_id}/messages/{wait}"


def test_casework_tells_of_the_familys_contact_and_the_mediation_begins(
    small_county: County, app: Flask
) -> None:
    case, offer = refused_case(small_county)
    visitor = Visitor(app)
    visitor.sign_in("casework")

    assert OFFER in text(visitor.get(case))
    asked = text(visitor.get(offer))
    visitor.post(offer, 422, offer, **{"contacted_on-day": "31", "contacted_on-month": "2"})
    visitor.post(
        offer,
        303,
        offer,
        **{"contacted_on-day": "5", "contacted_on-month": "1", "contacted_on-year": "2026"},
    )

    assert "about: refusal to assess" in asked
    shown = text(visitor.get(case))
    assert "Give information on mediation" in shown
    assert OFFER not in shown
    visitor.get(offer, 404)


def test_nobody_else_can_tell_it_and_every_look_is_on_record(
    small_county: County, app: Flask
) -> None:
    _, offer = refused_case(small_county)
    outsider, casework = Visitor(app), Visitor(app)
    outsider.sign_in("outsider")
    casework.sign_in("casework")

    assert outsider.client.get(offer).status_code in {403, 404}
    casework.get(offer)

    with small_county.system.read() as connection:
        looked = connection.execute(sa.select(access_record.c.what)).scalars().all()
    assert looked == [f"form: {OFFER}"]
