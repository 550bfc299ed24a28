"""What a customer's services come to in a period: fees by the days served, usage beyond the allowances, deposits."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing.rules import Line, RateType, prorated
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.period import Period
from backend.kernel.text import Bilingual
from backend.ordering import service as ordering
from backend.ordering.service import BillableProduct
from backend.rating import service as rating
from backend.rating.rules import RatedUsage
from backend.usage import service as usage
from backend.usage.rules import UsageKind

FEE = Bilingual(ar="الاشتراك الشهري: {offering}", en="Monthly fee: {offering}")
DEPOSIT = Bilingual(ar="تأمين مسترد: {offering}", en="Refundable deposit: {offering}")
KINDS = {
    UsageKind.VOICE: Bilingual(ar="المكالمات المحلية: {number}", en="National calls: {number}"),
    UsageKind.MESSAGE: Bilingual(ar="الرسائل النصية: {number}", en="Messages: {number}"),
    UsageKind.DATA: Bilingual(ar="بيانات الإنترنت: {number}", en="Data: {number}"),
}
UNITS = {UsageKind.VOICE: ("minute", 60), UsageKind.MESSAGE: ("message", 1), UsageKind.DATA: ("megabyte", 1)}


def charges(session: Session, party_id: UUID, cycle: Period) -> list[Line]:
    """The lines of a party's bill for the cycle, line by line and product by product. Usage is collected first."""
    products = ordering.billable_products(session, party_id, cycle)
    return [line for product in products for line in _of_product(session, product, cycle)]


def _of_product(session: Session, product: BillableProduct, cycle: Period) -> Iterator[Line]:
    operator = operator_of(session)
    served = Period(product.start, product.end or cycle.end).overlap(cycle)
    if served is None:
        return
    fee = prorated(Money(product.price, operator.currency), served, cycle)
    yield Line(
        RateType.RECURRING, _named(FEE, product.name), product.product_id, served, fee, operator.vat_percent,
        Decimal(served.days), "day",
    )  # fmt: skip
    if product.deposit and product.start in cycle:
        deposit = Money(product.deposit, operator.currency)
        yield Line(
            RateType.ONE_TIME, _named(DEPOSIT, product.name), product.product_id, served, deposit, Decimal(0)
        )  # fmt: skip
    for rated in _rated(session, product, served):
        amount = Money(rated.amount, operator.currency)
        name = KINDS[rated.kind].format(number=product.number)
        unit, size = UNITS[rated.kind]
        yield Line(
            RateType.USAGE, name, product.product_id, served, amount, operator.vat_percent, rated.used / size, unit
        )  # fmt: skip


def _rated(session: Session, product: BillableProduct, served: Period) -> list[RatedUsage]:
    if not product.number:  # a bundle: what is in it is used
        return []
    zone = operator_of(session).zone_info
    since = datetime.combine(served.start, time.min, tzinfo=zone)
    over = datetime.combine(served.end + timedelta(days=1), time.min, tzinfo=zone)
    until = min(over, clock_of(session).now())
    usage.collect(session, product_id=product.product_id, number=product.number, since=since, until=until)
    records = usage.records_of(session, product.product_id, since, until)
    return rating.rate_usage(session, offering_id=product.offering_id, records=records)


def _named(form: Bilingual, offering: Bilingual) -> Bilingual:
    return Bilingual(ar=form.ar.format(offering=offering.ar), en=form.en.format(offering=offering.en))
