"""A draft is tried in a sandbox: nothing leaves it, and what was done can be saved."""

import re

import pytest
from lxml import html

from tests.support.county import County
from tests.support.pages import Visitor, read_of as words, text_of as text

PAGE = "/diagrams/ehc_assessment/1"


@pytest.fixture
def draft(owner: Visitor) -> str:
    answer = owner.post("/drafts", page=PAGE, key="ehc_assessment", version="1")
    address: str = answer.headers["Location"]
    return address


@pytest.fixture
def begun(owner: Visitor, draft: str) -> str:
    begins = {"begins-day": "5", "begins-month": "1", "begins-year": "2026"}
    owner.post(f"{draft}/try/begin", process="ehc_assessment", plain="yes", **begins)
    return f"{draft}/try"


def link(owner: Visitor, address: str, name: str) -> str:
    found = html.fromstring(owner.get(address).get_data()).xpath(f"//a[normalize-space()='{name}']")
    assert found, f"no link {name}"
    return str(found[0].get("href"))


def do(owner: Visitor, board: str, task: str, **values: str) -> None:
    owner.post(link(owner, board, task), plain="yes", **values)


def test_a_case_is_opened_in_a_sandbox_and_nothing_of_it_is_in_the_real_county(
    owner: Visitor, begun: str, small_county: County
) -> None:
    before = small_county.everything()

    do(owner, begun, "Register the request")
    shown = words(owner.get(begun))

    assert "5 January 2026 in the sandbox" in shown
    assert "Give views and evidence" in shown
    after = small_county.everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"draft_trials"}


def test_time_passes_with_the_timers_that_fall_due(owner: Visitor, begun: str) -> None:
    owner.post(f"{begun}/time", page=begun, **{"to-day": "20", "to-month": "2", "to-year": "2026"})

    shown = words(owner.get(begun))

    assert "20 February 2026 in the sandbox" in shown
    assert "Escalated" in shown


def test_a_timer_is_gone_to(owner: Visitor, begun: str) -> None:
    form = html.fromstring(owner.get(begun).get_data()).xpath("//input[@name='until']")
    soonest = form[0].get("value")
    waiting = len(form)

    owner.post(f"{begun}/time", page=begun, until=soonest)

    left = html.fromstring(owner.get(begun).get_data()).xpath("//input[@name='until']")
    assert waiting > 1
    assert soonest not in {each.get("value") for each in left}


@pytest.mark.parametrize(
    "when",
    [
        {"to-day": "1", "to-month": "1", "to-year": "2026"},
        {"to-day": "31", "to-month": "2", "to-year": "2026"},
        {"to-day": "1", "to-month": "1", "to-year": "2999"},
        {"until": "yesterday"},
    ],
)
def test_time_goes_forward_only_and_not_for_ever(
    owner: Visitor, begun: str, when: dict[str, str]
) -> None:
    refused = owner.post(f"{begun}/time", status=422, page=begun, **when)

    assert "There is a problem" in words(refused)
    assert "5 January 2026 in the sandbox" in words(owner.get(begun))


def test_a_wrong_answer_is_refused_as_whoever_has_the_task_would_see_it(
    owner: Visitor, begun: str
) -> None:
    task = link(owner, begun, "Register the request")

    refused = owner.post(task, status=422, page=task)

    assert "There is a problem" in words(refused)


def test_the_last_step_is_undone_and_the_case_begun_again(owner: Visitor, begun: str) -> None:
    do(owner, begun, "Register the request")

    owner.post(f"{begun}/back", page=begun)
    undone = words(owner.get(begun))
    owner.post(f"{begun}/again", page=begun)

    assert "Register the request" in undone
    assert "Open the case with plain answers" in words(owner.get(begun))


def test_notices_that_were_made_are_opened(owner: Visitor, begun: str) -> None:
    walk(owner, begun, "Decide whether to assess", decision_to_assess="refuse")

    page = html.fromstring(owner.get(begun).get_data())
    address = page.xpath("//a[contains(@href,'/try/documents/')]/@href")[0]

    assert owner.get(address).data.startswith(b"%PDF")


def walk(owner: Visitor, board: str, last: str, **values: str) -> None:
    """Complete what waits with plain answers, until `last` is done."""
    for _ in range(40):
        page = html.fromstring(owner.get(board).get_data())
        links = page.xpath("//a[contains(@href,'/try/tasks/')]")
        names = {" ".join(each.text_content().split()): each.get("href") for each in links}
        if last in names:
            owner.post(names[last], plain="yes", **values)
            return
        owner.post(next(iter(names.values())), plain="yes")
    raise AssertionError(f"{last} never waits")


def test_what_was_done_is_saved_as_a_scenario_that_is_run_at_publishing(
    owner: Visitor, begun: str
) -> None:
    walk(owner, begun, "Decide whether to assess", decision_to_assess="refuse")
    page = html.fromstring(owner.get(f"{begun}/save").get_data())
    toml = page.xpath("//textarea")[0].text
    titled = toml.replace("What happens, in a sentence", "Refused at once")

    owner.post(f"{begun}/save", page=begun, name="refused_at_once", toml=titled)
    shown = owner.get("/diagrams/ehc_assessment/scenarios")

    assert "Refused at once" in words(shown)
    kept = owner.get("/diagrams/ehc_assessment/scenarios/refused_at_once.toml")
    assert 'decision_to_assess = "refuse"' in text(kept)
    owner.post(f"{begun}/save", status=409, page=begun, name="refused_at_once", toml=titled)
    owner.post("/diagrams/ehc_assessment/scenarios/refused_at_once/retire", page=begun)
    assert "Retired" in words(owner.get("/diagrams/ehc_assessment/scenarios"))


@pytest.mark.parametrize(
    ("name", "toml", "said"),
    [
        ("Ü", 'title = "T"', "small letters"),
        ("good", "title = ", "good:"),
        ("good", 'title = "T"\nprocess = "p"\nbegins = 2026-01-05', "Add a step"),
        ("good", 'title = 1\nprocess = "p"\nbegins = 2026-01-05', "must be a text"),
        ("good", 'title = "T"\nprocess = "p"\nbegins = 2026-01-05\n[[steps]]\ndose = "x"', "does"),
        ("good", "a = " + "[" * 5000, "good:"),
    ],
)
def test_a_scenario_that_is_none_is_refused(
    owner: Visitor, name: str, toml: str, said: str
) -> None:
    address = "/diagrams/ehc_assessment/scenarios/new"

    refused = owner.post(address, status=422, page=address, name=name, toml=toml)

    assert said in words(refused)


def test_a_draft_that_cannot_run_says_why_it_cannot_be_tried(owner: Visitor, draft: str) -> None:
    broken = re.sub(rb'messageRef="\w+"', b'messageRef="none"', owner.get(f"{draft}/file").data)
    headers = {"X-CSRFToken": owner.token("/account")}
    body = {"xml": broken.decode(), "revision": 1}
    owner.client.put(f"{draft}/file", json=body, headers=headers)

    refused = owner.get(f"{draft}/try", status=422)

    assert "cannot be tried as it is" in words(refused)


def test_sandboxes_are_for_process_owners(visitor: Visitor, begun: str) -> None:
    visitor.sign_in("casework")

    visitor.get(begun, status=404)
