"""Help that was entered by mistake: nothing that hangs on it is torn, and one page serves it as every kind."""

import pytest
from django.urls import reverse

from employment.assistance.voiding import VOIDING
from employment.models import Assistance, Promise
from portal.audit import By
from portal.models import AuditEntry
from portal.records.voiding import VoidRefused, agree_to_void, ask_to_void, refuse_to_void
from tests import builders
from tests.employment.builders import promise, referral, retention_check
from tests.forms import create_address, errors, send
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

HELP = VOIDING[Assistance]


def address(help_: Assistance) -> str:
    return reverse("assistance_void", args=[help_.pk])


def ask(help_: Assistance, actor, reason: str = "duplicate", note: str = "") -> Assistance:
    return ask_to_void(help_, HELP, reason=reason, note=note, by=By(actor))


def test_help_is_taken_back_from_its_page(client_of, clerk, district):
    made = make.assistance(district, kind="training")
    client = client_of(clerk)
    assert address(made) in client.get(reverse("assistance_detail", args=[made.pk])).text
    answer = send(client, address(made), reason="other_reason", note="听错了")
    assert answer.url == reverse("assistance_detail", args=[made.pk])
    assert not Assistance.objects.exists()
    gone = Assistance.everything.get()
    assert (gone.void_words, gone.voided_by, gone.version) == ("听错了", clerk, 2)
    entry = AuditEntry.objects.get(action="record_saved")
    assert (entry.subject, entry.detail) == (f"就业帮扶 {made.number}", {"act": "作废：听错了"})


def test_only_who_keeps_records_is_offered_it(client_of, lead, auditor, district):
    made = make.assistance(district, kind="training")
    for reader in (lead, auditor):
        assert address(made) not in client_of(reader).get(reverse("assistance_detail", args=[made.pk])).text
        with pytest.raises(VoidRefused, match="您的岗位不能作废记录"):
            ask(made, reader)
    assert Assistance.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "other_reason", "note": " "}, "note"),
        ({"reason": "duplicate", "note": "问 13816245702"}, "note"),
    ],
)
def test_reason_is_a_code_and_the_note_tells_no_number(client_of, clerk, district, typed, at):
    made = make.assistance(district, kind="training")
    assert list(errors(send(client_of(clerk), address(made), **typed))) == [at]
    for reason in ("", "other_reason", "unknown"):
        with pytest.raises(VoidRefused, match="请选择作废原因"):
            ask(made, clerk, reason)
    assert Assistance.objects.count() == 1


def test_help_with_money_waits_for_the_lead_who_may_refuse(client_of, clerk, lead, district):
    made = make.assistance(district, kind="job_grant", amount=300, voucher="P1")
    assert send(client_of(clerk), address(made), reason="wrong_value").status_code == 302
    asked = Assistance.objects.get()
    assert (asked.voiding_is_asked, asked.is_voided) == (True, False)
    page = client_of(lead).get(reverse("assistance_detail", args=[made.pk])).text
    assert "已申请作废：金额、日期或内容有误。" in page
    with pytest.raises(VoidRefused, match="正等另一人复核"):
        ask(asked, clerk)
    with pytest.raises(VoidRefused, match="须由申请人以外的单位审核人同意"):
        agree_to_void(asked, HELP, by=By(clerk))
    refuse_to_void(asked, by=By(lead))
    assert Assistance.objects.get().void_asked_at is None
    ask(asked, clerk)
    assert client_of(lead).post(reverse("assistance_void_agree", args=[made.pk]), {"act": "agree"}).status_code == 302
    assert not Assistance.objects.exists()


def test_help_that_settled_a_referral_stays(client_of, clerk, district):
    made = make.assistance(district, kind="placement")
    told = referral(district, graduate=made.graduate, state="placed", placement=made)
    answer = client_of(clerk).post(address(made), {"reason": "duplicate"})
    words = f"岗位推荐 {told.number} 以这条“实现就业”录用，不能作废"
    assert answer.context["refused"] == answer.context["against"] == words
    assert Assistance.objects.count() == 1


def test_placement_that_was_asked_about_stays(clerk, district):
    made = make.assistance(district, kind="placement")
    retention_check(district, placement=made)
    with pytest.raises(VoidRefused, match="已有稳岗回访，不能作废"):
        ask(made, clerk)


def test_promise_that_it_kept_is_open_again(client_of, clerk, district):
    told = promise(district, kind="training")
    client = client_of(clerk)
    typed = {"kind": "技能培训", "given_on": "2014-08-01"}
    assert send(client, create_address("assistance", graduate=told.graduate), **typed).status_code == 302
    made = Assistance.objects.get()
    assert Promise.objects.get().kept_by == made
    ask(made, clerk)
    again = Promise.objects.get()
    assert (again.kept_by, again.closed_on, again.get_state_display()) == (None, None, "待兑现")
    assert (again.version, again.history.first().history_change_reason) == (3, "兑现的帮扶已作废")


def test_promise_made_since_is_not_doubled(clerk, district):
    made = make.assistance(district, kind="training")
    of = {"graduate": made.graduate, "kind": "training"}
    promise(district, kept_by=made, closed_on=made.given_on, **of)
    promise(district, **of)
    with pytest.raises(VoidRefused, match="请先取消后一项承诺再作废"):
        ask(made, clerk)
    assert Assistance.objects.count() == 1


def test_pressed_twice_it_acts_once(client_of, clerk, district):
    made = make.assistance(district, kind="training")
    client = client_of(clerk)
    first, second = (client.post(address(made), {"reason": "duplicate"}) for _turn in range(2))
    assert (first.status_code, second.context["refused"]) == (302, "这条记录已经作废。")
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_help_of_another_unit_is_not_found(client_of, clerk, foreign_clerk, district, foreign_district):
    made = make.assistance(foreign_district, kind="training")
    assert client_of(clerk).get(address(made)).status_code == 404
    with pytest.raises(VoidRefused, match="不在您的工会范围内"):
        ask(made, clerk)
    own = make.assistance(district, graduate=builders.graduate(foreign_district), kind="training")
    assert client_of(foreign_clerk).post(address(own), {"reason": "duplicate"}).status_code == 404
