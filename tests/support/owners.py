"""Process owners who are signed in."""

import pytest
from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor
from workflows.access.people import OWNER
from workflows.demo import organisation
from workflows.store.tables import memberships


@pytest.fixture
def owner(visitor: Visitor) -> Visitor:
    """A process owner."""
    visitor.sign_in("owner")
    return visitor


@pytest.fixture
def second(app: Flask, small_county: County) -> Visitor:
    """Another process owner."""
    person = organisation.person_id("casework2")
    with small_county.system.engine.begin() as connection:
        connection.execute(
            memberships.insert(), {"person_id": person, "team_id": "", "role": OWNER}
        )
    visitor = Visitor(app)
    visitor.sign_in("casework2")
    return visitor
