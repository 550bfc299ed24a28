"""Money that customers pay: card, cash, bank and bill-network files, refunds, autopay, receipts (TMF676)."""
