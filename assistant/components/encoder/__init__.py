"""The multilingual sentence encoder: its published weights, the pass through it, and its fine-tuning."""
