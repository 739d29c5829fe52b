"""The invented people of the demo: who each one is, and what to look at when signed in as them."""

from dataclasses import dataclass

DOMAIN = "allyance.example"


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo. All share the password that is printed where the demo was started."""

    key: str
    first_name: str
    last_name: str
    role: str
    look_at: tuple[str, str]

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


DEMO_ACCOUNTS = (
    DemoAccount(
        "coordinator", "Rowan", "Ashdown", "Coordinator: runs the service from day to day.",
        ("What needs a decision today, and who has room.", "A case file: who can see it, and who has opened it."),
    ),
    DemoAccount(
        "supervisor", "Miriam", "Okonjo", "Clinical supervisor: supports the therapists and their work.",
        ("What was not brought, and the next agenda.", "A process note: it asks why, and its author is told."),
    ),
    DemoAccount(
        "therapist", "Saoirse", "Whitlock", "Play therapist: sees children in two schools.",
        ("Today’s list, and recording a session.", "A referral at your school that waits for your yes."),
    ),
    DemoAccount(
        "therapist2", "Tomasz", "Bielak", "Music therapist: another therapist of the same team.",
        ("A different list of children.", "Open a case of Saoirse’s by its address: it is not there."),
    ),
    DemoAccount(
        "head", "Priya", "Ramanand", "Headteacher of a primary school in Easterby.",
        ("Referrals that wait for your yes.", "Where each of your referrals stands, and whose move it is."),
    ),
    DemoAccount(
        "head2", "Huw", "Tandry", "Headteacher of another school, in Wendham.",
        ("Hours that run short, and a request for more.", "Open a case of Cawdale’s by its address: it is not there."),
    ),
    DemoAccount(
        "sendco", "Leila", "Farrant", "SENDCO at the school in Easterby: refers children.",
        ("A referral begun and saved in pieces.", "What is missing, and whose move it is."),
    ),
    DemoAccount(
        "dsl", "Joanna", "Penhallow", "Designated safeguarding lead at the school in Easterby.",
        ("A concern that waits for your outcome, and one that is answered.", "No therapy text at all."),
    ),
    DemoAccount(
        "tsl", "Desmond", "Achebury", "Targeted Services Leader of the Harbourside cluster.",
        ("The cluster and its schools.", "No therapy text at all."),
    ),
    DemoAccount(
        "steering", "Ingrid", "Solwyn", "Member of the steering group: oversees the service.",
        ("The service in a few facts.", "Nothing about one child, at any address."),
    ),
    DemoAccount(
        "editor", "Callum", "Reyfield", "Website editor: writes the public pages.",
        ("Change a page and publish it.", "No casework at all."),
    ),
    DemoAccount(
        "admin", "Nadia", "Thornley", "Technical administrator: keeps the site running.",
        ("Service settings and redirects.", "No casework, and nobody’s password."),
    ),
)  # fmt: skip


def account(key: str) -> DemoAccount | None:
    """The account of a key, if there is one."""
    return next((entry for entry in DEMO_ACCOUNTS if entry.key == key), None)
