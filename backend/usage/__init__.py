"""Usage records collected from the network (TMF635)."""
