"""Use cases of acquisition, and its front door: fill the form in, decide it, hand it to ordering."""

from backend.acquisition.service.consents import ChannelDirectory
from backend.acquisition.service.decision import may_buy, submit
from backend.acquisition.service.form import (
    cancel,
    change,
    expire_abandoned,
    missing,
    open_application,
    read,
    start,
)
from backend.acquisition.service.leads import collect_leads, follow_up, may_contact
from backend.acquisition.service.outcome import Approved, Company, approved, mark_ordered
from backend.acquisition.service.resuming import Claim, resume, send_resume_code, take_up

__all__ = [
    "Approved",
    "ChannelDirectory",
    "Claim",
    "Company",
    "approved",
    "cancel",
    "change",
    "collect_leads",
    "expire_abandoned",
    "follow_up",
    "mark_ordered",
    "may_buy",
    "may_contact",
    "missing",
    "open_application",
    "read",
    "resume",
    "send_resume_code",
    "start",
    "submit",
    "take_up",
]
