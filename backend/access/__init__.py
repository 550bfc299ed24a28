"""Who may do what: staff and roles, one-time codes, tokens, and how well a conversation knows its customer."""
