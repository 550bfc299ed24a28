"""Starts the product on one machine: its home, PostgreSQL, the trained model, and its processes under a supervisor."""
