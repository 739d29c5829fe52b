"""The planner's statistics: by them the database chooses to walk a list by its date, or to look rows up by school.

PostgreSQL keeps its own up to date. SQLite has none until it is told to look, and without them sorts every row of a
service to show a coordinator the newest twenty.
"""

from django.db import connection

ROWS_LOOKED_AT = 1000


def refresh() -> None:
    """Look at a part of each index, which takes moments however many rows there are."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
