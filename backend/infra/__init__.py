"""What carries the domains: database, events, jobs, outbox, problems, paging, encryption, logging."""
