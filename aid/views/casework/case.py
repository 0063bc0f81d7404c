"""The pages of an aid case: its list with ticks, its page with the moves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.ahead import hindrances, payment_of
from aid.casework.batches import DECISIONS
from aid.casework.departures import Departure, departure_of
from aid.casework.moving import LONGEST_OPINION, Why, move_case
from aid.casework.policies import answers_of, refusal_of_answers
from aid.casework.posted import without_photo
from aid.casework.rivals import cases_elsewhere
from aid.casework.waiting import after
from aid.deciding.doubts import doubts_of
from aid.deciding.facts import UNDECIDED_YET, CaseFacts, facts_of
from aid.editing.case import paired
from aid.enums import CaseReason, CaseState, Policy, Stage
from aid.forms.case import MoveForm
from aid.households.papers import papers_of
from aid.models import AidCase, CaseEvent, Document, PolicyAid, Sponsor
from aid.sponsors.pairing import refusal_of_pairing
from aid.standards.granted import standard_now
from aid.views.casework.case_batch import BATCH_MOVES, next_move
from aid.views.casework.contacts import REASONS as CONTACT_REASONS
from aid.views.casework.with_shares import WithShares
from aid.visits.following_up import visits_since_payment
from aid.workflow import AID_CASE_WORKFLOW
from portal.access import Permission, can, require
from portal.audit import By
from portal.records.attribute import as_text
from portal.records.beside import LATEST, Event
from portal.records.views import RecordCreate, RecordDetail, RecordEdit, RecordList
from portal.records.views.tabs import RecordTab
from portal.refusals.lookup import get_object_or_404
from portal.text import as_year
from portal.web.base import PortalPage
from portal.workflow import MoveRefused

VISITS_SHOWN = 20
AT_ONCE = frozenset({"submit", "check", "approve"})  # one press on the page of the case


class CaseList(RecordList):
    """The list, with a box on every row and the moves that may be made with many at once."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        listing, user = context["listing"], self.request.user
        moves = [move for move in AID_CASE_WORKFLOW.moves if move.name in BATCH_MOVES and can(user, move.permission)]
        for case in listing.page.records:
            case.next_move = next_move(case, user)
        ticked = list(zip(listing.page.records, context["table"].rows, strict=True))
        may_fill = can(user, Permission.KEEP_RECORDS)
        shown = {"moves": moves, "ticked": ticked, "may_fill": may_fill, "offers_moves": bool(moves)}
        shown["contact_reasons"] = CONTACT_REASONS if can(user, Permission.KNOW_FAMILIES) else ()
        return context | shown | {"filters": listing.kept.urlencode()}


class CaseCreate(WithShares, RecordCreate):
    """A new case; in which years the child has one already, here or elsewhere, stands above the form.

    Of the year and stage that are chosen it says whether that year is taken and what the table grants.
    """

    def get_initial(self):
        return super().get_initial() | paired(self.parent, self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form, rivals = context["form"], cases_elsewhere(self.parent, self.request.user)
        year, stage = (str(form[name].value() or "") for name in ("campaign", "stage"))
        taken = next((rival for rival in rivals if str(rival.year) == year), None)
        return context | {
            "rivals": rivals,
            "taken": taken,
            "usual": standard_in_words(year, stage, self.parent.union_path),
        }


class CaseEdit(WithShares, RecordEdit):
    """A draft, changed together with its sources."""


def standard_in_words(year: str, stage: str, path: str) -> str:
    """What the unit at `path` grants for the year and stage chosen in a form; '' while no table says it."""
    chosen = {str(label): value for value, label in Stage.choices}.get(stage)
    known = as_year(year) if chosen else None
    usual = standard_now(known, path, chosen) if known and chosen else None
    if usual is None:
        return ""
    words = {"year": year, "stage": stage, "amount": as_text(usual.amount), "whose": usual.whose}
    return _("%(year)s 年度%(stage)s的帮扶标准：%(amount)s 元，%(whose)s。") % words


class CaseDetail(RecordDetail):
    """One case with all that its decider needs, what may be done with it now, and the case that waits next."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        case, user, events = self.case, self.request.user, self.events
        return context | {
            **self._moves(),
            "has_beside": True,
            "facts": self.facts,
            "doubts": doubts_of(self.facts) if case.status in UNDECIDED_YET else [],
            "policies": [answered(policy, self.answers.get(policy)) for policy in Policy],
            "may_answer": can(user, Permission.KEEP_RECORDS) and not refusal_of_answers(case),
            "events": [(event, AID_CASE_WORKFLOW.words(event.move)) for event in events],
            "returned": events[0] if events and events[0].move == "return" else None,
            "noticed": noticed_of(case),
            "sponsor": Sponsor.objects.visible_to(user).filter(pk=case.known_sponsor_id).first(),
            "may_pair": can(user, Permission.KEEP_RECORDS) and not refusal_of_pairing(case),
            "documents": self.papers,
            "days_left": days_left(case),
            "may_ask_lead": case.status == CaseState.REJECTED and not can(user, Permission.APPROVE_CASES),
            "following": after(case, user),
        }

    def get_record(self):
        self.case = super().get_record()
        return self.case

    @cached_property
    def facts(self) -> CaseFacts:
        return facts_of([self.case], self.request.user)[0]

    @cached_property
    def answers(self) -> dict[str, PolicyAid]:
        return answers_of(self.case)

    @cached_property
    def events(self) -> list[CaseEvent]:
        return list(self.case.events.select_related("actor"))

    @cached_property
    def papers(self) -> list[Document]:
        """The papers of the family, while its file is in the scope of the person."""
        home = self.case.child.household
        return papers_of(home).documents if home.union_path.startswith(self.request.user.union.path) else []

    def _moves(self) -> dict:
        """The moves that are open: those of one press, those for a reason, and the rest by a page of theirs."""
        case, user = self.case, self.request.user
        found = {"at_once": [], "with_reason": [], "elsewhere": []}
        for move in AID_CASE_WORKFLOW.open_to(case, user):
            asked = move.name in DECISIONS and move.reason
            found["with_reason" if asked else "at_once" if move.name in AT_ONCE else "elsewhere"].append(move)
        ahead = {"hindrances": list(hindrances(case, user)), **payment_of(case, user)}
        return (
            found
            | ahead
            | {
                "is_idle": not any((*found.values(), *ahead.values())),
                "reasons": CaseReason.choices,
                "longest_opinion": LONGEST_OPINION,
                "to_explain": bool(self.facts.departure) and case.status == CaseState.DRAFT,
                "to_show": not self.facts.has_photo and case.status == CaseState.ON_NOTICE,
            }
        )

    def tabs(self, record):
        tabs = []
        if len(self.answers) or record.status in UNDECIDED_YET:
            count = f"{len(self.answers)}/{len(Policy)}"
            tabs.append(RecordTab("policies", _("政策落实情况"), count, "aid/aidcase/_policies.html"))
        if self.papers:
            count = str(len(self.papers))
            tabs.append(RecordTab("documents", _("家庭材料"), count, "aid/household/_documents.html"))
        if others := len(self.facts.before) + len(self.facts.siblings):
            tabs.append(RecordTab("others", _("其他年度和兄弟姐妹"), str(others), "aid/aidcase/_others.html"))
        if self.events:
            tabs.append(RecordTab("events", _("办理记录"), str(len(self.events)), "aid/aidcase/_events.html"))
        return tabs

    def story(self, record, told):
        words = AID_CASE_WORKFLOW.words
        moves = [Event(localtime(event.at).date(), words(event.move), event.actor.name) for event in self.events]
        return moves[:LATEST] or super().story(record, told)


def answered(policy: Policy, answer: PolicyAid | None) -> dict:
    """One line of the policies for a template."""
    if answer is None:
        return {"policy": policy.label, "outcome": _("未填写"), "amount": "", "reason": ""}
    amount, outcome = as_text(answer.amount), answer.get_outcome_display()
    return {"policy": policy.label, "outcome": outcome, "amount": amount, "reason": answer.reason}


def noticed_of(case: AidCase):
    return case.noticed.filter(taken_off=False).select_related("notice").first()


def days_left(case: AidCase) -> int | None:
    """Calendar days until the notice is over, today included; 0 when approval is open; None when not on notice."""
    if case.status != CaseState.ON_NOTICE or not case.notice_to:
        return None
    return max(0, (case.notice_to - localdate()).days + 1)


class CasePage(PortalPage):
    """What the pages about one case share: the case, looked up in scope."""

    permission = Permission.VIEW_RECORDS

    @cached_property
    def case(self) -> AidCase:
        cases = AidCase.objects.visible_to(self.request.user).select_related("union", "child__household", "campaign")
        return get_object_or_404(cases, pk=self.kwargs["pk"])

    @property
    def url(self) -> str:
        return reverse("aidcase_detail", args=[self.case.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.case, back_url=self.url, **kwargs)


class CaseMove(FormMixin, CasePage, ProcessFormView):
    """One move, with the reason where it asks for one. What was typed stays when it is refused."""

    template_name = "aid/aidcase/move.html"
    form_class = MoveForm

    @cached_property
    def move(self):
        move = AID_CASE_WORKFLOW.by_name.get(self.kwargs["name"])
        if move is None or move.name == "put_on_notice":  # which needs a place: it begins on the batch page
            raise Http404(_("没有这个操作。"))
        return move

    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.permission)
        require(request.user, self.move.permission)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        to_explain = self._to_explain.get(self.move.name, "")
        return super().get_form_kwargs() | {"move": self.move, "to_explain": to_explain}

    @property
    def _to_explain(self) -> dict[str, str]:
        """By move, what it asks to be explained in words; '' or nothing where it asks for none."""
        apart = _("与年度帮扶标准不同，请写明理由，供审批人参考。") if self.departure else ""
        unseen = _("没有公示单张贴后的照片，请写明原因。") if without_photo([self.case]) else ""
        return {"submit": apart, "approve": unseen}

    @cached_property
    def departure(self) -> Departure | None:
        return departure_of(self.case)

    def get_context_data(self, **kwargs):
        misplaced = AID_CASE_WORKFLOW.misplaced(self.case, self.move)
        hindrance = misplaced or self.move.hindrance(self.case, self.request.user)
        asked = self._visits() if self.move.name == "follow_up" and not hindrance else {}
        shown = {"move": self.move, "hindrance": hindrance, "departure": self.departure}
        shown["onward"] = self.request.POST.get("onward", "")
        return super().get_context_data(**shown, **asked, **kwargs)

    def _visits(self) -> dict:
        """What a follow-up rests on; where there is none, the address at which a call is entered."""
        visits = visits_since_payment(self.case, self.request.user)[:VISITS_SHOWN]
        is_here = self.case.child.union_path.startswith(self.request.user.union.path)
        new = f"{reverse('visit_create')}?child={self.case.child_id}&by=telephone"
        return {"visits": visits, "visit_url": new if is_here else ""}

    def form_valid(self, form):
        why = Why(form.cleaned_data.get("reason", ""), form.cleaned_data["comment"])
        by = By.of(self.request)
        try:
            move_case(self.case, self.move.name, why=why, received=form.received, by=by)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        words = {"move": self.move.label, "number": self.case.number}
        messages.success(self.request, _("已完成：%(move)s %(number)s。") % words)
        return redirect(self._address_after())

    def _address_after(self) -> str:
        """The case that waits next, for who goes through them one after the other; else the same case."""
        if not self.request.POST.get("onward"):
            return self.url
        if following := after(self.case, self.request.user):
            return reverse("aidcase_detail", args=[following.pk])
        messages.info(self.request, _("没有等您办理的申请了。"))
        return self.url
