"""python manage.py verify_evidence"""

import sys
from typing import Any

from django.utils.translation import gettext as _

from portal.evidence.verifying import faults
from portal.management.base import REFUSED, PortalCommand
from portal.models import EvidenceLink


class Command(PortalCommand):
    """Changes nothing."""

    help = "Prove that no row of the evidence was changed, deleted or put in after it was sealed: exit 1 if one was."

    def handle(self, **_options: Any) -> None:
        count = 0
        for fault in faults():
            self.stderr.write(fault)
            count += 1
        sealed = {"links": EvidenceLink.objects.count(), "faults": count}
        self.stdout.write(_("核对 %(links)d 次封存，不符 %(faults)d 处") % sealed)
        if count:
            sys.exit(REFUSED)
