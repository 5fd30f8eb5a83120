"""A rulebook that is wrong names the entry, what is wrong with it and what to do."""

import datetime as dt

import pytest

from workflows.rulebook import load
from workflows.rulebook.model import Limit, Rulebook, RulebookError, Unit, UnknownDuty

SMALL = """
target_days = 1
headline = "plan"

[facts]
asked = { title = "Asked" }
told = { title = "Told", qualified_by = "adviser", not_before = ["asked"] }

[grounds.closed]
title = "Closed"
text = "The school was closed."
shortest = 28

[[duties]]
code = "plan"
title = "Send the plan"
actor = "sen_casework"
opens_on = ["asked"]
anchor = "asked"
limit = { count = 20, unit = "weeks" }
met_by = ["told:yes"]
void_by = []
grounds = ["closed"]
source = "Regulation 13(2)"
url = "https://www.legislation.gov.uk/"
in_force_from = 2014-09-01
in_force_to = 2026-08-31
processes = ["ehc_assessment"]
"""
DUTY = SMALL[SMALL.index("[[duties]]") :]
LATER = DUTY.replace("2014-09-01", "2026-09-01").replace("in_force_to = 2026-08-31\n", "")


def read(text: str, **others: str) -> Rulebook:
    files = {"general": text, **others}
    return load.read({f"{name}.toml": each.encode() for name, each in files.items()})


def test_what_is_written_is_what_is_read() -> None:
    book = read(SMALL)

    (duty,) = book.duties
    assert duty.limit == Limit(20, Unit.WEEKS, inclusive=False)
    assert [(each.code, each.outcome) for each in duty.met_by] == [("told", "yes")]
    assert (duty.in_force_from, duty.in_force_to) == (dt.date(2014, 9, 1), dt.date(2026, 8, 31))
    assert book.grounds["closed"].shortest == 28
    assert book.facts["told"].not_before == (("asked",),)
    assert (book.target_days, book.headline) == (1, "plan")


def test_every_change_of_the_text_is_another_version() -> None:
    again = read(SMALL)
    changed = read(SMALL.replace("count = 20", "count = 21"))

    assert read(SMALL).version == again.version
    assert changed.version != again.version


def test_a_duty_is_read_as_it_stood_on_a_date() -> None:
    book = read(SMALL + LATER.replace("count = 20", "count = 16"))

    assert book.duty("plan", dt.date(2026, 8, 31)).limit.count == 20
    assert book.duty("plan", dt.date(2026, 9, 1)).limit.count == 16
    assert book.newest("plan").limit.count == 16
    with pytest.raises(UnknownDuty):
        book.duty("plan", dt.date(2014, 8, 31))
    with pytest.raises(UnknownDuty):
        book.newest("nothing")


WRONG = {
    "no TOML": (SMALL + "\nthis is not", ""),
    "no text": (SMALL.replace("Asked", "\x00"), ""),
    "unknown key of a duty": (
        SMALL.replace("met_by =", "due_in = 3\nmet_by ="),
        "duty plan: there is no key “due_in”",
    ),
    "misspelt key of a duty": (
        SMALL + LATER.replace("[[duties]]", "[[duties]]\nper_qualifer = true"),
        "duty plan: there is no key “per_qualifer”. Did you mean “per_qualifier”?",
    ),
    "misspelt key of a limit": (
        SMALL.replace('unit = "weeks"', 'unit = "weeks", inclusiv = true'),
        "duty plan, limit: there is no key “inclusiv”. Did you mean “inclusive”?",
    ),
    "unknown key of a fact": (
        SMALL.replace('{ title = "Asked"', '{ titel = "Asked"'),
        "fact asked: there is no key “titel”. Did you mean “title”?",
    ),
    "unknown key of a ground": (
        SMALL.replace("shortest", "least"),
        "ground closed: there is no key “least”",
    ),
    "unknown key at the top": (
        SMALL.replace("target_days", "targetdays"),
        "top: there is no key “targetdays”. Did you mean “target_days”?",
    ),
    "no source": (
        SMALL.replace('source = "Regulation 13(2)"\n', ""),
        "duty plan: “source” is missing. Add it",
    ),
    "empty source": (
        SMALL.replace("Regulation 13(2)", " "),
        "duty plan: “source” is missing. Add it",
    ),
    "no code": (SMALL.replace('code = "plan"\n', ""), "duty ?: “code” is missing. Add it"),
    "no limit": (
        SMALL.replace('limit = { count = 20, unit = "weeks" }\n', ""),
        "duty plan: “limit” is missing. Add it",
    ),
    "no count": (
        SMALL.replace("count = 20, ", ""),
        "duty plan, limit: “count” is missing. Add it",
    ),
    "no title of a fact": (
        SMALL.replace('{ title = "Asked" }', "{ }"),
        "fact asked: “title” is missing. Add it",
    ),
    "no facts": (
        SMALL.replace("[facts]\n", "")
        .replace("asked =", "# asked =")
        .replace("told =", "# told ="),
        "duty plan: there is no fact “asked”",
    ),
    "bad unit": (
        SMALL.replace('"weeks"', '"fortnights"'),
        "duty plan, limit: “fortnights” is no unit. Use one of: days, weeks, working_days, months",
    ),
    "no number": (
        SMALL.replace("count = 20", 'count = "20"'),
        "duty plan, limit: “count” must be int",
    ),
    "half a week": (
        SMALL.replace("count = 20", "count = 2.5"),
        "duty plan, limit: “count” must be int",
    ),
    "weeks before": (
        SMALL.replace("count = 20", "count = -1"),
        "duty plan, limit: a limit cannot be less than nothing",
    ),
    "a count with a day": (
        SMALL.replace("count = 20", "count = 20, day = 3"),
        "duty plan, limit: only a date has a “day”. Remove it.",
    ),
    "a day that no month has": (
        SMALL.replace('count = 20, unit = "weeks"', 'unit = "date", month = 2, day = 30'),
        "duty plan, limit: there is no day 30 of month 2",
    ),
    "unknown closed days": (
        SMALL.replace("grounds = [", 'excludes = "august"\ngrounds = ['),
        "duty plan: there are no closed days “august”",
    ),
    "closed days that are none": (
        SMALL.replace(
            "[[duties]]", '[closed_days.x]\nsource = "S"\nperiods = ["August"]\n[[duties]]'
        ),
        "closed days x: “August” is no period. Write “12-25 to 01-01”",
    ),
    "an unknown fact that decides which version applies": (
        SMALL.replace("grounds = [", 'in_force_by = "aksed"\ngrounds = ['),
        "duty plan: there is no fact “aksed”",
    ),
    "a period without a source": (
        SMALL.replace(
            "[[duties]]",
            '[periods.x]\ntitle = "X"\nurl = "U"\nlimit = { count = 1, unit = "days" }\n[[duties]]',
        ),
        "period x: “source” is missing. Add it",
    ),
    "a switch in quotes": (
        SMALL.replace('"weeks" }', '"weeks", inclusive = "false" }'),
        "duty plan, limit: “inclusive” must be bool",
    ),
    "a word for a list": (
        SMALL.replace('opens_on = ["asked"]', 'opens_on = "asked"'),
        "duty plan: “opens_on” must be list",
    ),
    "nothing that meets it": (
        SMALL.replace('met_by = ["told:yes"]', "met_by = []"),
        "duty plan: “met_by” is empty. Name at least one.",
    ),
    "a date in quotes": (
        SMALL.replace("2014-09-01", '"2014-09-01"'),
        "duty plan: “in_force_from” must be date",
    ),
    "unknown fact": (
        SMALL.replace('met_by = ["told:yes"]', 'met_by = ["tolt:yes"]'),
        "duty plan: there is no fact “tolt”",
    ),
    "unknown anchor": (
        SMALL.replace('anchor = "asked"', 'anchor = "aksed"'),
        "duty plan: there is no fact “aksed”",
    ),
    "unknown ground": (
        SMALL.replace('grounds = ["closed"]', 'grounds = ["staff_shortage"]'),
        "duty plan: there is no ground “staff_shortage”",
    ),
    "unknown fact that another follows": (
        SMALL.replace('not_before = ["asked"]', 'not_before = ["aksed"]'),
        "fact told: there is no fact “aksed”",
    ),
    "unknown headline": (
        SMALL.replace('headline = "plan"', 'headline = "plans"'),
        "there is no duty “plans”",
    ),
    "duplicate duty": (SMALL + DUTY, "duty plan: two versions are in force on 2014-09-01"),
    "overlapping versions": (
        SMALL + LATER.replace("2026-09-01", "2026-08-31"),
        "duty plan: two versions are in force on 2026-08-31",
    ),
    "ends before it begins": (
        SMALL.replace("2026-08-31", "2014-08-31"),
        "duty plan: “in_force_to” lies before “in_force_from”",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_rulebook_says_where_and_what(text: str, message: str) -> None:
    with pytest.raises(RulebookError) as refused:
        read(text)

    assert str(refused.value).startswith(f"general.toml: {message}")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RulebookError, match=r"general\.toml: "):
        load.read({"general.toml": b"\xff\xfe"})


def test_files_are_one_rulebook_and_each_of_them_is_part_of_the_version() -> None:
    shared, law = SMALL.split("[[duties]]", 1)
    apart = read(shared, plans="[[duties]]" + law)

    assert apart.duties == read(SMALL).duties
    assert apart.version != read(SMALL).version
    assert apart.version != read(shared, plan="[[duties]]" + law).version


def test_what_is_wrong_between_files_names_the_file() -> None:
    wrong = {
        "plans.toml: duty plan: two versions are in force on 2014-09-01": DUTY,
        "plans.toml: fact asked: another file has it as well": '[facts]\nasked = { title = "A" }',
        "plans.toml: duty plan: there is no fact “aksed”": LATER.replace("asked", "aksed"),
        "plans.toml: top: there is no key “headline”": 'headline = "plan"',
    }
    for message, plans in wrong.items():
        with pytest.raises(RulebookError) as refused:
            read(SMALL, plans=plans)
        assert str(refused.value).startswith(message)
    with pytest.raises(RulebookError, match=r"there is no file “general\.toml”"):
        load.read({"plans.toml": DUTY.encode()})


def test_versions_that_follow_each_other_are_taken() -> None:
    assert len(read(SMALL + LATER).duties) == 2


def test_the_rulebook_of_this_version_names_a_source_and_an_address_for_every_duty() -> None:
    for duty in load.current().duties:
        assert duty.source
        assert duty.url.startswith(
            (
                "https://www.legislation.gov.uk/",
                "https://www.gov.uk/",
                "https://www.ipsea.org.uk/",  # the judgment itself is not published elsewhere
            )
        ), duty.code


def test_exceptions_are_those_of_the_regulation_and_no_others() -> None:
    four = {"setting_closed", "early_years_closed", "exceptional_circumstances", "absent_from_area"}
    lawful = {
        "assessment.decision": four,
        "assessment.advice": {
            "exceptional_circumstances", "absent_from_area", "missed_appointment",
        },
        "assessment.no_plan_notice": four,
        "assessment.final_plan": four,
        "reassessment.final_plan": four,
        "transfer.final_plan": four,
        "transfer.no_plan_notice": four,
    }  # fmt: skip
    for duty in load.current().duties:
        area = duty.code.split(".")[0]
        if area in {"order", "unopposed"} or (area == "agreement" and duty.grounds):
            assert set(duty.grounds) == four | {"absent_two_weeks"}
        elif area == "transfer" and duty.code not in lawful:
            assert set(duty.grounds) <= {"exceptional_circumstances"}
        else:
            assert set(duty.grounds) == lawful.get(duty.code, set()), duty.code


def test_what_is_from_memory_carries_the_mark() -> None:
    book = load.current()

    assert not book.newest("transfer.notice").verified
    assert not book.newest("recommendation.health").verified
    assert book.newest("assessment.final_plan").verified
    for duty in book.duties:
        assert duty.verified or duty.source
