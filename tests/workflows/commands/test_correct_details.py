"""Details of a case are corrected for a reason, on record, and what does not fit is refused."""

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.correct_details import CorrectDetails, NothingChanged
from workflows.queries.timeline import timeline

WHY = "Told by the school"


def test_details_are_entered_tidied_and_told_in_the_history(small_county: County) -> None:
    case_id = small_county.open_case()
    casework = small_county.person("casework")

    values = {"upn": " h8012 00001001 ", "postcode": "wo11ab", "child_sex": "F", "uln": ""}
    small_county.system.execute(CorrectDetails(case_id, values, WHY), casework)
    small_county.system.execute(CorrectDetails(case_id, {"child_sex": ""}, WHY), casework)

    kept = small_county.case(case_id).details
    assert kept == {"upn": "H801200001001", "postcode": "WO1 1AB"}
    [first, second] = small_county.happened(case_id, "DetailsCorrected")
    assert first["before"] == {"upn": "", "postcode": "", "child_sex": ""}
    assert (second["before"], second["values"]) == ({"child_sex": "F"}, {"child_sex": ""})
    assert second["reason"] == WHY
    with small_county.system.read() as connection:
        events = timeline(connection, casework, case_id).items
    assert any(each.title == "Details corrected" and WHY in each.detail for each in events)
    assert small_county.problems() == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("upn", "B801200001001"),
        ("upn", "H80120000100"),
        ("uln", "123456789"),
        ("uln", "12345678901"),
        ("postcode", "<script>alert(1)</script>"),
        ("child_sex", "X"),
        ("ethnicity", "wbri"),
        ("placement_entry", "2025-02-30"),
        ("placement_entry", "01/09/2025"),
        ("placement_urn", "1' OR 1=1"),
        ("placement_ukprn", "1234567"),
        ("placement_other", "x" * 201),
        ("placement_other", "a\u0000b"),
        ("transfer_la", "Leeds"),
        ("sen_type", "XYZ"),
        ("year_group", "99"),
        ("child_first_name", "Mallory"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    small_county: County, key: str, text: str
) -> None:
    case_id = small_county.open_case()
    before = small_county.case(case_id)
    command = CorrectDetails(case_id, {key: text, "rya": "1"}, WHY)

    with pytest.raises(errors.Invalid) as refusal:
        small_county.system.execute(command, small_county.person("casework"))

    assert set(refusal.value.errors) == {key}
    assert small_county.case(case_id) == before


def test_without_a_reason_or_a_change_nothing_is_entered(small_county: County) -> None:
    case_id = small_county.open_case()
    casework = small_county.person("casework")

    with pytest.raises(errors.Invalid, match="do not fit"):
        small_county.system.execute(CorrectDetails(case_id, {"rya": "1"}, " "), casework)
    with pytest.raises(NothingChanged):
        small_county.system.execute(CorrectDetails(case_id, {"rya": ""}, WHY), casework)
