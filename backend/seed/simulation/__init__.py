"""A demonstration operator that lives: customers join, use, are billed and pay, day by day through months."""
