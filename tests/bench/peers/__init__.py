"""What Hatif's understanding is measured beside, and how each of them is started and asked."""
