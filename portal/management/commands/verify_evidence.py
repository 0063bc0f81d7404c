"""python manage.py verify_evidence"""

import sys
from typing import Any

from django.utils.translation import gettext as _

from portal.enums import Duty
from portal.evidence.verifying import faults
from portal.management.base import REFUSED, PortalCommand
from portal.models import EvidenceLink
from portal.operating.duties import did, failed_at


class Command(PortalCommand):
    """Changes nothing but the note of what came of it, which auditors and administrators are told."""

    help = "Prove that no row of the evidence was changed, deleted or put in after it was sealed: exit 1 if one was."

    def handle(self, **_options: Any) -> None:
        count, first = 0, ""
        for fault in faults():
            self.stderr.write(fault)
            count, first = count + 1, first or fault
        sealed = {"links": EvidenceLink.objects.count(), "faults": count}
        self.stdout.write(_("核对 %(links)d 次封存，不符 %(faults)d 处") % sealed)
        if count:
            failed_at(Duty.EVIDENCE, _("不符 %(count)d 处：%(first)s") % {"count": count, "first": first})
            sys.exit(REFUSED)
        did(Duty.EVIDENCE, links=sealed["links"])
