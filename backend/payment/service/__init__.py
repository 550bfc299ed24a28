"""Use cases of payment: take money, settle what the gateway says, give money back, load files, charge saved cards."""

from backend.payment.service.autopay import agree, ask_card, attempts_due, charge, withdraw
from backend.payment.service.files import allocate, counts_of, decide_held, place_lines, take_in
from backend.payment.service.links import (
    Ending,
    PayPage,
    card_ending_of,
    ending_of,
    page_of,
    pay_link,
    receipt_link,
    receipt_of,
    start_page,
)
from backend.payment.service.paying import CALLBACK, Wanted, account_for, begin, payable
from backend.payment.service.placing import money_of
from backend.payment.service.reversing import approve, ask_refund, charge_back, refuse, send_refund
from backend.payment.service.settling import ask, charge_kept, hear, resolve_held, settle
from backend.payment.service.writing import create_payment, create_refund, payment_seen

__all__ = [
    "CALLBACK",
    "Ending",
    "PayPage",
    "Wanted",
    "account_for",
    "agree",
    "allocate",
    "approve",
    "ask",
    "ask_card",
    "ask_refund",
    "attempts_due",
    "begin",
    "card_ending_of",
    "charge",
    "charge_back",
    "charge_kept",
    "counts_of",
    "create_payment",
    "create_refund",
    "decide_held",
    "ending_of",
    "hear",
    "money_of",
    "page_of",
    "pay_link",
    "payable",
    "payment_seen",
    "place_lines",
    "receipt_link",
    "receipt_of",
    "refuse",
    "resolve_held",
    "send_refund",
    "settle",
    "start_page",
    "take_in",
    "withdraw",
]
