"""Whatever can be entered wrongly can be taken back: every kind of voidable record, all that must come of it."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import resolve, reverse
from django.utils import timezone
from openpyxl import load_workbook

from aid.models import (
    Activity,
    Child,
    Contribution,
    Entry,
    FollowUp,
    Household,
    Income,
    Member,
    Office,
    OfficeQuestion,
    Organisation,
    Pairing,
    Participation,
    PracticePlacement,
    PracticePost,
    Project,
    ProjectGain,
    ProjectPayment,
    Sponsor,
    Visit,
)
from aid.payments.ledger import balances
from employment.exchange.exporting import records_of
from employment.models import Assistance, Graduate, JobEvent
from portal.audit import By
from portal.models import AuditEntry, VoidableRecord
from portal.records.kind import RecordKind
from portal.records.voiding import VoidRefused, agree_to_void, ask_to_void, restore
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import derive
from reports.counting.lineage import lineage
from reports.counting.near_misses import near_misses, reasons
from reports.figures.facts import FACTS, NOT_VOID
from reports.figures.measures import COUNT
from reports.figures.registry import Figure, Window
from reports.figures.units import Unit
from tests import builders
from tests.aid import asking, visiting
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

# One record of each kind that nothing refers to.
MADE: dict[type[VoidableRecord], Callable] = {
    Household: builders.household,
    Member: lambda union: builders.member(union, builders.household(union)),
    Income: lambda union: builders.income(union, builders.household(union)),
    Child: builders.child,
    Entry: make.entry,
    Contribution: make.contribution,
    Visit: builders.visit,
    FollowUp: lambda union: visiting.follow_up(builders.visit(union)),
    PracticePost: make.practice_post,
    PracticePlacement: visiting.placement,
    Organisation: visiting.organisation,
    Office: asking.office,
    OfficeQuestion: asking.question,
    Project: visiting.project,
    ProjectPayment: visiting.project_payment,
    ProjectGain: visiting.project_gain,
    Activity: visiting.activity,
    Participation: visiting.participation,
    Sponsor: visiting.sponsor_of_its_own,
    Pairing: visiting.pairing,
    Assistance: lambda union: make.assistance(union, kind="job_grant", amount=300),
    Graduate: builders.graduate,
    JobEvent: make.event,
}
# Whose pages offer to make what belongs to them.
HAS_BELOW = {Household, Child, Graduate, JobEvent, Organisation, PracticePost, Project, Sponsor}
NEEDS_SECOND = {Contribution, Assistance}  # money is touched
KINDS = sorted(MADE, key=lambda model: model.__name__)
COUNTED = {fact.model: fact for fact in FACTS if issubclass(fact.model, VoidableRecord)}
every_kind = pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)


def kind_of(record: VoidableRecord) -> RecordKind:
    return resolve(reverse(f"{record._meta.model_name}_void", args=[record.pk])).func.view_initkwargs["kind"]


def void(record: VoidableRecord, clerk, lead, reason: str = "duplicate") -> VoidableRecord:
    """Voided by the clerk, and agreed to by the lead where that is needed: `voided_by` tells whose hand it was."""
    done = ask_to_void(record, kind_of(record).voiding, reason=reason, by=By(clerk))
    return done if done.is_voided else agree_to_void(record, kind_of(record).voiding, by=By(lead))


def numbers(campaign, union):
    """All that is counted or reckoned of a unit."""
    return derive(campaign, union, make.AS_OF), balances(union)


def test_every_voidable_kind_is_tried():
    assert set(MADE) == {model for model in apps.get_models() if issubclass(model, VoidableRecord)}


def test_every_fact_of_voidable_records_passes_over_void_ones():
    assert {fact.name for fact in FACTS if NOT_VOID in fact.conditions} == {fact.name for fact in COUNTED.values()}


@every_kind
def test_void_record_is_in_no_number_until_it_is_restored(model, clerk, lead, district):
    campaign = make.campaign()
    record = MADE[model](district)
    counted = numbers(campaign, district)
    gone = void(record, clerk, lead)
    left = numbers(campaign, district)
    if model in {Entry, Contribution, PracticePost, Assistance, Graduate, JobEvent}:
        assert left != counted
    model.everything.filter(pk=record.pk).update(union_path="0ZZZ")  # as if it had never been there
    assert numbers(campaign, district) == left
    model.everything.filter(pk=record.pk).update(union_path=record.union_path)
    restore(gone, kind_of(record).voiding, editing=kind_of(record).editing, by=By(gone.voided_by))
    assert numbers(campaign, district) == counted


@every_kind
def test_void_record_is_listed_struck_through_on_request_only(model, client_of, clerk, lead, district):
    record = MADE[model](district)
    kind, client = kind_of(record), client_of(clerk)
    address = reverse(f"{kind.name}_list")
    assert client.get(address).context["listing"].page.total >= 1
    void(record, clerk, lead)
    listed = client.get(address).context["listing"].records
    assert not listed.filter(pk=record.pk).exists()
    shown = client.get(address, {"voided": "only"})
    assert [each.pk for each in shown.context["listing"].records] == [record.pk]
    assert "<s>" in shown.text
    assert "已作废" in shown.text
    assert client.get(address, {"voided": "all"}).context["listing"].records.filter(pk=record.pk).exists()


NEW_BELOW = re.compile(r'href="([^"]*/new/\?[^"]*)"')


@every_kind
def test_page_of_a_void_record_offers_nothing_to_be_made_below_it(model, client_of, clerk, lead, district):
    record = MADE[model](district)
    client, page = client_of(clerk), reverse(f"{kind_of(record).name}_detail", args=[record.pk])
    below = set(NEW_BELOW.findall(client.get(page).text))
    assert all(client.get(address).status_code == 200 for address in below)
    assert bool(below) == (model in HAS_BELOW)
    void(record, clerk, lead)
    left = client.get(page).text
    assert "已作废" in left
    assert NEW_BELOW.findall(left) == []
    assert "今天已核实" not in left


@every_kind
def test_void_record_is_no_longer_found_nor_exported(model, clerk, lead, district):
    record = MADE[model](district)
    void(record, clerk, lead)
    assert not model.objects.visible_to(clerk).filter(pk=record.pk).exists()
    exported = records_of(district, None)
    assert record.pk not in [each.pk for queryset in exported.values() for each in queryset if type(each) is model]


@every_kind
def test_export_of_void_records_marks_them(model, client_of, clerk, lead, district):
    record, other = MADE[model](district), MADE[model](district)
    void(record, clerk, lead)
    kind, client = kind_of(record), client_of(clerk)
    address = reverse(f"{kind.name}_export")
    plain = exported(client.get(address))
    assert "作废" not in plain[0]
    marked = exported(client.get(address, {"voided": "all"}))
    assert marked[0][-1] == "作废"
    assert [row[-1] for row in marked[1:] if row[-1]] == ["已作废：重复登记"]
    assert len(marked) == len(plain) + 1
    assert [row[-1] for row in exported(client.get(address, {"voided": "only"}))[1:]] == ["已作废：重复登记"]
    assert model.objects.filter(pk=other.pk).exists()


def exported(response) -> list[tuple]:
    file = io.BytesIO(b"".join(response.streaming_content))
    return list(load_workbook(file).active.iter_rows(values_only=True))


@pytest.mark.parametrize("model", sorted(COUNTED, key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_void_record_is_a_near_miss(model, clerk, lead, district):
    campaign, fact = make.campaign(), COUNTED[model]
    record = MADE[model](district)
    figure = next(
        (
            each
            for each in figures_of(campaign)
            if each.fact is fact and record in lineage(each, campaign, district, make.AS_OF)
        ),
        Figure("visits", 1, "", "走访", Unit.PERSON_TIMES, fact, COUNT),
    )
    void(record, clerk, lead)
    assert not lineage(figure, campaign, district, make.AS_OF).filter(pk=record.pk).exists()
    missed = next(each for each in near_misses(figure, campaign, district, make.AS_OF) if each.pk == record.pk)
    assert "已作废" in reasons(missed, figure, Window.of(campaign, make.AS_OF))


@every_kind
def test_history_and_audit_log_tell_who_and_why(model, clerk, lead, district):
    record = MADE[model](district)
    gone = void(record, clerk, lead, reason="wrong_value")
    last = record.history.latest()
    assert (last.history_type, last.history_change_reason) == ("~", "作废：金额、日期或内容有误")
    assert last.history_user == gone.voided_by == (lead if model in NEEDS_SECOND else clerk)
    acts = [entry.detail["act"] for entry in AuditEntry.objects.filter(action="record_saved").order_by("id")]
    asked = ["申请作废：金额、日期或内容有误"] if model in NEEDS_SECOND else []
    assert acts == [*asked, "作废：金额、日期或内容有误"]


def test_history_of_a_void_record_says_why_once(client_of, clerk, lead, district):
    record = builders.child(district)
    make.change(record, clerk, school="新学校")
    void(record, clerk, lead)
    latest = client_of(clerk).get(reverse("child_detail", args=[record.pk])).context["versions"][0]
    assert latest.act.startswith("作废：")
    assert latest.changes == ()


@every_kind
def test_it_is_undone_by_the_same_hand_within_the_day(model, clerk, lead, district):
    record = MADE[model](district)
    gone = void(record, clerk, lead)
    voiding, editing = kind_of(record).voiding, kind_of(record).editing
    other = lead if gone.voided_by == clerk else clerk
    with pytest.raises(VoidRefused, match="只有作废的本人可以撤销作废"):
        restore(gone, voiding, editing=editing, by=By(other))
    model.everything.update(voided_at=timezone.now() - timedelta(days=1))
    with pytest.raises(VoidRefused, match="只能在当天撤销"):
        restore(gone, voiding, editing=editing, by=By(gone.voided_by))
    model.everything.update(voided_at=timezone.now())
    restore(gone, voiding, editing=editing, by=By(gone.voided_by))
    assert model.objects.get(pk=record.pk).history.latest().history_change_reason == "撤销作废"


@every_kind
def test_page_of_a_void_record_says_so_and_offers_the_way_back(model, client_of, clerk, lead, district):
    record = MADE[model](district)
    gone = void(record, clerk, lead)
    hand = client_of(gone.voided_by)
    page = hand.get(reverse(f"{record._meta.model_name}_detail", args=[record.pk])).text
    assert "已作废：重复登记。" in page
    way = reverse(f"{record._meta.model_name}_void{'_agree' if gone.voided_by == lead else ''}", args=[record.pk])
    assert way in page
    assert hand.post(way, {"act": "restore"}).status_code == 302
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", [each for each in KINDS if each is not Member], ids=lambda model: model.__name__)
def test_same_record_can_be_entered_again_and_then_the_void_one_stays_void(model, clerk, lead, district):
    record = MADE[model](district)
    gone = void(record, clerk, lead)
    again = model.everything.get(pk=record.pk)
    again.pk = again.voided_at = again.voided_by = again.void_asked_at = again.void_asked_by = None
    again.validate_constraints()
    models.Model.save_base(again, raw=True)
    with pytest.raises(VoidRefused) as refused:
        restore(gone, kind_of(record).voiding, editing=kind_of(record).editing, by=By(gone.voided_by))
    assert "撤销" not in str(refused.value)
    assert list(model.objects.filter(pk__in=[record.pk, again.pk])) == [again]
