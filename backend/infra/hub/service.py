"""Subscribe, unsubscribe, and hand one event over."""

import secrets
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.hub.rules import is_callback, is_private, signature
from backend.infra.models import HubDelivery, HubSubscription
from backend.kernel.errors import Invalid, NotFound, Unavailable
from backend.kernel.text import Bilingual

TIMEOUT = httpx.Timeout(10.0, connect=3.0)


class CallbackInvalid(Invalid):
    """Not an http or https address that may be called."""

    status = 400
    title = Bilingual(ar="عنوان الاستدعاء غير صالح.", en="That callback address cannot be used.")


class SubscriptionNotFound(NotFound):
    """No such subscription, or another caller's."""

    title = Bilingual(ar="لم نجد هذا الاشتراك.", en="We could not find this subscription.")


class EventNotTaken(Unavailable):
    """The subscriber did not answer with 2xx; the delivery is tried again."""


def subscribe(
    session: Session, *, api: str, owner: str, callback: str, query: str | None, private: bool
) -> HubSubscription:
    """A new subscription with a secret of its own; `private` allows inner networks. Raises CallbackInvalid."""
    if not is_callback(callback) or not (private or _is_public(callback)):
        raise CallbackInvalid
    subscription = HubSubscription(
        api=api,
        owner=owner,
        callback=callback,
        query=query,
        secret=secrets.token_urlsafe(32),
        created_at=clock_of(session).now(),
    )
    session.add(subscription)
    session.flush()
    return subscription


def subscriptions(session: Session, *, api: str, owner: str) -> Sequence[HubSubscription]:
    """The caller's own subscriptions to the API."""
    mine = (HubSubscription.api == api, HubSubscription.owner == owner)
    return session.scalars(select(HubSubscription).where(*mine).order_by(HubSubscription.created_at)).all()


def unsubscribe(session: Session, *, api: str, owner: str, subscription_id: str) -> None:
    """End a subscription; what is on its way to it is dropped. Raises SubscriptionNotFound."""
    found = next((s for s in subscriptions(session, api=api, owner=owner) if str(s.id) == subscription_id), None)
    if found is None:
        raise SubscriptionNotFound
    session.delete(found)


def deliver(session: Session, delivery_id: UUID, *, private: bool, client: httpx.Client) -> str | None:
    """Hand an event over; what went wrong, or None. A delivered or dropped one is left alone.

    The same event may arrive twice when we are cut off after the subscriber's answer: `eventId` tells.
    """
    delivery = session.get(HubDelivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.state == "delivered":
        return None
    subscription = session.get_one(HubSubscription, delivery.subscription_id)
    delivery.attempts += 1
    delivery.last_error = _mistake(subscription, delivery, private=private, client=client)
    if delivery.last_error is None:
        delivery.state, delivery.delivered_at = "delivered", clock_of(session).now()
    return delivery.last_error


def give_up(session: Session, delivery_id: UUID) -> None:
    """The last try failed: the event is kept, and shown as failed."""
    delivery = session.get(HubDelivery, delivery_id, with_for_update=True)
    if delivery is not None and delivery.state != "delivered":
        delivery.state = "failed"


def _mistake(
    subscription: HubSubscription, delivery: HubDelivery, *, private: bool, client: httpx.Client
) -> str | None:
    if not (private or _is_public(subscription.callback)):
        return "the callback lies inside a private network"
    body = delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": signature(subscription.secret, body),
        "X-Hub-Event": delivery.event_type,
    }
    try:
        answer = client.post(subscription.callback, content=body, headers=headers, timeout=TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return type(error).__name__
    return None if answer.is_success else f"HTTP {answer.status_code}"


def _is_public(callback: str) -> bool:
    try:
        found = socket.getaddrinfo(urlsplit(callback).hostname, None)
    except OSError:
        return False
    return not is_private(str(address[4][0]) for address in found)
