"""Visits of technicians: when somebody is free, and who comes to whom (TMF646 Appointment)."""
