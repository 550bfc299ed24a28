"""Events for whoever subscribed (TMF630 hub): noticed when a transaction commits, signed, delivered, retried."""
