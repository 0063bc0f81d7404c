import pytest
from django.urls import reverse

from aid.models import AidCase, Child, Disbursement, Entry, Household, Income, Member, Transfer, Visit
from employment.models import Assistance, Graduate
from portal.desk.todos import waiting_for
from portal.enums import UnionKind
from reports.counting.derive import derive
from tests import builders
from tests.factories import make_union
from tests.forms import create_address, errors, household_form
from tests.reports import builders as make


@pytest.fixture
def family(district):
    return builders.one_of_each(district)


@pytest.fixture
def home(family):
    return family["household"]


def offer(client, home, to):
    typed = {"to": to.code, "reason": "职工调动"}
    return client.post(reverse("household_transfer", args=[home.pk]), typed)


def move(client, name, **typed):
    return client.post(reverse("transfer_move", args=[Transfer.objects.get().pk, name]), typed, follow=True)


def take(client, union, number=""):
    address = reverse("transfer_take", args=[Transfer.objects.get().pk])
    return client.post(address, {"union": union.code, "number": number})


def test_accepted_household_takes_along_what_goes_with_it(
    client_of, clerk, foreign_clerk, district, foreign_grassroots, family, home
):
    offer(client_of(clerk), home, foreign_grassroots)
    assert take(client_of(foreign_clerk), foreign_grassroots).status_code == 302
    for model in (Household, Child, Entry, Graduate, Member, Income):
        assert {record.union_path for record in model.objects.all()} == {foreign_grassroots.path}, model
    for model in (AidCase, Disbursement, Visit, Assistance):
        assert {record.union_path for record in model.objects.all()} == {district.path}, model
    transfer = Transfer.objects.get()
    assert (transfer.state, transfer.settled_by) == ("taken", foreign_clerk)
    assert client_of(clerk).get(f"/households/{home.pk}/").status_code == 404
    assert client_of(foreign_clerk).get(f"/households/{home.pk}/").status_code == 200
    assert take(client_of(foreign_clerk), foreign_grassroots).status_code == 200  # refused: settled
    assert Household.objects.get().history.first().history_user == foreign_clerk


def test_figures_of_cases_stay_and_those_of_entries_and_graduates_go(
    client_of, clerk, foreign_clerk, district, foreign_district, family, home
):
    slugs = ("aided", "paid", "advanced", "graduates", "trainings")

    def figures(union):
        values = derive(make.campaign(), union, as_of=make.AS_OF)
        return tuple(values[slug] for slug in slugs)

    aided, paid, advanced, graduates, trainings = figures(district)
    assert (aided, advanced, graduates, trainings) == (1, 1, 1, 1)
    offer(client_of(clerk), home, foreign_district)
    take(client_of(foreign_clerk), foreign_district)
    assert figures(district) == (1, paid, 0, 0, 1)
    assert figures(foreign_district) == (0, 0, 1, 1, 0)


def test_numbers_in_use_are_replaced(client_of, clerk, foreign_clerk, foreign_district, family, home):
    builders.household(foreign_district, number=home.number)
    make.entry(foreign_district, number=family["entry"].number)
    offer(client_of(clerk), home, foreign_district)
    refused = take(client_of(foreign_clerk), foreign_district, home.number)
    assert errors(refused) == {"number": ["本单位已有相同档案编号的记录"]}
    assert take(client_of(foreign_clerk), foreign_district).status_code == 302
    old_numbers = (home.number, family["entry"].number)
    home.refresh_from_db()
    family["entry"].refresh_from_db()
    assert home.number.startswith("D")
    assert family["entry"].number.startswith("S")
    assert old_numbers != (home.number, family["entry"].number)


def test_each_side_makes_its_own_moves(client_of, clerk, foreign_clerk, grassroots_clerk, foreign_district, home):
    offer(client_of(clerk), home, foreign_district)
    again = offer(client_of(clerk), home, foreign_district)
    assert "已有一项转移正在办理" in again.text
    assert client_of(grassroots_clerk).get("/transfers/").text.count("西山区总工会") == 0
    assert "须由对方单位办理" in move(client_of(clerk), "decline", answer="不要").text
    assert "须由对方单位办理" in move(client_of(foreign_clerk), "cancel").text
    assert "必须写明原因" in move(client_of(foreign_clerk), "decline").text
    move(client_of(foreign_clerk), "decline", answer="查无此人")
    assert Transfer.objects.get().state == "declined"
    assert Household.objects.get(pk=home.pk).union_path == home.union_path


def test_household_is_asked_for_without_being_seen(client_of, clerk, foreign_clerk, district, foreign_district):
    home = builders.household(foreign_district, "绝密人")
    client = client_of(clerk)
    typed = household_form(district, worker=home.worker.id_number) | {"ask": "1"}
    for _turn in range(2):
        assert client.post(create_address("household"), typed).headers["Location"] == "/transfers/"
    transfer = Transfer.objects.get()
    for address in ("/transfers/", f"/transfers/{transfer.pk}/"):
        page = client.get(address).text
        assert "西山区总工会" in page
        assert "绝密人" not in page
        assert home.number not in page
    assert "须由对方单位办理" in move(client, "offer").text
    move(client_of(foreign_clerk), "offer")
    assert take(client, district).status_code == 302
    home.refresh_from_db()
    assert home.union == district


def test_household_on_its_way_is_not_closed(client_of, clerk, foreign_district, home):
    offer(client_of(clerk), home, foreign_district)
    closing = client_of(clerk).post(
        reverse("household_close", args=[home.pk]), {"closed_on": "2014-12-01", "reason": "lifted"}
    )
    assert "正在办理转移" in closing.text


def waiting(user) -> dict[str, tuple[int, str]]:
    """The to-dos about transfers: their number and list."""
    return {str(item.label): (item.count, item.url) for item in waiting_for(user) if "/transfers/" in item.url}


def listed(client, url) -> list[int]:
    return [row["transfer"].pk for row in client.get(url).context["rows"]]


@pytest.mark.parametrize("to", ["foreign_district", "foreign_grassroots"])
def test_offered_file_waits_for_the_receiver_and_not_for_the_giver(
    request, client_of, clerk, lead, foreign_clerk, foreign_district, foreign_grassroots, home, to
):
    offer(client_of(clerk), home, request.getfixturevalue(to))
    made = Transfer.objects.get()
    builders.transfer(builders.household(foreign_district), home.union)  # one the other way, for the clerk
    found = waiting(foreign_clerk)
    assert {label: count for label, (count, _url) in found.items()} == {"等待本单位接收的转移档案": 1}
    client = client_of(foreign_clerk)
    assert listed(client, found["等待本单位接收的转移档案"][1]) == [made.pk]
    page = client.get("/")
    assert "等待本单位接收的转移档案" in page.text
    assert [count for count, _url in waiting(clerk).values()] == [1]
    assert made.pk not in listed(client_of(clerk), waiting(clerk)["等待本单位接收的转移档案"][1])
    assert waiting(lead) == {}
    Transfer.objects.exclude(pk=made.pk).delete()
    move(client, "decline", answer="不在本区")
    assert waiting(foreign_clerk) == waiting(clerk) == {}


def test_file_asked_for_waits_for_who_has_it(client_of, clerk, foreign_clerk, foreign_district, home):
    asked = builders.transfer(home, foreign_district, state="requested")
    (label,) = waiting(clerk)
    count, url = waiting(clerk)[label]
    assert (label, count, listed(client_of(clerk), url)) == ("其他单位申请转出的档案", 1, [asked.pk])
    assert waiting(foreign_clerk) == {}
    assert listed(client_of(foreign_clerk), "/transfers/?own=no") == [asked.pk]


def test_receiving_union_is_chosen_by_name_or_code(client_of, clerk, foreign_district, foreign_grassroots, home):
    client, address = client_of(clerk), reverse("household_transfer", args=[home.pk])
    page = client.get(address).text
    assert '<option value="310002 西山区总工会"></option>' in page
    assert "西山水泥厂工会" not in page  # units are listed; any union may be typed
    for typed, union in {
        "310002 西山区总工会": foreign_district,
        "西山区总工会": foreign_district,
        " 310002 ": foreign_district,
        "西山水泥厂工会": foreign_grassroots,
    }.items():
        assert client.post(address, {"to": typed, "reason": "职工调动"}).status_code == 302, typed
        assert Transfer.objects.get().to_union == union, typed
        Transfer.objects.all().delete()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("西山区", "本市没有名称或编码为“西山区”的工会，请从列出的填报单位中选择，或核对全称。"),
        (
            "310003 西山区总工会",
            "本市没有名称或编码为“310003 西山区总工会”的工会，请从列出的填报单位中选择，或核对全称。",
        ),
        ("西山水泥厂工会", "有几个工会都叫“西山水泥厂工会”，请填写编码。"),
    ],
)
def test_union_that_is_not_named_clearly_is_refused(
    client_of, clerk, bureau, foreign_district, foreign_grassroots, home, typed, told
):
    make_union(bureau, "310003001", "西山水泥厂工会", UnionKind.GRASSROOTS)
    refused = client_of(clerk).post(reverse("household_transfer", args=[home.pk]), {"to": typed, "reason": "调动"})
    assert errors(refused) == {"to": [told]}
    assert not Transfer.objects.exists()
