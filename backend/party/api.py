"""Routes of party (TMF632), and identity numbers in clear for whoever may see them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.routes import resource_router
from backend.party.resources import INDIVIDUAL, ORGANIZATION
from backend.party.schemas import IdentityOut
from backend.party.service import identities, individual_writing, organization_writing

AREA = "Customers and parties"
READ = needs(Permission.PARTY_READ)
WRITE = needs(Permission.PARTY_WRITE)
IdentityReader = Annotated[Caller, Depends(needs(Permission.IDENTITY_READ))]
Reason = Annotated[str, Header(alias="X-Reason", min_length=8, max_length=300, description="why; it is logged")]

router = APIRouter()
router.include_router(
    resource_router(
        INDIVIDUAL,
        Writing(
            individual_writing.create_individual,
            individual_writing.change_individual,
            individual_writing.remove_individual,
        ),
        read=READ,
        write=WRITE,
        area=AREA,
    )
)
router.include_router(
    resource_router(
        ORGANIZATION,
        Writing(
            organization_writing.create_organization,
            organization_writing.change_organization,
            organization_writing.remove_organization,
        ),
        read=READ,
        write=WRITE,
        area=AREA,
    )
)


@router.get("/party/v1/party/{party_id}/identity", tags=[AREA])
def read_identity(party_id: UUID, session: SessionDep, _: IdentityReader, __: Reason) -> list[IdentityOut]:
    """A party's identity numbers in clear. `X-Reason` must say why, and every look is in the audit log."""
    return [IdentityOut.model_validate(one) for one in identities.read_identities(session, party_id)]
