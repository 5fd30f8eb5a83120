"""Commands about agencies, people, routing and the calendar, and who may give them."""

from uuid import uuid4

from tests.support.policies.free import TODAY
from tests.support.policies.situation import Make
from workflows.agencies.details import AgencyDetails
from workflows.commands.add_agency import AddAgency
from workflows.commands.add_person import AddPerson
from workflows.commands.add_team import AddTeam
from workflows.commands.change_agency import ChangeAgency
from workflows.commands.change_authority import ChangeAuthority
from workflows.commands.change_closures import ChangeClosures
from workflows.commands.change_person import ChangePerson
from workflows.commands.change_routing import ChangeRouting
from workflows.commands.change_team import ChangeTeam
from workflows.commands.close_agency import CloseAgency
from workflows.commands.close_area import CloseArea
from workflows.commands.close_team import CloseTeam
from workflows.commands.deactivate_person import DeactivatePerson
from workflows.commands.import_people import ImportPeople
from workflows.commands.invite_person import InvitePerson
from workflows.commands.link_party import LinkParty
from workflows.commands.pass_task_on import PassTaskOn
from workflows.commands.remove_school_term import RemoveSchoolTerm
from workflows.commands.save_area import SaveArea
from workflows.commands.save_school_term import SaveSchoolTerm
from workflows.commands.set_roles import SetRoles
from workflows.commands.unlock_person import UnlockPerson

AGENCY = AgencyDetails("health", "X", "x@y.test")

CASES: dict[str, tuple[Make, set[str]]] = {}
FREE: dict[str, tuple[object, set[str]]] = {
    "add agency": (AddAgency(AGENCY), {"admin"}),
    "add person": (AddPerson("x@y.test", "X", ()), {"admin"}),
    "add team": (AddTeam("health", "x", "X", "x@y.test"), {"admin"}),
    "change agency": (ChangeAgency("health", AGENCY), {"admin"}),
    "change authority": (ChangeAuthority("X", {}), {"admin"}),
    "change closures": (ChangeClosures(TODAY, TODAY, "X", "R"), {"admin"}),
    "change person": (ChangePerson("x", "x@y.test", "X"), {"admin"}),
    "change routing": (ChangeRouting((), "R", 1), {"admin"}),
    "change team": (ChangeTeam("x", "X", "x@y.test"), {"admin"}),
    "close agency": (CloseAgency("x", "R"), {"admin"}),
    "close area": (CloseArea("x", "R"), {"admin"}),
    "close team": (CloseTeam("x", "R"), {"admin"}),
    "deactivate person": (DeactivatePerson("x", "R"), {"admin"}),
    "import people": (ImportPeople(()), {"admin"}),
    "invite person": (InvitePerson("x"), {"admin"}),
    "link party": (LinkParty("x", "x", "R"), {"admin"}),
    "pass task on": (PassTaskOn(uuid4(), "R"), {"admin"}),
    "remove school term": (RemoveSchoolTerm(TODAY), {"admin"}),
    "save area": (SaveArea("x", "X"), {"admin"}),
    "save school term": (SaveSchoolTerm(TODAY, TODAY, "X"), {"admin"}),
    "set roles": (SetRoles("x", (), "R"), {"admin"}),
    "unlock person": (UnlockPerson("x"), {"admin"}),
}
