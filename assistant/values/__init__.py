"""Values in a customer's message, found and normalised: pure functions over a folded view; no model, no network."""
