"""Use cases of customer, and its front door: open a customer, name contacts, know what a contact may."""

from backend.customer.queries import parties_named
from backend.customer.service.contacts import Authority, add_contact, authority_of, check_order, reach
from backend.customer.service.customers import CustomerView, customer_of, open_customer, party_behind

__all__ = [
    "Authority",
    "CustomerView",
    "add_contact",
    "authority_of",
    "check_order",
    "customer_of",
    "open_customer",
    "parties_named",
    "party_behind",
    "reach",
]
