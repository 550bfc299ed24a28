"""How bills reach customers: as a PDF, by e-mail, by SMS, in the chat."""
