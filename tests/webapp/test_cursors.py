"""A cursor that somebody made up is refused by every list, and never fails in it."""

import base64
import json

import pytest

from tests.support.county import County
from tests.support.pages import Visitor

LISTS = (
    "/tasks?",
    "/tasks?sort=newest&",
    "/cases?",
    "/timers?",
    "/engine-timers?",
    "/engine-timers?window=none&",
    "/incidents/resolved?",
    "/step-in/exceptions?",
    "/forecast?",
    "/forecast?sort=date&",
    "/forecast/rescue?",
    "/access-record?",
)


@pytest.mark.parametrize("keys", range(5))
def test_a_made_up_cursor_is_refused(small_county: County, visitor: Visitor, keys: int) -> None:
    lists = (*LISTS, f"/cases/{small_county.open_case()}?")
    visitor.sign_in("manager")
    cursor = base64.urlsafe_b64encode(json.dumps(["\x00"] * keys).encode()).decode()

    answers = {each: visitor.client.get(f"{each}cursor={cursor}").status_code for each in lists}

    assert answers == dict.fromkeys(lists, 422)
