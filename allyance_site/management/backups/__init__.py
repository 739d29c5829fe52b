"""Backups: one consistent snapshot of database and files, counted, hashed, encrypted, and trusted once read back."""
