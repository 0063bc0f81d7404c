"""The form of a vacancy, with the employers of the directory to choose from."""

from aid.forms.sponsor import MOST_OFFERED, ChoosingForm
from aid.models import Employer


class VacancyForm(ChoosingForm):
    chosen = "employer"

    def offered(self, user):
        employers = Employer.objects.visible_to(user).order_by("name", "pk")[: MOST_OFFERED + 1]
        return ((each.number, each.name) for each in employers)
