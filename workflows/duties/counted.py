"""Which duties count working days, and so follow the authority's calendar."""

from workflows.rulebook.model import Duty, Rulebook, Unit


def in_working_days(rulebook: Rulebook) -> tuple[Duty, ...]:
    """Return the duties whose limits are counted in the authority's working days.

    Those that leave out days of the Tribunal follow its calendar, whatever the authority does.
    """
    return tuple(each for each in rulebook.duties if _counts(each) and not each.excludes)


def _counts(duty: Duty) -> bool:
    limits = [duty.limit, *([duty.or_later.limit] if duty.or_later else [])]
    return any(limit.unit == Unit.WORKING_DAYS for limit in limits)
