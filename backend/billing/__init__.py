"""Bills: accounts, bill runs, lines with tax, what is owed on each (TMF678, TMF666 BillingAccount)."""
