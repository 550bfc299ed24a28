"""Routes of interactions (TMF683): channels write their own turns, staff and other systems add contacts."""

from fastapi import APIRouter

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.routes import resource_router
from backend.interactions import writing
from backend.interactions.resources import INTERACTION

READ = needs(Permission.INTERACTION_READ)
WRITE = needs(Permission.INTERACTION_WRITE)
INTERACTIONS = Writing(writing.create_interaction, writing.change_interaction, writing.remove_interaction)

router = APIRouter()
router.include_router(resource_router(INTERACTION, INTERACTIONS, read=READ, write=WRITE, area="Care"))
