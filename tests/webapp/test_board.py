"""The board: every number opens a list with as many rows; files, saved views, the target, the email."""

import io
import re
from typing import Any

import openpyxl
import pytest
from lxml import html

from tests.support.county import County
from tests.support.lived import Life
from tests.support.pages import Visitor, read_of as text
from workflows import bootstrap
from workflows.commands.choose_board_email import ChooseBoardEmail
from workflows.demo import organisation

VIEWS = ("", "/flow", "/advice", "/delays", "/disputes", "/quality")
LISTS = ("/timers?", "/board/cases", "/board/exceptions", "/board/chasers")


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    visitor.sign_in("manager")
    return visitor


def numbers(answer: Any) -> dict[str, int]:
    """Return each number of a view that opens a list, by its address."""
    found = {}
    for link in html.fromstring(answer.get_data()).iter("a"):
        digits = re.match(r"[\d,]+", " ".join(link.text_content().split()))
        if digits and link.get("href", "").startswith(LISTS):
            found[link.get("href")] = int(digits[0].replace(",", ""))
    return found


def test_every_number_opens_a_list_with_as_many_rows(
    small_county: County, visitor: Visitor
) -> None:
    Life(small_county, 3).go_on(40)
    visitor.sign_in("manager")
    opened: dict[str, int] = {}
    for view in VIEWS:
        opened |= numbers(visitor.get(f"/board{view}"))
    opened |= numbers(visitor.get("/board?by=team&area=north"))

    wrong = {}
    for address, number in opened.items():
        said = re.search(r"<strong>([\d,]+)</strong>", visitor.get(address).get_data(as_text=True))
        if said is None or int(said[1].replace(",", "")) != number:
            wrong[address] = (number, said and said[1])

    assert len(opened) > 30
    assert not wrong


def test_the_board_is_for_managers_alone(visitor: Visitor) -> None:
    visitor.sign_in("casework")

    visitor.get("/board", 404)
    visitor.get("/board/cases", 404)


def test_filters_that_are_chosen_can_be_taken_off(small_county: County, manager: Visitor) -> None:
    small_county.open_case()

    page = manager.get("/board?area=north&duty=assessment.decision")

    assert "Area: North" in text(page)
    assert 'href="/board?duty=assessment.decision"' in page.get_data(as_text=True)


def test_the_list_goes_out_as_csv_and_excel_as_it_is_narrowed(
    small_county: County, manager: Visitor
) -> None:
    small_county.open_case()
    small_county.open_case(child_first_name="Ben", area="south")

    csv = manager.get("/timers/export.csv?area=south").get_data(as_text=True)
    sent = manager.get("/timers/export.xlsx?area=south")
    excel = sent.get_data()
    sent.close()

    lines = csv.splitlines()
    assert len(lines) == 3
    assert "EHC-2026-00002" in lines[1]
    sheet = openpyxl.load_workbook(io.BytesIO(excel)).active
    assert sheet is not None
    assert sheet.max_row == 3
    assert sheet["F2"].is_date


def test_the_whole_list_goes_out_though_a_page_shows_a_part(
    small_county: County, manager: Visitor
) -> None:
    for _ in range(30):
        small_county.open_case()

    assert "60 time limits" in text(manager.get("/timers"))
    assert len(manager.get("/timers/export.csv").get_data(as_text=True).splitlines()) == 61


def test_the_breakdown_goes_out_as_a_file(small_county: County, manager: Visitor) -> None:
    small_county.open_case()

    lines = manager.get("/board/export.csv?by=area").get_data(as_text=True).splitlines()

    assert lines[0].startswith("\ufeffArea,On track,Due soon")
    assert lines[1] == "North,2,0,0,0,0,0,0,0"


def test_a_view_is_saved_shared_and_removed(manager: Visitor) -> None:
    manager.post(
        "/board/views", page="/board", name="The north", view="/board?area=north", shared="yes"
    )
    page = manager.get("/board")
    assert 'href="/board?area=north">The north</a>' in page.get_data(as_text=True)

    remove = re.search(r'href="(/board/views/[^"]+/remove)"', page.get_data(as_text=True))
    assert remove
    manager.post(remove[1], page=remove[1])

    assert "The north" not in text(manager.get("/board"))


@pytest.mark.parametrize(
    ("name", "view", "told"),
    [
        ("", "/board", "Enter a name for this view"),
        ("Elsewhere", "https://elsewhere.test/board", "Only views of the board"),
        ("Elsewhere", "//elsewhere.test/timers", "Only views of the board"),
    ],
)
def test_a_view_without_a_name_or_of_another_site_is_refused(
    manager: Visitor, name: str, view: str, told: str
) -> None:
    page = manager.post("/board/views", 422, page="/board", name=name, view=view)

    assert "There is a problem" in text(page)
    assert told in text(page)


def test_a_target_is_a_share(manager: Visitor) -> None:
    refused = manager.post("/board/target", 422, page="/board", per_cent="as many as we can")
    assert "Enter a target from 0 to 100" in text(refused)

    manager.post("/board/target", page="/board", per_cent="62.5")

    assert "The target is 62.5%" in text(manager.get("/board"))


def test_the_board_is_sent_once_a_week_to_managers_who_want_it(small_county: County) -> None:
    small_county.open_case(child_first_name="Zebedee")
    system = small_county.system
    assert bootstrap.send_boards(system, "https://ehc.test") == 0

    system.execute(ChooseBoardEmail(wanted=True), small_county.person("manager"))

    assert bootstrap.send_boards(system, "https://ehc.test") == 1
    assert bootstrap.send_boards(system, "https://ehc.test") == 0
    small_county.pass_days(7)
    assert bootstrap.send_boards(system, "https://ehc.test") == 1
    queued = [
        row
        for row in small_county.everything()["outbox"]
        if row.payload["to"] == f"manager@{organisation.DOMAIN}"
    ]
    assert len(queued) == 2
    assert queued[0].payload["subject"] == "The board this week: 0 late, 0 due soon"
    assert "https://ehc.test/timers?standing=late" in queued[0].payload["text"]
    assert "Zebedee" not in queued[0].payload["text"]
