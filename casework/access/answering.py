"""The links by which a family answers: whoever holds one may answer its question, once, while it works.

A link carries the address of its row and a seal over it, which only this installation's secret key can make; nothing
in it says whom it is about.
"""

from uuid import UUID

from django.core import signing

from ..lifecycle import FINISHED
from ..models import AgreementLink

LINKS = signing.Signer(salt="casework.agreement-link", sep=".")
FORMS = "casework.answer-form"
FORM_LASTS = 24 * 60 * 60


def token_of(link: AgreementLink) -> str:
    """What stands in the link's address."""
    return LINKS.sign(link.uuid.hex)


def link_of(token: str) -> AgreementLink | None:
    """The link of a token, while it can be answered; None for a forged, used, ended or expired one, and where its
    referral is over."""
    try:
        uuid = UUID(LINKS.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    related = ("data_key", "carer", "referral__pupil", "referral__school__service")
    link = AgreementLink.objects.open().filter(uuid=uuid).exclude(referral__status__in=FINISHED)
    return link.select_related(*related).first()


def form_key(link: AgreementLink) -> str:
    """What a page's form carries, so that only a form of ours can answer."""
    return signing.dumps(str(link.uuid), salt=FORMS)


def is_form_of(link: AgreementLink, key: str) -> bool:
    """Whether a form's key was made for this link, in the last day."""
    try:
        made_for: str = signing.loads(key, salt=FORMS, max_age=FORM_LASTS)
    except signing.BadSignature:
        return False
    return made_for == str(link.uuid)
