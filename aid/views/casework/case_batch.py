"""One move for many cases: those ticked, or all that the filters of the list find."""

import uuid
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.casework.batches import DECISIONS, LARGEST, by_campaign, in_words, outcomes_of, run_batch
from aid.casework.departures import departures
from aid.casework.moving import Why
from aid.casework.notices import NothingPosted, days_asked, proposed_last_day
from aid.casework.notices_by_place import NAMED_BY, notices_of, places, post_notices, proposed_place
from aid.casework.posted import without_photo
from aid.deciding.rows import decision_rows, to_be_decided
from aid.enums import CaseState
from aid.forms.case import MoveForm, NoticeForm
from aid.models import AidCase, CaseEvent, PublicNotice
from aid.records import AID_CASE
from aid.workflow import AID_CASE_WORKFLOW
from portal.access import Permission, can, require
from portal.audit import By
from portal.calendar.work_calendar import work_calendar
from portal.days import ONE_DAY
from portal.models import User
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.base import PortalPage
from portal.web.kept_forms import kept_form
from portal.workflow import Move

BATCH_MOVES = frozenset(
    {"submit", "check", "put_on_notice", "take_off", "approve", "return", "reject", "reconsider", "follow_up", "close"}
)
# The way forward, in the order of the work: what the button in a row offers.
FORWARD = ("submit", "check", "put_on_notice", "approve", "follow_up", "close")


def next_move(case: AidCase, user: User) -> Move | None:
    """The move that brings a case on, of those its state, its campaign and the role of `user` leave open.

    Guards are not asked. `case` is read `with_intake`: a new one is not approved without a notice.
    """
    skipped = {"put_on_notice" if case.awaits_check else "check"}
    if case.status == CaseState.CHECKED and not (case.campaign.renewed_without_notice and case.continued):
        skipped.add("approve")
    open_now = (AID_CASE_WORKFLOW.by_name[name] for name in FORWARD if name not in skipped)
    return next((move for move in open_now if case.status in move.sources and can(user, move.permission)), None)


def of_one_row(data: QueryDict) -> QueryDict:
    """What was sent by the button of one row, as if that row alone had been ticked; anything else as it is."""
    key, _colon, move = data.get("row", "").partition(":")
    if not move:
        return data
    data = data.copy()
    data.setlist("ids", [key])
    data["action"] = move
    for name in ("row", "all"):
        data.pop(name, None)
    return data


def _first(outcomes) -> int | None:
    """The row to which the list comes back."""
    return outcomes[0].case.pk if outcomes else None


class KeysForm(forms.Form):
    """What the confirming page carries: the key of the batch and what was confirmed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)


class CaseBatch(PortalPage):
    """First what would be done to how many, then, confirmed, what was done, row by row."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/aidcase/batch.html"

    @cached_property
    def move(self):
        name = self.request.POST.get("action", "")
        if name not in BATCH_MOVES:
            raise Http404(_("没有这个操作。"))
        return AID_CASE_WORKFLOW.by_name[name]

    @cached_property
    def selection(self) -> Selection:
        return selection_of(self.request, AID_CASE, LARGEST)

    @property
    def posts_notice(self) -> bool:
        return self.move.name == "put_on_notice"

    def get(self, request, *args, **kwargs):
        """The confirming page again for who had to sign in after sending it; otherwise there is nothing to confirm."""
        sent = kept_form(request)
        if sent is None:
            return redirect("aidcase_list")
        request.POST = of_one_row(sent)
        require(request.user, self.move.permission)
        return self._refuse_size() or self._ask(self._first_form())

    def post(self, request, *args, **kwargs):
        request.POST = of_one_row(request.POST)
        require(request.user, self.move.permission)
        if request.POST.get("confirmed") != "1":
            return self._refuse_size() or self._ask(self._first_form())
        keys = KeysForm(request.POST)
        if not keys.is_valid():
            return self._refuse_size() or self._ask(self._first_form())
        key = keys.cleaned_data["key"]
        if CaseEvent.objects.filter(batch=key, actor=request.user).exists():
            return self._report(outcomes_of(key), repeated=True, notices=notices_of(key, request.user))
        if refusal := self._refuse_size():
            return refusal
        form = self._form(request.POST)
        is_shown = request.POST.get("ticked") == "1"  # row by row on the page that was sent: nothing can have changed
        if not is_shown and keys.cleaned_data["digest"] != self.selection.digest:
            return self._ask(form, changed=True)
        return self._run(form, key) if form.is_valid() else self._ask(form, status=400)

    def _refuse_size(self):
        """Back to the list with a word if nothing is chosen or too much; a decision on two campaigns is cut in two."""
        count = len(self.selection.pks)
        if 0 < count <= LARGEST:
            return self._ask_apart() if self.move.name in DECISIONS else None
        words = _("请先在列表中勾选要办理的申请。")
        if count:
            words = _("一次最多办理 %(limit)d 条，请先筛选再办理。") % {"limit": LARGEST}
        messages.error(self.request, words)
        return redirect(way_back(self.request, AID_CASE, filters=self.selection.filters))

    def _ask_apart(self):
        """One button for each campaign where there are two: they are never decided together."""
        by_year = by_campaign(self.selection.pks, self.request.user)
        if len(by_year) < 2:
            return None
        shown = {"move": self.move, "apart_by_year": by_year, "filters": self.selection.filters}
        return self.render_to_response(self.get_context_data(**shown))

    def _form(self, data=None, **kwargs):
        if self.posts_notice:
            return NoticeForm(data, sheets=self._sheets(), **kwargs)
        return MoveForm(data, move=self.move, **kwargs)

    def _sheets(self) -> dict[str, int]:
        """How many sheets each way of hanging them apart would make."""
        return {apart: len(places(self.selection.pks, apart, self.request.user)) for apart in NAMED_BY}

    def _first_form(self):
        if not self.posts_notice:
            return self._form()
        first = localdate() + ONE_DAY
        last = proposed_last_day(first, days_asked(self.selection.pks))
        before = PublicNotice.objects.visible_to(self.request.user).order_by("-pk").first()
        known = {"kind": before.kind, "telephone": before.telephone} if before else {}
        apart, place = proposed_place(self.selection.pks, self.request.user, before.place if before else "")
        days = {"first_day": first, "last_day": last}
        return self._form(initial=days | known | {"apart": apart, "place": place})

    @staticmethod
    def _days_are_official(form: NoticeForm) -> bool:
        """Whether the years of the proposed days are in the official calendar."""
        days = form.initial or (form.cleaned_data if form.is_bound and form.is_valid() else {})
        if not {"first_day", "last_day"} <= set(days):
            return True
        return work_calendar().knows(days["first_day"], days["last_day"])

    def _run(self, form, key: uuid.UUID):
        by = By.of(self.request)
        if not self.posts_notice:
            why = Why(form.cleaned_data.get("reason", ""), form.cleaned_data["comment"], key)
            return self._report(run_batch(self.selection.pks, self.move.name, why=why, by=by))
        try:
            apart = form.cleaned_data["apart"]
            notices, outcomes = post_notices(self.selection.pks, form.details(), apart=apart, key=key, by=by)
        except ValidationError as refused:
            form.show(refused)
            return self._ask(form, status=400)
        except NothingPosted as nothing:
            return self._report(nothing.outcomes)
        return self._report(outcomes, notices=notices)

    def _ask(self, form, *, changed: bool = False, status: int = 200):
        pks, user = self.selection.pks, self.request.user
        cases = list(to_be_decided(AidCase.objects.visible_to(user).filter(pk__in=pks)))
        decides = self.move.name in DECISIONS
        context = self.get_context_data(
            move=self.move,
            selection=self.selection,
            filters=self.selection.filters,
            back_url=way_back(self.request, AID_CASE, filters=self.selection.filters),
            count=len(pks),
            cases=cases,
            rows=decision_rows(cases, user, self.move) if decides else [],
            apart=departures(cases),
            unseen=without_photo(cases) if self.move.name == "approve" else [],
            form=form,
            key=self.request.POST.get("key") or uuid.uuid4(),
            changed=changed,
            days_asked=days_asked(pks) if self.posts_notice else None,
            days_are_official=not self.posts_notice or self._days_are_official(form),
        )
        return self.render_to_response(context, status=status)

    def _report(self, outcomes, *, repeated: bool = False, notices: Sequence[PublicNotice] = ()):
        context = self.get_context_data(
            move=self.move, outcomes=outcomes, repeated=repeated, notices=notices, words=in_words(outcomes)
        )
        back_url = way_back(self.request, AID_CASE, filters=self.request.POST.get("filters", ""), at=_first(outcomes))
        return self.render_to_response(context | {"back_url": back_url})
