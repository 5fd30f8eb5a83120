"""Cohorts that are wrong name the entry, the field and what to do."""

import datetime as dt

import pytest

from workflows.rulebook.model import RulebookError
from workflows.transition import load
from workflows.transition.model import Kind, Rule

SMALL = """
[settings]
primary = { title = "Primary school", leaves_after = 6 }
special = { title = "Special school" }

[[cohorts]]
code = "nine"
title = "Beginning Year 9"
kind = "statement"
rule = "enters_year"
year = 2016
year_group = 9
window_from = 2016-09-01
before = 2017-09-01
source = "Article 14"
url = "https://www.legislation.gov.uk/"

[[cohorts]]
code = "rest"
title = "Everyone else"
kind = "statement"
rule = "everyone"
window_from = 2014-09-01
before = 2018-04-01
source = "Article 14"
url = "https://www.legislation.gov.uk/"

[[cohorts]]
code = "lda"
title = "Assessments"
kind = "lda"
rule = "everyone"
window_from = 2014-09-01
by = 2016-09-01
source = "Part 6"
url = "https://www.legislation.gov.uk/"
"""


def test_before_a_day_ends_the_day_before_and_by_a_day_on_it() -> None:
    plan = load.read(SMALL.encode())

    assert plan.final(Kind.STATEMENT).last_day == dt.date(2018, 3, 31)
    assert plan.final(Kind.LDA).last_day == dt.date(2016, 9, 1)
    assert plan.cohorts[0].rule == Rule.ENTERS_YEAR
    assert plan.settings["special"].leaves_after is None


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('rule = "enters_year"', 'rule = "whoever"', "“whoever” is no rule. Use one of"),
        ('kind = "lda"', 'kind = "lsa"', "“lsa” is no kind. Use one of: statement, lda"),
        ("before = 2017-09-01", "by = 2017-09-01\nbefore = 2017-09-01", "either “before” or “by”"),
        ("before = 2017-09-01", "", "either “before” or “by”"),
        ("before = 2017-09-01", "before = 2016-08-01", "its window does not lie before"),
        ("before = 2017-09-01", "before = 2019-09-01", "ends after that of everyone else"),
        ("year_group = 9", "year_group = 15", "“year_group” must be from -1 to 14"),
        ("year_group = 9", "", "“year_group” is missing"),
        ("year = 2016", "", "“year” is missing"),
        ("year = 2016", "yaer = 2016", "Did you mean “year”"),
        ("leaves_after = 6", "leaves_after = 99", "setting primary: “leaves_after” must be"),
        ('special = { title = "Special school" }', "special = 3", "must be a table"),
        ('code = "lda"', 'code = "nine"', "there are two of that code"),
        ('kind = "lda"', 'kind = "statement"', "needs one cohort of everyone else"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(before: str, after: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        load.read(SMALL.replace(before, after, 1).encode())


@pytest.mark.parametrize(
    ("code", "last_day"),
    [
        ("post_16_2015", dt.date(2015, 5, 30)),
        ("post_16_2016", dt.date(2016, 3, 30)),
        ("post_16_2017", dt.date(2017, 3, 30)),
        ("phase_2016", dt.date(2016, 2, 14)),
        ("phase_2017", dt.date(2017, 2, 14)),
        ("year_9_2016", dt.date(2017, 8, 31)),
        ("all_others", dt.date(2018, 3, 31)),
        ("lda", dt.date(2016, 8, 31)),
    ],
)
def test_our_own_cohorts_end_on_the_days_of_the_order(code: str, last_day: dt.date) -> None:
    cohort = next(each for each in load.current().cohorts if each.code == code)

    assert cohort.last_day == last_day
    assert cohort.source.startswith("SI 2014/2270")
