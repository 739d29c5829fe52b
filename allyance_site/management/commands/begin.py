"""`manage.py begin`: makes the first service of a live installation, and invites its first two people."""

from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site.management import beginning

QUESTIONS = {
    "name": "Name of the service",
    "host": "Name that its website answers to, such as counselling.example.org",
    "coordinator": "First coordinator, as in Ann Bell <ann@example.org>",
    "administrator": "Technical administrator, as in Ann Bell <ann@example.org>",
}
NEXT = (
    "Both have a mail with their way in, which is good for 14 days.",
    "The coordinator then enters the terms, the schools and the team; reads the drafts of the website and publishes",
    "them; and rings each helpline once, under “Help page and numbers”.",
)


class Command(BaseCommand):
    help = "Makes a service with its usual lists and a first website, and invites its coordinator and an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        for option, question in QUESTIONS.items():
            parser.add_argument(f"--{option}", default="", help=f"{question}; asked for where it is not given")
        parser.add_argument("--another", action="store_true", help="beside the service that there is")

    def handle(self, *args: Any, another: bool, **options: Any) -> None:
        given = {option: options[option] or input(f"{question}: ") for option, question in QUESTIONS.items()}
        given = {option: answer.strip() for option, answer in given.items()}
        for option in ("name", "host"):
            if not given[option]:
                raise CommandError(f"{QUESTIONS[option]}: this is needed.")
        try:
            made = beginning.begin(
                name=given["name"],
                host=given["host"],
                coordinator=_person("coordinator", given["coordinator"]),
                administrator=_person("administrator", given["administrator"]),
                another=another,
            )
        except beginning.Refused as refusal:
            raise CommandError(str(refusal)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        how = "has begun" if made else "is there already; the ways in that nobody has taken were sent anew"
        self.stdout.write("\n".join([f"{given['name']} {how}.", *NEXT]))


def _person(option: str, answer: str) -> tuple[str, str]:
    name, address = parseaddr(answer)
    if not name or "@" not in address:
        raise CommandError(f"{QUESTIONS[option]}: name and address are needed, and “{answer}” is not both.")
    return name, address
