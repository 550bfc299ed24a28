"""Notices which resources a transaction changed, and writes their events for the subscribers as it commits.

Every change through the ORM counts, whoever makes it. What only SQL changes (seeds of millions of rows) makes no event.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.hub.rules import wanted
from backend.infra.jobs import defer
from backend.infra.json_answer import encoded
from backend.infra.models import HubDelivery, HubSubscription
from backend.infra.tmf630.reading import represented
from backend.infra.tmf630.resource import Document, TmfResource

TOUCHED = "hub_touched"
Resources = Mapping[type[Any], Sequence[TmfResource]]
Touched = dict[tuple[TmfResource, Any], str]


def watch() -> None:
    """Let every session of the process notice; called once by the composition root, again changes nothing."""
    listeners: dict[str, Callable[..., Any]] = {
        "after_flush": _notice,
        "after_soft_rollback": _forget,
        "before_commit": _write,
    }
    for name, listener in listeners.items():
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)


def announce(session: Session, rows: Sequence[Any], kind: str) -> None:
    """Let rows that only SQL has changed make their events too: "Create", "StateChange", "AttributeValueChange"."""
    resources: Resources = session.info.get("resources", {})
    touched: Touched = session.info.setdefault(TOUCHED, {})
    for row in rows:
        for resource in _resources_of(resources, row):
            touched.setdefault((resource, row), kind)


def _notice(session: Session, _context: Any) -> None:
    resources: Resources = session.info.get("resources", {})
    touched: Touched = session.info.setdefault(TOUCHED, {})
    for row in session.new:
        for resource in _resources_of(resources, row):
            touched[resource, row] = "Create"
    for row in session.dirty:
        for resource in _resources_of(resources, row):
            if session.is_modified(row, include_collections=False):
                touched.setdefault((resource, row), _kind_of_change(resource, row))
    for row in session.deleted:
        for resource in _resources_of(resources, row):
            touched[resource, row] = "Delete"


def _resources_of(resources: Resources, row: Any) -> list[TmfResource]:
    return [resource for resource in resources.get(type(row), ()) if resource.owns is None or resource.owns(row)]


def _forget(session: Session, _previous: Any) -> None:
    session.info.pop(TOUCHED, None)


def _write(session: Session) -> None:
    session.flush()
    touched: Touched = session.info.pop(TOUCHED, {})
    if not touched:
        return
    apis = {resource.api for resource, _ in touched}
    subscriptions = session.scalars(select(HubSubscription).where(HubSubscription.api.in_(apis))).all()
    if not subscriptions:
        return
    for (resource, row), kind in touched.items():
        for_them = [one for one in subscriptions if one.api == resource.api]
        for delivery in _deliveries(session, resource, row, kind, for_them):
            session.add(delivery)
            session.flush()
            defer(session, "hub:deliver_event", delivery_id=str(delivery.id))
    session.info.pop(TOUCHED, None)


def _kind_of_change(resource: TmfResource, row: Any) -> str:
    column = {"lifecycleStatus": "lifecycle_status"}.get(resource.state or "", resource.state)
    state = inspect(row)
    changed = column in state.attrs and state.attrs[column].history.has_changes()
    return "StateChange" if changed else "AttributeValueChange"


def _deliveries(
    session: Session, resource: TmfResource, row: Any, kind: str, subscriptions: Sequence[HubSubscription]
) -> Iterator[HubDelivery]:
    event_type = f"{resource.definition}{kind}Event"
    if not any(wanted(one.query, event_type, None) for one in subscriptions):
        return
    body = _event(session, resource, row, event_type, deleted=kind == "Delete")
    for subscription in subscriptions:
        if wanted(subscription.query, event_type, body):
            yield HubDelivery(
                subscription_id=subscription.id,
                event_type=event_type,
                body=encoded(body).decode(),
                created_at=clock_of(session).now(),
            )


def _event(session: Session, resource: TmfResource, row: Any, event_type: str, *, deleted: bool) -> Document:
    if deleted:
        href = f"{session.info.get('public_url', '')}{resource.path}/{row.id}"
        shown: Document = {"id": str(row.id), "href": href, "@type": resource.definition}
    else:
        shown = represented(session, resource, [row], "en")[0]
    return {
        "eventId": str(uuid4()),
        "eventTime": clock_of(session).now(),
        "eventType": event_type,
        "event": {resource.name: shown},
    }
