"""Help for many in one form: one transaction, one version each, all or nothing, once."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employment.models import Assistance
from employment.views.help import many as help_many
from portal.models import AuditEntry
from tests import builders
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

URL = "/graduates/help/"
TRAINING = {"given_on": "2014-07-15", "kind": "技能培训", "provider": "东湖技校", "note": "电工班"}
GRANT = {"given_on": "2014-07-15", "kind": "求职补贴", "amount": "300", "voucher": "B-1"}


@pytest.fixture
def three(district, grassroots):
    return [
        builders.graduate(union, name) for union, name in ((district, "甲一"), (district, "乙二"), (grassroots, "丙三"))
    ]


def ask(client, graduates, **chosen):
    """The form for these graduates, as the list leads to it."""
    return client.post(URL, {"ids": [each.pk for each in graduates]} | chosen)


def filled(page, typed: dict) -> dict:
    """What the browser sends: the hidden fields and what was typed."""
    form = page.context["form"]
    ids = [each.pk for each in form.graduates]
    return {"ids": ids, "filters": "", "key": str(form["key"].value())} | typed


def given() -> list[tuple]:
    return list(Assistance.objects.order_by("pk").values_list("graduate__name", "kind", "amount", "provider"))


def test_list_offers_it_to_clerks_alone(client_of, clerk, lead, auditor, three):
    assert URL in client_of(clerk).get(reverse("graduate_list")).content.decode()
    for reader in (lead, auditor):
        assert URL not in client_of(reader).get(reverse("graduate_list")).content.decode()


def test_one_form_for_all_that_were_ticked(client_of, clerk, three):
    client = client_of(clerk)
    page = ask(client, three)
    assert [graduate.name for graduate, _fields, _box in page.context["form"].lines] == ["甲一", "乙二", "丙三"]
    answer = client.post(URL, filled(page, TRAINING))
    assert answer.url == reverse("assistance_list")
    assert given() == [(name, "training", None, "东湖技校") for name in ("甲一", "乙二", "丙三")]
    for made in Assistance.objects.all():
        assert made.history.get().history_user == clerk
        assert (made.union, made.version) == (made.graduate.union, 1)
    assert len(set(Assistance.objects.values_list("number", flat=True))) == 3
    entry = AuditEntry.objects.get(action="record_saved")
    assert entry.detail["count"] == 3


def test_all_that_the_filters_find_are_meant_on_all_pages(client_of, clerk, district, three):
    for _turn in range(60):
        builders.graduate(district, intention="further_study")
    page = ask(client_of(clerk), [], all="1", filters="intention=needs_help")
    assert [each.name for each in page.context["form"].graduates] == ["甲一", "乙二", "丙三"]
    page = ask(client_of(clerk), [], all="1", filters="")
    assert len(page.context["form"].graduates) == 63


def test_amount_on_a_line_goes_before_that_for_all(client_of, clerk, three):
    client = client_of(clerk)
    page = ask(client, three)
    client.post(URL, filled(page, GRANT | {f"amount_{three[1].pk}": "500.50"}))
    assert [amount for _name, _kind, amount, _by in given()] == [Decimal(300), Decimal("500.50"), Decimal(300)]


def test_what_was_given_is_summed_after_saving(client_of, clerk, three):
    client = client_of(clerk)
    sent = filled(ask(client, three), GRANT | {f"amount_{three[1].pk}": "500.50"})
    assert "已登记 3 人次帮扶，金额合计 1100.50 元。" in client.post(URL, sent, follow=True).content.decode()
    sent = filled(ask(client, three), TRAINING)
    assert "已登记 3 人次帮扶。" in client.post(URL, sent, follow=True).content.decode()


def test_what_a_kind_needs_is_said_beside_its_fields(client_of, clerk, three):
    form = ask(client_of(clerk), three).context["form"]
    said = {name: "必填" in str(form[name].help_text) for name in ("note", "amount", "voucher", "certificate")}
    assert said == {"note": False, "amount": True, "voucher": True, "certificate": True}
    assert form["certificate_level"].help_text == "类别为职业资格证书时必填。"


@pytest.mark.parametrize(("day", "noticed"), [("2013-01-01", False), ("2012-12-31", True)])
def test_help_long_before_registration_is_noticed_by_name(client_of, clerk, three, day, noticed):
    client = client_of(clerk)
    answer = client.post(URL, filled(ask(client, three[:2]), TRAINING | {"given_on": day}), follow=True)
    assert ("帮扶日期比登记的年份早一年以上，请核对：甲一、乙二" in answer.content.decode()) is noticed
    assert Assistance.objects.count() == 2


def test_certificate_numbers_are_of_each(client_of, clerk, three):
    client = client_of(clerk)
    certificate = TRAINING | {"kind": "职业资格证书", "certificate": "电工", "certificate_level": "五级（初级工）"}
    first, second, third = (f"certificate_number_{each.pk}" for each in three)
    typed = certificate | {first: "ZS-1", second: "ZS-1"}
    page = client.post(URL, filled(ask(client, three), typed))
    assert page.context["form"].errors == {
        second: ["与本表中另一人的证书编号相同，请核对"],
        third: ["职业资格证书必须填写证书编号；还没有编号的请填“暂无”"],
    }
    client.post(URL, filled(page, typed | {second: "暂无", third: "暂无"}))
    made = {each.graduate.name: each.certificate_number for each in Assistance.objects.select_related("graduate")}
    assert made == {"甲一": "ZS-1", "乙二": "暂无", "丙三": "暂无"}


def test_one_wrong_line_saves_nothing_and_keeps_the_form(client_of, clerk, three):
    client = client_of(clerk)
    typed = GRANT | {"amount": "", "note": "留着"}
    lines = {f"amount_{three[0].pk}": "300", f"amount_{three[1].pk}": "三百", f"amount_{three[2].pk}": "400"}
    page = client.post(URL, filled(ask(client, three), typed | lines))
    assert page.status_code == 200
    form = page.context["form"]
    assert list(form.errors) == [f"amount_{three[1].pk}"]
    assert [form[name].value() for name in (*lines, "note")] == ["300", "三百", "400", "留着"]
    marked = [name for name in lines if "is-invalid" in str(form[name])]
    assert marked == [f"amount_{three[1].pk}"]
    assert not Assistance.objects.exists()
    assert not AuditEntry.objects.filter(action="record_saved").exists()


def test_rule_is_told_on_each_line_that_breaks_it(client_of, clerk, three):
    client = client_of(clerk)
    page = client.post(URL, filled(ask(client, three), GRANT | {"amount": "", f"amount_{three[0].pk}": "300"}))
    form = page.context["form"]
    assert list(form.errors) == [f"amount_{three[1].pk}", f"amount_{three[2].pk}"]
    assert "必须填写金额" in form.errors[f"amount_{three[1].pk}"][0]
    assert not Assistance.objects.exists()


def test_fault_of_what_is_shared_is_said_once(client_of, clerk, three):
    client = client_of(clerk)
    page = client.post(URL, filled(ask(client, three), GRANT | {"voucher": ""}))
    assert page.context["form"].errors == {"voucher": ["小额担保贷款和求职补贴必须填写凭证号"]}


def test_sent_twice_it_acts_once_and_a_changed_form_is_not_lost(client_of, clerk, three):
    client = client_of(clerk)
    sent = filled(ask(client, three), TRAINING)
    client.post(URL, sent)
    again = client.post(URL, sent, follow=True)
    assert "没有重复登记" in again.content.decode()
    changed = client.post(URL, sent | {"note": "又改了"})
    assert "已经保存过" in changed.content.decode()
    assert changed.context["form"]["note"].value() == "又改了"
    assert Assistance.objects.count() == 3


def test_graduates_of_another_union_are_nobody(client_of, clerk, district, foreign_district, three):
    foreign = builders.graduate(foreign_district, "外区")
    page = ask(client_of(clerk), [*three, foreign])
    assert [each.name for each in page.context["form"].graduates] == ["甲一", "乙二", "丙三"]
    answer = ask(client_of(clerk), [foreign])
    assert answer.url.startswith(reverse("graduate_list"))


def test_more_than_one_form_holds_is_refused_with_the_limit(client_of, clerk, three, monkeypatch):
    monkeypatch.setattr(help_many, "LARGEST", 2)
    client = client_of(clerk)
    assert ask(client, three).url == reverse("graduate_list")
    assert "一次最多登记 2 人" in client.get(reverse("graduate_list")).content.decode()
    assert ask(client, three[:2]).status_code == 200


def test_number_somebody_typed_is_left_out(client_of, clerk, district, three):
    client = client_of(clerk)
    client.post(URL, filled(ask(client, three[:1]), TRAINING))
    first = Assistance.objects.get().number
    serial = int(re.search(r"(\d{6})$", first).group())
    taken = f"{first[:-6]}{serial + 2:06d}"
    make.assistance(district, number=taken, kind="policy")
    client.post(URL, filled(ask(client, three), TRAINING | {f"is_meant_{three[0].pk}": "on"}))
    assert Assistance.objects.count() == 5


def doubt(help_: Assistance) -> str:
    words = f"该毕业生 {help_.given_on} 已登记过“{help_.get_kind_display()}”（{help_.number}）"
    return f"{words}；确属另一次帮扶的，请勾选后再保存。"


def test_help_entered_again_is_asked_about_on_its_line(client_of, clerk, three):
    client = client_of(clerk)
    before = make.assistance(three[1].union, graduate=three[1], kind="training", given_on=TRAINING["given_on"])
    before.refresh_from_db()
    page = ask(client, three)
    assert [box for _graduate, _fields, box in page.context["form"].lines] == [None, None, None]
    sent = filled(page, TRAINING)
    page = client.post(URL, sent)
    box = f"is_meant_{three[1].pk}"
    assert page.context["form"].errors == {box: [doubt(before)]}
    assert f'name="{box}"' in page.content.decode()
    assert f'name="is_meant_{three[0].pk}"' not in page.content.decode()
    assert Assistance.objects.count() == 1
    assert client.post(URL, sent | {box: "on"}).status_code == 302
    assert Assistance.objects.count() == 4
    again = client.post(URL, sent | {box: "on"}, follow=True)  # pressed twice
    assert "没有重复登记" in again.content.decode()


def test_what_another_unit_gave_or_is_of_another_kind_or_day_is_no_repeat(client_of, clerk, three, foreign_district):
    given = {"graduate": three[0], "given_on": TRAINING["given_on"]}
    make.assistance(foreign_district, kind="training", **given)
    make.assistance(three[0].union, kind="policy", **given)
    make.assistance(three[0].union, kind="training", graduate=three[0], given_on="2013-12-31")
    client = client_of(clerk)
    assert client.post(URL, filled(ask(client, three), TRAINING)).status_code == 302


def test_list_counts_times_and_people_side_by_side(client_of, clerk, three):
    for graduate, kind in ((three[0], "training"), (three[0], "training"), (three[0], "policy"), (three[1], "policy")):
        make.assistance(graduate.union, graduate=graduate, kind=kind)
    client, address = client_of(clerk), reverse("assistance_list")
    assert "共 4 人次，2 人" in client.get(address).content.decode()
    assert "共 2 人次，1 人" in client.get(address, {"kind_of_help": "training"}).content.decode()


@pytest.mark.parametrize(
    "promised", [{}, {"next_kind": "internship", "next_due_on": "2014-09-30"}], ids=["", "promised"]
)
def test_queries_do_not_grow_with_the_lines(client_of, clerk, district, promised):
    client, counts = client_of(clerk), []
    for many in (3, 30):
        chosen = [builders.graduate(district) for _turn in range(many)]
        sent = filled(ask(client, chosen), TRAINING | promised)
        with CaptureQueriesContext(connection) as asked:
            assert client.post(URL, sent).status_code == 302
        counts.append(len(asked))
    assert counts[0] == counts[1]
