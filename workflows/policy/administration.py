"""Who may do what about agencies, people, routing and the calendar."""

from collections.abc import Mapping
from typing import Final

from workflows.access.people import ADMIN
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
from workflows.policy import whom
from workflows.policy.whom import Rule

_administrators: Final = whom.only(ADMIN, words="Only an administrator can do that.")

RULES: Final[Mapping[type, Rule]] = {
    AddAgency: _administrators,
    AddPerson: _administrators,
    AddTeam: _administrators,
    ChangeAgency: _administrators,
    ChangeAuthority: _administrators,
    ChangeClosures: _administrators,
    ChangePerson: _administrators,
    ChangeRouting: _administrators,
    ChangeTeam: _administrators,
    CloseAgency: _administrators,
    CloseArea: _administrators,
    CloseTeam: _administrators,
    DeactivatePerson: _administrators,
    ImportPeople: _administrators,
    InvitePerson: _administrators,
    LinkParty: _administrators,
    PassTaskOn: _administrators,
    RemoveSchoolTerm: _administrators,
    SaveArea: _administrators,
    SaveSchoolTerm: _administrators,
    SetRoles: _administrators,
    UnlockPerson: _administrators,
}
