"""The hub routes of an API: subscribe, list one's own, unsubscribe."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.infra.database import Database, SessionDep
from backend.infra.hub import service
from backend.infra.json_answer import json_answer
from backend.infra.models import HubSubscription


class EventSubscriptionInput(BaseModel):
    """Where to post events, and which: `eventType=ProductOrderStateChangeEvent&productOrder.state=completed`."""

    model_config = ConfigDict(extra="forbid")

    callback: str = Field(min_length=8, max_length=2000)
    query: str | None = Field(default=None, max_length=1000)


def hub_router(api: str, base: str, guard: Callable[..., Any]) -> APIRouter:
    """`/hub` of one API."""
    router = APIRouter(prefix=base, tags=["Events"])

    @router.post("/hub", status_code=201, operation_id=f"{api}_subscribe", summary=f"Subscribe to events ({api})")
    def subscribe(
        body: EventSubscriptionInput, request: Request, session: SessionDep, caller: Annotated[Any, Depends(guard)]
    ) -> Response:
        """The header `X-Hub-Secret` tells, this once, the key under which events are signed."""
        database: Database = request.app.state.database
        made = service.subscribe(
            session,
            api=api,
            owner=caller.key,
            callback=body.callback,
            query=body.query,
            private=database.private_callbacks,
        )
        headers = {"Location": f"{database.public_url}{base}/hub/{made.id}", "X-Hub-Secret": made.secret}
        return json_answer(_shown(made), status=201, headers=headers)

    @router.get("/hub", operation_id=f"{api}_subscriptions", summary=f"One's own subscriptions ({api})")
    def list_(session: SessionDep, caller: Annotated[Any, Depends(guard)]) -> Response:
        return json_answer([_shown(one) for one in service.subscriptions(session, api=api, owner=caller.key)])

    @router.delete("/hub/{id}", status_code=204, operation_id=f"{api}_unsubscribe", summary=f"Unsubscribe ({api})")
    def unsubscribe(id: str, session: SessionDep, caller: Annotated[Any, Depends(guard)]) -> Response:  # noqa: A002
        service.unsubscribe(session, api=api, owner=caller.key, subscription_id=id)
        return Response(status_code=204)

    return router


def _shown(subscription: HubSubscription) -> dict[str, str]:
    shown = {"id": str(subscription.id), "callback": subscription.callback}
    return shown | {"query": subscription.query} if subscription.query else shown
