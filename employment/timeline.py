"""What graduates add to the history of a family."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.models import Visit
from aid.timeline import SOURCES as OF_AID
from aid.timeline import Source, of_household
from employment.models import Assistance, Graduate
from employment.records.family import visits_to_family_and_graduates

SOURCES = (
    *(replace(source, lookup=visits_to_family_and_graduates) if source.model is Visit else source for source in OF_AID),
    Source(
        _("登记为高校毕业生"),
        Graduate,
        of_household,
        lambda graduate: graduate.registered_on,
        lambda graduate: f"{graduate.name} {graduate.school} {graduate.get_intention_display()}",
    ),
    Source(
        _("就业帮扶"),
        Assistance,
        lambda home: Q(graduate__household=home),
        lambda assistance: assistance.given_on,
        lambda assistance: f"{assistance.graduate.name} {assistance.get_kind_display()} {assistance.provider}",
        related=("graduate",),
    ),
)
