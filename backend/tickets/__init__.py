"""Trouble tickets for any problem with the network or a service (TMF621)."""
