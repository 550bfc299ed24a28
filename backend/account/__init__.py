"""Accounts: where a customer's charges come together, and how they are billed (TMF666 Account Management)."""
