"""Hatif's backend: the operator's business and the only public face, as a modular monolith."""
