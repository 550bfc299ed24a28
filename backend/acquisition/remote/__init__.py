"""Real registers and a real bureau over HTTP, in the place of the sandbox: one JSON question, one JSON answer."""
