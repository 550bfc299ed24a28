"""Hatif's Rasa with its HTTP API on, which the product keeps off: `python -m tests.bench.peers.serve_api MODEL`.

Runs in the assistant's environment.
"""

from assistant.serve import main

if __name__ == "__main__":
    main(enable_api=True)
