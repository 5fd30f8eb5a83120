"""Choose a password by an invitation."""

from dataclasses import dataclass, field

from engine.unit_of_work import Work
from workflows.access import invitations, passwords, sign_in
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Let whoever has the invitation's secret sign in with `password` from now on."""

    token: str = field(repr=False)
    password: str = field(repr=False)


def accept_invitation(command: AcceptInvitation, work: Work) -> None:
    """Set the password; the invitation is used up, and earlier sessions end.

    Raises:
        invitations.UnusableInvitation: it is old, used or unknown.
        passwords.WeakPassword: it is easily guessed.
    """
    invited = invitations.find(work.connection, command.token, work.now)
    passwords.refuse_weak(command.password, invited.name, invited.email)
    invitations.withdraw(work.connection, invited.person_id, now=work.now)
    hashed = sign_in.hash_password(command.password)
    directory.set_password(work.connection, invited.person_id, hashed)
    directory.unlock(work.connection, invited.email)
    entry = Entry("person", invited.person_id, invited.name, "chose a password")
    administered.enter(work, entry, by=invited.person_id)
