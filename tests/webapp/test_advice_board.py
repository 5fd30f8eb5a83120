"""The advice board of a case page: who was asked, chased, and what came of it."""

from lxml import html

from tests.support.county import County
from tests.support.pages import Visitor


def rows(visitor: Visitor, address: str) -> dict[str, list[str]]:
    """Return the cells of the board by the adviser's name."""
    tree = html.fromstring(visitor.get(address).get_data())
    found = tree.xpath("//h2[@id='advice']/following-sibling::div[1]//tbody/tr")
    return {
        " ".join(row.xpath("string(th/text()[1])").split()): [
            " ".join(cell.xpath("string(.)").split()) for cell in row.xpath("td")
        ]
        for row in found
    }


def test_the_board_tells_who_was_asked_and_chased_and_what_came_back(
    small_county: County, visitor: Visitor
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    visitor.sign_in("casework")
    address = f"/cases/{case_id}"
    asked = rows(visitor, address)

    health = next(row for row in small_county.open_tasks(case_id) if row.role == "health")
    small_county.complete_row(health)
    small_county.complete(
        case_id, "check_advice", advice_accepted="no", advice_return_reasons="Name the hours."
    )
    small_county.pass_days(50)
    visitor.sign_in("casework")  # weeks have passed: the session is over
    late = rows(visitor, address)

    assert len(asked) == 5
    assert all(cells[3] == "0" and cells[4] == "" for cells in asked.values())
    assert late["Health"][4] == "Returned: Name the hours."
    assert int(late["Educational psychology"][3]) >= 2
    assert "Late" in late["Educational psychology"][2]


def test_an_adviser_does_not_see_the_board(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")

    visitor.sign_in("health")

    assert rows(visitor, f"/cases/{case_id}") == {}
