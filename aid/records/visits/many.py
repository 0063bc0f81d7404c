"""What the lists of people offer for many at once: a visit or a call to each."""

from django.utils.translation import gettext_lazy as _

from portal.access import Permission
from portal.records.kind import BulkAct

VISIT_MANY = BulkAct(_("登记走访或回访"), "visit_many", Permission.KEEP_RECORDS)
