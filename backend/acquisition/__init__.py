"""Becoming a customer: application form, identity verification, credit check (our own API, no TM Forum resource)."""
