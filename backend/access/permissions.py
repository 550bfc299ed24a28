"""The one table of who may do what: every route names a permission, this says whom it lets through."""

from dataclasses import dataclass
from enum import StrEnum

from backend.access.rules import ContactRight, Level, Role


class Permission(StrEnum):
    """What a route lets do. API clients are granted these by name."""

    CATALOG_READ = "catalog:read"
    CATALOG_WRITE = "catalog:write"
    PARTY_READ = "party:read"
    PARTY_WRITE = "party:write"
    IDENTITY_READ = "identity:read"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_WRITE = "customer:write"
    ROLE_READ = "role:read"
    ROLE_WRITE = "role:write"
    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    ACCOUNT_SETUP_READ = "accountSetup:read"
    BILL_READ = "bill:read"
    BILL_DOCUMENT = "bill:document"
    DELIVERY_READ = "delivery:read"
    DELIVERY_WRITE = "delivery:write"
    DELIVERY_SEND = "delivery:send"
    PAYMENT_READ = "payment:read"
    PAYMENT_WRITE = "payment:write"
    PAYMENT_DECIDE = "payment:decide"
    REFUND_WRITE = "refund:write"
    REFUND_APPROVE = "refund:approve"
    PAYMENT_FILE_READ = "paymentFile:read"
    PAYMENT_FILE_WRITE = "paymentFile:write"
    USAGE_READ = "usage:read"
    USAGE_WRITE = "usage:write"
    USAGE_SETUP_READ = "usageSetup:read"
    BILL_WRITE = "bill:write"
    BILL_RUN = "bill:run"
    BILL_CORRECT = "bill:correct"
    DISPUTE_READ = "dispute:read"
    DISPUTE_WRITE = "dispute:write"
    DISPUTE_DECIDE = "dispute:decide"
    TICKET_READ = "ticket:read"
    TICKET_WRITE = "ticket:write"
    INTERACTION_READ = "interaction:read"
    INTERACTION_WRITE = "interaction:write"
    APPLICATION_READ = "application:read"
    APPLICATION_LIST = "application:list"
    APPLICATION_WRITE = "application:write"
    LEAD_READ = "lead:read"
    LEAD_WRITE = "lead:write"
    RISK_READ = "risk:read"
    RISK_WRITE = "risk:write"
    ORDER_READ = "order:read"
    ORDER_WRITE = "order:write"
    ORDER_REMOVE = "order:remove"
    FALLOUT_READ = "fallout:read"
    FALLOUT_WRITE = "fallout:write"
    PRODUCT_READ = "product:read"
    PRODUCT_WRITE = "product:write"
    SERVICE_READ = "service:read"
    SERVICE_WRITE = "service:write"
    NUMBER_READ = "number:read"
    NUMBER_WRITE = "number:write"
    PORTING_READ = "porting:read"
    NETWORK_READ = "network:read"
    NETWORK_WRITE = "network:write"
    APPOINTMENT_READ = "appointment:read"
    APPOINTMENT_WRITE = "appointment:write"
    CONVERSATION_SERVE = "conversation:serve"
    CONVERSATION_ACT = "conversation:act"
    VERIFICATION = "verification"
    BALANCE_READ = "balance:read"
    BALANCE_TOP_UP = "balance:topUp"
    BALANCE_TRANSFER = "balance:transfer"
    BALANCE_WRITE = "balance:write"
    BALANCE_RESERVE = "balance:reserve"
    VOUCHER_WRITE = "voucher:write"
    EVENTS = "events"
    STAFF_WRITE = "staff:write"
    CLIENT_WRITE = "client:write"
    AUDIT_READ = "audit:read"
    METRICS_READ = "metrics:read"


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom a permission lets through.

    `level` is what a conversation must have reached; None keeps conversations out. `public` lets callers without any
    token through. `right` is what a company's contact needs to see or do it for the company's parties. API clients
    pass where the permission was granted to them; `clients=False` grants it to none.
    """

    level: Level | None
    staff: frozenset[Role]
    right: ContactRight | None = None
    public: bool = False
    clients: bool = True


EVERYONE = frozenset(Role)
NOBODY = frozenset[Role]()
SERVING = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMIN})
DECIDING = SERVING | {Role.BILLING}
LEADING = frozenset({Role.SUPERVISOR, Role.ADMIN})
MONEY = frozenset({Role.BILLING, Role.SUPERVISOR, Role.ADMIN})
ADMIN = frozenset({Role.ADMIN})
WATCHING = frozenset({Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR})
VIEW, BILLS, ORDERS, CARE = ContactRight.VIEW, ContactRight.BILLS, ContactRight.ORDERS, ContactRight.CARE
NONE, CHANNEL, VERIFIED = Level.NOBODY, Level.CHANNEL, Level.VERIFIED

POLICY: dict[Permission, Rule] = {
    Permission.CATALOG_READ: Rule(NONE, EVERYONE, public=True),
    Permission.CATALOG_WRITE: Rule(None, ADMIN),
    Permission.PARTY_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.PARTY_WRITE: Rule(None, SERVING),
    Permission.IDENTITY_READ: Rule(None, WATCHING, clients=False),
    Permission.CUSTOMER_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.CUSTOMER_WRITE: Rule(None, SERVING),
    Permission.ROLE_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.ROLE_WRITE: Rule(None, SERVING),
    Permission.ACCOUNT_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.ACCOUNT_WRITE: Rule(None, MONEY),
    Permission.ACCOUNT_SETUP_READ: Rule(None, EVERYONE),
    Permission.BILL_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.BILL_DOCUMENT: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.DELIVERY_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.DELIVERY_WRITE: Rule(VERIFIED, DECIDING, BILLS),
    Permission.DELIVERY_SEND: Rule(None, DECIDING),
    Permission.PAYMENT_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.PAYMENT_WRITE: Rule(VERIFIED, DECIDING, BILLS),
    Permission.PAYMENT_DECIDE: Rule(None, MONEY, clients=False),
    Permission.REFUND_WRITE: Rule(None, DECIDING),
    Permission.REFUND_APPROVE: Rule(None, MONEY, clients=False),
    Permission.PAYMENT_FILE_READ: Rule(None, MONEY | {Role.AUDITOR}),
    Permission.PAYMENT_FILE_WRITE: Rule(None, MONEY),
    Permission.USAGE_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.USAGE_WRITE: Rule(None, MONEY),
    Permission.USAGE_SETUP_READ: Rule(None, EVERYONE),
    Permission.BILL_WRITE: Rule(None, MONEY),
    Permission.BILL_RUN: Rule(None, MONEY),
    Permission.BILL_CORRECT: Rule(None, MONEY, clients=False),
    Permission.DISPUTE_READ: Rule(VERIFIED, EVERYONE, BILLS),
    Permission.DISPUTE_WRITE: Rule(VERIFIED, DECIDING, BILLS),
    Permission.DISPUTE_DECIDE: Rule(None, DECIDING, clients=False),
    Permission.TICKET_READ: Rule(CHANNEL, EVERYONE, CARE),
    Permission.TICKET_WRITE: Rule(CHANNEL, SERVING, CARE),
    Permission.INTERACTION_READ: Rule(VERIFIED, EVERYONE, CARE),
    Permission.INTERACTION_WRITE: Rule(None, SERVING),
    Permission.APPLICATION_READ: Rule(NONE, EVERYONE),
    Permission.APPLICATION_LIST: Rule(None, EVERYONE),
    Permission.APPLICATION_WRITE: Rule(NONE, SERVING),
    Permission.LEAD_READ: Rule(None, SERVING),
    Permission.LEAD_WRITE: Rule(None, SERVING),
    Permission.RISK_READ: Rule(None, EVERYONE),
    Permission.RISK_WRITE: Rule(None, DECIDING),
    Permission.ORDER_READ: Rule(VERIFIED, EVERYONE, ORDERS),
    Permission.ORDER_WRITE: Rule(NONE, SERVING, ORDERS),
    Permission.ORDER_REMOVE: Rule(None, ADMIN),
    Permission.FALLOUT_READ: Rule(None, EVERYONE),
    Permission.FALLOUT_WRITE: Rule(None, LEADING, clients=False),
    Permission.PRODUCT_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.PRODUCT_WRITE: Rule(None, ADMIN),
    Permission.SERVICE_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.SERVICE_WRITE: Rule(None, ADMIN),
    Permission.NUMBER_READ: Rule(NONE, EVERYONE),
    Permission.NUMBER_WRITE: Rule(NONE, SERVING),
    Permission.PORTING_READ: Rule(VERIFIED, EVERYONE, VIEW),
    Permission.NETWORK_READ: Rule(None, WATCHING),
    Permission.NETWORK_WRITE: Rule(None, ADMIN, clients=False),
    Permission.APPOINTMENT_READ: Rule(VERIFIED, EVERYONE, CARE),
    Permission.APPOINTMENT_WRITE: Rule(VERIFIED, SERVING, CARE),
    Permission.CONVERSATION_SERVE: Rule(None, SERVING, clients=False),
    Permission.CONVERSATION_ACT: Rule(NONE, EVERYONE, clients=False),
    Permission.VERIFICATION: Rule(NONE, NOBODY, clients=False),
    Permission.BALANCE_READ: Rule(CHANNEL, EVERYONE, BILLS),
    Permission.BALANCE_TOP_UP: Rule(CHANNEL, DECIDING, BILLS),
    Permission.BALANCE_TRANSFER: Rule(VERIFIED, DECIDING, BILLS),
    Permission.BALANCE_WRITE: Rule(None, MONEY),
    Permission.BALANCE_RESERVE: Rule(None, ADMIN),
    Permission.VOUCHER_WRITE: Rule(None, MONEY, clients=False),
    Permission.EVENTS: Rule(None, ADMIN),
    Permission.STAFF_WRITE: Rule(None, ADMIN, clients=False),
    Permission.CLIENT_WRITE: Rule(None, ADMIN, clients=False),
    Permission.AUDIT_READ: Rule(None, frozenset({Role.ADMIN, Role.AUDITOR}), clients=False),
    Permission.METRICS_READ: Rule(None, WATCHING),
}
