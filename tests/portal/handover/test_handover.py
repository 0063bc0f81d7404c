import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from aid.casework.waiting import _own
from aid.guards.hands import had_a_hand_in
from aid.models import AidCase, Contribution, PaymentBatch, UnitTable
from aid.payments.confirming import against_confirming
from aid.payments.workflow import _against_releasing
from aid.standards.own import _own_hands
from employment.models import Graduate
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.handover.service import counted, hand_over
from portal.keeping import keep
from portal.models import (
    AuditEntry,
    DeskHandover,
    FormDraft,
    Import,
    ListUpload,
    RevealRequest,
    SignInSession,
    User,
    WorkbookUpload,
)
from portal.models.lists import ListState
from portal.models.upload import UploadState
from portal.workbook.uploading import _locked
from portal.workflow import MoveRefused
from tests import builders
from tests.aid import cases as casework
from tests.employment import builders as jobs
from tests.factories import UserFactory


@pytest.fixture
def heir(district):
    return UserFactory(username="heir", name="何接", role="clerk", union=district)


NAMES = iter(f"毕业{number}" for number in range(1000))


def graduate(union, helper, **fields):
    made = builders.graduate(union, next(NAMES))
    Graduate.objects.filter(pk=made.pk).update(helper=helper, **fields)
    return made.pk


def draft(user, page):
    return FormDraft.objects.create(user=user, page=page, content="name=x")


def numbers(account):
    return {str(each.part.label): each.count for each in counted(account)}


def test_graduates_and_drafts_go_over_and_the_account_is_closed(clerk, heir, security, district, client_of):
    client_of(clerk)
    mine, closed = graduate(district, clerk.name), graduate(district, clerk.name, closed_on=timezone.localdate())
    other = graduate(district, "别人")
    draft(clerk, "/households/new/")
    draft(clerk, "/visits/new/")
    draft(heir, "/visits/new/")
    draft(clerk, "javascript:alert(1)")
    assert numbers(clerk)["负责帮扶的毕业生"] == 1
    done = hand_over(clerk, heir, by=By(security))
    helpers = dict(Graduate.objects.values_list("pk", "helper"))
    assert helpers == {mine: "何接", closed: clerk.name, other: "别人"}
    version = Graduate.history.filter(id=mine).latest()
    assert (version.history_user, version.history_change_reason) == (security, "账号交接")
    assert set(FormDraft.objects.values_list("user__username", "page")) == {
        ("heir", "/households/new/"),
        ("heir", "/visits/new/"),
        ("heir", "javascript:alert(1)"),
        ("clerk", "/visits/new/"),
    }
    assert (done.told["drafts"], done.told["stayed"]) == (["/households/new/"], 1)
    clerk.refresh_from_db()
    assert not clerk.is_active
    assert not SignInSession.objects.filter(account=clerk).exists()
    entry = AuditEntry.objects.latest("id")
    assert (entry.actor, entry.subject, entry.detail["act"]) == (security, "clerk", "账号交接给 heir")
    assert entry.detail["fields"] == ["填了一半的表单（草稿） 2", "负责帮扶的毕业生 1"]


def test_graduates_of_two_of_one_name_stay_and_that_is_told(clerk, heir, security, district):
    UserFactory(name=clerk.name, role="lead", union=district)
    kept = graduate(district, clerk.name)
    done = hand_over(clerk, heir, by=By(security))
    assert Graduate.objects.get(pk=kept).helper == clerk.name
    (told,) = [each for each in done.told["given"] if each[0] == "负责帮扶的毕业生"]
    assert told[1:] == [0, "本单位有同名的同事，毕业生的帮扶责任人不自动改，请在名单中逐人核对。"]


def test_all_of_it_or_nothing(clerk, heir, security, district, monkeypatch):
    mine = graduate(district, clerk.name)
    draft(clerk, "/households/new/")
    monkeypatch.setattr("portal.handover.service._record", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_over(clerk, heir, by=By(security))
    clerk.refresh_from_db()
    assert clerk.is_active
    assert Graduate.objects.get(pk=mine).helper == clerk.name
    assert FormDraft.objects.get().user == clerk
    assert not DeskHandover.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "lead", "foreign_clerk", "grassroots_clerk", "security", "closed"])
def test_successor_is_another_of_the_same_union_and_role(request, clerk, heir, security, district, who):
    closed = UserFactory(role="clerk", union=district, is_active=False)
    other = closed if who == "closed" else request.getfixturevalue(who)
    with pytest.raises(ValidationError):
        hand_over(clerk, other, by=By(security))
    clerk.refresh_from_db()
    assert clerk.is_active


def test_lead_hands_over_clerks_of_the_own_union_alone(clerk, heir, lead, foreign_clerk, auditor, district):
    for account, by in ((foreign_clerk, lead), (lead, lead), (clerk, auditor), (clerk, heir)):
        with pytest.raises(ValidationError):
            hand_over(account, heir, by=By(by))
    hand_over(clerk, heir, by=By(lead))
    clerk.refresh_from_db()
    assert not clerk.is_active


def test_what_is_under_way_is_counted_and_stays_who_brought_it(clerk, heir, security, district):
    upload = ListUpload(uploaded_by=clerk, file_name="a.csv", content=b"x", table="{}", reading="{}")
    upload.place_in(district)
    upload.save()
    book = WorkbookUpload(uploaded_by=clerk, file_name="a.xlsx", content=b"x", outcome="{}", state=UploadState.CHECKED)
    book.place_in(district)
    book.save()
    done = hand_over(clerk, heir, by=By(security))
    assert done.told["left"] == [["没有办完的清单导入", 1], ["没有办完的工作簿导入", 1]]
    upload.refresh_from_db()
    assert (upload.uploaded_by, upload.state) == (clerk, ListState.OPEN)


class TestFourEyes:
    """The successor, a lead by now, judges nothing that the predecessor entered, nor does the one after."""

    @pytest.fixture
    def after(self, clerk, heir, security, district):
        third = UserFactory(role="clerk", union=district)
        hand_over(clerk, heir, by=By(security))
        hand_over(heir, third, by=By(security))
        User.objects.filter(pk=third.pk).update(role="lead")
        return User.objects.get(pk=third.pk)

    @pytest.fixture
    def other(self, district):
        return UserFactory(role="lead", union=district)

    def test_hands_are_those_of_all_before(self, after, clerk, heir, other):
        assert after.hands == {after.pk, heir.pk, clerk.pk}
        assert other.hands == {other.pk}
        assert clerk.hands == {clerk.pk}

    def test_case(self, after, other, clerk, district):
        case = casework.case(district)
        keep(AidCase.objects.get(pk=case.pk), By(clerk), "")
        assert had_a_hand_in([case], after) == {case.pk}
        assert had_a_hand_in([case], other) == set()
        mine = AidCase.objects.filter(pk=case.pk)
        assert (mine.filter(_own(after)).count(), mine.filter(_own(other)).count()) == (1, 0)

    def test_batch_contribution_and_standards(self, after, other, clerk):
        assert "不能复核自己编制的批次" in _against_releasing(PaymentBatch(made_by=clerk), after)
        assert "由您登记" in against_confirming(Contribution(entered_by=clerk), after)
        assert against_confirming(Contribution(entered_by=clerk), other) == ""
        assert _own_hands(UnitTable(set_by=clerk), after) != ""
        assert _own_hands(UnitTable(set_by=clerk), other) == ""

    def test_imports(self, after, other, clerk, lead, district):
        book = WorkbookUpload(uploaded_by=clerk, file_name="a.xlsx", content=b"x", outcome="{}", sent_by=clerk)
        book.state = UploadState.WAITING
        book.place_in(district)
        book.save()
        taken = Import(made_by=clerk, file_name="a.xlsx", asked_by=clerk, asked_at=timezone.now())
        taken.place_in(district)
        taken.save()
        for model, reading in ((WorkbookUpload, "awaiting"), (Import, "asked_back")):
            assert not getattr(model.objects, reading)(after).exists()
            assert getattr(model.objects, reading)(other).exists()
        with pytest.raises(MoveRefused, match="须由另一人复核"):
            _locked(book, By(after))
        assert _locked(book, By(other)) == book

    def test_requests(self, after, other, clerk, district):
        RevealRequest.objects.create(
            kind="household", record=1, subject="家庭 1", address="/", union=district, reason="核对", asked_by=clerk
        )
        assert not RevealRequest.objects.for_second(after).exists()
        assert RevealRequest.objects.for_second(other).exists()


def test_pages_lead_from_the_account_to_the_sheet(client_of, clerk, heir, security, lead, district):
    graduate(district, clerk.name)
    draft(clerk, "/households/new/")
    client = client_of(security)
    begin = f"/accounts/{clerk.pk}/hand-over/"
    assert begin in client.get(f"/accounts/{clerk.pk}/").text
    assert "/graduates/?helper=" not in client.get(begin).text
    by_lead = client_of(lead)
    assert begin in by_lead.get("/accounts/handovers/").text
    assert f'<a href="/graduates/?helper={clerk.pk}">1</a>' in by_lead.get(begin).text
    done = client.post(begin, {"successor": heir.pk})
    handover = DeskHandover.objects.get()
    assert done.url == f"/accounts/handovers/{handover.pk}/"
    sheet = client.get(done.url).text
    for words in ("工作交接单", "负责帮扶的毕业生", "何接", "监交人"):
        assert words in sheet
    mine = client_of(heir)
    assert {str(each.label): each.count for each in waiting_for(heir)}["近 30 天交接给您的工作"] == 1
    assert 'href="/households/new/"' in mine.get("/accounts/handovers/").text
    assert mine.get(done.url).status_code == 200
    assert client_of(UserFactory(role="clerk", union=district)).get(done.url).status_code == 404
    assert client.get(f"{done.url}?as=docx").status_code == 200


def test_sheet_tells_when_something_is_due(clerk, heir, security, district):
    day = timezone.localdate() + datetime.timedelta(days=3)
    jobs.promise(district, graduate=graduate_of(district, clerk.name), due_on=day)
    assert [f"{day:%Y-%m-%d}", "兑现帮扶承诺 1 项"] in hand_over(clerk, heir, by=By(security)).told["days"]


def graduate_of(union, helper):
    return Graduate.objects.get(pk=graduate(union, helper))
