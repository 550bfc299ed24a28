"""Routes of accounts (TMF666)."""

from fastapi import APIRouter

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.account.resources import BILLING_ACCOUNT, OTHERS
from backend.account.service import account_writing
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.documents import document_writing
from backend.infra.tmf630.routes import resource_router

AREA = "Accounts and bills"
READ = needs(Permission.ACCOUNT_READ)
STAFF = needs(Permission.ACCOUNT_SETUP_READ)
WRITE = needs(Permission.ACCOUNT_WRITE)
ACCOUNTS = Writing(account_writing.create_account, account_writing.change_account, account_writing.remove_account)

router = APIRouter()
router.include_router(resource_router(BILLING_ACCOUNT, ACCOUNTS, read=READ, write=WRITE, area=AREA))
for model, resource in OTHERS:
    router.include_router(resource_router(resource, document_writing(model), read=STAFF, write=WRITE, area=AREA))
