"""Hatif's own Rasa graph components, one a file."""
