"""What the operator sells, loaded from a file that it edits (TMF620 Product Catalog)."""
