"""Where a child is, or is to be: a setting by its number, or an arrangement instead of one."""

from workflows.returns.material import Material
from workflows.returns.model import Value


def place(material: Material, prefix: str, rank: str) -> dict[str, Value]:
    """Return the items by which the return names a place; `prefix` names the details that it is in.

    The setting of the case stands for a placement of which nothing is entered.
    """
    values = {
        "URN": material.detail(f"{prefix}_urn"),
        "UKPRN": material.detail(f"{prefix}_ukprn"),
        "SENSetting": material.detail(f"{prefix}_kind"),
        "SENSettingOther": material.detail(f"{prefix}_other"),
        "PlacementRank": Value(rank, "counted"),
    }
    if prefix == "placement" and not any(
        values[each].text for each in ("URN", "UKPRN", "SENSetting")
    ):
        values |= _of_setting(material)
    if prefix != "second":
        values |= {
            "SENunitIndicator": material.detail("sen_unit"),
            "ResourcedProvisionIndicator": material.detail("resourced_provision"),
        }
    return values


def _of_setting(material: Material) -> dict[str, Value]:
    """Return the number of the case’s setting: one of the two, for only one may be sent."""
    urn, ukprn = material.setting.get("urn", ""), material.setting.get("ukprn", "")
    if urn:
        return {"URN": Value(urn, "setting")}
    return {"UKPRN": Value(ukprn, "setting")} if ukprn else {}
