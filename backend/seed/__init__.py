"""The demonstration operator: its files, and how a first start fills an empty database from them."""
