"""Customers and the roles that parties play for them (TMF629 Customer, TMF669 Party Role)."""
