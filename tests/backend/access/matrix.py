"""Who may use which route, written down once more for the tests, apart from the policy that decides it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import APIRoute

from backend.access.rules import Role

AGENT, SUPERVISOR, BILLING, ADMIN, AUDITOR = Role.AGENT, Role.SUPERVISOR, Role.BILLING, Role.ADMIN, Role.AUDITOR
SERVING = frozenset({AGENT, SUPERVISOR, ADMIN})
DECIDING = SERVING | {BILLING}
MONEY = frozenset({BILLING, SUPERVISOR, ADMIN})
LEADING = frozenset({SUPERVISOR, ADMIN})
WATCHING = LEADING | {AUDITOR}
EVERYONE, NO_STAFF, ONLY_ADMIN = frozenset(Role), frozenset[Role](), frozenset({ADMIN})
ANYONE, CLOSED = -1, 9  # levels: open to callers without a token; closed to conversations


@dataclass(frozen=True)
class Need:
    """The level that a conversation needs, the staff who may, what a client must be granted (None: never)."""

    level: int
    staff: frozenset[Role]
    grant: str | None = None


CATALOG_READ, CATALOG_WRITE = Need(ANYONE, EVERYONE, ""), Need(CLOSED, ONLY_ADMIN, "catalog:write")
PARTY_READ, PARTY_WRITE = Need(2, EVERYONE, "party:read"), Need(CLOSED, SERVING, "party:write")
CUSTOMER_READ, CUSTOMER_WRITE = Need(2, EVERYONE, "customer:read"), Need(CLOSED, SERVING, "customer:write")
ROLE_READ, ROLE_WRITE = Need(2, EVERYONE, "role:read"), Need(CLOSED, SERVING, "role:write")
ACCOUNT_READ, ACCOUNT_WRITE = Need(2, EVERYONE, "account:read"), Need(CLOSED, MONEY, "account:write")
SETUP_READ = Need(CLOSED, EVERYONE, "accountSetup:read")
ORDER_READ, ORDER_WRITE = Need(2, EVERYONE, "order:read"), Need(0, SERVING, "order:write")
ORDER_REMOVE = Need(CLOSED, ONLY_ADMIN, "order:remove")
PRODUCT_READ, PRODUCT_WRITE = Need(2, EVERYONE, "product:read"), Need(CLOSED, ONLY_ADMIN, "product:write")
SERVICE_READ, SERVICE_WRITE = Need(2, EVERYONE, "service:read"), Need(CLOSED, ONLY_ADMIN, "service:write")
CONTACT_READ, CONTACT_WRITE = Need(2, EVERYONE, "interaction:read"), Need(CLOSED, SERVING, "interaction:write")
RISK_READ, RISK_WRITE = Need(CLOSED, EVERYONE, "risk:read"), Need(CLOSED, DECIDING, "risk:write")
VISIT_READ, VISIT_WRITE = Need(2, EVERYONE, "appointment:read"), Need(2, SERVING, "appointment:write")
BALANCE_READ, BALANCE_WRITE = Need(1, EVERYONE, "balance:read"), Need(CLOSED, MONEY, "balance:write")
BALANCE_TOP_UP, BALANCE_TRANSFER = Need(1, DECIDING, "balance:topUp"), Need(2, DECIDING, "balance:transfer")
BALANCE_RESERVE, VOUCHER = Need(CLOSED, ONLY_ADMIN, "balance:reserve"), Need(CLOSED, MONEY)
PAYMENT_READ, PAYMENT_WRITE = Need(2, EVERYONE, "payment:read"), Need(2, DECIDING, "payment:write")
REFUND_WRITE, MONEY_STAFF = Need(CLOSED, DECIDING, "refund:write"), Need(CLOSED, MONEY)
FILE_READ, FILE_WRITE = Need(CLOSED, MONEY | {AUDITOR}, "paymentFile:read"), Need(CLOSED, MONEY, "paymentFile:write")
BILL_DOCUMENT, DELIVERY_READ = Need(2, EVERYONE, "bill:document"), Need(2, EVERYONE, "delivery:read")
DELIVERY_SEND = Need(CLOSED, DECIDING, "delivery:send")
PAYMENTS, PAYMENT_FILES = "/payment/v1", "/payment/v1/file"
USAGE_READ, USAGE_WRITE = Need(2, EVERYONE, "usage:read"), Need(CLOSED, MONEY, "usage:write")
USAGE_SETUP = Need(CLOSED, EVERYONE, "usageSetup:read")
EVENTS = Need(CLOSED, ONLY_ADMIN, "events")
BASES = {
    "party": ("/tmf-api/party/v4", ("individual", "organization"), PARTY_READ, PARTY_WRITE),
    "customer": ("/tmf-api/customerManagement/v4", ("customer",), CUSTOMER_READ, CUSTOMER_WRITE),
    "role": ("/tmf-api/partyRoleManagement/v4", ("partyRole",), ROLE_READ, ROLE_WRITE),
    "account": ("/tmf-api/accountManagement/v4", ("billingAccount",), ACCOUNT_READ, ACCOUNT_WRITE),
    "accountSetup": (
        "/tmf-api/accountManagement/v4",
        (
            "partyAccount",
            "settlementAccount",
            "financialAccount",
            "billingCycleSpecification",
            "billFormat",
            "billPresentationMedia",
        ),
        SETUP_READ,
        ACCOUNT_WRITE,
    ),
    "catalog": (
        "/tmf-api/productCatalogManagement/v4",
        ("catalog", "category", "productOffering", "productOfferingPrice", "productSpecification"),
        CATALOG_READ,
        CATALOG_WRITE,
    ),
    "catalog job": (
        "/tmf-api/productCatalogManagement/v4",
        ("importJob", "exportJob"),
        CATALOG_WRITE,
        CATALOG_WRITE,
    ),
    "order": ("/tmf-api/productOrderingManagement/v4", ("productOrder", "cancelProductOrder"), ORDER_READ, ORDER_WRITE),
    "product": ("/tmf-api/productInventory/v4", ("product",), PRODUCT_READ, PRODUCT_WRITE),
    "service": ("/tmf-api/serviceInventory/v4", ("service",), SERVICE_READ, SERVICE_WRITE),
    "interaction": ("/tmf-api/partyInteraction/v4", ("partyInteraction",), CONTACT_READ, CONTACT_WRITE),
    "appointment": ("/tmf-api/appointment/v4", ("appointment", "searchTimeSlot"), VISIT_READ, VISIT_WRITE),
    "payment": ("/tmf-api/paymentManagement/v4", ("payment",), PAYMENT_READ, PAYMENT_WRITE),
    "refund": ("/tmf-api/paymentManagement/v4", ("refund",), PAYMENT_READ, REFUND_WRITE),
    "usage": ("/tmf-api/usageManagement/v4", ("usage",), USAGE_READ, USAGE_WRITE),
    "usage setup": ("/tmf-api/usageManagement/v4", ("usageSpecification",), USAGE_SETUP, USAGE_WRITE),
    "risk": (
        "/tmf-api/riskManagement/v4",
        (
            "productOfferingRiskAssessment",
            "partyRoleRiskAssessment",
            "partyRoleProductOfferingRiskAssessment",
            "shoppingCartRiskAssessment",
            "productOrderRiskAssessment",
        ),
        RISK_READ,
        RISK_WRITE,
    ),
    "balance top-up": ("/tmf-api/prepayBalanceManagement/v4", ("topupBalance",), BALANCE_READ, BALANCE_TOP_UP),
    "balance transfer": ("/tmf-api/prepayBalanceManagement/v4", ("transferBalance",), BALANCE_READ, BALANCE_TRANSFER),
    "balance reservation": ("/tmf-api/prepayBalanceManagement/v4", ("reserveBalance",), BALANCE_READ, BALANCE_RESERVE),
    "balance": (
        "/tmf-api/prepayBalanceManagement/v4",
        ("bucket", "adjustBalance", "accumulatedBalance", "balanceAction"),
        BALANCE_READ,
        BALANCE_WRITE,
    ),
}
BILLS, TICKETS = "/tmf-api/customerBillManagement/v4", "/tmf-api/troubleTicket/v4/troubleTicket"
APPLICATIONS, DISPUTES, CONVERSATIONS = "/acquisition/v1/application", "/disputes/v1/dispute", "/conversations"
BILL_READ, TICKET_READ, TICKET_WRITE = (
    Need(2, EVERYONE, "bill:read"),
    Need(1, EVERYONE, "ticket:read"),
    Need(1, SERVING, "ticket:write"),
)
BILL_RESOURCES = ("customerBill", "appliedCustomerBillingRate", "customerBillOnDemand")
BILL_WRITE, BILL_RUN, CORRECT = Need(CLOSED, MONEY, "bill:write"), Need(CLOSED, MONEY, "bill:run"), Need(CLOSED, MONEY)
CORRECTIONS = (
    ("adjustment", ""),
    ("adjustment/{adjustment_id}/decide", ""),
    ("creditNote", ""),
    ("creditNote/{note_id}/decide", ""),
)
DISPUTE_READ, DISPUTE_WRITE = Need(2, EVERYONE, "dispute:read"), Need(2, DECIDING, "dispute:write")
FORM_READ, FORM_WRITE = Need(0, EVERYONE, "application:read"), Need(0, SERVING, "application:write")
FORM_LIST = Need(CLOSED, EVERYONE, "application:list")
LEAD = Need(CLOSED, SERVING, "lead:read")
FALLOUT, SETTLE = Need(CLOSED, EVERYONE, "fallout:read"), Need(CLOSED, LEADING)
NUMBER_READ, NUMBER_WRITE = Need(0, EVERYONE, "number:read"), Need(0, SERVING, "number:write")
NETWORK_READ, NETWORK_WRITE = Need(CLOSED, WATCHING, "network:read"), Need(CLOSED, ONLY_ADMIN)
NETWORK, NUMBERS = "/provisioning/v1/reconciliation", "/provisioning/v1/numberReservation"
SERVE, ACT = Need(CLOSED, SERVING), Need(0, EVERYONE)
OWN: dict[tuple[str, str], Need] = {
    ("POST", APPLICATIONS): FORM_WRITE,
    ("GET", APPLICATIONS): FORM_LIST,
    ("POST", f"{APPLICATIONS}/resume"): FORM_WRITE,
    ("GET", f"{APPLICATIONS}/{{application_id}}"): FORM_READ,
    ("PATCH", f"{APPLICATIONS}/{{application_id}}"): FORM_WRITE,
    ("POST", f"{APPLICATIONS}/{{application_id}}/submit"): FORM_WRITE,
    ("DELETE", f"{APPLICATIONS}/{{application_id}}"): FORM_WRITE,
    ("GET", f"{APPLICATIONS}/{{application_id}}/consent"): FORM_LIST,
    ("GET", "/acquisition/v1/terms"): Need(ANYONE, EVERYONE, ""),
    ("GET", "/acquisition/v1/lead"): LEAD,
    ("GET", "/acquisition/v1/lead/{lead_id}"): LEAD,
    ("PATCH", "/acquisition/v1/lead/{lead_id}"): Need(CLOSED, SERVING, "lead:write"),
    ("POST", "/catalog/v1/load"): CATALOG_WRITE,
    ("GET", "/catalog/v1/load"): CATALOG_WRITE,
    ("GET", "/catalog/v1/load/{load_id}"): CATALOG_WRITE,
    ("GET", "/catalog/v1/eligibleOffering"): FORM_READ,
    ("GET", "/catalog/v1/names"): CATALOG_READ,
    **{("GET", f"{BILLS}/{resource}{one}"): BILL_READ for resource in BILL_RESOURCES for one in ("", "/{id}")},
    ("PATCH", f"{BILLS}/customerBill/{{id}}"): BILL_WRITE,
    ("POST", f"{BILLS}/customerBillOnDemand"): BILL_WRITE,
    **{(method, f"{BILLS}/hub{one}"): EVENTS for method, one in (("POST", ""), ("GET", ""), ("DELETE", "/{id}"))},
    ("GET", "/billing/v1/upcomingBill"): BILL_READ,
    ("GET", f"{BILLS}/customerBill/{{bill_id}}/document"): BILL_DOCUMENT,
    ("POST", "/delivery/v1/bill/{bill_id}/link"): BILL_DOCUMENT,
    ("GET", "/delivery/v1/delivery"): DELIVERY_READ,
    ("POST", "/delivery/v1/bill/{bill_id}/send"): DELIVERY_SEND,
    ("POST", "/delivery/v1/delivery/{delivery_id}/retry"): DELIVERY_SEND,
    ("POST", "/delivery/v1/bounce"): DELIVERY_SEND,
    ("GET", "/delivery/v1/preference/{party_id}"): DELIVERY_READ,
    ("PUT", "/delivery/v1/preference/{party_id}"): Need(2, DECIDING, "delivery:write"),
    ("POST", f"{PAYMENTS}/payment/{{payment_id}}/decide"): MONEY_STAFF,
    ("POST", f"{PAYMENTS}/payment/{{payment_id}}/chargeback"): MONEY_STAFF,
    ("GET", f"{PAYMENTS}/payment/{{payment_id}}/receipt"): PAYMENT_READ,
    ("POST", f"{PAYMENTS}/refund/{{refund_id}}/decide"): MONEY_STAFF,
    ("POST", f"{PAYMENTS}/bill/{{bill_id}}/payLink"): PAYMENT_WRITE,
    ("POST", f"{PAYMENTS}/autopay"): PAYMENT_WRITE,
    ("GET", f"{PAYMENTS}/autopay"): PAYMENT_READ,
    ("DELETE", f"{PAYMENTS}/autopay/{{autopay_id}}"): PAYMENT_WRITE,
    ("POST", PAYMENT_FILES): FILE_WRITE,
    ("GET", PAYMENT_FILES): FILE_READ,
    ("GET", f"{PAYMENT_FILES}/{{file_id}}"): FILE_READ,
    ("POST", f"{PAYMENT_FILES}/{{file_id}}/decide"): FILE_WRITE,
    ("GET", f"{PAYMENT_FILES}/line"): FILE_READ,
    ("POST", f"{PAYMENT_FILES}/line/{{line_id}}/allocate"): FILE_WRITE,
    ("POST", "/usage/v1/file"): USAGE_WRITE,
    ("GET", "/usage/v1/file"): USAGE_SETUP,
    ("POST", "/usage/v1/recycle"): USAGE_WRITE,
    ("POST", "/billing/v1/billRun"): BILL_RUN,
    ("GET", "/billing/v1/billRun"): BILL_RUN,
    ("GET", "/billing/v1/billRun/{run_id}"): BILL_RUN,
    ("POST", "/billing/v1/billRun/{run_id}/approve"): BILL_RUN,
    ("POST", "/billing/v1/billRun/{run_id}/cancel"): BILL_RUN,
    ("GET", "/billing/v1/billRun/{run_id}/draft"): BILL_RUN,
    ("GET", "/billing/v1/ageing"): BILL_RUN,
    **{("POST", f"/billing/v1/{what}{one}"): CORRECT for what, one in CORRECTIONS},
    ("PUT", "/billing/v1/billingAccount/{account_id}/commitment"): CORRECT,
    ("GET", "/billing/v1/adjustment"): CORRECT,
    ("GET", "/billing/v1/creditNote"): CORRECT,
    ("POST", DISPUTES): DISPUTE_WRITE,
    ("GET", DISPUTES): DISPUTE_READ,
    ("GET", f"{DISPUTES}/{{dispute_id}}"): DISPUTE_READ,
    ("POST", f"{DISPUTES}/{{dispute_id}}/decide"): Need(CLOSED, DECIDING),
    ("POST", f"{DISPUTES}/{{dispute_id}}/withdraw"): DISPUTE_WRITE,
    ("POST", TICKETS): TICKET_WRITE,
    ("GET", TICKETS): TICKET_READ,
    ("GET", f"{TICKETS}/{{ticket_id}}"): TICKET_READ,
    ("PATCH", f"{TICKETS}/{{ticket_id}}"): TICKET_WRITE,
    ("GET", "/ordering/v1/fallout"): FALLOUT,
    ("POST", "/ordering/v1/fallout/{task_id}/retry"): SETTLE,
    ("POST", "/ordering/v1/fallout/{task_id}/cancel"): SETTLE,
    ("GET", "/provisioning/v1/number"): NUMBER_READ,
    ("POST", NUMBERS): NUMBER_WRITE,
    ("GET", NUMBERS): NUMBER_READ,
    ("GET", f"{NUMBERS}/{{reservation_id}}"): NUMBER_READ,
    ("DELETE", f"{NUMBERS}/{{reservation_id}}"): NUMBER_WRITE,
    ("GET", "/provisioning/v1/portingRequest"): Need(2, EVERYONE, "porting:read"),
    ("POST", NETWORK): NETWORK_WRITE,
    ("GET", NETWORK): NETWORK_READ,
    ("GET", f"{NETWORK}/{{reconciliation_id}}"): NETWORK_READ,
    ("GET", f"{NETWORK}/{{reconciliation_id}}/difference"): NETWORK_READ,
    ("POST", f"{NETWORK}/{{reconciliation_id}}/difference/{{difference_id}}/repair"): NETWORK_WRITE,
    ("POST", f"{NETWORK}/{{reconciliation_id}}/repair"): NETWORK_WRITE,
    ("POST", "/prepaid/v1/recharge"): BALANCE_TOP_UP,
    ("POST", "/prepaid/v1/voucherBatch"): VOUCHER,
    ("GET", "/prepaid/v1/voucherBatch"): VOUCHER,
    ("POST", "/prepaid/v1/voucherBatch/{batch_id}/void"): VOUCHER,
    ("POST", "/prepaid/v1/session"): BALANCE_RESERVE,
    ("POST", "/prepaid/v1/session/{session_id}/quota"): BALANCE_RESERVE,
    ("POST", "/prepaid/v1/session/{session_id}/end"): BALANCE_RESERVE,
    ("GET", CONVERSATIONS): SERVE,
    ("GET", f"{CONVERSATIONS}/{{conversation_id}}/messages"): SERVE,
    ("POST", f"{CONVERSATIONS}/{{conversation_id}}/claim"): SERVE,
    ("POST", f"{CONVERSATIONS}/{{conversation_id}}/messages"): SERVE,
    ("POST", f"{CONVERSATIONS}/{{conversation_id}}/release"): SERVE,
    ("POST", f"{CONVERSATIONS}/{{conversation_id}}/close"): SERVE,
    ("GET", f"{CONVERSATIONS}/{{conversation_id}}/context"): ACT,
    ("PUT", f"{CONVERSATIONS}/{{conversation_id}}/language"): ACT,
    ("POST", f"{CONVERSATIONS}/{{conversation_id}}/handoff"): ACT,
    ("POST", "/verification/codes"): Need(0, NO_STAFF),
    ("POST", "/verification/codes/confirm"): Need(0, NO_STAFF),
    ("GET", "/party/v1/party/{party_id}/identity"): Need(CLOSED, WATCHING),
    ("GET", "/access/v1/staff"): Need(CLOSED, ONLY_ADMIN),
    ("POST", "/access/v1/staff"): Need(CLOSED, ONLY_ADMIN),
    ("PATCH", "/access/v1/staff/{staff_id}"): Need(CLOSED, ONLY_ADMIN),
    ("GET", "/access/v1/apiClient"): Need(CLOSED, ONLY_ADMIN),
    ("POST", "/access/v1/apiClient"): Need(CLOSED, ONLY_ADMIN),
    ("DELETE", "/access/v1/apiClient/{client_id}"): Need(CLOSED, ONLY_ADMIN),
    ("GET", "/access/v1/auditEntry"): Need(CLOSED, frozenset({ADMIN, AUDITOR})),
    ("GET", "/metrics"): Need(CLOSED, WATCHING, "metrics:read"),
}
PUBLIC = {  # no caller is asked for at all
    ("POST", CONVERSATIONS),
    ("POST", "/access/v1/token"),
    ("POST", "/access/v1/clientToken"),
    ("GET", "/health"),
    ("GET", "/"),
    ("GET", "/docs"),
    ("GET", "/widget/{name}"),
    ("GET", "/console"),
    ("GET", "/console/assets/{name}"),
    ("GET", "/console/{path:path}"),
    ("GET", "/assets/{name}"),
    ("POST", "/payment/v1/gateway/callback"),  # signed by the gateway
    ("GET", "/bill/{token}"),  # the token is a signed link
    ("GET", "/pay/asset/{name}"),
    ("GET", "/pay/{token}"),  # the token is a signed link
    ("POST", "/pay/{token}"),
    ("GET", "/pay/{kind}/{token}"),
    ("GET", "/sandbox/gateway/{reference}"),
    ("POST", "/sandbox/gateway/{reference}"),
    ("GET", "/sandbox/people"),
    ("GET", "/sandbox/outbox.json"),
    ("GET", "/sandbox/outbox"),
}


def needs() -> dict[tuple[str, str], Need]:
    """Every route that asks for a caller, and what it asks for."""
    table = dict(OWN)
    for base, resources, read, write in BASES.values():
        for method, path in (("POST", "/hub"), ("GET", "/hub"), ("DELETE", "/hub/{id}")):
            table[method, base + path] = EVENTS
        for resource in resources:
            path = f"{base}/{resource}"
            table |= {("GET", path): read, ("GET", path + "/{id}"): read, ("POST", path): write}
            table |= {("PATCH", path + "/{id}"): write, ("DELETE", path + "/{id}"): write}
    table["DELETE", "/tmf-api/productOrderingManagement/v4/productOrder/{id}"] = ORDER_REMOVE
    table["DELETE", "/tmf-api/prepayBalanceManagement/v4/topupBalance/{id}"] = BALANCE_WRITE
    table["DELETE", "/tmf-api/prepayBalanceManagement/v4/transferBalance/{id}"] = BALANCE_WRITE
    table["DELETE", "/tmf-api/prepayBalanceManagement/v4/reserveBalance/{id}"] = BALANCE_WRITE
    return {key: need for key, need in table.items() if key not in NOT_OFFERED}


NOT_OFFERED = {
    *(
        (verb, f"/tmf-api/paymentManagement/v4/{resource}/{{id}}")
        for verb in ("PATCH", "DELETE")
        for resource in ("payment", "refund")
    ),
    *((verb, "/tmf-api/productOrderingManagement/v4/cancelProductOrder/{id}") for verb in ("PATCH", "DELETE")),
    *(("PATCH", f"/tmf-api/riskManagement/v4/{resource}/{{id}}") for resource in BASES["risk"][1]),
    ("PATCH", f"{BASES['balance'][0]}/bucket/{{id}}"),
    *(
        (verb, f"{BASES['balance'][0]}/{resource}{path}")
        for resource in ("accumulatedBalance", "balanceAction")
        for verb, path in (("POST", ""), ("PATCH", "/{id}"), ("DELETE", "/{id}"))
    ),
    *(("PATCH", f"{BASES['catalog job'][0]}/{resource}/{{id}}") for resource in BASES["catalog job"][1]),
}


def served(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every route of the app, however its routers are nested."""
    yield from _served(app.routes)


def _served(routes: object) -> Iterator[tuple[str, str]]:
    for route in routes:  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods or ())
        elif hasattr(route, "original_router"):
            yield from _served(route.original_router.routes)
