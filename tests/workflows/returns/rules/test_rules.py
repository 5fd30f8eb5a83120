"""Each rule has a record that breaks it, and the record without a fault breaks none."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.support.returns import CENSUS, case
from workflows.returns import compose, fields
from workflows.returns.fields import Format
from workflows.returns.model import (
    ACTIVE_PLAN,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PERSON,
    PLACEMENT,
    PLAN_DETAIL,
    REQUEST,
    Module,
)
from workflows.returns.rules import across, book, items, last_year
from workflows.returns.rules.rule import Problem, Rule, Seen

Change = Callable[[Module], Module]
SEEN = Seen(CENSUS, in_time=False, started=dt.date(2025, 6, 20), review_by=dt.date(2026, 6, 20))


def whole() -> Module:
    record = compose.record(case(), CENSUS)
    assert record
    return record


def changed(module: Module, element: str, change: Change) -> Module:
    """Return a record with each module of a kind changed."""
    here = module.with_parts(*(changed(each, element, change) for each in module.parts))
    return change(here) if here.element == element else here


def put(element: str, **texts: str) -> Change:
    """Return a change of a module of this kind, that sets items."""

    def change(module: Module) -> Module:
        for name, text in texts.items():
            module = module.with_text(name, text)
        return module

    return lambda record: changed(record, element, change)


def parts(element: str, *wanted: Module) -> Change:
    """Return a change that gives modules of this kind other parts of the kinds of `wanted`."""

    def change(module: Module) -> Module:
        kinds = {each.element for each in wanted}
        return module.with_parts(
            *(each for each in module.parts if each.element not in kinds), *wanted
        )

    return lambda record: changed(record, element, change)


def without(element: str, inner: str) -> Change:
    def change(module: Module) -> Module:
        return module.with_parts(*(each for each in module.parts if each.element != inner))

    return lambda record: changed(record, element, change)


def both(*changes: Change) -> Change:
    def change(record: Module) -> Module:
        for each in changes:
            record = each(record)
        return record

    return change


def broken(change: Change, seen: Seen = SEEN) -> set[str]:
    return {each.rule for each in book.check(change(whole()), seen)}


NEED_TOO = Module(NEED, {}).with_text("SENtype", "ASD").with_text("SENtypeRank", "2")
NAMED_TOO = Module(PLAN_DETAIL, {}).with_text("URN", "990002").with_text("PlacementRank", "1")
PLACED_TOO = (
    Module(PLACEMENT, {})
    .with_text("URN", "990002")
    .with_text("PlacementRank", "1")
    .with_text("EntryDate", "2025-09-01")
)
# Rule to what breaks it; those of single items are made from fields.toml.
BREAKS: dict[str, Change | tuple[Change, Seen]] = {
    "1.3-order": put(PERSON, PersonBirthDate="2025-12-01"),
    "1.3-age": put(PERSON, PersonBirthDate="1995-12-01"),
    "1.6-missing": put(PERSON, PostCode=""),
    "1.6-withheld": lambda record: record.with_text("PostCode", "", "withheld"),
    "1.7-missing": put(PERSON, UPN=""),
    "1.7-both": put(PERSON, UPNunknown="UN2"),
    "1.7b-age": put(PERSON, UniqueLearnerNumber="1234567890"),
    "1.7c-age": put(PERSON, UPNunknown="UN1", UPN=""),
    "2.1-missing": put(REQUEST, ReceivedDate=""),
    "2.1-late": put(REQUEST, ReceivedDate="2026-01-03"),
    "2.1-long": put(REQUEST, ReceivedDate="2024-01-03", RequestOutcome="A"),
    "2.2-missing": put(REQUEST, RequestSource=""),
    "2.3-missing": put(REQUEST, RYA=""),
    "2.4-missing": put(REQUEST, RequestOutcomeDate=""),
    "2.4-order": put(REQUEST, RequestOutcomeDate="2025-02-02"),
    "2.5-end": put(REQUEST, RequestOutcome="W"),
    "2.5-assessed": put(REQUEST, RequestOutcome="N"),
    "2.5-not-assessed": without(REQUEST, ASSESSMENT),
    "2.6-missing": put(REQUEST, RequestMediation=""),
    "2.7-missing": put(REQUEST, RequestTribunal=""),
    "2.8-missing": put(REQUEST, Exported=""),
    "2.8-end": put(REQUEST, Exported="815"),
    "3.1-end": put(ASSESSMENT, AssessmentOutcome="A"),
    "3.1-plan": put(ASSESSMENT, AssessmentOutcome="N"),
    "3.1-no-plan": without(ASSESSMENT, NAMED_PLAN),
    "3.2-missing": put(ASSESSMENT, AssessmentOutcomeDate=""),
    "3.2-order": put(ASSESSMENT, AssessmentOutcomeDate="2025-03-09"),
    "3.7-missing": put(ASSESSMENT, Week20=""),
    "3.7-claimed": put(ASSESSMENT, Week20="1"),
    "3.7-recorded": (put(ASSESSMENT, Week20="0"), Seen(CENSUS, claimed=True)),
    "3.7-needless": (put(ASSESSMENT, Week20="1"), Seen(CENSUS, claimed=True, in_time=True)),
    "4.1-other": put(NAMED_PLAN, StartDate="2025-06-21"),
    "4.3-age": put(NAMED_PLAN, PlanWBP="S"),
    "4.4-without": put(NAMED_PLAN, DP="E"),
    "4.4-how": put(NAMED_PLAN, PB="1"),
    "4.5-reason": put(NAMED_PLAN, CeaseDate="2025-12-01"),
    "4.5-date": put(NAMED_PLAN, CeaseReason="3"),
    "4.5-order": put(NAMED_PLAN, CeaseDate="2025-01-01", CeaseReason="3"),
    "4.6-age": put(NAMED_PLAN, CeaseDate="2025-12-01", CeaseReason="1"),
    "4.6-other": put(NAMED_PLAN, CeaseDate="2025-12-01", CeaseReason="9"),
    "4.7-none": without(NAMED_PLAN, PLAN_DETAIL),
    "4.7-ranks": parts(NAMED_PLAN, NAMED_TOO, NAMED_TOO.with_text("URN", "990003")),
    "4.7-missing": put(PLAN_DETAIL, URN=""),
    "4.7-twice": put(PLAN_DETAIL, UKPRN="10000001"),
    "4.7-words": put(PLAN_DETAIL, URN="", SENSetting="OTH"),
    "4.7-unit": put(PLAN_DETAIL, SENunitIndicator="1", ResourcedProvisionIndicator="1"),
    "5.0-ceased": put(NAMED_PLAN, CeaseDate="2025-12-01", CeaseReason="3"),
    "5.1-missing": put(ACTIVE_PLAN, TransferLA=""),
    "5.4a-missing": put(ACTIVE_PLAN, LastReview="2025-12-01", ReviewOutcome="M"),
    "5.4b-overdue": (lambda record: record, Seen(CENSUS, review_by=dt.date(2025, 9, 1))),
    "5.4c-half": put(ACTIVE_PLAN, ReviewOutcome="M"),
    "5.4d-outcome": put(ACTIVE_PLAN, ReviewDraft="2025-12-01"),
    "5.6-late": put(
        ACTIVE_PLAN, PhaseTransferDueDate="2025-02-14", PhaseTransferFinalDate="2025-02-15"
    ),
    "5.6-due": put(ACTIVE_PLAN, PhaseTransferFinalDate="2025-02-15"),
    "5.7-none": without(ACTIVE_PLAN, PLACEMENT),
    "5.7-ranks": parts(ACTIVE_PLAN, PLACED_TOO, PLACED_TOO),
    "5.7-missing": put(PLACEMENT, URN=""),
    "5.7-twice": put(PLACEMENT, SENSetting="EHE"),
    "5.7-words": put(PLACEMENT, URN="", SENSetting="NIEO"),
    "5.7-unit": put(PLACEMENT, SENunitIndicator="1", ResourcedProvisionIndicator="1"),
    "5.7c-age": put(PLACEMENT, URN="", SENSetting="NEET"),
    "5.7e-missing": put(PLACEMENT, EntryDate=""),
    "5.7f-order": put(PLACEMENT, LeavingDate="2023-08-31"),
    "5.8-none": without(ACTIVE_PLAN, NEED),
    "5.8-ranks": put(NEED, SENtypeRank="2"),
    "5.8-same": lambda record: changed(
        record, ACTIVE_PLAN, lambda plan: plan.with_parts(*plan.parts, NEED_TOO)
    ),
}
WRONG = {
    Format.TEXT: "a\u0007b",
    Format.DATE: "2025-02-30",
    Format.FLAG: "2",
    Format.CODE: "ZZ",
    Format.LA: "81",
    Format.UPN: "B123456789012",
    Format.ULN: "123",
    Format.URN: "1234567",
    Format.UKPRN: "123",
    Format.POSTCODE: "nowhere",
}


def test_a_record_without_a_fault_breaks_no_rule() -> None:
    assert broken(lambda record: record) == set()


@pytest.mark.parametrize("code", BREAKS)
def test_a_rule_is_broken_by_its_case(code: str) -> None:
    change = BREAKS[code]
    made, seen = change if isinstance(change, tuple) else (change, SEEN)

    assert code in broken(made, seen)


@pytest.mark.parametrize("rule", items.RULES, ids=lambda rule: f"{rule.code}")
def test_an_item_that_is_missing_or_misspelt_is_told(rule: Rule) -> None:
    field = fields.field(rule.module, rule.element)
    text = "" if rule.code.endswith("-missing") else WRONG[field.format]
    change = put(rule.module, **{rule.element: text})

    problems = [each for each in book.check(change(whole()), SEEN) if each.rule == rule.code]

    assert problems
    assert problems[0].value == text
    assert problems[0].element == rule.element


def test_every_rule_has_a_case_that_breaks_it() -> None:
    tried = {*BREAKS, *(each.code for each in items.RULES)}
    elsewhere = {each.code for each in (*across.RULES, *last_year.RULES)}

    assert tried | elsewhere == set(book.BY_CODE)
    assert len(book.BY_CODE) == len(book.ALL)


def test_every_rule_says_what_is_wrong_and_how_it_is_mended() -> None:
    for each in book.ALL:
        assert each.words.endswith("."), each.code
        assert each.mend.endswith("."), each.code
        assert each.element in fields.kinds()[each.module].fields, each.code


LAST = "2025"


def compared(last: Module | None, now: Module | None) -> dict[str, Problem]:
    return {each.rule: each for each in book.compare(last, now, CENSUS)}


def open_request() -> Module:
    record = compose.record(case(only=(("request_received", "2025-02-03", "", ""),)), CENSUS)
    assert record
    return record


CEASED = put(NAMED_PLAN, CeaseDate="2025-12-01", CeaseReason="3")
NO_PLAN = without(REQUEST, ACTIVE_PLAN)


@pytest.mark.parametrize(
    ("last", "now", "rule"),
    [
        (open_request(), None, "last-lost"),
        (whole(), None, "last-plan-vanished"),
        (whole(), NO_PLAN(put(NAMED_PLAN, CeaseDate="")(whole())), "last-plan-vanished"),
        (None, put(NAMED_PLAN, StartDate="2020-06-20")(whole()), "last-plan-new"),
        (NO_PLAN(CEASED(whole())), NO_PLAN(CEASED(whole())), "last-ceased-twice"),
        (NO_PLAN(CEASED(whole())), whole(), "last-revived"),
        (whole(), put(REQUEST, ReceivedDate="2025-02-04")(whole()), "last-dates"),
        (whole(), put(PERSON, PersonBirthDate="2017-04-03")(whole()), "last-dates"),
    ],
)
def test_what_differs_from_last_year_is_told(
    last: Module | None, now: Module | None, rule: str
) -> None:
    assert rule in compared(last, now)


@pytest.mark.parametrize(
    ("last", "now"),
    [
        (whole(), whole()),
        (None, whole()),
        (None, open_request()),
        (open_request(), whole()),
        (whole(), NO_PLAN(CEASED(whole()))),
        (NO_PLAN(CEASED(whole())), None),
        (None, None),
    ],
    ids=["same", "new plan", "new request", "went on", "ceased since", "was over", "nothing"],
)
def test_what_follows_from_a_year_is_not_told(last: Module | None, now: Module | None) -> None:
    assert compared(last, now) == {}


def test_every_comparison_is_tried() -> None:
    tried = {"last-lost", "last-plan-vanished", "last-plan-new", "last-ceased-twice"}

    assert {each.code for each in last_year.RULES} == tried | {"last-revived", "last-dates"}
