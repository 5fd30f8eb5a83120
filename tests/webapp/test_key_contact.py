"""The key contact stands on the case page, is chosen there, and opens a caseload from the board."""

from tests.support.county import County
from tests.support.pages import Visitor, read_of, source_of
from workflows.access import people
from workflows.demo import organisation


def test_a_manager_gives_a_case_to_a_colleague_and_finds_it_in_their_caseload(
    visitor: Visitor, small_county: County
) -> None:
    case_id = small_county.open_case(area="north")
    with small_county.system.read() as connection:
        person_id, name = people.caseworkers(connection, case_id)[-1]
    visitor.sign_in("manager")
    page = f"/cases/{case_id}/key-contact"
    assert "Nobody yet" in read_of(visitor.get(f"/cases/{case_id}"))

    refused = visitor.post(page, 422, page=page)
    visitor.post(page, page=page, person=person_id)
    again = visitor.post(page, 409, page=page, person=person_id)

    assert "Error:" in read_of(refused)
    assert "already" in read_of(again)
    assert f"Key contact {name}" in read_of(visitor.get(f"/cases/{case_id}"))
    board = source_of(visitor.get("/board/load"))
    address = f"/cases?status=open&amp;contact={person_id}"
    assert f'href="{address}"' in board
    listed = read_of(visitor.get(address.replace("&amp;", "&")))
    assert f"{name} is the key contact of" in listed
    assert small_county.case(case_id).reference in listed


def test_what_has_no_key_contact_is_counted_and_listed(
    visitor: Visitor, small_county: County
) -> None:
    case_id = small_county.open_case(area="north")
    visitor.sign_in("manager")

    board = read_of(visitor.get("/board/load"))
    listed = read_of(visitor.get("/cases?status=open&contact=nobody"))

    assert "1 open case has no key contact" in board
    assert small_county.case(case_id).reference in listed


def test_others_find_no_form(visitor: Visitor, small_county: County) -> None:
    case_id = small_county.open_case(area="north")
    visitor.sign_in("psychology")
    visitor.get(f"/cases/{case_id}/key-contact", 404)
    small_county.link_parent(case_id)
    visitor.sign_in("parent")
    assert "Key contact Nobody yet" in read_of(visitor.get(f"/cases/{case_id}"))
    visitor.post(f"/cases/{case_id}/key-contact", 404, person=organisation.person_id("casework"))
