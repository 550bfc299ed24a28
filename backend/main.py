"""Composition root: the only module that knows every domain."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import procrastinate
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from backend import sandbox
from backend.access import api as access_api
from backend.access.guard import Representation, needs
from backend.access.permissions import Permission
from backend.account import api as account_api
from backend.account.resources import BILLING_ACCOUNT, OTHERS
from backend.acquisition import api as acquisition_api
from backend.acquisition import jobs as acquisition_jobs
from backend.acquisition import lead_api
from backend.acquisition.company import CompanyRegistry
from backend.acquisition.credit import CreditBureau
from backend.acquisition.identity import IdentityRegistry
from backend.acquisition.remote.asking import client_for
from backend.acquisition.remote.company_register import HttpCompanyRegistry
from backend.acquisition.remote.credit_bureau import HttpBureau
from backend.acquisition.remote.identity_register import HttpRegistry
from backend.acquisition.risk import api as risk_api
from backend.acquisition.risk.service import OrderDirectory
from backend.acquisition.sandbox import SandboxBureau, SandboxCompanyRegistry, SandboxRegistry
from backend.acquisition.service import ChannelDirectory
from backend.appointments import api as appointments_api
from backend.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCompleted,
    AppointmentFailed,
)
from backend.appointments.resources import APPOINTMENT, SEARCH
from backend.billing import api as billing_api
from backend.billing import handlers as billing_handlers
from backend.billing import jobs as billing_jobs
from backend.billing.events import BillIssued
from backend.billing.resources import BILL_ON_DEMAND, BILLING_RATE, CUSTOMER_BILL
from backend.catalog import api as catalog_api
from backend.catalog.folder import CatalogFolder
from backend.catalog.resources import RESOURCES as CATALOG_RESOURCES
from backend.conversations import api as conversations_api
from backend.conversations import assistant_api
from backend.conversations import handlers as conversation_handlers
from backend.conversations import jobs as conversation_jobs
from backend.conversations.assistant import Assistant
from backend.conversations.channel_directory import ConversationChannels
from backend.conversations.live import Live
from backend.conversations.turn_runner import TurnRunner
from backend.customer import api as customer_api
from backend.customer import service as customer_service
from backend.customer.resources import CUSTOMER, PARTY_ROLE
from backend.delivery import api as delivery_api
from backend.delivery import handlers as delivery_handlers
from backend.delivery import jobs as delivery_jobs
from backend.disputes import api as disputes_api
from backend.disputes import handlers as dispute_handlers
from backend.disputes.events import DisputeOpened, DisputeResolved
from backend.infra import audit, health, logging, outbox, problems, proofs, row_counts
from backend.infra import jobs as queue_jobs
from backend.infra.database import Database, conninfo_of, engine_for
from backend.infra.encryption import keyring
from backend.infra.hub import events as hub_events
from backend.infra.hub import jobs as hub_jobs
from backend.infra.hub.api import hub_router
from backend.infra.jobs import worker_app
from backend.infra.limits import Tries
from backend.infra.mail import MailCarrier, SandboxCarrier, SmtpCarrier
from backend.infra.openapi import describe
from backend.infra.operator import load_operator
from backend.infra.outbox import MessageProvider, SandboxProvider
from backend.infra.outside import Outside
from backend.interactions import api as interactions_api
from backend.interactions.resources import INTERACTION
from backend.ordering import api as ordering_api
from backend.ordering import handlers as ordering_handlers
from backend.ordering import jobs as ordering_jobs
from backend.ordering.events import ProductActivated, ProductOrderCompleted, ProductOrderFailed, ProductOrderPlaced
from backend.ordering.line_directory import OrderedLines
from backend.ordering.order_directory import PlacedOrders
from backend.ordering.resources import CANCEL_PRODUCT_ORDER, PRODUCT, PRODUCT_ORDER
from backend.party import api as party_api
from backend.party.resources import INDIVIDUAL, ORGANIZATION
from backend.payment import api as payment_api
from backend.payment import file_api as payment_file_api
from backend.payment import handlers as payment_handlers
from backend.payment import jobs as payment_jobs
from backend.payment.events import PaymentCaptured, PaymentFailed, PaymentReversed
from backend.payment.gateway import NoGateway, PaymentGateway
from backend.payment.http_gateway import HttpGateway
from backend.payment.pages import api as payment_pages
from backend.payment.resources import RESOURCES as PAYMENT_RESOURCES
from backend.payment.sandbox import SandboxGateway
from backend.payment.sandbox import jobs as sandbox_gateway_jobs
from backend.payment.sandbox import pages as sandbox_gateway_pages
from backend.prepaid import api as prepaid_api
from backend.prepaid import handlers as prepaid_handlers
from backend.prepaid import jobs as prepaid_jobs
from backend.prepaid.resources import RESOURCES as PREPAID_RESOURCES
from backend.provisioning import api as provisioning_api
from backend.provisioning import jobs as provisioning_jobs
from backend.provisioning.events import PortingMoved
from backend.provisioning.http_network import HttpNetwork
from backend.provisioning.network import NetworkAdapter
from backend.provisioning.porting import PortingAdapter, SandboxPorting
from backend.provisioning.resources import SERVICE
from backend.provisioning.sandbox_network import SandboxNetwork
from backend.rating.usage_directory import UsageRatings
from backend.settings import Settings
from backend.tickets import api as tickets_api
from backend.tickets.service import LineDirectory
from backend.usage import api as usage_api
from backend.usage.resources import RESOURCES as USAGE_RESOURCES
from backend.usage.service import RatedDirectory

FULFILMENT = (PRODUCT_ORDER, CANCEL_PRODUCT_ORDER, PRODUCT, SERVICE)
RESOURCES = (
    INDIVIDUAL,
    ORGANIZATION,
    CUSTOMER,
    PARTY_ROLE,
    BILLING_ACCOUNT,
    CUSTOMER_BILL,
    BILLING_RATE,
    BILL_ON_DEMAND,
    INTERACTION,
    *FULFILMENT,
    *(one for _, one in OTHERS),
    *risk_api.RESOURCES.values(),
    *CATALOG_RESOURCES,
    APPOINTMENT,
    SEARCH,
    *PREPAID_RESOURCES,
    *PAYMENT_RESOURCES,
    *USAGE_RESOURCES,
)
HUBS = tuple(
    hub_router(api, base, needs(Permission.EVENTS))
    for api, base in sorted({(resource.api, resource.base) for resource in RESOURCES})
)
ROUTERS = (
    *HUBS,
    catalog_api.router,
    appointments_api.router,
    acquisition_api.router,
    lead_api.router,
    risk_api.router,
    party_api.router,
    customer_api.router,
    account_api.router,
    ordering_api.orders,
    ordering_api.products,
    provisioning_api.router,
    usage_api.router,
    billing_api.router,
    prepaid_api.router,
    delivery_api.router,
    payment_api.router,
    payment_file_api.router,
    payment_pages.router,
    disputes_api.router,
    tickets_api.router,
    interactions_api.router,
    conversations_api.router,
    assistant_api.router,
    access_api.router,
    health.router,
    proofs.metrics_router(needs(Permission.METRICS_READ)),
)
BLUEPRINTS = {
    "infra": outbox.jobs,
    "hub": hub_jobs.jobs,
    "queue": queue_jobs.jobs,
    "counts": row_counts.jobs,
    "acquisition": acquisition_jobs.jobs,
    "ordering": ordering_jobs.jobs,
    "provisioning": provisioning_jobs.jobs,
    "billing": billing_jobs.jobs,
    "prepaid": prepaid_jobs.jobs,
    "delivery": delivery_jobs.jobs,
    "payment": payment_jobs.jobs,
    "sandboxGateway": sandbox_gateway_jobs.jobs,
    "conversations": conversation_jobs.jobs,
}


def assembled_database(url: str, *, clock_moves: bool = False, public_url: str = "") -> Database:
    """The database with every subscription and every outside system of the product."""
    database = Database(engine_for(url), operator=load_operator(), clock_moves=clock_moves, public_url=public_url)
    audit.watch()
    hub_events.watch()
    for resource in RESOURCES:
        database.resources.setdefault(resource.model, []).append(resource)
    outside = database.outside
    outside.bind(MessageProvider, SandboxProvider())
    outside.bind(MailCarrier, SandboxCarrier(database.engine))
    outside.bind(IdentityRegistry, SandboxRegistry(database.engine))
    outside.bind(CompanyRegistry, SandboxCompanyRegistry(database.engine))
    outside.bind(CreditBureau, SandboxBureau())
    outside.bind(ChannelDirectory, ConversationChannels())
    outside.bind(OrderDirectory, PlacedOrders())
    outside.bind(NetworkAdapter, SandboxNetwork(database.engine, database.operator.zone_info))
    outside.bind(PortingAdapter, SandboxPorting())
    outside.bind(LineDirectory, OrderedLines())
    outside.bind(PaymentGateway, SandboxGateway(database.engine, public_url))
    outside.bind(RatedDirectory, UsageRatings())
    outside.bind(Representation, customer_service)
    outside.bind(CatalogFolder, CatalogFolder(None))
    _subscribe(database)
    return database


def _subscribe(database: Database) -> None:
    bus = database.bus
    bus.subscribe(PortingMoved, ordering_handlers.go_on_porting)
    bus.subscribe(AppointmentBooked, ordering_handlers.note_visit)
    for visited in (AppointmentCompleted, AppointmentCancelled, AppointmentFailed):
        bus.subscribe(visited, ordering_handlers.go_on_visit)
    bus.subscribe(ProductOrderPlaced, conversation_handlers.know_customer)
    bus.subscribe(ProductOrderCompleted, billing_handlers.open_account)
    bus.subscribe(ProductOrderCompleted, conversation_handlers.tell_completed)
    bus.subscribe(ProductOrderCompleted, conversation_handlers.tell_changes)
    bus.subscribe(ProductOrderFailed, conversation_handlers.tell_failed)
    bus.subscribe(ProductActivated, prepaid_handlers.open_balance)
    bus.subscribe(BillIssued, delivery_handlers.deliver_bill)
    bus.subscribe(PaymentCaptured, payment_handlers.send_receipt)
    bus.subscribe(PaymentFailed, payment_handlers.tell_declined)
    bus.subscribe(PaymentCaptured, prepaid_handlers.top_up)
    bus.subscribe(PaymentReversed, prepaid_handlers.take_back)
    bus.subscribe(PaymentReversed, payment_handlers.tell_reversed)
    bus.subscribe(DisputeOpened, dispute_handlers.announce_opened)
    bus.subscribe(DisputeResolved, dispute_handlers.announce_resolved)


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The public face: gateway, TM Forum APIs, pages. Tests hand in their own database."""
    composed = database or composed_database(settings)
    app = FastAPI(
        title="Hatif",
        summary="Customer service of a telecom operator",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings, app.state.database = settings, composed
    app.state.live = Live(conninfo_of(composed.engine))
    app.state.assistant = Assistant(settings)
    app.state.runner = TurnRunner(composed, app.state.assistant)
    app.state.conversation_tries = Tries(settings.conversations_a_minute, 60)
    app.state.payment_tries = Tries(settings.payment_pages_a_minute, 60)
    app.state.callback_tries = Tries(settings.callbacks_a_minute, 60)
    app.state.sign_in_tries = Tries(settings.sign_ins_a_minute, 60)
    app.add_middleware(CORSMiddleware, allow_origins=settings.widget_origins, allow_methods=["*"], allow_headers=["*"])
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    sandbox.install(app, settings)
    if settings.is_development:
        app.include_router(sandbox_gateway_pages.router)
    return app


def app_from_environment() -> FastAPI:
    """The factory that the server calls in its own process."""
    logging.configure()
    return create_app(Settings())


def composed_database(settings: Settings) -> Database:
    """The database as a process of the product uses it, with the process's keys in place."""
    keyring.use(settings.keys, settings.token_key.get_secret_value())
    database = assembled_database(
        settings.database_url, clock_moves=settings.is_development, public_url=settings.public_address
    )
    database.private_callbacks = settings.private_callbacks
    database.outside.bind(CatalogFolder, CatalogFolder(settings.home / "catalog"))
    _bind_real_systems(database.outside, settings)
    return database


def _bind_real_systems(outside: Outside, settings: Settings) -> None:
    """Real registers and a real bureau take the sandbox's place where their addresses are set."""
    real = (
        (IdentityRegistry, HttpRegistry, settings.registry_url, settings.registry_token),
        (CompanyRegistry, HttpCompanyRegistry, settings.company_registry_url, settings.company_registry_token),
        (CreditBureau, HttpBureau, settings.bureau_url, settings.bureau_token),
    )
    for protocol, adapter, url, token in real:
        if url:
            outside.bind(protocol, adapter(client_for(url, token.get_secret_value())))
    if settings.smtp_host:
        password = settings.smtp_password.get_secret_value()
        outside.bind(
            MailCarrier,
            SmtpCarrier(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user, password),
        )
    if not settings.is_development:  # the sandbox gateway gives nobody money
        outside.bind(PaymentGateway, NoGateway())
    if settings.gateway_url:
        keys = [key.get_secret_value() for key in (settings.gateway_token, settings.gateway_secret)]
        outside.bind(PaymentGateway, HttpGateway(settings.gateway_url, keys[0], keys[1]))
    if settings.network_url:
        outside.bind(NetworkAdapter, HttpNetwork(settings.network_url, settings.network_token.get_secret_value()))


def worker_from_settings(settings: Settings) -> tuple[procrastinate.App, Database]:
    """The job worker's app, and the database it hands to its jobs."""
    database = composed_database(settings)
    return worker_app(conninfo_of(database.engine), BLUEPRINTS), database


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    background = [asyncio.create_task(app.state.live.listen()), asyncio.create_task(app.state.runner.sweep())]
    yield
    for task in background:
        task.cancel()
    await app.state.assistant.close()
    app.state.database.engine.dispose()
