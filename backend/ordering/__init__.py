"""Orders and what customers have (TMF622 Product Ordering, TMF637 Product Inventory)."""
