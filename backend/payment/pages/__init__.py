"""The pages that customers pay on: plain HTML in both languages, no script, no field for a card."""
