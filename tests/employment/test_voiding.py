"""Help that was entered by mistake: counted no more, its versions stay, and nothing that hangs on it is torn."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from employment.models import Assistance, Promise
from employment.voiding import void_help
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.derive import derive
from tests import builders
from tests.employment.builders import promise, referral, retention_check
from tests.forms import create_address, errors, send
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

REASON = "重复登记"


def address(help_: Assistance) -> str:
    return reverse("assistance_void", args=[help_.pk])


def test_help_is_taken_back_from_its_page(client_of, clerk, district):
    made = Assistance.objects.get(pk=make.assistance(district, kind="training").pk)
    made.save()  # with a version
    client = client_of(clerk)
    assert address(made) in client.get(reverse("assistance_detail", args=[made.pk])).content.decode()
    answer = send(client, address(made), reason=REASON)
    assert answer.url == reverse("graduate_detail", args=[made.graduate_id])
    assert not Assistance.objects.exists()
    kept = Assistance.history.filter(id=made.pk).order_by("history_id")
    assert [version.history_type for version in kept] == ["~", "-"]
    assert (kept.last().history_user, kept.last().history_change_reason) == (clerk, REASON)
    entry = AuditEntry.objects.get(action="record_saved")
    what = {"graduate": made.graduate_id, "help": "技能培训", "day": str(made.given_on)}
    assert entry.subject == f"就业帮扶 {made.number}"
    assert entry.detail == {"voided": True, "reason": REASON, **what}


def test_it_is_counted_no_more(clerk, district):
    campaign = make.campaign()
    first, _second = (make.assistance(district, kind="training") for _turn in range(2))
    before = derive(campaign, district)
    void_help(first, REASON, actor=clerk)
    after = derive(campaign, district)
    changed = {figure: (before[figure], after[figure]) for figure in before if before[figure] != after[figure]}
    assert set(changed.values()) == {(2, 1)}


def test_only_who_keeps_records_is_offered_it(client_of, lead, auditor, district):
    made = make.assistance(district, kind="training")
    for reader in (lead, auditor):
        assert address(made) not in client_of(reader).get(reverse("assistance_detail", args=[made.pk])).content.decode()
        with pytest.raises(MoveRefused, match="您的岗位不能作废就业帮扶"):
            void_help(made, REASON, actor=reader)
    assert Assistance.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "必须填写"), ("  ", "必须填写"), ("问 13816245702", "原因中不要填写身份证号、电话号码等信息。")],
)
def test_reason_is_needed_and_tells_no_number(client_of, clerk, district, reason, words):
    made = make.assistance(district, kind="training")
    answer = send(client_of(clerk), address(made), reason=reason)
    assert list(errors(answer)) == ["reason"]
    assert words in errors(answer)["reason"][0]
    with pytest.raises(ValidationError, match="请写明为什么作废"):
        void_help(made, " ", actor=clerk)
    assert Assistance.objects.count() == 1


def test_help_that_settled_a_referral_stays(client_of, clerk, district):
    made = make.assistance(district, kind="placement")
    told = referral(district, graduate=made.graduate, state="placed", placement=made)
    answer = client_of(clerk).post(address(made), {"reason": REASON})
    words = f"岗位推荐 {told.number} 以这条“实现就业”录用，不能作废"
    assert errors(answer) == {"__all__": [words]}
    assert answer.context["hindrance"] == words
    assert Assistance.objects.count() == 1


def test_placement_that_was_asked_about_stays(clerk, district):
    made = make.assistance(district, kind="placement")
    retention_check(district, placement=made)
    with pytest.raises(MoveRefused, match="已有稳岗回访，不能作废"):
        void_help(made, REASON, actor=clerk)


def test_promise_that_it_kept_is_open_again(client_of, clerk, district):
    told = promise(district, kind="training")
    client = client_of(clerk)
    typed = {"kind": "技能培训", "given_on": "2014-08-01"}
    assert send(client, create_address("assistance", graduate=told.graduate), **typed).status_code == 302
    made = Assistance.objects.get()
    assert Promise.objects.get().kept_by == made
    void_help(made, REASON, actor=clerk)
    again = Promise.objects.get()
    assert (again.kept_by, again.closed_on, again.get_state_display()) == (None, None, "待兑现")
    assert (again.version, again.history.first().history_change_reason) == (3, "兑现的帮扶已作废")


def test_promise_made_since_is_not_doubled(clerk, district):
    made = make.assistance(district, kind="training")
    of = {"graduate": made.graduate, "kind": "training"}
    promise(district, kept_by=made, closed_on=made.given_on, **of)
    promise(district, **of)
    with pytest.raises(MoveRefused, match="请先取消后一项承诺再作废"):
        void_help(made, REASON, actor=clerk)
    assert Assistance.objects.count() == 1


def test_it_is_taken_back_once(clerk, district):
    made = make.assistance(district, kind="training")
    void_help(Assistance.objects.get(pk=made.pk), REASON, actor=clerk)
    with pytest.raises(MoveRefused, match="已经作废"):
        void_help(made, REASON, actor=clerk)
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_help_of_another_unit_is_not_found(client_of, clerk, foreign_district):
    made = make.assistance(foreign_district, kind="training")
    assert client_of(clerk).get(address(made)).status_code == 404
    with pytest.raises(MoveRefused, match="不在您的工会范围内"):
        void_help(made, REASON, actor=clerk)


def test_graduate_who_moved_away_is_not_led_to(client_of, clerk, district, foreign_district):
    made = make.assistance(district, graduate=builders.graduate(foreign_district), kind="training")
    assert send(client_of(clerk), address(made), reason=REASON).url == reverse("assistance_list")


def test_pressed_twice_it_acts_once_and_a_stranger_learns_nothing(client_of, clerk, foreign_clerk, district):
    made = make.assistance(district, kind="training")
    client, sent = client_of(clerk), {"reason": REASON}
    first, second = (client.post(address(made), sent) for _turn in range(2))
    assert first.url == reverse("graduate_detail", args=[made.graduate_id])
    assert second.url == reverse("assistance_list")
    assert "这条帮扶已经作废，没有重复办理。" in client.get(second.url).text
    assert AuditEntry.objects.filter(action="record_saved").count() == 1
    assert client_of(foreign_clerk).post(address(made), sent).status_code == 404
