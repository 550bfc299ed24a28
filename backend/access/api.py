"""Routes of access: a member of staff signs in."""

from fastapi import APIRouter, Request

from backend.access import service, tokens
from backend.access.guard import SettingsDep
from backend.access.schemas import SignIn, StaffToken
from backend.infra.database import SessionDep
from backend.infra.limits import address_of

router = APIRouter(prefix="/access/v1", tags=["Access"])


@router.post("/token")
def sign_in(body: SignIn, request: Request, session: SessionDep, settings: SettingsDep) -> StaffToken:
    """A token for eight hours against a user name and password."""
    request.app.state.sign_in_tries.count(address_of(request))
    member = service.sign_in(session, username=body.username, password=body.password)
    token, expires_at = tokens.issue("staff", member.id, settings.token_key.get_secret_value(), tokens.STAFF_LIFE)
    return StaffToken(access_token=token, expires_at=expires_at, role=member.role)
