"""Appointments and searches for time slots as TM Forum resources (TMF646): which attribute is which column."""

from backend.appointments import queries, schemas
from backend.appointments.models import Appointment, SearchTimeSlot
from backend.infra.tmf630 import AnyOf, TmfResource
from backend.party import service as party

_SAID_NAMES = tuple(Appointment.document["relatedParty"][place]["name"].astext for place in range(3))

APPOINTMENT = TmfResource(
    api="TMF646",
    name="appointment",
    base=schemas.BASE,
    definition="Appointment",
    model=Appointment,
    visible=queries.visible,
    shown=schemas.appointments_shown,
    columns={
        "id": Appointment.id,
        "status": Appointment.status,
        "validFor.startDateTime": Appointment.starts_at,
        "validFor.endDateTime": Appointment.ends_at,
        "creationDate": Appointment.created_at,
        "lastUpdate": Appointment.updated_at,
        "relatedParty.name": AnyOf((party.name_of(Appointment.party_id), *_SAID_NAMES)),
    },
    document=Appointment.document,
)
SEARCH = TmfResource(
    api="TMF646",
    name="searchTimeSlot",
    base=schemas.BASE,
    definition="SearchTimeSlot",
    model=SearchTimeSlot,
    visible=queries.visible_searches,
    shown=schemas.searches_shown,
    columns={"id": SearchTimeSlot.id, "searchDate": SearchTimeSlot.created_at},
    document=SearchTimeSlot.document,
)
