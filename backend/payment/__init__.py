"""Money that customers pay: by card, bank, branch or bill-payment network (TMF676)."""
