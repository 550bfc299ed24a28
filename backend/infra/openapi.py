"""The OpenAPI description: the specifications' schemas, the business areas in their order, how callers sign in."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from backend.infra.tmf630.specification import HERE, specification

AREAS = {
    "Catalogue": "What is sold: catalogues, offerings, prices, specifications (TMF620), and loading them.",
    "Customers and parties": "People, organisations, customers, roles (TMF632, TMF629, TMF669).",
    "Acquisition": "Application form, identity and credit checks, leads, risk assessments (TMF696).",
    "Orders and fulfilment": "Orders, products, services (TMF622, TMF637, TMF638), numbers, porting, fallout.",
    "Appointments": "Technicians' visits (TMF646).",
    "Accounts and bills": "Accounts (TMF666), bills (TMF678).",
    "Care": "Interactions, trouble tickets, disputes (TMF683, TMF621).",
    "Conversations": "The gateway: conversations, verification, handoff.",
    "Access": "Signing in, staff, API clients, audit log.",
    "Events": "Subscriptions to events (TMF630 hub) of each API.",
    "Operations": "Health, metrics, and what only a development installation shows.",
}


def describe(app: FastAPI) -> None:
    """Let the app describe itself so; made once, when first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]

    @app.get("/docs", include_in_schema=False)
    def api_page() -> HTMLResponse:
        """The description as a page, from files of our own."""
        return get_swagger_ui_html(
            openapi_url=app.openapi_url or "/openapi.json",
            title=f"{app.title} API",
            swagger_js_url="/assets/swagger-ui-bundle.js",
            swagger_css_url="/assets/swagger-ui.css",
            swagger_favicon_url="data:,",
            swagger_ui_parameters={"docExpansion": "none", "defaultModelsExpandDepth": -1, "filter": True},
        )


def _described(app: FastAPI) -> dict[str, Any]:
    tags = [{"name": name, "description": text} for name, text in AREAS.items()]
    described = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=tags)
    components = described.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for file in sorted(HERE.glob("TMF*.json")):
        schemas.update(specification(file.stem).components())
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"bearer": []}, {}]
    return described
