"""Routes of appointments (TMF646): customers book their own visits, staff everyone's."""

from fastapi import APIRouter

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.appointments.resources import APPOINTMENT, SEARCH
from backend.appointments.service import writing
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.routes import resource_router

AREA = "Appointments"
READ, WRITE = needs(Permission.APPOINTMENT_READ), needs(Permission.APPOINTMENT_WRITE)
APPOINTMENTS = Writing(writing.create_appointment, writing.change_appointment, writing.remove_appointment)
SEARCHES = Writing(writing.create_search, writing.change_search, writing.remove_search)

router = APIRouter()
router.include_router(resource_router(APPOINTMENT, APPOINTMENTS, read=READ, write=WRITE, area=AREA))
router.include_router(resource_router(SEARCH, SEARCHES, read=READ, write=WRITE, area=AREA))
