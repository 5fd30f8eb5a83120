"""Wolds County Council, its partners and their people; nobody here exists."""

import hashlib
import secrets
from typing import Final

import sqlalchemy as sa

from engine.store.database import writing
from workflows.access import sign_in
from workflows.access.people import ADMIN, CASEWORK, FAMILY, MANAGER, OWNER, PANEL
from workflows.store.tables import agencies, areas, installation, memberships, people, teams

AUTHORITY: Final = {
    "mediation_adviser": "Midland Mediation, 01632 960321, adviser@mediation.test",
    "mediation_contact": "Grace Okafor, SEND resolution officer, 01632 960145",
    "disagreement_resolution": "Midland Mediation, 01632 960322",
    "information_and_advice": "Wolds SENDIASS, 01632 960200, sendiass@wolds.test",
    "local_offer": "localoffer.wolds.test",
}
AREAS: Final = (("north", "North"), ("south", "South"), ("coast", "Coast"))
SETTINGS: Final = (
    ("st-aidans", "St Aidan’s Primary School", "primary", "north"),
    ("beck-lane", "Beck Lane Primary School", "primary", "north"),
    ("harbour", "Harbour Community Primary School", "primary", "coast"),
    ("southmoor", "Southmoor Infant and Nursery School", "early_years", "south"),
    ("wold-academy", "Wold Academy", "secondary", "north"),
    ("south-holme", "South Holme High School", "secondary", "south"),
    ("the-beeches", "The Beeches Special School", "special", "south"),
    ("wolds-college", "Wolds College", "post_16", "coast"),
)
FIRST_URN: Final = 990001  # of no school that there is
TEAMS: Final = (
    ("sen_north", "authority", "SEN casework, North"),
    ("sen_south", "authority", "SEN casework, South"),
    ("sen_coast", "authority", "SEN casework, Coast"),
    ("panel", "authority", "Decision panel"),
    ("budgets", "authority", "Personal budgets"),
    ("commissioning", "authority", "Commissioning"),
    ("psychology", "psychology", "Educational psychologists"),
    ("health_hub", "health", "Health SEND hub"),
    ("social_care", "social_care", "Children’s social care"),
    ("mediation", "mediation", "Mediation advisers"),
)
AGENCIES: Final = (
    ("authority", "authority", "Wolds County Council"),
    ("psychology", "psychology", "Wolds Educational Psychology Service"),
    ("health", "health", "Wolds Integrated Care Board"),
    ("social_care", "social_care", "Wolds Children’s Social Care"),
    ("mediation", "mediation", "Midland Mediation"),
)
SEN_TEAMS: Final = ("sen_north", "sen_south", "sen_coast")
# Email name, name, and the roles with their teams.
PEOPLE: Final = (
    ("casework", "Asha Patel", tuple((team, CASEWORK) for team in SEN_TEAMS)),
    ("casework2", "Tom Hargreaves", (("sen_north", CASEWORK),)),
    ("casework3", "Bronwen Lewis", (("sen_south", CASEWORK), ("sen_coast", CASEWORK))),
    ("panel", "Margaret Doyle", (("panel", PANEL),)),
    ("setting", "Daniel Osei", (("st-aidans", "education_setting"),)),
    ("setting2", "Ruth Feldman", (("wold-academy", "education_setting"),)),
    ("psychology", "Dr Leila Haddad", (("psychology", "educational_psychology"),)),
    ("psychology2", "Dr Piotr Nowak", (("psychology", "educational_psychology"),)),
    ("health", "Samuel Adeyemi", (("health_hub", "health"),)),
    ("socialcare", "Nia Thomas", (("social_care", "social_care"),)),
    ("mediator", "Helen Marsh", (("mediation", "mediation_adviser"),)),
    ("budgets", "Imran Qureshi", (("budgets", "personal_budgets"),)),
    ("commissioner", "Fiona Reid", (("commissioning", "commissioning"),)),
    ("manager", "Grace Okafor", (("", MANAGER),)),
    ("owner", "Peter Lindqvist", (("", OWNER),)),
    ("admin", "Chloe Bennett", (("", ADMIN),)),
    ("parent", "Joanne Fletcher", (("", FAMILY),)),
    ("outsider", "Alan Pryce", (("the-beeches", "education_setting"),)),
)
DOMAIN: Final = "demo.test"


def person_id(name: str) -> str:
    """Return the identifier of a demo person."""
    return hashlib.sha256(f"demo:{name}".encode()).hexdigest()[:32]


def new_password() -> str:
    """Return a password for all demo people."""
    return f"wolds-{secrets.token_hex(4)}"


def install(engine: sa.Engine, password: str) -> None:
    """Enter the county's agencies, teams and people."""
    hashed = sign_in.hash_password(password)
    settings = [
        {
            "id": key,
            "kind": "setting",
            "name": name,
            "email": f"office@{key}.test",
            "details": {"phase": phase, "area": area, "urn": str(FIRST_URN + number)},
        }
        for number, (key, name, phase, area) in enumerate(SETTINGS)
    ]
    others = [
        {"id": key, "kind": kind, "name": name, "email": f"send@{key}.test", "details": {}}
        for key, kind, name in AGENCIES
    ]
    with writing(engine) as connection, connection.begin():
        connection.execute(
            installation.insert(),
            {
                "id": 1,
                "demo": True,
                "authority_name": "Wolds County Council",
                "authority": AUTHORITY,
            },
        )
        connection.execute(areas.insert(), [{"code": code, "name": name} for code, name in AREAS])
        connection.execute(agencies.insert(), settings + others)
        connection.execute(teams.insert(), _teams())
        connection.execute(people.insert(), [_person(each, hashed) for each in PEOPLE])
        connection.execute(memberships.insert(), _memberships())


def _teams() -> list[dict[str, str]]:
    of_settings = [(key, key, name) for key, name, _, _ in SETTINGS]
    return [
        {"id": key, "agency_id": agency, "code": key, "name": name, "email": f"{key}@wolds.test"}
        for key, agency, name in (*TEAMS, *of_settings)
    ]


def _person(entry: tuple[str, str, object], hashed: str) -> dict[str, object]:
    return {
        "id": person_id(entry[0]),
        "email": f"{entry[0]}@{DOMAIN}",
        "name": entry[1],
        "password_hash": hashed,
        "active": True,
        "settings": {},
    }


def _memberships() -> list[dict[str, str]]:
    named = [
        {"person_id": person_id(name), "team_id": team, "role": role}
        for name, _, held in PEOPLE
        for team, role in held
    ]
    heads = [
        {"person_id": person_id("setting"), "team_id": key, "role": "education_setting"}
        for key, _, _, _ in SETTINGS
        if key not in {"st-aidans", "wold-academy", "the-beeches"}
    ]
    return named + heads
