"""The pages of a household's file."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import DocumentKind
from aid.households.household_file import (
    reopen_household,
    unverify_household,
    verified_today,
    verify_household,
)
from aid.households.known_people import known_person
from aid.households.papers import missing
from aid.models import Person
from aid.standards.services import standings
from aid.timeline.events import timeline
from aid.timeline.sources import SOURCES
from aid.transfers.services import request_household
from portal.access import Permission
from portal.audit import By
from portal.fields import blind_index
from portal.identity import IdentityError, parse_id_number
from portal.records.editing import RecordRefused
from portal.records.views import RecordCreate, RecordDetail
from portal.records.views.page import KindPage, caption
from portal.workflow import MoveRefused


class PersonCreate(RecordCreate):
    """A form with an identity number: sex and birth date once it is typed, and whether the person is known.

    People of the own union are opened by a link; of another unit its name is told, and a transfer can be asked for.
    """

    person = "worker"

    def post(self, request, *args, **kwargs):
        return self._ask() if "ask" in request.POST else super().post(request, *args, **kwargs)

    def _ask(self):
        try:
            number = parse_id_number(self.number()).number
            person = Person.objects.known([blind_index(number)]).first()
            request_household(person, by=By.of(self.request))
        except (IdentityError, MoveRefused) as refused:
            messages.error(self.request, str(refused))
            return self.render_to_response(self.get_context_data(form=self.get_form().unjudged()))
        messages.success(self.request, _("已向对方单位申请转入，对方同意后请在此接收。"))
        return redirect("transfer_list")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | self._known() | {"person_field": self.person}

    def number(self) -> str:
        """The identity number in question: what was typed."""
        return self.request.POST.get(self.person, "").strip()

    def _known(self) -> dict:
        """What the number tells, or what is wrong with it."""
        number = self.number()
        if not number:
            return {}
        try:
            return {"known": known_person(number, self.request.user)}
        except IdentityError as wrong:
            return {"wrong": str(wrong)}

    def get_template_names(self):
        return ["aid/household/person.html"]


class ChildCreate(PersonCreate):
    person = "person"


class HouseholdDetail(RecordDetail):
    """The file with its incomes against the standard, its papers, and what of them is missing."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        home = context["record"]
        documents = list(home.documents.defer("content").select_related("uploaded_by").order_by("kind", "-pk"))
        kinds = {document.kind for document in documents}
        return context | {
            "documents": documents,
            "missing": [kind.label for kind in missing(kinds, has_children=home.children.exists())],
            "checklist": [(kind.label, kind in kinds) for kind in DocumentKind if kind != DocumentKind.OTHER],
            "standings": standings(home.incomes.order_by("-year")),
            "may_keep": self.may_keep_below(context["record"]),
            "verified_today": verified_today(home, self.request.user),
        }


class HouseholdPrint(HouseholdDetail):
    """The file on one sheet, masked."""

    act = "print"


class HouseholdPage(KindPage):
    """A page about one household."""

    def get_context_data(self, **kwargs):
        home = self.get_record()
        name = caption(self.kind, home, self.request.user.union.path)
        return super().get_context_data(record=home, caption=name, **kwargs)


class HouseholdTimeline(HouseholdPage):
    """Everything that happened to the family."""

    act = "timeline"
    sources = SOURCES

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"events": timeline(context["record"], self.request.user, self.sources)}


class HouseholdAct(KindPage):
    """A button on the file's page: does its work, says how it went, and goes back there."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]
    done = ""

    @staticmethod
    def make(household, *, editing, by: By) -> None:
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        home = self.get_record()
        try:
            self.make(home, editing=self.kind.editing, by=By.of(request))
        except RecordRefused as refused:
            for reason in (reason for reasons in refused.by_field.values() for reason in reasons):
                messages.error(request, reason)
        else:
            messages.success(request, self.done)
        return redirect("household_detail", home.pk)


class HouseholdVerify(HouseholdAct):
    make = staticmethod(verify_household)
    done = gettext_lazy("已记下：今天核实过这份档案。")


class HouseholdUnverify(HouseholdAct):
    make = staticmethod(unverify_household)
    done = gettext_lazy("已撤销今天的核实。")


class HouseholdReopen(HouseholdAct):
    make = staticmethod(reopen_household)
    done = gettext_lazy("档案已恢复。")
