"""A reason is given, and kept whole."""

import pytest

from engine import errors, reasons


def test_a_reason_is_kept_without_spaces_around_it() -> None:
    assert reasons.given("  She moved.\n") == "She moved."
    assert reasons.given("é" * reasons.MOST) == "é" * reasons.MOST


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (reasons.MOST + 1)])
def test_no_reason_and_one_that_would_be_cut_are_refused(text: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        reasons.given(text)
    assert refused.value.errors["reason"]
