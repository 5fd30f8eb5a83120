"""What administrators do: agencies, people, routing, calendar."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.accept_invitation import AcceptInvitation, accept_invitation
from workflows.commands.add_agency import AddAgency, add_agency
from workflows.commands.add_person import AddPerson, add_person
from workflows.commands.add_team import AddTeam, add_team
from workflows.commands.apply_calendar import ApplyCalendar, apply_calendar
from workflows.commands.change_agency import ChangeAgency, change_agency
from workflows.commands.change_authority import ChangeAuthority, change_authority
from workflows.commands.change_closures import ChangeClosures, change_closures
from workflows.commands.change_person import ChangePerson, change_person
from workflows.commands.change_routing import ChangeRouting, change_routing
from workflows.commands.change_team import ChangeTeam, change_team
from workflows.commands.close_agency import CloseAgency, close_agency
from workflows.commands.close_area import CloseArea, close_area
from workflows.commands.close_team import CloseTeam, close_team
from workflows.commands.deactivate_person import DeactivatePerson, deactivate_person
from workflows.commands.import_people import ImportPeople, import_people
from workflows.commands.invite_person import InvitePerson, invite_person
from workflows.commands.link_party import LinkParty, link_party
from workflows.commands.pass_task_on import PassTaskOn, pass_task_on
from workflows.commands.remove_school_term import RemoveSchoolTerm, remove_school_term
from workflows.commands.save_area import SaveArea, save_area
from workflows.commands.save_school_term import SaveSchoolTerm, save_school_term
from workflows.commands.set_roles import SetRoles, set_roles
from workflows.commands.unlock_person import UnlockPerson, unlock_person

HANDLERS: Final[Mapping[type, Handler]] = {
    AcceptInvitation: accept_invitation,
    AddAgency: add_agency,
    AddPerson: add_person,
    AddTeam: add_team,
    ApplyCalendar: apply_calendar,
    ChangeAgency: change_agency,
    ChangeAuthority: change_authority,
    ChangeClosures: change_closures,
    ChangePerson: change_person,
    ChangeRouting: change_routing,
    ChangeTeam: change_team,
    CloseAgency: close_agency,
    CloseArea: close_area,
    CloseTeam: close_team,
    DeactivatePerson: deactivate_person,
    ImportPeople: import_people,
    InvitePerson: invite_person,
    LinkParty: link_party,
    PassTaskOn: pass_task_on,
    RemoveSchoolTerm: remove_school_term,
    SaveArea: save_area,
    SaveSchoolTerm: save_school_term,
    SetRoles: set_roles,
    UnlockPerson: unlock_person,
}
