"""The append-only double-entry ledger below everything that moves money."""
