"""Bills reach their customers once, by the way they chose, and never get lost."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from customers import Customer
from fastapi.testclient import TestClient
from mailbox_server import REFUSED, Mailbox
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.delivery import rules, service
from backend.delivery.errors import NobodyToSendTo
from backend.delivery.models import Delivery
from backend.delivery.rules import Channel, DeliveryState, Preference
from backend.infra.database import Database
from backend.infra.mail import MailCarrier, MailDeferred, MailUnavailable, SmtpCarrier
from backend.infra.models import AuditEntry, OutgoingMessage
from backend.party.models import Individual

Headers = dict[str, str]


class OfTheTest(Database):
    """The database of jobs, inside the test's own transaction."""

    def __init__(self, database: Database, session: Session) -> None:
        super().__init__(database.engine, outside=database.outside)
        self.of_the_test = session

    def transaction(self) -> Iterator[Session]:  # type: ignore[override]
        """A savepoint."""
        return _Savepoint(self.of_the_test)  # type: ignore[return-value]


class _Savepoint:
    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> Session:
        self.nested = self.session.begin_nested()
        return self.session

    def __exit__(self, kind: object, *_: object) -> None:
        self.nested.commit() if kind is None else self.nested.rollback()


@pytest.fixture
def post(session: Session, database: Database, mailbox: Mailbox) -> Iterator[Callable[[Delivery], None]]:
    """Send a delivery by the test's mail server."""
    before = database.outside.find(MailCarrier)
    database.outside.bind(MailCarrier, SmtpCarrier("127.0.0.1", mailbox.port, "none"))
    inside = OfTheTest(database, session)

    def sent(delivery: Delivery) -> None:
        service.send_mail(inside, delivery.id)

    yield sent
    database.outside.bind(MailCarrier, before)


def texts(session: Session) -> list[str]:
    return [one.text for one in session.scalars(select(OutgoingMessage)) if "/bill/" in one.text]


@pytest.mark.parametrize(
    ("preference", "address", "number", "ways"),
    [
        (None, True, True, [Channel.EMAIL]),
        (None, False, True, [Channel.SMS]),
        (Preference.SMS, True, True, [Channel.SMS]),
        (Preference.BOTH, True, True, [Channel.EMAIL, Channel.SMS]),
        (Preference.SMS, True, False, [Channel.EMAIL]),
        (Preference.EMAIL, False, True, [Channel.SMS]),
        (Preference.BOTH, False, False, []),
    ],
)
def test_the_way_follows_the_wish_and_what_is_known(
    preference: Preference | None, address: bool, number: bool, ways: list[Channel]
) -> None:
    assert rules.channels(preference, address=address, number=number) == ways


def test_a_bill_that_is_issued_is_delivered_by_a_job(session: Session, bill: CustomerBill) -> None:
    jobs = session.execute(text("SELECT args FROM procrastinate_jobs WHERE task_name = 'delivery:deliver_bill'"))
    assert [row.args for row in jobs] == [{"bill_id": str(bill.id)}]


def test_the_mail_has_the_bill_attached_in_the_customers_language(
    session: Session, bill: CustomerBill, post: Callable[[Delivery], None], mailbox: Mailbox
) -> None:
    (delivery,) = service.plan(session, bill.id)
    post(delivery)
    assert delivery.reason is None
    (mail,) = mailbox.got
    (attachment,) = [part for part in mail.walk() if part.get_filename()]
    assert (attachment.get_filename(), attachment.get_content_type()) == (f"{bill.bill_no}.pdf", "application/pdf")
    assert attachment.get_payload(decode=True) == service.document(session, bill.id, None).pdf
    assert mail["To"] == "noura@example.com"
    assert mail["Message-ID"] == f"<{delivery.message_id}>"
    assert delivery.state == DeliveryState.COMPLETED


def test_nothing_is_sent_twice(
    session: Session, bill: CustomerBill, post: Callable[[Delivery], None], mailbox: Mailbox
) -> None:
    (delivery,) = service.plan(session, bill.id)
    assert service.plan(session, bill.id) == [delivery]
    post(delivery)
    post(delivery)
    assert len(mailbox.got) == 1


def test_stopped_while_sending_it_is_not_sent_again_but_told_by_text(
    session: Session, bill: CustomerBill, post: Callable[[Delivery], None], mailbox: Mailbox
) -> None:
    (delivery,) = service.plan(session, bill.id)
    delivery.state = DeliveryState.IN_PROGRESS  # a worker was killed after the content had gone out
    session.flush()
    post(delivery)
    assert (mailbox.got, delivery.state) == ([], DeliveryState.FAILED)
    assert len(texts(session)) == 1


def test_a_busy_server_is_tried_again_and_an_absent_one_too(
    session: Session, bill: CustomerBill, post: Callable[[Delivery], None], mailbox: Mailbox
) -> None:
    (delivery,) = service.plan(session, bill.id)
    mailbox.busy = True
    with pytest.raises(MailDeferred):
        post(delivery)
    assert delivery.state == DeliveryState.INITIAL
    mailbox.busy = False
    post(delivery)
    assert (len(mailbox.got), delivery.state, delivery.tries) == (1, DeliveryState.COMPLETED, 2)


def test_a_server_that_is_away_is_unavailable(session: Session, database: Database, bill: CustomerBill) -> None:
    (delivery,) = service.plan(session, bill.id)
    before = database.outside.find(MailCarrier)
    database.outside.bind(MailCarrier, SmtpCarrier("127.0.0.1", 9, "none"))
    with pytest.raises(MailUnavailable):
        service.send_mail(OfTheTest(database, session), delivery.id)
    database.outside.bind(MailCarrier, before)
    assert delivery.state == DeliveryState.INITIAL


def test_an_address_that_does_not_exist_is_noted_and_the_customer_told_by_text(
    session: Session, bill: CustomerBill, post: Callable[[Delivery], None], mailbox: Mailbox
) -> None:
    (delivery,) = service.plan(session, bill.id)
    delivery.recipient = REFUSED
    session.flush()
    post(delivery)
    assert (delivery.state, mailbox.got) == (DeliveryState.FAILED, [])
    assert "550" in str(delivery.reason)
    assert len(texts(session)) == 1


def test_a_mail_that_bounces_later_is_noted_once(
    api: TestClient,
    session: Session,
    bill: CustomerBill,
    post: Callable[[Delivery], None],
    staff: Callable[..., Headers],
) -> None:
    (delivery,) = service.plan(session, bill.id)
    post(delivery)
    body = {"messageId": delivery.message_id, "reason": "mailbox full"}
    for _ in range(2):
        answer = api.post("/delivery/v1/bounce", json=body, headers=staff(Role.AGENT))
        assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    assert len(texts(session)) == 1


def test_staff_see_how_a_bill_went_and_send_it_again(
    api: TestClient, session: Session, bill: CustomerBill, staff: Callable[..., Headers]
) -> None:
    (delivery,) = service.plan(session, bill.id)
    headers, path = staff(Role.BILLING), f"/delivery/v1/delivery/{delivery.id}/retry"
    assert api.post(path, headers=headers).status_code == 409
    service.give_up(session, delivery, "the server was away")
    assert api.post(path, headers=headers).json()["state"] == "initial"
    (first, *_) = api.get("/delivery/v1/delivery", params={"bill.id": str(bill.id)}, headers=headers).json()
    assert "noura" not in first["recipient"]


def test_staff_send_a_bill_once_more_as_a_message_of_its_own(
    api: TestClient,
    session: Session,
    bill: CustomerBill,
    post: Callable[[Delivery], None],
    staff: Callable[..., Headers],
) -> None:
    (delivery,) = service.plan(session, bill.id)
    post(delivery)
    first = delivery.message_id
    headers, path = staff(Role.BILLING), f"/delivery/v1/bill/{bill.id}/send"

    assert api.post(path, json={"channel": "email"}, headers=headers).status_code == 202
    again = api.post(path, json={"channel": "email"}, headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "delivery_on_its_way")
    session.refresh(delivery)
    post(delivery)
    assert (delivery.state, delivery.tries) == (DeliveryState.COMPLETED, 2)
    assert delivery.message_id not in (first, None)

    told = api.post(path, json={"channel": "sms"}, headers=headers).json()
    service.send_text(session, UUID(told["id"]))
    assert len(texts(session)) == 1
    entries = session.scalars(select(AuditEntry).where(AuditEntry.operation == "POST /delivery/v1/bill/{bill_id}/send"))
    assert {entry.entity for entry in entries} == {"delivery_delivery"}


def test_a_bill_is_not_sent_where_no_address_is_known_and_a_draft_has_no_document(
    api: TestClient, session: Session, bill: CustomerBill, home: Customer, staff: Callable[..., Headers]
) -> None:
    headers = staff(Role.BILLING)
    media = session.get_one(Individual, home.party_id).contact_media
    media[:] = [one for one in media if one.value != "noura@example.com"]
    session.flush()
    answer = api.post(f"/delivery/v1/bill/{bill.id}/send", json={"channel": "email"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "way_unknown")

    bill.bill_no, bill.state = None, BillState.NEW
    session.flush()
    answer = api.post(f"/delivery/v1/bill/{bill.id}/send", json={"channel": "sms"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "bill_still_draft")
    printed = api.get(f"/tmf-api/customerBillManagement/v4/customerBill/{bill.id}/document", headers=headers)
    assert (printed.status_code, printed.json()["code"]) == (409, "bill_still_draft")


def test_a_text_message_has_a_link_that_opens_the_bill(
    api: TestClient, session: Session, bill: CustomerBill, home: Customer
) -> None:
    service.prefer(session, home.party_id, Preference.SMS)
    (delivery,) = service.plan(session, bill.id)
    service.send_text(session, delivery.id)
    service.send_text(session, delivery.id)
    (told,) = texts(session)
    link = told[told.index("/bill/") :].strip("\u2068\u2069 .")
    assert api.get(link).content.startswith(b"%PDF")


def test_the_customer_chooses_the_way(api: TestClient, own: Headers, home: Customer) -> None:
    path = f"/delivery/v1/preference/{home.party_id}"
    assert api.get(path, headers=own).json()["preference"] is None
    assert api.put(path, json={"preference": "both"}, headers=own).json()["preference"] == "both"
    assert api.put(path, json={"preference": "pigeon"}, headers=own).status_code == 422
    assert api.get(f"/delivery/v1/preference/{home.product_id}", headers=own).status_code == 404


def test_whom_nothing_reaches_gets_nothing(
    session: Session, bill: CustomerBill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "channels", lambda *_, **__: [])
    with pytest.raises(NobodyToSendTo):
        service.plan(session, bill.id)
