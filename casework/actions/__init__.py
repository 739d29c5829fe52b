"""Every change of state: one noun a file, one verb a function.

An action is keyword-only but for its record, takes `by=`, asks the rule, locks the row, refuses a stale version,
and writes the change, its audit event and its messages in one transaction.
"""
