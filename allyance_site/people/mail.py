"""Mails about an account, sent beside the request: a slow mail server neither delays an answer nor tells by the delay
whether an address is known. One that cannot be sent is logged without its address, and can be asked for again.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException

from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="people-mail")


def send_soon(message: EmailMessage) -> None:
    """Hand a mail over."""
    _sender.submit(_send, message)


def settle() -> None:
    """Return once everything that was handed over has been tried."""
    _sender.submit(lambda: None).result()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.warning("A mail about an account could not be sent: %s.", type(error).__name__)
