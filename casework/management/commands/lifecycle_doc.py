"""`manage.py lifecycle_doc`: draws docs/lifecycle.md from the transitions themselves; with --check it only compares."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_fsm import RETURN_VALUE

from casework.actions.steps import SAY_WHY
from casework.lifecycle import FINISHED, WHOSE_MOVE, Status
from casework.models import Referral

HEAD = """# The life of a referral

Drawn from `casework/lifecycle.py` by `python manage.py lifecycle_doc`: do not edit this page, change that file. Who may
take a step is said in `casework/access/rules/`; how one is taken, in `casework/actions/steps.py`.

One record, the referral, runs from the first worry to the end of the work. It stands in one of the statuses below, and
somebody is always named whose move is next. Three kinds of steps are left out of the picture to keep it readable, and
are in the table: an open referral can be withdrawn; one that was sent can be put on hold and goes on where it was; and
the clinical supervisor can object to an allocation that was just made, so that the pupil waits for another therapist.
"""

TABLE = """
## Every status

| status | whose move is next | steps out of it, and what each needs |
|---|---|---|
"""

STEPS = """
## Every step

| step | what it means | leads to |
|---|---|---|
"""

Step = Any  # django-fsm names no type for what a transition leads to

LEFT_OUT = {"hold", "resume", "withdraw", "object_to_allocation"}
WHERE_IT_WAS = "where it was"


def write() -> str:
    """The whole page."""
    referral: Any = Referral()
    steps = sorted(referral.get_all_status_transitions(), key=lambda step: (_order(step.source), _order(step.target)))
    return HEAD + _diagram(steps) + TABLE + _statuses(steps) + STEPS + _meanings(steps)


def _diagram(steps: list[Step]) -> str:
    names = [f"    {status.value} : {status.label}" for status in Status if status is not Status.ON_HOLD]
    arrows = [
        f"    {step.source.value} --> {step.target.value} : {_words(step.name)}"
        for step in steps
        if step.name not in LEFT_OUT
    ]
    ends = [f"    {status.value} --> [*]" for status in Status if status in FINISHED]
    lines = ["stateDiagram-v2", *names, "    [*] --> draft", *arrows, *ends]
    return "\n```mermaid\n" + "\n".join(lines) + "\n```\n"


def _statuses(steps: list[Step]) -> str:
    rows = []
    for status in Status:
        out = [_needs(step) for step in steps if step.source == status]
        rows.append(
            f"| {status.label} (`{status.value}`) | {WHOSE_MOVE[status].label} | {'<br>'.join(out) or 'none'} |\n"
        )
    return "".join(rows)


def _meanings(steps: list[Step]) -> str:
    by_name = {step.name: step for step in steps}
    return "".join(
        f"| {_words(name)} | {step.method.__doc__} | {_target(step)} |\n" for name, step in sorted(by_name.items())
    )


def _needs(step: Step) -> str:
    needs = [condition.words for condition in step.conditions]
    needs += ["a reason in words"] if step.name in SAY_WHY else []
    return f"**{_words(step.name)}**" + (f": {', '.join(needs)}" if needs else "")


def _target(step: Step) -> str:
    return WHERE_IT_WAS if isinstance(step.target, RETURN_VALUE) else Status(step.target).label


def _words(name: str) -> str:
    return name.replace("_", " ")


def _order(status: Any) -> int:
    return list(Status).index(status) if status in list(Status) else len(Status)


class Command(BaseCommand):
    help = "Draws docs/lifecycle.md from the lifecycle's own transitions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the page is current")
        parser.add_argument("--page", type=Path, default=settings.BASE_DIR / "docs" / "lifecycle.md")

    def handle(self, *args: Any, check: bool, page: Path, **options: Any) -> None:
        if not check:
            page.write_text(write())
        elif not page.exists() or page.read_text() != write():
            raise CommandError(
                "docs/lifecycle.md is not what the lifecycle says: run `python manage.py lifecycle_doc`."
            )
