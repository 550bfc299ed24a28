"""Every contact with a customer, kept as notes turn by turn (TMF683 PartyInteraction)."""
