"""Which passwords are taken, and which people files."""

import pytest

from workflows.access import passwords, people_file
from workflows.access.passwords import WeakPassword

TEAMS = {
    "sen_north": ("SEN casework, North", "authority", True),
    "health_hub": ("Health SEND hub", "health", True),
    "old": ("Old team", "authority", False),
}
HEADER = "email,name,role,team\n"


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "elevenchars",
        "password1234",
        "Passw0rd!2026",
        "P@55w0rd2024!!",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "zxcvbnm12345",
        "abcdefghijkl",
        "lkjihgfedcba",
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "Liverpool2026!",
        "councilcouncil",
        "Ada.Lovell.1815",
        "ada@example.org",
        "correcthorsebatterystaple",
        "x" * 201,
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        passwords.refuse_weak(password, "Ada Lovell", "ada@example.org")

    assert "password" in refused.value.errors


@pytest.mark.parametrize(
    "password",
    ["a password for tests", "marmalade kettle nine", "gr8 Oboe & tulip?", "ünder-böhmen-wald"],
)
def test_a_few_words_that_do_not_belong_together_are_good(password: str) -> None:
    passwords.refuse_weak(password, "Ada Lovell", "ada@example.org")


def read(text: str) -> people_file.PeopleFile:
    return people_file.read(text.encode(), TEAMS)


def test_a_person_may_have_several_lines_one_for_each_role() -> None:
    found = read(
        f"{HEADER}Ada@Example.org,Ada Lovell,sen_casework,sen_north\nada@example.org,Ada Lovell,manager,\n"
    )

    assert found.problems == ()
    (person,) = found.people
    assert person.email == "ada@example.org"
    assert person.held == (("sen_north", "sen_casework"), ("", "manager"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The first line must be"),
        ("name,email\n", "The first line must be"),
        (HEADER, "The file has no people."),
        (f"{HEADER}a@b.test,Ada\n", "Line 2: there are 2 columns"),
        (f"{HEADER}nobody,Ada,manager,\n", "Line 2: email"),
        (f"{HEADER}a@b.test,,manager,\n", "Line 2: name"),
        (f"{HEADER}a@b.test,Ada,king,\n", "Line 2: There is no role “king”."),
        (f"{HEADER}a@b.test,Ada,manager,sen_north\n", "Line 2: Manager is a role across"),
        (f"{HEADER}a@b.test,Ada,health,\n", "Line 2: Health is a role in a team."),
        (f"{HEADER}a@b.test,Ada,health,nowhere\n", "Line 2: There is no open team “nowhere”."),
        (f"{HEADER}a@b.test,Ada,sen_casework,old\n", "Line 2: There is no open team “old”."),
        (f"{HEADER}a@b.test,Ada,health,sen_north\n", "Line 2: Health is no role in"),
        (f"{HEADER}a@b.test,Ada,manager,\na@b.test,Eve,owner,\n", "Line 3: name"),
        (f'{HEADER}"a@b.test,Ada,manager,\n', "The file is no CSV"),
        (HEADER + "a@b.test,Ada,manager,\n" * 501, "more than 500 lines"),
    ],
)
def test_a_file_with_anything_wrong_is_refused_by_line(text: str, problem: str) -> None:
    found = read(text)

    assert found.people == ()
    assert found.problems[0].startswith(problem) or problem in found.problems[0]


def test_a_file_in_another_encoding_or_too_large_is_refused() -> None:
    assert "UTF-8" in people_file.read(b"\xff\xfe\x00", TEAMS).problems[0]
    assert "larger" in people_file.read(b"x" * 200_001, TEAMS).problems[0]
