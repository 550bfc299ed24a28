"""Bills as documents, and how they reach customers: PDF, e-mail, text message, link."""
