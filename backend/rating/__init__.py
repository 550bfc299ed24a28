"""Prices usage by the plan it happened on."""
