"""Brings what bills are made of into the temporary tables, through the front doors of who owns it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Subquery, Table, insert, null, select, text
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.run import tables
from backend.catalog import service as catalog
from backend.catalog.rules import Offering
from backend.infra.database import Rows, clock_of
from backend.infra.ordered_ids import random_id
from backend.ordering import service as ordering
from backend.party import service as party
from backend.rating import service as rating

BILLED_BEFORE = text("""
UPDATE draft_account AS a SET period_start = b.last + 1
FROM (
  SELECT d.account_id, l.last
  FROM draft_account AS d
  CROSS JOIN LATERAL (
    SELECT max(b.period_end) AS last FROM billing_customer_bill AS b
    WHERE b.billing_account_id = d.account_id AND b.period_start <= d.period_end AND b.period_end >= d.period_start
  ) AS l
) AS b
WHERE b.account_id = a.account_id AND b.last IS NOT NULL
""")
BILLED_WHOLLY = text("DELETE FROM draft_account WHERE period_start > period_end")
PRODUCTS = text("""
INSERT INTO draft_product
SELECT s.product_id, m.account_id, s.party_id, m.place, m.branch, o.offering, o.kind, o.name_ar, o.name_en, s.number,
  s.price_amount, s.tax_included, s.period_length, s.period_unit, o.instalments, s.ordered, s.started, s.ended,
    false, false
FROM draft_sold AS s
JOIN draft_member AS m ON m.party_id = s.party_id
LEFT JOIN draft_offering AS exact ON exact.offering_id = s.offering_id AND exact.version = s.offering_version
JOIN draft_offering AS o ON o.offering_id = s.offering_id
  AND CASE WHEN exact.offering IS NULL THEN o.version IS NULL ELSE o.offering = exact.offering END
LEFT JOIN draft_sold AS line ON line.product_id = s.line_id
LEFT JOIN draft_offering AS line_offering ON line_offering.offering_id = line.offering_id
    AND line_offering.version IS NULL
WHERE o.kind IN ('mobilePostpaid', 'fixedPostpaid', 'bundle')
  OR o.kind = 'device'
  OR (o.kind = 'addOn' AND line_offering.kind IN ('mobilePostpaid', 'fixedPostpaid'))
""")
SPANS = text("""
INSERT INTO draft_span
SELECT account_id, period_start, period_end, base_start, base_end, false FROM draft_account
""")
SPANS_AHEAD = text("""
INSERT INTO draft_span
SELECT account_id, period_end + 1, next_end, next_base_start, next_base_end, true FROM draft_account
""")


def gather(session: Session, *, ahead: bool) -> None:
    """Everything but usage, of the accounts in `draft_account`. `ahead`: fees of the next period are charged too."""
    accounts = select(tables.ACCOUNT.c.account_id)
    _finish_accounts(session, accounts)
    _members(session, accounts)
    members = select(tables.MEMBER.c.party_id).subquery()
    _fill(session, tables.SOLD, ordering.sold_products(session, members))
    _offerings(session)
    session.execute(PRODUCTS)
    tables.analyze(session, tables.PRODUCT)
    of_products = select(tables.PRODUCT.c.product_id).subquery()
    _fill(session, tables.PAUSE, ordering.suspended_days(session, of_products))
    _note_plan_changes(session)
    _fill(session, tables.DEPOSIT, ordering.deposits_agreed(_begun()))
    session.execute(SPANS)
    if ahead:
        session.execute(SPANS_AHEAD)


def leave_out_billed_days(session: Session) -> None:
    """Accounts keep the days that no bill has covered yet; those without such days fall away."""
    session.execute(BILLED_BEFORE)
    session.execute(BILLED_WHOLLY)


def gather_usage(session: Session) -> None:
    """What was used until each account's last day and stands on no bill yet."""
    rows = rating.unbilled().subquery()
    product, account_ = tables.PRODUCT.c, tables.ACCOUNT.c
    statement = (
        select(rows.c.id, rows.c.product_id, rows.c.rate_class, rows.c.local_date, rows.c.quantity, rows.c.amount)
        .join(tables.PRODUCT, product.product_id == rows.c.product_id)
        .join(tables.ACCOUNT, (account_.account_id == product.account_id) & (rows.c.local_date <= account_.period_end))
    )
    _fill(session, tables.USAGE, statement)
    classes = [
        {
            "key": key,
            "name_ar": one.name.ar,
            "name_en": one.name.en,
            "quantity_unit": one.quantity_unit,
            "quantity_size": one.quantity_size,
        }
        for key, one in rating.rate_classes(session).items()
    ]
    if classes:
        session.execute(insert(tables.RATE_CLASS), classes)


def products(session: Session) -> Sequence[UUID]:
    """The products that were gathered."""
    return session.scalars(select(tables.PRODUCT.c.product_id)).all()


def _finish_accounts(session: Session, accounts: Rows) -> None:
    money, drafted = account.money_of_theirs(accounts).subquery(), tables.ACCOUNT
    session.execute(
        drafted.update()
        .where(drafted.c.account_id == money.c.account_id)
        .values(
            bill_id=random_id(),
            credit_amount=money.c.credit_amount,
            minimum_charge=money.c.minimum_charge,
        )
    )
    tables.analyze(session, drafted)


def _members(session: Session, accounts: Rows) -> None:
    paid = account.paying(accounts).subquery()
    named = select(paid.c.account_id, paid.c.party_id, paid.c.place, party.name_of(paid.c.party_id)).where(
        paid.c.place > 0
    )
    own = select(paid.c.account_id, paid.c.party_id, paid.c.place, null()).where(paid.c.place == 0)
    _fill(session, tables.MEMBER, own.union_all(named))
    tables.analyze(session, tables.MEMBER)


def _offerings(session: Session) -> None:
    ids = session.scalars(select(tables.SOLD.c.offering_id).distinct()).all()
    versions = catalog.sold_versions(session, list(ids), clock_of(session).today())
    for table, rows in (
        (tables.OFFERING, [_offering(key, *one) for key, one in enumerate(versions)]),
        (tables.ONE_OFF, [row for key, (_, one) in enumerate(versions) for row in _one_offs(key, one)]),
        (tables.DISCOUNT, [row for key, (_, one) in enumerate(versions) for row in _discounts(key, one)]),
    ):
        if rows:
            session.execute(insert(table), rows)


def _begun() -> Subquery:
    product, account_ = tables.PRODUCT.c, tables.ACCOUNT.c
    in_period = product.started.between(account_.period_start, account_.period_end)
    return (
        select(product.product_id)
        .join(tables.ACCOUNT, (account_.account_id == product.account_id) & in_period)
        .subquery()
    )


def _note_plan_changes(session: Session) -> None:
    ended = select(tables.PRODUCT.c.product_id).where(tables.PRODUCT.c.ended.is_not(None)).subquery()
    product = tables.PRODUCT
    changes = ordering.plan_changes(ended).subquery()
    session.execute(
        product.update().where(product.c.product_id.in_(select(changes.c.product_id))).values(replaced=True)
    )
    session.execute(
        product.update().where(product.c.product_id.in_(select(changes.c.successor_id))).values(successor=True)
    )


def _offering(key: int, version: str | None, one: Offering) -> dict[str, Any]:
    return {
        "offering": key,
        "offering_id": one.id,
        "version": version,
        "kind": one.kind.value,
        "name_ar": one.name.ar,
        "name_en": one.name.en,
        "instalments": one.instalment.count if one.instalment else None,
        "contract_months": one.contract_months,
        "exit_fee": one.exit_fee_per_month.value if one.exit_fee_per_month else None,
    }


def _one_offs(key: int, one: Offering) -> Iterator[dict[str, Any]]:
    for price in one.one_off:
        name = price.name
        yield {
            "offering": key, "type": price.type, "name_ar": name.ar, "name_en": name.en, "amount": price.amount.value,
            "gross": price.tax_included,
        }  # fmt: skip


def _discounts(key: int, one: Offering) -> Iterator[dict[str, Any]]:
    for given in one.discounts:
        yield {
            "offering": key, "on_type": given.on, "name_ar": given.name.ar, "name_en": given.name.en,
            "percent": given.percent, "amount": given.amount.value if given.amount else None, "months": given.months,
            "valid_from": given.valid.start, "valid_to": given.valid.end,
        }  # fmt: skip


def _fill(session: Session, table: Table, rows: Rows | CompoundSelect[*tuple[Any, ...]]) -> None:
    session.execute(insert(table).from_select([column.name for column in table.columns], rows))
