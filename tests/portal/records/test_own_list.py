"""A list as one person has it: columns, rows a page, filters under a name. Nobody else's changes."""

import re

import pytest
from django.urls import reverse

from aid.enums import CasePayment, CaseState, PaymentState
from aid.models import AidCase, Disbursement
from employment.records import FINAL
from portal.models import OwnList
from portal.records.tone import Tone
from tests import builders
from tests.reports import builders as make

HOUSEHOLDS = reverse("household_list")


def act(client, what: str, **data):
    return client.post(reverse(f"own_list_{what}", args=["household"]), data)


def headings(client, address: str = HOUSEHOLDS) -> list[str]:
    return [heading.label for heading in client.get(address).context["table"].headings]


def test_columns_left_out_are_left_out_of_list_and_file_for_that_person_only(client_of, clerk, lead, district):
    builders.household(district)
    client, whole = client_of(clerk), headings(client_of(lead))
    assert act(client, "arrange", columns=["union"], rows="50").status_code == 302
    first, union = whole[0], str(FINAL["household"].model._meta.get_field("union").verbose_name)
    assert headings(client) == [first, union]
    assert headings(client_of(lead)) == whole
    content = b"".join(client.get(reverse("household_export"), {"format": "csv"}).streaming_content)
    assert content.decode("utf-8-sig").splitlines()[0] == f"{first},{union}"


def test_first_column_cannot_be_left_out(client_of, clerk):
    act(client_of(clerk), "arrange", rows="50")
    assert OwnList.objects.get().hidden == [column.path for column in FINAL["household"].columns[1:]]


@pytest.mark.parametrize(("rows", "shown"), [("50", 50), ("100", 60), ("200", 60)])
def test_page_has_as_many_rows_as_chosen(client_of, clerk, district, rows, shown):
    for _turn in range(60):
        builders.household(district)
    act(client_of(clerk), "arrange", rows=rows)
    assert len(client_of(clerk).get(HOUSEHOLDS).context["table"].rows) == shown


@pytest.mark.parametrize("rows", ["", "0", "51", "100000", "x", "-50"])
def test_other_numbers_of_rows_are_refused(client_of, clerk, rows):
    answer = client_of(clerk).post(reverse("own_list_arrange", args=["household"]), {"rows": rows}, follow=True)
    assert "每页行数请选 50、100、200。" in answer.text
    assert not OwnList.objects.exists()


def test_filter_saved_is_offered_by_its_name_and_leads_to_the_list(client_of, clerk, lead, district):
    client = client_of(clerk)
    answer = act(client, "filter_save", name=" 在档 ", query="open=yes&q=%E6%9B%BE&order=number&after=7&nonsense=1")
    assert answer.url == f"{HOUSEHOLDS}?open=yes&order=number&q=%E6%9B%BE"
    assert OwnList.objects.get().filters == [["在档", "open=yes&order=number"]]  # no name of a person
    page = client.get(f"{HOUSEHOLDS}?open=yes&order=number")
    assert [(each.name, each.url, each.current) for each in page.context["listing"].saved()] == [
        ("在档", "?open=yes&order=number", True)
    ]
    assert "删除保存的筛选：在档" in page.text
    assert client_of(lead).get(HOUSEHOLDS).context["listing"].saved() == []
    act(client, "filter_forget", name="在档")
    assert client.get(HOUSEHOLDS).context["listing"].saved() == []


def test_same_name_again_replaces_and_the_thirteenth_is_refused(client_of, clerk):
    client = client_of(clerk)
    for number in range(12):
        act(client, "filter_save", name=f"筛选{number}", query="open=yes")
    act(client, "filter_save", name="筛选0", query="open=no")
    refused = client.post(
        reverse("own_list_filter_save", args=["household"]), {"name": "多一个", "query": "open=yes"}, follow=True
    )
    assert "最多保存 12 个筛选" in refused.text
    kept = dict(OwnList.objects.get().filters)
    assert len(kept) == 12
    assert kept["筛选0"] == "open=no"


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", "open=yes", "请给筛选起个名字"),
        ("长" * 21, "open=yes", "请给筛选起个名字"),
        ("空", "", "还没有筛选条件"),
        ("只有查找", "q=x", "还没有筛选条件"),
        ("有人的号码", "open=11010519491231002X", "还没有筛选条件"),
    ],
)
def test_what_cannot_be_saved_is_said(client_of, clerk, name, query, words):
    data = {"name": name, "query": query}
    assert words in client_of(clerk).post(reverse("own_list_filter_save", args=["household"]), data, follow=True).text
    assert not OwnList.objects.exists()


@pytest.mark.parametrize(("params", "opened"), [({}, False), ({"open": "yes"}, False), ({"filed_from": "昨天"}, True)])
def test_filters_fold_away_unless_one_is_faulty(client_of, clerk, params, opened):
    page = client_of(clerk).get(HOUSEHOLDS, params).text
    box = re.search('<input id="records-filter-box"[^>]*>', page)[0]
    assert "records-folded" in box
    assert (" checked" in box) is opened


def test_every_state_in_a_list_has_its_tone():
    """A column of a state names a tone for each of its codes; a state added later is told by this test."""
    toned = {}
    for kind in FINAL.values():
        for column in kind.columns:
            if column.path in {"status", "state", "payment"}:
                toned[kind.name, column.path] = column.tones
    assert set(toned) == {
        ("aidcase", "status"),
        ("aidcase", "payment"),
        ("disbursement", "status"),
        ("paymentbatch", "state"),
        ("project", "state"),
        ("promise", "state"),
        ("referral", "state"),
    }
    assert [key for key, tones in toned.items() if set(tones) != set(type(next(iter(tones))))] == []
    assert {tone for tones in toned.values() for tone in tones.values()} <= set(Tone)


def told(client, **params) -> dict[str, tuple[str, str]]:
    """发放情况 of each case in the list, with its tone."""
    table = client.get(reverse("aidcase_list"), params).context["table"]
    place = [heading.label for heading in table.headings].index("发放情况")
    return {row[0].text: (row[place].text, row[place].tone) for row in table.rows}


def test_paid_and_unpaid_approved_cases_are_told_apart(client_of, clerk, district):
    cases = {}
    for name, payments in {
        "none": (),
        "pending": (PaymentState.PENDING,),
        "failed": (PaymentState.FAILED,),
        "again": (PaymentState.FAILED, PaymentState.PENDING),
        "paid": (PaymentState.FAILED, PaymentState.PAID),
    }.items():
        cases[name] = make.case(district, status=CaseState.APPROVED)
        for state in payments:
            make.payment(district, case=cases[name], status=state)
    cases["draft"] = make.case(district, status=CaseState.DRAFT)
    expected = {
        "none": ("未发放", "waiting"),
        "pending": ("待发放", "waiting"),
        "failed": ("发放失败", "bad"),
        "again": ("待发放", "waiting"),
        "paid": ("已发放", "good"),
        "draft": ("", ""),
    }
    client = client_of(clerk)
    assert told(client) == {cases[name].number: words for name, words in expected.items()}
    for code in CasePayment:
        found = {cases[name].number for name, (words, _tone) in expected.items() if words == code.label}
        assert set(told(client, payment=code.value)) == found
    assert AidCase.objects.count() == 6
    assert Disbursement.objects.count() == 6
