"""How a monthly price is shared out over the days that were served."""

from backend.infra.operator.billing import Billing

COLUMNS = (
    "account_id, product_id, party_id, member, branch, started, step, type, charge, name_ar, name_en, first, last,"
    " quantity, unit, rate_class, percent, amount, gross, reference"
)
ADD = f"INSERT INTO draft_line ({COLUMNS})"
ADD_SUM = f"INSERT INTO draft_line ({COLUMNS}, inexact)"  # of so many amounts that rating has rounded
OF_PRODUCT = "p.account_id, p.product_id, p.party_id, p.member, p.branch, p.started"
# paused days of a span, when they are free
PAUSED = """coalesce((
    SELECT sum(least(coalesce(d.last, {last}), {last}) - greatest(d.first, {first}) + 1)
    FROM draft_pause AS d
    WHERE d.product_id = p.product_id AND d.first <= {last} AND coalesce(d.last, {last}) >= greatest(d.first, {first})
  ), 0)"""


def shared(settings: Billing, price: str, first: str, last: str, paused: str = "0") -> str:
    """The SQL of a price for the days `first` to `last` of the month `base_start` to `base_end`.

    calendarDays: the days served of the days that the month has. fixedDays(N): every month has N days; inside one
    month days count as they are, across two they count to the Nth of the first; a whole month is whole.
    """
    if settings.fixed_days is None:
        return f"{price} * ({last} - {first} + 1 - {paused}) / (base_end - base_start + 1)"
    count = settings.fixed_days
    after = f"({last} + 1)"
    within = f"CASE WHEN date_trunc('month', {first}) = date_trunc('month', {after}) THEN {after} - {first}"
    across = f"ELSE ({count} - extract(day FROM {first})) + extract(day FROM {after}) END"
    days = (
        f"CASE WHEN {first} = base_start AND {last} = base_end THEN {count} ELSE least({within} {across}, {count}) END"
    )
    return f"{price} * greatest({days} - {paused}, 0) / {count}"
