"""Every notice says what its regulation demands, or is refused with what it lacks."""

import datetime as dt
import re
import tomllib

import pytest

from workflows.notices import compose, pdf, words
from workflows.notices.compose import NoticeIncomplete, Particulars
from workflows.notices.content import Content, Section, Table
from workflows.notices.labels import LABELS

KINDS = tuple(words.kinds())
TEXTS = tomllib.loads(words.TEXTS.read_text())
TODAY = dt.date(2026, 2, 16)
JOAN = ("Joan Example", "1 High Street\nWoldham")
COMPLETE = {name: f"<{name}>" for name in LABELS if name != "recipient"} | {
    "child": "Ada Example",
    "authority": "Wolds County Council",
    "reference": "EHC-2026-00001",
    "received_on": "5 January 2026",
    "decision_due": "16 February 2026",
    "final_due": "25 May 2026",
    "representations_until": "2 March 2026",
    "local_offer": "localoffer.test",
}
APPEALABLE = (
    "refuse_to_assess",
    "no_plan",
    "no_plan_transfer",
    "final_plan",
    "plan_kept",
    "plan_amended",
    "plan_not_amended",
    "plan_ceased",
)
# SEND Regulations 2014, regulations 5(3), 10(3), 14(2) and 32.
RIGHTS = {
    "right of appeal": "right to appeal to the First-tier Tribunal",
    "time limit of an appeal": "within two months of the date of this notice, or one month from",
    "certificate first": "Before you appeal you must contact the mediation adviser",
    "mediation adviser": "<mediation_adviser>",
    "time limit of mediation": "<mediation_adviser>, within two months of the date of this notice",
    "right to mediation": "right to mediation under section 53 or 54",
    "whether to mediate, and issues": "whether you wish to mediate, and about which issues",
    "health provision wanted": "no health care provision, or none of a particular kind",
    "contact for mediation": "<mediation_contact>",
    "disagreement resolution": "Disagreement resolution is available from <disagreement_resolution>",
    "information and advice": "information, advice and support is available from "
    "<information_and_advice>",
}
# What else the law wants said, by kind.
SAID = {
    "acknowledgement": ("5 January 2026", "by 16 February 2026 at the latest"),
    "considering_assessment": ("orally or in writing", "submit evidence"),
    "assess": ("decided to secure", "<reasons>", "25 May 2026"),
    "refuse_to_assess": ("decided not to secure", "<reasons>"),
    "advice_request": ("<adviser>", "needs, provision and outcomes", "regulation 8"),
    "no_plan": ("is not necessary", "<reasons>"),
    "draft_plan": (
        "names no school",
        "representations about its content",
        "ask for a particular school",
        "meeting with an officer",
        "personal budget",
        "until 2 March 2026",
        "schools and colleges is in our local offer: localoffer.test",
    ),
    "setting_consultation": ("<setting_name>", "consult you"),
    "final_plan": ("appeal about sections B, F and I", "only about section I"),
    "assessment_agreed": ("<ordered_on>", "did not oppose", "agreement in mediation"),
    "transfer_notice": (
        "begins on <review_starts_on>",
        "invite you to a meeting",
        "stays in force",
    ),
    "no_plan_transfer": ("is not necessary", "stays in force until", "<reasons>"),
    "plan_moved_in": ("5 January 2026", "<new_assessment>", "by <review_due> at the latest"),
    "plan_kept": ("keep the plan as it is", "<reasons>"),
    "amendment_notice": (
        "copy of the plan and the evidence",
        "<reasons>",
        "make representations",
        "particular school",
        "meeting with an officer",
        "until <amendments_until>",
        "localoffer.test",
    ),
    "plan_amended": ("has been amended", "sections B, F and I", "<reasons>"),
    "plan_not_amended": ("decided not to", "<reasons>"),
    "plan_ceased": (
        "cease to maintain",
        "maintained until the time to appeal is over",
        "<reasons>",
    ),
    "budget_refused": ("<reasons>", "right to ask us to review", "who did not take the decision"),
    "budget_reviewed": ("considered what you said", "<reasons>"),
    "budget_arranged": ("£<budget_amount> a year", "<reasons>"),
    "direct_payment_offer": (
        "provision that it must be used for: <reasons>",
        "£<budget_amount> a year, paid <payment_schedule>",
        "<payment_conditions>",
        "consent in writing before we pay",
        "right to ask us to review",
    ),
    "payment_changed": ("give you notice", "<reasons>", "ask us once to reconsider"),
    "payment_stopped": ("give you notice", "<reasons>", "secure the provision", "reconsider"),
    "withdrawn": ("<ended_on>", "ask again"),
    "moved_away": ("<ended_on>", "now responsible"),
}


def write(kind: str, **values: str) -> Content:
    return compose.compose(kind, Particulars(COMPLETE | values, JOAN, TODAY))


def text_of(notice: Content) -> str:
    return "\n".join(notice.paragraphs)


def test_every_kind_of_notice_has_what_it_must_say_here() -> None:
    assert set(SAID) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_says_what_the_law_wants_and_whom_it_is_about(kind: str) -> None:
    notice = write(kind)

    for said in (*SAID[kind], "Ada Example"):
        assert said in text_of(notice)
    assert not re.search(r"[{}]", text_of(notice))


@pytest.mark.parametrize("kind", APPEALABLE)
@pytest.mark.parametrize("words", RIGHTS.values(), ids=RIGHTS)
def test_a_decision_against_the_family_tells_its_rights(kind: str, words: str) -> None:
    assert words in text_of(write(kind))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(APPEALABLE)))
def test_what_cannot_be_appealed_tells_of_no_appeal(kind: str) -> None:
    assert "right to appeal" not in text_of(write(kind)).lower()
    assert "you may appeal" not in text_of(write(kind)).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_is_tagged_pdf(kind: str) -> None:
    found = pdf.render(write(kind))

    assert found.startswith(b"%PDF-")
    assert found.rstrip().endswith(b"%%EOF")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found
    for mark in (b"/Marked true", b"/StructTreeRoot", b"/Lang", b"/DisplayDocTitle true"):
        assert mark in found


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in KINDS for name in TEXTS["notices"][kind]["requires"]],
)
@pytest.mark.parametrize("value", ["", "  \n"], ids=["none", "blank"])
def test_a_notice_that_lacks_what_it_needs_is_refused_by_name(
    kind: str, name: str, value: str
) -> None:
    with pytest.raises(NoticeIncomplete) as refused:
        write(kind, **{name: value})

    assert refused.value.message == (
        f"“{TEXTS['notices'][kind]['title']}” cannot be sent without {LABELS[name]}."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_that_lacks_everything_names_everything(kind: str) -> None:
    with pytest.raises(NoticeIncomplete) as refused:
        compose.compose(kind, Particulars({}, ("", ""), TODAY))

    lacking = [*TEXTS["notices"][kind]["requires"], "child", "recipient"]
    assert all(LABELS[name] in refused.value.message for name in lacking)


@pytest.mark.parametrize("kind", KINDS)
def test_no_notice_goes_out_with_a_gap_for_the_childs_name(kind: str) -> None:
    with pytest.raises(NoticeIncomplete, match="the name of the child"):
        write(kind, child="")


def test_a_date_that_must_be_told_leaves_no_gap() -> None:
    with pytest.raises(NoticeIncomplete, match="the last day for the final plan"):
        write("assess", final_due="")


def test_what_need_not_be_known_leaves_no_gap() -> None:
    acknowledgement = write("acknowledgement", decision_due="")
    draft = write("draft_plan", local_offer="")

    assert "and tell you. Please" in text_of(acknowledgement)
    assert "in our local offer: our website." in text_of(draft)


def test_a_kind_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoticeIncomplete, match="There is no notice “parking_ticket”"):
        write("parking_ticket")


def test_a_draft_has_the_sections_of_a_plan_but_names_no_setting() -> None:
    draft = write("draft_plan", section_i="Beck Lane Primary School")

    letters = [each.code for each in draft.sections]
    assert letters == ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "J", "K"]
    assert "Beck Lane" not in f"{draft.paragraphs}{draft.sections}"


def test_no_answer_can_draw_the_setting_into_a_draft() -> None:
    draft = write(
        "draft_plan", section_i="Beck Lane", section_b="{section_i}", child="Ada {section_i}"
    )

    assert "Beck Lane" not in f"{draft.paragraphs}{draft.sections}"
    assert "Ada {section_i}" in text_of(draft)


def test_a_final_plan_has_all_sections_each_by_itself() -> None:
    plan = write("final_plan", section_i="Beck Lane Primary School", section_c="")

    found = {each.code: each.paragraphs for each in plan.sections}
    assert list(found) == ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]
    assert found["I"] == ("Beck Lane Primary School",)
    assert found["C"] == ("None.",)


@pytest.mark.parametrize(
    "reasons",
    [
        '#panic("no")',
        "*bold* _it_ $x$ @label <tag> \\ // comment",
        "“quoted”\n\nand – dashes…",
        "[",
    ],
    ids=["code", "markup", "signs", "bracket"],
)
def test_reasons_are_words_and_not_markup(reasons: str) -> None:
    notice = write("no_plan", reasons=reasons)

    assert f"Our reasons: {reasons}" in notice.paragraphs
    assert pdf.render(notice).startswith(b"%PDF-")


def test_sections_that_are_handed_over_count_instead_of_texts() -> None:
    needs = Section("B", "Needs", (), (Table(("Need",), (("Speech",),)),))
    others = tuple(Section(code, code, (code,)) for code in "AEFI")
    told = Particulars(COMPLETE, JOAN, TODAY, (needs, *others))

    plan = compose.compose("final_plan", told)
    blank = Particulars(COMPLETE, JOAN, TODAY, (Section("B", "Needs"), *others))
    with pytest.raises(NoticeIncomplete, match="section B"):
        compose.compose("final_plan", blank)

    assert plan.sections[0] == needs


def test_a_preview_shows_what_is_missing_instead_of_refusing() -> None:
    told = Particulars({"child": "Ada Example"}, JOAN, TODAY)

    shown = compose.compose("assess", told, preview=True)

    assert shown.preview
    assert "Our reasons: [the reasons for the decision]" in shown.paragraphs
