"""`manage.py verify_audit`: reads the whole audit and says what was altered, deleted, forged or cut off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.audit import anchor, sealer, verifier
from casework.models import AuditLink


class Command(BaseCommand):
    help = "Verifies the audit's chain against its seals and the anchors that were kept elsewhere."

    def handle(self, *args: Any, **options: Any) -> None:
        sealer.seal_all()
        anchors = anchor.kept()
        findings = verifier.verify(*anchors)
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError(
                f"The audit does not hold: {len(findings)} findings. "
                "Keep the database as it is and tell the data protection lead."
            )
        self.stdout.write(f"The audit holds: {AuditLink.objects.count()} links, {len(anchors)} anchors.")
