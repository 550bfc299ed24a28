"""Disputes between customer and operator over a bill or one of its lines."""
