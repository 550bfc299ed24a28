"""Numbers, SIMs and services, and the network that carries them (TMF638 Service Inventory)."""
