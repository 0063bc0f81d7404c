"""python manage.py check_ledger"""

import sys

from django.utils.translation import gettext as _

from aid.ledger.days import prove
from portal.management.base import REFUSED, PortalCommand
from portal.models import Union


class Command(PortalCommand):
    """Changes nothing."""

    help = "Prove over the whole database that no unit ever paid more from a source than it had raised: exit 1 if not."

    def handle(self, **options):
        for city in Union.objects.filter(depth=1):
            self._prove(city)

    def _prove(self, city: Union) -> None:
        proof = prove(city)
        names = dict(Union.objects.values_list("path", "name"))
        for found in proof.overdrafts:
            words = _("%(unit)s，“%(source)s”：%(day)s 超支 %(amount)s 元")
            values = {"unit": names[found.unit_path], "source": found.source.label, "day": found.day}
            self.stderr.write(words % (values | {"amount": f"{-found.balance:,.2f}"}))
        counts = {"ledgers": proof.ledgers, "days": proof.days, "faults": len(proof.overdrafts)}
        self.stdout.write(_("核对 %(ledgers)d 本台账的 %(days)d 个收付日，超支 %(faults)d 本") % counts)
        if proof.overdrafts:
            sys.exit(REFUSED)
