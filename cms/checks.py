"""What `manage.py check --deploy` asks of the website: are its telephone numbers still looked after?"""

from typing import Any

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone


@register(Tags.security, deploy=True)
def somebody_checks_the_numbers(app_configs: Any, **_: Any) -> list[Warning]:
    """A wrong number on the help page is worse than none."""
    from cms.overdue import overdue

    try:
        late = overdue(timezone.localdate())
    except DatabaseError:  # not made yet
        return []
    return [
        Warning(
            f"{entry.name}, on the website of {entry.site}, was to be checked by {entry.review_by:%-d %B %Y}.",
            hint="Ring it, then set the day on which it was checked, under Help page and numbers.",
            id="cms.W001",
        )
        for entry in late
    ]
