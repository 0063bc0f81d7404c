"""走访慰问 with graduates among those visited."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from aid import records as aid
from aid.editing import VISIT_FORM
from aid.records.follow_up_acts import OFFER, asks, link, new
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.records.kind import NamedBy

NAMED_BY = (*aid.VISIT.named_by, NamedBy(Graduate, name="name", initials="initials"))

HELP = link(_("登记就业帮扶"), partial(new, "assistance"), asks(OFFER, of=Graduate))

FOLLOW_UP = replace(aid.FOLLOW_UP, named_by=NAMED_BY, links=(*aid.FOLLOW_UP.links, HELP))
VISIT = replace(aid.VISIT, editing=replace(VISIT_FORM, workbook=CASE_WORKBOOK), named_by=NAMED_BY)
