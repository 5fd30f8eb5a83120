"""UPNs with their check letter, ULNs, postcodes and dates: what is one, and what is none."""

import string

import pytest
from hypothesis import given, settings, strategies as st

from workflows.returns import formats
from workflows.returns.fields import Format

DIGITS = st.text(string.digits, min_size=12, max_size=12)
LETTERS = st.sampled_from(formats.CHECK_LETTERS)


@settings(max_examples=60, deadline=None)
@given(DIGITS)
def test_a_upn_with_its_check_letter_is_one(rest: str) -> None:
    assert formats.is_upn(formats.check_letter(rest) + rest)


@settings(max_examples=60, deadline=None)
@given(DIGITS, LETTERS)
def test_with_any_other_letter_it_is_none(rest: str, letter: str) -> None:
    assert formats.is_upn(letter + rest) == (letter == formats.check_letter(rest))


@settings(max_examples=60, deadline=None)
@given(DIGITS, st.integers(0, 11), st.integers(1, 9))
def test_a_figure_typed_wrongly_is_noticed(rest: str, place: int, more: int) -> None:
    upn = formats.check_letter(rest) + rest
    wrong = str((int(rest[place]) + more) % 10)

    mistyped = upn[: place + 1] + wrong + upn[place + 2 :]

    assert not formats.is_upn(mistyped)


@settings(max_examples=60, deadline=None)
@given(DIGITS, st.integers(0, 10))
def test_two_figures_that_changed_places_are_noticed(rest: str, place: int) -> None:
    upn = formats.check_letter(rest) + rest
    swapped = rest[:place] + rest[place + 1] + rest[place] + rest[place + 2 :]

    assert formats.is_upn(upn[0] + swapped) == (swapped == rest)


@settings(max_examples=60, deadline=None)
@given(st.text(string.digits, min_size=11, max_size=11), LETTERS)
def test_a_temporary_upn_ends_in_a_letter(rest: str, last: str) -> None:
    temporary = rest + last

    assert formats.is_upn(formats.check_letter(temporary) + temporary)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=16))
def test_no_text_makes_the_check_fail(text: str) -> None:
    for fits in formats.FITS.values():
        assert fits(text) in {True, False}


def test_a_upn_that_was_worked_out_by_hand() -> None:
    # 8×2 + 0×3 + 1×4 + 2×5 + 1×10 + 1×13 = 53, and 53 = 2 × 23 + 7: the eighth letter
    assert formats.is_upn("H801200001001")
    assert not formats.is_upn("J801200001001")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("1 Beck Lane\nWoldham\nWO1 1AB", "WO1 1AB"),
        ("1 beck lane, wo11ab", "WO1 1AB"),
        ("Flat 2, EC1A 1BB, London", "EC1A 1BB"),
        ("no address", ""),
        ("", ""),
    ],
)
def test_the_postcode_of_an_address(address: str, found: str) -> None:
    assert formats.postcode_in(address) == found


@pytest.mark.parametrize("text", ["wo1 1ab", "WO11AB", "WO1  1AB", "WO1 1A", "=WO1 1AB"])
def test_what_is_no_postcode_as_it_is_sent(text: str) -> None:
    assert not formats.FITS[Format.POSTCODE](text)


@pytest.mark.parametrize("text", ["١٢٣٤٥٦٧٨٩٠", "123456789", "12345678901", "12345 6789"])
def test_what_is_no_uln(text: str) -> None:
    assert not formats.FITS[Format.ULN](text)
