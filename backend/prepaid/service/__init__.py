"""Use cases of prepaid balances: open, top up, transfer, adjust, set aside and take in real time, renew, expire."""

from backend.prepaid.service.adjusting import Adjustment, adjust, take_refunded
from backend.prepaid.service.balances import Cause, Purse, check_line, grant_plan, open_balance, purse_of
from backend.prepaid.service.books import balance_count, differences, post_used, tax_in
from backend.prepaid.service.ending import end_balances, end_bundles
from backend.prepaid.service.notices import warn_low
from backend.prepaid.service.realtime import UNITS, Reserved, Taken, Wanted, commit, release, release_forgotten, reserve
from backend.prepaid.service.renewing import renew
from backend.prepaid.service.sessions import Quota, Use, begin, finish, go_on
from backend.prepaid.service.topping_up import TopUp, check_amount, top_up
from backend.prepaid.service.transferring import transfer
from backend.prepaid.service.vouchers import Printed, hash_of, new_batch, print_vouchers, redeem, void_batch

__all__ = [
    "UNITS",
    "Adjustment",
    "Cause",
    "Printed",
    "Purse",
    "Quota",
    "Reserved",
    "Taken",
    "TopUp",
    "Use",
    "Wanted",
    "adjust",
    "balance_count",
    "begin",
    "check_amount",
    "check_line",
    "commit",
    "differences",
    "end_balances",
    "end_bundles",
    "finish",
    "go_on",
    "grant_plan",
    "hash_of",
    "new_batch",
    "open_balance",
    "post_used",
    "print_vouchers",
    "purse_of",
    "redeem",
    "release",
    "release_forgotten",
    "renew",
    "reserve",
    "take_refunded",
    "tax_in",
    "top_up",
    "transfer",
    "void_batch",
    "warn_low",
]
