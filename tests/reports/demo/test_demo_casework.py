"""The demo's own district stands in the middle of a season: its pages have something to show, and to-dos wait."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from aid.enums import BatchState, Stage
from aid.models import (
    AidCase,
    AidStandard,
    BatchItem,
    Document,
    Exemplar,
    FollowUp,
    Household,
    NoticeBoard,
    Objection,
    OfficeQuestion,
    Pairing,
    PaymentBatch,
    PracticePlacement,
    Project,
    PublicNotice,
    Sponsor,
    UnitTable,
    Visit,
)
from aid.payments.ledger import balances
from aid.sponsors.sponsoring import reach
from employment.models import Attendance, Enquiry, Promise, Referral, Vacancy
from employment.proposals.services import waiting as proposed
from portal.desk.todos import waiting_for
from portal.models import Union, User
from reports.demo.keeping import LEFT
from reports.demo.seeking import LEAVING

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(module_db) -> None:
    with override_settings(DEBUG=True):
        call_command("load_demo", verbosity=0)


@pytest.fixture
def clerk(demo, db) -> User:
    """The demo, loaded; its clerk."""
    return User.objects.select_related("union").get(username="clerk")


def test_demo_shows_the_casework_of_a_season(clerk):
    check_papers_and_standards(clerk)
    check_notice_with_objection(clerk)
    check_the_whole_way(clerk)
    check_batches(clerk)
    check_sponsors_practice_and_exemplar(clerk)
    check_files_and_sources(clerk)
    check_visits(clerk)
    check_way_to_work(clerk)
    check_enquiries(clerk)
    check_todos(clerk)
    assert not [
        balance
        for unit in balances(Union.objects.get(depth=1)).values()
        for balance in unit.values()
        if balance.left < 0
    ]


def check_papers_and_standards(clerk):
    papers = Counter(Document.objects.values_list("household__number", flat=True))
    assert sorted(papers.values()) == [2, *[5] * 27]
    complete = Household.objects.exclude(pk__in=Household.objects.lacking_documents()).filter(number__in=papers)
    assert complete.count() == 27
    assert Household.objects.visible_to(clerk).unclosed().unverified().count() == LEFT
    last = AidCase.objects.visible_to(clerk).filter(campaign__year=timezone.localdate().year - 1)
    assert set(last.values_list("status", flat=True)) == {"closed", "rejected"}
    year = timezone.localdate().year
    assert Counter(AidStandard.objects.values_list("campaign__year", flat=True)) == {
        year: len(Stage),
        year - 1: len(Stage),
    }


def check_notice_with_objection(clerk):
    notice = PublicNotice.objects.running().get()
    assert notice.noticed.filter(taken_off=False).count() == 2
    assert Objection.objects.get().outcome == ""
    page = Client().get(reverse("notice_board", args=[NoticeBoard.objects.get(union=clerk.union).token]))
    assert page.status_code == 200
    assert notice.place in page.text
    over = PublicNotice.objects.filter(status="taken_down")
    lately = AidCase.objects.exclude(events=None).exclude(status__in=("followed_up", "closed"))
    moved = Counter(lately.exclude(noticed__notice__in=over).distinct().values_list("pk", "status"))
    assert sorted(status for _pk, status in moved) == ["checked", "draft", "on_notice", "on_notice", "submitted"]


def check_the_whole_way(clerk):
    """Each step of some cases stands on a day of its own, with the records that it leaves."""
    today, settled = timezone.localdate(), PaymentBatch.objects.filter(state="settled").order_by("pk").first()
    items = BatchItem.objects.filter(batch=settled).order_by("case")
    cases = [item.case for item in items.select_related("case")]
    assert [case.status for case in cases] == ["closed", "followed_up"]
    for case in cases:
        moves = list(case.events.order_by("pk").values_list("move", "at__date"))
        steps = ["submit", "check", "put_on_notice", "approve", "follow_up"]
        assert [move for move, _day in moves][: len(steps)] == steps
        days = [day for _move, day in moves[: len(steps)]]
        assert sorted(set(days)) == days
        assert days[-1] < today
        shown = case.noticed.get().notice
        assert (shown.status, shown.photo.notice_id) == ("taken_down", shown.pk)
    waiting = AidCase.objects.visible_to(clerk).filter(status="on_notice", noticed__notice__last_day__lt=today)
    assert waiting.count() == 2


def check_batches(clerk):
    expected = dict.fromkeys(BatchState.values, 1) | {BatchState.SETTLED: 3}
    assert Counter(PaymentBatch.objects.values_list("state", flat=True)) == expected
    bounced = BatchItem.objects.get(result="failed")
    assert (bounced.batch.state, bounced.reason, bounced.reissues.count()) == ("settled", "账户已销户", 0)


def check_sponsors_practice_and_exemplar(clerk):
    assert (Sponsor.objects.count(), Pairing.objects.count(), PracticePlacement.objects.count()) == (4, 4, 2)
    assert Pairing.objects.filter(household__isnull=False).count() == 1
    projects = Project.objects.as_listed().values_list("way", "state", "paid", "children_aided")
    assert set(projects) == {
        ("purchased_service", "project_accepted", 60000, 6),
        ("volunteer_project", "project_running", 0, 3),
    }
    found = reach(Sponsor.objects.get(name="市慈善基金会"), clerk)
    assert found.given > 0
    assert found.children == 1
    shown = Exemplar.objects.get()
    assert shown.published_on == timezone.localdate()
    assert sorted(shown.files.values_list("kind", flat=True)) == ["consent", "picture"]


def check_files_and_sources(clerk):
    """Something for every page of other documents, of the file of the whole country, of own standards, of sources."""
    homes = Household.objects.visible_to(clerk).select_related("worker")
    assert Counter(home.worker.document for home in homes) == {
        "居民身份证": 37,
        "港澳居民来往内地通行证": 1,
        "台湾居民来往大陆通行证": 1,
        "护照": 1,
    }
    assert len([home for home in homes if home.ethnicity and home.housing_area]) == 8
    own = UnitTable.objects.get()
    assert (own.union.code, own.state, own.standards.count()) == ("310102", "in_force", 2)
    shared = AidCase.objects.filter(shares__isnull=False).distinct().order_by("status")
    assert [(case.status, case.shares.count()) for case in shared] == [
        ("closed", 2),
        ("on_notice", 2),
        ("submitted", 2),
    ]
    paid = shared[0].disbursements.order_by("pk").values_list("source", "amount", "status")
    assert list(paid) == [("union", shared[0].standard - 400, "paid"), ("social", 400, "paid")]


def check_visits(clerk):
    follow_ups = FollowUp.objects.filter(done_on=None).values_list("visit__by_telephone", "kind")
    assert sorted(follow_ups) == [(False, "offer_project"), (False, "update_file"), (True, "adjust_standard")]
    assert Visit.objects.filter(by_telephone=True).count() == 1


def check_way_to_work(clerk):
    assert Counter(Referral.objects.values_list("state", flat=True)) == {"passed": 2, "accepted_offer": 2, "placed": 1}
    assert Promise.objects.filter(closed_on=None).count() == 3
    assert Counter(Attendance.objects.values_list("way", flat=True)) == {"ticked": 3, "scanned": 1}
    assert Vacancy.objects.open_on(timezone.localdate()).filter(published=True).count() == 3

    assert proposed(clerk).count() == LEAVING


def check_enquiries(clerk):
    own = Enquiry.objects.visible_to(clerk)
    states = Counter(own.values_list("outcome", flat=True))
    assert states == {"open_enquiry": 5, "filed": 1, "helped": 1, "answered": 2}
    assert own.overdue(timezone.localdate()).count() == 1
    assert own.handed_over().get().sender == "西江区总工会"


def check_todos(clerk):
    waiting = {str(todo.label): todo.count for todo in waiting_for(clerk)}
    assert waiting["过期未兑现的帮扶承诺"] == waiting["7 天内要兑现的帮扶承诺"] == 1
    assert waiting["超过 7 天未答复的岗位推荐"] == 1
    assert waiting["发放失败、尚未重发的款项"] == 1
    assert waiting["走访后待跟进的事项"] == 3
    assert waiting["等部门答复的问询"] == OfficeQuestion.objects.count() - 1 == 1
    assert "过了期限、部门还没有答复的问询" not in waiting
    assert (waiting["待办理的咨询"], waiting["逾期未办结的咨询"], waiting["其他工会转来的咨询"]) == (
        5,
        1,
        1,
    )
    lead = {str(todo.label): todo.count for todo in waiting_for(User.objects.get(username="lead"))}
    assert (lead["等待复核发放的发放批次"], lead["等您初审的助学申请"]) == (1, 1)
