"""How well messages are understood: rows of a file, what the shipped model makes of them, and the figures."""
