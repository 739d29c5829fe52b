"""`manage.py one_person_gives_roles SERVICE`: the way out where nobody is left who could say the second yes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.access import grants
from casework.models import Service


class Command(BaseCommand):
    help = "Lets one person give the roles of a service again. It is on record as done by nobody, from the server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("service", help="The service's name.")

    def handle(self, *args: Any, service: str, **options: Any) -> None:
        found = Service.objects.filter(name=service, two_people_for_roles=True).first()
        if found is None:
            raise CommandError("No service of this name wants two people for a role.")
        grants.let_one_person_give(found, by=None)
        self.stdout.write(f"One person gives roles in {found} now.\n")
