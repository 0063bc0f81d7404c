"""The route list that one takes along, on a screen and as a sheet: addresses and telephones, for a reason."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aid.printouts.route import route_list
from aid.views.visit_plan import MOST_ON_A_ROUTE, PlanPage
from aid.visits.plan import BY_STREET
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.printouts.views import PrintoutPage
from portal.records.attribute import Attribute
from portal.records.views.reveal import RevealForm


class VisitRoute(PlanPage):
    """The people chosen with address and telephone, street by street, to be printed; for a reason that is logged."""

    permission = Permission.REVEAL_ALONE
    template_name = "aid/visitplan/route.html"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = RevealForm(request.POST)
        if self.campaign is None:
            return redirect(self.address())
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["reason"]))
            return redirect(self.address())
        people = list(BY_STREET.sort(self.group.joined(self.chosen))[: MOST_ON_A_ROUTE + 1])
        if len(people) > MOST_ON_A_ROUTE:
            messages.error(request, _("名单超过 %(most)d 人，请先选定街镇或学校。") % {"most": MOST_ON_A_ROUTE})
            return redirect(self.address())
        return self.answer(people, form.cleaned_data["reason"])

    def answer(self, people: list, reason: str) -> HttpResponse:
        """The list on a screen: telephones can be pressed, a visit entered."""
        streets = self.revealed(people, reason)
        shown = {"campaign": self.campaign, "group": self.group, "streets": streets, "count": len(people)}
        again = {"sheet_url": self.address(name="visitplan_route_sheet"), "reason_code": self.request.POST["reason"]}
        return self.render_to_response(self.get_context_data(reason=reason, back_url=self.address(), **again, **shown))

    @transaction.atomic
    def revealed(self, people: list, reason: str, **told: str) -> dict[str, list[dict[str, str]]]:
        """The doors by street, whole. Writes one audit row that names the families and the reason."""
        streets: dict[str, list] = {}
        for person in people:
            streets.setdefault(person.union.name, []).append(self._stop(person))
        audit.record(
            AuditAction.REVEALED,
            by=By.of(self.request),
            subject=_("走访路线单 %(year)s %(group)s") % {"year": self.campaign, "group": self.group.title},
            reason=reason,
            count=len(people),
            households=sorted({stop["number"] for stops in streets.values() for stop in stops}),
            **told,
        )
        return streets

    def _stop(self, person) -> dict[str, str]:
        """One door: who, where, by which telephone. A household that moved to another unit tells nothing."""
        scope, home = self.request.user.union.path, self.group.home.replace("__", ".")
        paths = {name: f"{home}.{name}" for name in ("number", "worker_name", "address", "telephone")}
        values = {name: Attribute(path).text(person, scope) for name, path in paths.items()}
        school = Attribute(self.group.school.replace("__", ".")).text(person, scope)
        name = self.group.columns[0].text(person, scope)
        return values | {"name": name, "school": school, "visit_url": self.visit_url(person)}


class VisitRouteSheet(PrintoutPage, VisitRoute):
    """The same as a sheet that is signed at each door: to be printed, as .docx or as .pdf."""

    permission = Permission.REVEAL_ALONE
    http_method_names = ["post"]

    def answer(self, people: list, reason: str) -> HttpResponse:
        told = {"format": self.ending} if self.ending else {}
        try:
            with transaction.atomic():
                streets = self.revealed(people, reason, **told)
                sheet = route_list(self.campaign, str(self.group.title), streets, self.request.user.union.name)
                if self.ending:
                    return self.handed_out([sheet], f"{sheet.title}.{self.ending}")
        except PdfUnavailableError as error:
            messages.error(self.request, str(error))
            return redirect(self.address())
        return self.shown([sheet], title=sheet.title, back_url=self.address())
