"""The pages of a household's file."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.households.household_file import (
    reopen_household,
    unverify_household,
    verified_today,
    verify_household,
)
from aid.households.known_people import known_person
from aid.households.papers import Papers, papers_of
from aid.models import Person
from aid.standards.services import Standing, standings
from aid.timeline.events import story_of_person, timeline
from aid.timeline.sources import SOURCES
from aid.transfers.services import request_household
from portal.access import Permission
from portal.audit import By
from portal.fields import blind_index
from portal.identity import IdentityError
from portal.records.beside import LATEST, Wait
from portal.records.editing import RecordRefused
from portal.records.editing.fields import IdentityInput
from portal.records.views import RecordCreate, RecordDetail
from portal.records.views.page import KindPage, caption
from portal.records.views.tabs import Create, RecordTab
from portal.words.identity_kinds import parse_identity
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
            number = parse_identity(self.number()).number
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
        """The identity number in question: what was typed, behind the kind that was chosen."""
        return (IdentityInput().value_from_datadict(self.request.POST, None, self.person) or "").strip()

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

    sources = SOURCES

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        home, papers = context["record"], self.papers
        return context | {
            "documents": papers.documents,
            "missing": papers.missing,
            "standings": self.standings,
            "may_keep": self.may_keep_below(home),
            "verified_today": verified_today(home, self.request.user),
        }

    def get_record(self):
        self.home = super().get_record()
        return self.home

    @cached_property
    def papers(self) -> Papers:
        return papers_of(self.home)

    @cached_property
    def standings(self) -> list[Standing]:
        return standings(self.home.incomes.order_by("-year"))

    def tabs(self, record):
        tabs = []
        if self.standings:
            tabs.append(RecordTab("incomes", _("年度收入"), str(len(self.standings)), "aid/household/_incomes.html"))
        if self.papers.documents:
            count = str(len(self.papers.documents))
            tabs.append(RecordTab("documents", _("家庭材料"), count, "aid/household/_documents.html"))
        return tabs

    def creates(self, record):
        if not self.may_keep_below(record) or not record.is_open:
            return []
        return [Create(_("新建年度收入"), f"{reverse('income_create')}?household={record.pk}")]

    def waits(self, record):
        waits = super().waits(record)
        if self.papers.missing and record.is_open:
            words = _("材料不全，还缺：%(words)s。") % {"words": "、".join(map(str, self.papers.missing))}
            url = reverse("household_documents", args=[record.pk]) if self.may_keep_below(record) else ""
            waits.append(Wait(words, _("登记材料"), url))
        return waits

    def story(self, record, told):
        return timeline(record, self.request.user, self.sources, told)[:LATEST]


class ChildDetail(RecordDetail):
    """A child, with what happened to it."""

    sources = SOURCES

    def story(self, record, told):
        return story_of_person(record.person_id, self.request.user, self.sources)[:LATEST]


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
