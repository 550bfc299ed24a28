"""Conversations that the running product must hold: scripts in YAML, and how one is played."""
