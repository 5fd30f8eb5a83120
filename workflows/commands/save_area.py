"""Add an area, or give it another name."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import details
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class SaveArea:
    """Call the area `code` by `name`; it is added where there is none. Its code stays."""

    code: str
    name: str


def save_area(command: SaveArea, work: Work) -> None:
    """Keep the area.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    if not details.CODE.fullmatch(command.code):
        wrong["code"] = ("A code has 2 to 36 small letters, digits, hyphens or underscores",)
    if not details.is_name(command.name):
        wrong["name"] = ("Enter a name",)
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
    name = command.name.strip()
    before = organisation.save_area(work.connection, command.code, name)
    changes = administered.differences({"Name": before}, {"Name": name})
    if changes:
        kind = "changed" if before else "added"
        administered.enter(work, Entry("area", command.code, name, kind, changes))
