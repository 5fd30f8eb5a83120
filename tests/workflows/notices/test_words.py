"""An authority may reword a notice, but not take from it what the law demands."""

import dataclasses

import pytest

from workflows.notices import words as wording
from workflows.notices.words import BadWords, Words

KINDS = wording.kinds()


def reworded(kind: str, old: str, new: str) -> Words:
    text = KINDS[kind].delivered
    assert old in "\n".join(text.lines)
    return dataclasses.replace(
        text,
        body=tuple(line.replace(old, new) for line in text.body),
        parts={
            name: tuple(line.replace(old, new) for line in lines)
            for name, lines in text.parts.items()
        },
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_delivered_is_acceptable(kind: str) -> None:
    words = KINDS[kind].delivered

    wording.check(KINDS[kind], words)

    assert wording.from_json(words.as_json()) == words


def test_every_legal_part_has_words_that_stay() -> None:
    parts = {name: kept for kind in KINDS.values() for name, kept in kind.part_words.items()}

    assert all(parts.values())


@pytest.mark.parametrize(
    ("kind", "old", "new", "field", "said"),
    [
        ("assess", "{reasons}", "", "body", "the reasons for the decision: put {reasons} back"),
        ("assess", "{child}", "your child", "body", "the name of the child: put {child} back"),
        ("assess", "{reasons}", "{reasons} {salary}", "body", "There is no field {salary}"),
        ("assess", "{reasons}", "{reasons} {{ 1 }}", "body", "curly brackets only around"),
        ("assess", "{reasons}", "{reasons} {% raw %}", "body", "curly brackets only around"),
        ("assess", "{reasons}", "{reasons} <script>x</script>", "body", "tags such as"),
        ("assess", "{reasons}", "{reasons} {reasons.__class__}", "body", "curly brackets only"),
        ("no_plan", "two months", "a while", "appeal", "must keep “two months”"),
        ("no_plan", "{mediation_adviser}", "us", "appeal", "({mediation_adviser})"),
        ("no_plan", "{mediation_contact}", "us", "mediation", "({mediation_contact})"),
        ("no_plan", "{information_and_advice}", "", "services", "({information_and_advice})"),
        ("no_plan", "{child}", "{section_b}", "body", "There is no field {section_b}"),
    ],
)
def test_what_the_law_demands_cannot_be_taken_out(
    kind: str, old: str, new: str, field: str, said: str
) -> None:
    with pytest.raises(BadWords) as refused:
        wording.check(KINDS[kind], reworded(kind, old, new))

    assert said in " ".join(refused.value.errors[field])


def test_a_legal_part_cannot_be_left_out() -> None:
    without = dataclasses.replace(KINDS["no_plan"].delivered, parts={})

    with pytest.raises(BadWords) as refused:
        wording.check(KINDS["no_plan"], without)

    assert set(refused.value.errors) == {"appeal", "mediation", "services"}


@pytest.mark.parametrize("title", ["", "  ", "x" * 151, "About {child}"])
def test_a_title_is_short_and_plain(title: str) -> None:
    words = dataclasses.replace(KINDS["assess"].delivered, title=title)

    with pytest.raises(BadWords) as refused:
        wording.check(KINDS["assess"], words)

    assert set(refused.value.errors) == {"title"}


def test_a_legal_part_may_be_reworded() -> None:
    words = reworded("no_plan", "You have the right to appeal", "You can appeal, if you wish,")

    wording.check(KINDS["no_plan"], words)
