"""Routes of party (TMF632)."""

from fastapi import APIRouter

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.routes import resource_router
from backend.party.resources import INDIVIDUAL, ORGANIZATION
from backend.party.service import individual_writing, organization_writing

AREA = "Customers and parties"
READ = needs(Permission.PARTY_READ)
WRITE = needs(Permission.PARTY_WRITE)

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
