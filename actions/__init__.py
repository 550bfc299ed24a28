"""Custom actions: what the assistant does for one conversation, over the backend's HTTP API only."""
