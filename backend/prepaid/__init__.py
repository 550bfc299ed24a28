"""Balances of prepaid lines: buckets, vouchers, top-ups and reservations in real time (TMF654)."""
