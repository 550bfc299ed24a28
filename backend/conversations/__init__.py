"""Conversations: the gateway and its channels, who answers (bot, queue, agent), the history, the link to Rasa."""
