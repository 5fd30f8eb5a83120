"""The pages about the rules for diagrams: found from the library, open to whoever is signed in."""

import re
from typing import Any

from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor
from tests.webapp.test_api import Client
from webapp.presentation import markdown
from workflows import diagram_check


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


def test_a_process_owner_gets_from_the_diagrams_to_the_page_of_each_rule(visitor: Visitor) -> None:
    visitor.sign_in("owner")
    assert 'href="/help/rules"' in text(visitor.get("/diagrams"))

    names = re.findall(r'href="/help/rules/(\w+)"', text(visitor.get("/help/rules")))

    assert {*diagram_check.RULES} <= set(names)
    for name in names:
        page = text(visitor.get(f"/help/rules/{name}"))
        for link in re.findall(r'href="/help/rules/(\w+)"', page):
            assert link in names


def test_the_table_of_refused_constructs_and_the_examples_are_shown(visitor: Visitor) -> None:
    visitor.sign_in("casework")

    page = text(visitor.get("/help/rules/runs_as_drawn"))

    assert '<th scope="col" class="govuk-table__header">' in page or 'scope="col"' in page
    assert "adHocSubProcess" in page
    assert "&lt;signalEventDefinition/&gt;" in page


def test_who_is_not_signed_in_and_what_does_not_exist_get_no_page(visitor: Visitor) -> None:
    visitor.get("/help/rules/labelled", status=303)
    visitor.sign_in("owner")
    visitor.get("/help/rules/nothing", status=404)
    visitor.get("/help/rules/..%2fdiagrams", status=404)


def test_html_and_scripts_within_a_document_are_shown_as_text() -> None:
    shown = markdown.render("<script>x</script> [a](javascript:x) [b](way_in.md)")

    assert "<script>" not in shown
    assert 'href="javascript' not in shown
    assert 'href="/help/rules/way_in"' in shown


def test_the_api_checks_beside_what_is_live_and_says_warnings_when_publishing(
    app: Flask, small_county: County
) -> None:
    owner = Client(app, small_county, "owner")
    live = owner.client.get("/api/v1/diagrams/mediation/versions/1", headers=owner.headers).data
    plain = live.replace(b'name="Told"', b'name=""')
    wrong = live.replace(b"due_for(", b"due_four(")
    body = {"xml": plain.decode(), "reason": "Shorter names."}

    checked = owner.call("post", "/api/v1/diagrams/check", data=live)
    published = owner.call("post", "/api/v1/diagrams/mediation/versions", 201, json=body)
    body["xml"] = wrong.decode()
    refused = owner.call("post", "/api/v1/diagrams/mediation/versions", 422, json=body)
    other = owner.call("post", "/api/v1/diagrams/gather_advice/versions", 422, json=body)

    assert checked["problems"] == []
    assert {each["rule"] for each in published["problems"]} == {"labelled"}
    assert published["problems"][0]["path"] == []
    assert published["version"] == 2
    assert "due_four" in refused["detail"]
    assert refused["errors"]
    assert "“mediation”, not “gather_advice”" in other["detail"]
