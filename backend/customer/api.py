"""Routes of customers (TMF629) and party roles (TMF669)."""

from fastapi import APIRouter

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.customer.resources import CUSTOMER, PARTY_ROLE
from backend.customer.service import customers, role_writing
from backend.infra.tmf630 import Writing
from backend.infra.tmf630.routes import resource_router

AREA = "Customers and parties"
CUSTOMERS = Writing(customers.create_customer, customers.change_customer, customers.remove_customer)
ROLES = Writing(role_writing.create_role, role_writing.change_role, role_writing.remove_role)

router = APIRouter()
router.include_router(
    resource_router(
        CUSTOMER, CUSTOMERS, read=needs(Permission.CUSTOMER_READ), write=needs(Permission.CUSTOMER_WRITE), area=AREA
    )
)
router.include_router(
    resource_router(PARTY_ROLE, ROLES, read=needs(Permission.ROLE_READ), write=needs(Permission.ROLE_WRITE), area=AREA)
)
