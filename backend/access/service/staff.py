"""Staff: who signs in, in which role."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy.orm import Session

from backend.access import queries, rules
from backend.access.errors import CredentialsWrong, LastAdmin, StaffMemberExists, StaffMemberNotFound
from backend.access.models import StaffMember
from backend.kernel.text import Bilingual

_passwords = PasswordHash.recommended()


def add_staff(session: Session, *, username: str, password: str, role: rules.Role, name: Bilingual) -> StaffMember:
    """A new member of staff."""
    member = StaffMember(
        username=username,
        password_hash=_passwords.hash(password),
        role=role,
        name_ar=name.ar,
        name_en=name.en,
    )
    session.add(member)
    session.flush()
    return member


def sign_in(session: Session, *, username: str, password: str) -> StaffMember:
    """The member of staff, or CredentialsWrong; as slow for an unknown name as for a wrong password."""
    member = queries.staff_by_username(session, username)
    right = _passwords.verify(password, member.password_hash if member else _nobodys_hash())
    if member is None or not right:
        raise CredentialsWrong
    return member


def staff_caller(session: Session, staff_id: UUID) -> rules.Caller:
    """The caller that a staff token stands for."""
    member = session.get(StaffMember, staff_id)
    if member is None or not member.active:
        raise CredentialsWrong
    return rules.Caller(staff_id=member.id, username=member.username, role=rules.Role(member.role))


def staff_name(session: Session, staff_id: UUID) -> Bilingual:
    """What customers are told the member of staff is called."""
    member = session.get_one(StaffMember, staff_id)
    return Bilingual(ar=member.name_ar, en=member.name_en)


def all_staff(session: Session) -> Sequence[StaffMember]:
    """Everybody, by user name."""
    return queries.all_staff(session)


def hire(session: Session, *, username: str, password: str, role: rules.Role, name: Bilingual) -> StaffMember:
    """A new member of staff. Raises StaffMemberExists."""
    if queries.username_taken(session, username):
        raise StaffMemberExists
    return add_staff(session, username=username, password=password, role=role, name=name)


def change_staff(
    session: Session, staff_id: UUID, *, role: rules.Role | None, active: bool | None, password: str | None
) -> StaffMember:
    """Another role or password, or no access any more. Raises StaffMemberNotFound, LastAdmin."""
    member = session.get(StaffMember, staff_id, with_for_update=True)
    if member is None:
        raise StaffMemberNotFound
    loses = member.role == rules.Role.ADMIN and (active is False or role not in (None, rules.Role.ADMIN))
    if loses and queries.other_admins(session, staff_id) == 0:
        raise LastAdmin
    member.role = role or member.role
    member.active = member.active if active is None else active
    member.password_hash = _passwords.hash(password) if password else member.password_hash
    session.flush()
    return member


def hashed(secret: str) -> str:
    """A secret as it rests."""
    return _passwords.hash(secret)


def is_right(secret: str, known_hash: str | None) -> bool:
    """Whether the secret is the one that rests there; as slow for nobody's as for a wrong one."""
    return _passwords.verify(secret, known_hash or _nobodys_hash()) and known_hash is not None


@cache
def _nobodys_hash() -> str:
    """What an unknown name's password is compared with; slow to make, so made when first needed."""
    return _passwords.hash("nobody has this password")
