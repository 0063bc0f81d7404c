"""走访慰问 with graduates among those visited."""

from dataclasses import replace

from aid import records as aid
from employment.models import Graduate
from portal.records.kind import NamedBy

VISIT = replace(aid.VISIT, named_by=(*aid.VISIT.named_by, NamedBy(Graduate, name="name", initials="initials")))
