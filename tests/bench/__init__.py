"""How fast the product is with a million customers: `make bench`. Measures, asserts nothing; pytest leaves it alone."""
