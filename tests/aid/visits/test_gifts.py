"""慰问金 and 慰问品 of a visit: typed, for many, in a list of a union's own; in no figure of the forms."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from aid.models import Visit
from reports.counting.derive import derive
from tests import builders
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.forms import errors, send
from tests.portal.views.test_list_exports import rows_of
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
TYPED = {"visited_on": "2014-07-15", "visitor": "陈经办", "by_telephone": "否"}
BROUGHT = {"gift_money": "500.50", "goods": "米、油", "goods_value": "120"}


def brought() -> list[tuple]:
    return list(Visit.objects.order_by("pk").values_list("gift_money", "goods", "goods_value"))


def test_what_was_brought_is_typed_and_listed_and_a_value_needs_goods(client_of, clerk, district):
    client, child = client_of(clerk), builders.child(district)
    address = f"{reverse('visit_create')}?child={child.pk}"
    for wrong, field in (({"gift_money": "0"}, "gift_money"), ({"gift_money": "300", "goods_value": "120"}, "goods")):
        found = errors(send(client, address, **TYPED, **wrong))
        assert found.keys() == {field}, found
    send(client, address, **TYPED, **BROUGHT)
    assert brought() == [(Decimal("500.50"), "米、油", Decimal(120))]
    head, row = rows_of(client.get(reverse("visit_export")))
    told = dict(zip(head, row, strict=True))
    assert [told[name] for name in ("慰问金(元)", "慰问品", "慰问品价值(元)")] == [500.5, "米、油", 120]


def test_many_are_brought_the_same_which_is_enough_to_tell_of_a_visit(client_of, clerk, district):
    client = client_of(clerk)
    chosen = {"kind": "child", "ids": [builders.child(district, name).pk for name in ("王小明", "李小红")]}
    form = client.post(reverse("visit_many"), chosen).context["form"]
    sent = chosen | TYPED | {"key": str(form["key"].value())}
    assert "请至少填写慰问方式或需求与反馈。" in client.post(reverse("visit_many"), sent).text
    assert client.post(reverse("visit_many"), sent | {"gift_money": "300"}).status_code == 302
    assert brought() == [(Decimal(300), "", None)] * 2


def test_list_of_a_union_brings_them(tmp_path, district, grassroots):
    child = builders.child(district)
    path = tmp_path / "visits.xlsx"
    headings = ("走访时间", "走访对象身份证号码", "走访人员", "慰问金（元）", "慰问品", "物资价值")
    path.write_bytes(xlsx([headings, ("2014.7.15", child.person.id_number, "陈经办", "500元", "米、油", 120)]))
    answer = import_list(path, unit=district.code)
    assert (answer["held"], answer["mapping"]["物资价值"]) == ([], ["走访慰问.慰问品价值(元)"])
    assert brought() == [(Decimal(500), "米、油", Decimal(120))]


def test_no_figure_of_the_forms_counts_what_was_brought(campaign, district):
    before = derive(campaign, district, make.AS_OF)
    builders.visit(district, visited_on=date(2014, 7, 15), gift_money=Decimal(500), goods="米", goods_value=Decimal(50))
    assert derive(campaign, district, make.AS_OF) == before
    assert not any(before.values())
