"""The resources of TMF620, as the catalogue serves them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.catalog import queries, service
from backend.catalog.documents import BASE
from backend.catalog.models import (
    Catalog,
    Category,
    ExportJob,
    ImportJob,
    ProductOffering,
    ProductOfferingPrice,
    ProductSpecification,
    Published,
)
from backend.catalog.service import administration, publishing, transfers
from backend.infra.tmf630.resource import AnyOf, Document, TmfResource, Writing
from backend.kernel.text import Language

READ_ONLY = {"readOnly": True}
AMOUNT: Document = {"$ref": "#/definitions/Money"}
TEXT: Document = {"type": "string"}
KINDS = ["mobilePrepaid", "mobilePostpaid", "fixedPrepaid", "fixedPostpaid", "addOn", "device", "bundle"]
SUBJECTS = ["activation", "sim", "installation", "delivery", "device", "downPayment"]
OFFERING_EXTENSIONS: dict[str, Document] = {
    "kind": TEXT | {"enum": KINDS},
    "customerType": TEXT | {"enum": ["individual", "business"]},
    "customerTypes": READ_ONLY | {"type": "array", "items": TEXT},
    "allowances": READ_ONLY | {"type": "array", "items": TEXT},
    "contractMonths": READ_ONLY | {"type": "integer"},
    "exitFeePerMonth": READ_ONLY | {"type": "object", "properties": {"unit": TEXT, "value": {"type": "number"}}},
    "eligibleCreditClasses": READ_ONLY | {"type": "array", "items": TEXT},
    "addOnFor": READ_ONLY | {"type": "array", "items": TEXT},
    "instalments": READ_ONLY
    | {
        "type": "object",
        "properties": {
            "count": {"type": "integer"},
            "total": AMOUNT,
            "downPayment": AMOUNT,
            "monthlyAmount": AMOUNT,
        },
    },
}
PRICE_EXTENSIONS: dict[str, Document] = {
    "taxIncluded": {"type": "boolean"},
    "appliesTo": TEXT | {"enum": ["recurring", "instalment", "voice", "message", "data", *SUBJECTS]},
    "monthlyCap": READ_ONLY | AMOUNT,
}


def _matching(session: Session, text: str) -> ColumnElement[bool]:
    """The offerings that the text names best, in any spelling of either language."""
    return ProductOffering.id.in_([offering.id for offering in service.match(session, text)])


def _resource(model: type[Any], name: str, definition: str, shown: Any, **more: Any) -> TmfResource:
    return TmfResource(
        api="TMF620",
        name=name,
        base=BASE,
        definition=definition,
        model=model,
        visible=queries.everything(model),
        shown=shown,
        columns={
            "id": model.id,
            "name": AnyOf((model.name_en, model.name_ar)),
            "lifecycleStatus": model.lifecycle_status,
            "lastUpdate": model.updated_at,
            **more.pop("columns", {}),
        },
        document=model.document,
        state="lifecycleStatus",
        **more,
    )


def _job(model: type[Any], name: str, definition: str) -> TmfResource:
    return TmfResource(
        api="TMF620",
        name=name,
        base=BASE,
        definition=definition,
        model=model,
        visible=queries.jobs(model),
        shown=_jobs_shown,
        columns={"id": model.id},
        document=model.document,
    )


def _jobs_shown(_: Session, rows: Sequence[Any], _language: Language) -> list[Document]:
    return [{"id": row.id} | row.document for row in rows]


def _writing_of(model: type[Any]) -> Writing:
    def create(session: Session, _: Caller, body: Document) -> Any:
        return administration.create_group(session, model, body)

    def change(session: Session, _: Caller, row: Published, whole: Document, names: frozenset[str]) -> None:
        administration.change_group(session, row, whole, names)

    return Writing(create=create, change=change, remove=administration.remove_group)


OFFERING = _resource(
    ProductOffering,
    "productOffering",
    "ProductOffering",
    publishing.offerings_shown,
    extensions=OFFERING_EXTENSIONS,
    searches={"match": _matching},
)
PRICE = _resource(
    ProductOfferingPrice,
    "productOfferingPrice",
    "ProductOfferingPrice",
    publishing.prices_shown,
    extensions=PRICE_EXTENSIONS,
    columns={"price.value": ProductOfferingPrice.amount, "percentage": ProductOfferingPrice.percentage},
)
CATALOG = _resource(Catalog, "catalog", "Catalog", publishing.groups_shown)
CATEGORY = _resource(Category, "category", "Category", publishing.groups_shown)
SPECIFICATION = _resource(ProductSpecification, "productSpecification", "ProductSpecification", publishing.groups_shown)
IMPORT = _job(ImportJob, "importJob", "ImportJob")
EXPORT = _job(ExportJob, "exportJob", "ExportJob")

RESOURCES = (CATALOG, CATEGORY, OFFERING, PRICE, SPECIFICATION, IMPORT, EXPORT)
WRITINGS: tuple[tuple[TmfResource, Writing], ...] = (
    (CATALOG, _writing_of(Catalog)),
    (CATEGORY, _writing_of(Category)),
    (
        OFFERING,
        Writing(administration.create_offering, administration.change_offering, administration.remove_offering),
    ),
    (PRICE, Writing(administration.create_price, administration.change_price, administration.remove_price)),
    (SPECIFICATION, _writing_of(ProductSpecification)),
)
JOBS: tuple[tuple[TmfResource, Writing], ...] = (
    (IMPORT, Writing(create=transfers.create_import, remove=transfers.remove_job)),
    (EXPORT, Writing(create=transfers.create_export, remove=transfers.remove_job)),
)
