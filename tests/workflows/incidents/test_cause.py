"""What failed for one reason says the same, whichever case it is."""

import pytest

from workflows.incidents.cause import cause, key_of


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("The family has no address.", "The family has no address."),
        ("“Joan Example” has no address.", "… has no address."),
        ("Case EHC-2026-00042 has no family.", "Case … has no family."),
        ("joan@families.test did not answer.", "… did not answer."),
        ("No plan of 3 March 2026 at 10:30.", "No plan of … March … at …."),
        ("Document 6f9619ff-8b86-d011-b42d-00cf4fc964ff is gone.", "Document … is gone."),
        ("  Two   spaces. ", "Two spaces."),
    ],
)
def test_what_tells_one_case_from_another_is_taken_out(message: str, said: str) -> None:
    assert cause(message) == said


def test_a_group_is_of_one_step_of_one_version() -> None:
    keys = {
        key_of("main", 1, "write", "It failed."),
        key_of("main", 2, "write", "It failed."),
        key_of("main", 1, "send", "It failed."),
        key_of("main", 1, "write", "It broke."),
    }

    assert len(keys) == 4
