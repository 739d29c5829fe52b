"""Why a backup cannot be made or read."""


class BackupRefused(Exception):
    """Something is missing or does not fit; the words say what, and what to do."""
