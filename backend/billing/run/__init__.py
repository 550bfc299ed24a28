"""The engine of bills: set-based SQL from accounts to lines, for one account or a thousand alike.

`gathering` brings what belongs to the accounts into temporary tables, from the owners' front doors; each module of
`charges` adds lines; `drafting` rounds,
    taxes and keeps them as bills; `posting` numbers bills and writes them to the ledger.
"""
