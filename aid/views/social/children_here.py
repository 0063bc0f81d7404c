"""Which children an activity or a project reached, entered from its own page: found, ticked, written down at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from aid.activities.services import record_came, refusal_of_coming
from aid.forms.children_chosen import CameHereForm, GaveHereForm
from aid.models import Activity, AidCase, Child, Participation, Project, ProjectGain
from aid.social.giving import record_given
from aid.social.workflow import refusal_of_giving
from aid.views.payments.overview import campaign_in
from portal.access import Permission
from portal.audit import By
from portal.identity import IdentityError
from portal.models import Campaign, VersionedRecord
from portal.records.attribute import record_url
from portal.records.kind import RecordKind
from portal.records.search import documented, exactly, matching, read_query
from portal.records.views.page import named_in
from portal.refusals.lookup import get_object_or_404
from portal.text import as_key
from portal.web.base import PortalPage, given
from portal.words.contacts import is_sensitive
from portal.workflow import MoveRefused

SHOWN = 200  # children of one page


def said_before(count: int) -> str:
    """That so many of those ticked stood there already, in words; '' for none."""
    return _("其余 %(count)d 人已登记过，没有重复登记。") % {"count": count} if count > 0 else ""


@method_decorator(sensitive_post_parameters("q"), name="dispatch")
class ChildrenHere(PortalPage):
    """The unit's children with a case in the campaign of the address, or all that a word finds. Words are posted.

    Who is ticked stays ticked while one goes on looking. Who is written down already is not asked again.
    """

    permission = Permission.KEEP_RECORDS
    template_name = "aid/children_here.html"
    children: RecordKind = given()
    form_class: type[CameHereForm]
    heading: str | Promise = ""

    @cached_property
    def owner(self) -> VersionedRecord:
        """What they came to or gained by. Foreign or absent: 404."""
        raise NotImplementedError

    def refusal(self) -> str:
        """Why nobody is written down now; '' where somebody may be."""
        raise NotImplementedError

    def known(self) -> QuerySet[Any]:
        """The records by which children are written down already."""
        raise NotImplementedError

    def write(self, form: Any, children: list[int]) -> str:
        """Write what `form` says of `children` (keys); what was done, in words. May raise MoveRefused."""
        raise NotImplementedError

    @cached_property
    def campaign(self) -> Campaign | None:
        return campaign_in(self.request)

    @cached_property
    def ticked(self) -> list[int]:
        return [key for key in map(as_key, self.request.POST.getlist("ids")) if key is not None]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Looks for more children, or saves."""
        if "find" in request.POST:
            form = self._form(request.POST)
            form.errors.clear()
            return self._shown(form)
        form = self._form(request.POST)
        if not self.ticked:
            form.add_error(None, _("请勾选子女。"))
        if form.is_valid() and self._saved(form):
            return redirect(record_url(self.owner))
        return self._shown(form, status=400)

    def _form(self, data: Any = None) -> CameHereForm:
        if reason := self.refusal():
            raise PermissionDenied(reason)
        return self.form_class(data, user=self.request.user)

    def _saved(self, form: CameHereForm) -> bool:
        try:
            done = self.write(form, self.ticked)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(self.request, done)
        return True

    def _shown(self, form: CameHereForm, status: int = 200) -> HttpResponse:
        query, problem = self.request.POST.get("q", ""), ""
        try:
            offered = self._offered(read_query(query))
        except IdentityError as wrong:
            offered, problem = Child.objects.none(), str(wrong)
        rows = list(offered.select_related("union", "household")[: SHOWN + 1])
        chosen = Child.objects.visible_to(self.request.user).filter(pk__in=self.ticked)
        rest = chosen.exclude(pk__in=[child.pk for child in rows]).order_by("initials", "pk")
        known = set(self.known().filter(child__in=[child.pk for child in rows]).values_list("child", flat=True))
        context = self.get_context_data(
            form=form,
            query="" if is_sensitive(query) else query,
            problem=problem,
            offered=[(child, child.pk in self.ticked, child.pk in known) for child in rows[:SHOWN]],
            others=list(rest.select_related("union", "household")),
            is_cut=len(rows) > SHOWN,
            shown=SHOWN,
        )
        return self.render_to_response(context, status=400 if problem else status)

    def _offered(self, query: str) -> QuerySet[Any]:
        """Those of the campaign; whom a word finds, whether they have a case or not."""
        user = self.request.user
        records = Child.objects.visible_to(user).order_by("initials", "pk")
        if query:
            ask = exactly if is_sensitive(query) else matching
            found = self.children.listed_to(user).filter(
                ask(self.children, user, query) | documented(self.children, user, query)
            )
            return records.filter(pk__in=found.order_by().values("pk"))
        cases = AidCase.objects.filter(child=OuterRef("pk"), campaign=self.campaign)
        return records.filter(Exists(cases)) if self.campaign else records

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = {"owner": self.owner, "back_url": record_url(self.owner), "heading": self.heading}
        years = Campaign.objects.order_by("-year")
        return super().get_context_data(campaign=self.campaign, campaigns=years, **about, **kwargs)


class GaveHere(ChildrenHere):
    """Of a running project: what each of the ticked children got."""

    form_class = GaveHereForm
    heading = gettext_lazy("登记项目受益")
    kind: RecordKind = given()

    @classmethod
    def of(cls, children: RecordKind) -> type["GaveHere"]:
        """The page, with the kind of child among which it looks."""
        return type(cls.__name__, (cls,), {"children": children})

    @cached_property
    def owner(self) -> Project:
        project = named_in(self.request, "project", Project)
        if project is None:
            raise Http404
        return project

    def refusal(self) -> str:
        return refusal_of_giving(self.owner)

    def known(self) -> QuerySet[Any]:
        return ProjectGain.objects.filter(project=self.owner)

    def write(self, form: Any, children: list[int]) -> str:
        count = record_given(self.owner, children, form.gift(), by=By.of(self.request))
        return _("已登记项目受益的子女 %(count)d 人。") % {"count": count} + said_before(len(set(children)) - count)


class CameHere(ChildrenHere):
    """Of an activity that was held: who came."""

    form_class = CameHereForm
    heading = gettext_lazy("登记参加活动")

    @cached_property
    def owner(self) -> Activity:
        found = Activity.objects.visible_to(self.request.user).select_related("union")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def refusal(self) -> str:
        return refusal_of_coming(self.owner)

    def known(self) -> QuerySet[Any]:
        return Participation.objects.filter(activity=self.owner)

    def write(self, form: Any, children: list[int]) -> str:
        count = record_came([self.owner.pk], children, by=By.of(self.request))
        return _("已登记参加活动 %(count)d 人次。") % {"count": count} + said_before(len(set(children)) - count)
