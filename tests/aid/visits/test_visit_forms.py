"""Visits entered by hand: at the door and by telephone, with what follows from them and with photos."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import FollowUp, Visit, VisitPhoto
from portal.models import AuditEntry
from tests import builders
from tests.aid.visiting import PNG, follow_up, photo
from tests.forms import create_address, edit_address, errors, opened, send


@pytest.fixture
def daughter(district):
    return builders.child(district, "曾小丽", household=builders.household(district))


def entered(client, child, **typed):
    return send(client, create_address("visit", child=child), **typed)


def test_visit_is_entered_for_today_by_whoever_enters_it(client_of, clerk, daughter):
    client = client_of(clerk)
    form = opened(client, create_address("visit", child=daughter))
    assert (form["visited_on"], form["visitor"], form["by_telephone"]) == (localdate().isoformat(), "陈经办", "否")
    assert entered(client, daughter, ways=["谈心", "暑期补习"], needs="想学编程").status_code == 302
    visit = Visit.objects.get()
    assert (visit.person, visit.ways, visit.needs) == (daughter.person, "talk,tutoring", "想学编程")
    assert (visit.union, visit.by_telephone, visit.number[:1]) == (daughter.union, False, "Z")


@pytest.mark.parametrize(
    ("typed", "is_saved"),
    [
        ({}, False),
        ({"needs": " "}, False),
        ({"ways": ["谈心"]}, True),
        ({"needs": "一切都好"}, True),
        ({"follow_ups": ["update_file"]}, True),
        ({"by_telephone": "是"}, True),
    ],
)
def test_visit_at_the_door_tells_something(client_of, clerk, daughter, typed, is_saved):
    answer = entered(client_of(clerk), daughter, **typed)
    assert Visit.objects.count() == is_saved
    if not is_saved:
        assert errors(answer) == {"__all__": ["请至少填写慰问方式或需求与反馈。"]}


def test_needs_on_file_that_stay_tell_something(client_of, clerk, daughter, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    visit = builders.visit(daughter.union, person=daughter.person, ways="", needs="想学编程")
    address, client = edit_address(visit), client_of(clerk)
    assert send(client, address, visitor="换了人").status_code == 302
    cleared = send(client, address, needs__clear="on")
    assert errors(cleared) == {"__all__": ["请至少填写慰问方式或需求与反馈。"]}


def test_form_sent_twice_makes_one_visit_and_one_follow_up(client_of, clerk, daughter):
    client, address = client_of(clerk), create_address("visit", child=daughter)
    typed = opened(client, address) | {"follow_ups": ["update_file"]}
    assert [client.post(address, typed).status_code for _turn in range(2)] == [302, 302]
    assert (Visit.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_needs_become_open_to_dos_and_the_visit_shows_them(client_of, clerk, daughter):
    client = client_of(clerk)
    entered(client, daughter, follow_ups=["update_file", "offer_project"], by_telephone="是")
    visit = Visit.objects.get()
    assert visit.by_telephone
    kinds = FollowUp.objects.filter(visit=visit, done_on=None).values_list("kind", flat=True)
    assert set(kinds) == {"update_file", "offer_project"}
    page = client.get(reverse("visit_detail", args=[visit.pk])).content.decode()
    assert "更新困难职工档案信息" in page
    assert "调整帮扶标准" not in page


def test_what_was_asked_for_is_not_offered_or_asked_again(client_of, clerk, daughter):
    visit = builders.visit(daughter.union, person=daughter.person)
    follow_up(visit, "update_file")
    client = client_of(clerk)
    offered = client.get(edit_address(visit)).context["form"].fields["follow_ups"].choices
    assert [value for value, _label in offered] == ["adjust_standard", "offer_project"]
    assert send(client, edit_address(visit), follow_ups=["adjust_standard"]).status_code == 302
    assert visit.follow_ups.count() == 2


def test_follow_up_is_settled_once_with_an_outcome(client_of, clerk, lead, daughter):
    todo = follow_up(builders.visit(daughter.union, person=daughter.person))
    address = reverse("followup_detail", args=[todo.pk])
    assert client_of(lead).post(address, {"outcome": "越权"}).status_code == 403
    client = client_of(clerk)
    assert client.post(address, {"outcome": ""}).status_code == 200
    assert client.post(address, {"outcome": "已更新档案"}).status_code == 302
    client.post(address, {"outcome": "又来一次"})
    todo.refresh_from_db()
    assert (todo.done_on, todo.done_by, todo.outcome, todo.version) == (localdate(), clerk, "已更新档案", 2)
    found = {
        answer: client.get(reverse("followup_list"), {"open": answer}).context["table"].rows for answer in ("yes", "no")
    }
    assert [len(rows) for rows in found.values()] == [0, 1]


def test_photo_is_kept_sealed_and_handed_out_through_scope_with_an_audit_row(
    client_of, clerk, foreign_clerk, daughter, django_db_blocker
):
    client = client_of(clerk)
    entered(client, daughter, ways=["谈心"], photos=SimpleUploadedFile("门口.png", PNG))
    kept = VisitPhoto.objects.get()
    address = reverse("visit_photo", args=[kept.pk])
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    row = AuditEntry.objects.filter(action="exported").latest("pk")
    assert (row.actor, row.subject) == (clerk, f"走访慰问 {kept.visit.number}")
    assert client_of(foreign_clerk).get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("门口.png", b"%PDF-1.4 %%EOF"), ("门口.jpg", PNG), ("门口.png", b""), ("门口.gif", b"GIF89a")],
)
def test_photo_that_is_none_is_refused_and_nothing_is_saved(client_of, clerk, daughter, name, content):
    answer = entered(client_of(clerk), daughter, photos=SimpleUploadedFile(name, content), needs="留着的话")
    assert answer.status_code == 200
    assert "photos" in errors(answer)
    assert "留着的话" in answer.content.decode()
    assert Visit.objects.count() == 0


def test_same_photo_is_kept_once(client_of, clerk, daughter):
    visit = builders.visit(daughter.union, person=daughter.person)
    photo(visit)
    send(client_of(clerk), edit_address(visit), photos=SimpleUploadedFile("again.png", PNG))
    assert visit.photos.count() == 1


def test_visit_in_the_future_is_refused(client_of, clerk, daughter):
    answer = entered(client_of(clerk), daughter, visited_on=date(2999, 7, 1).isoformat())
    assert errors(answer)["visited_on"]


def test_whom_is_found_by_name_initials_or_number_within_scope_only(client_of, clerk, foreign_clerk, daughter):
    address = reverse("visit_create")
    link = f"?child={daughter.pk}"
    client = client_of(clerk)
    assert link not in client.get(address).content.decode()
    for typed in ("曾小", "ZXL", daughter.person.id_number):
        page = client.post(address, {"q": typed}).content.decode()
        assert link in page, typed[:2]
        assert daughter.person.id_number not in page
    assert link not in client_of(foreign_clerk).post(address, {"q": "曾小"}).content.decode()
    assert client_of(foreign_clerk).get(address + link).status_code == 404


def test_call_is_told_apart_in_the_list(client_of, clerk, daughter):
    builders.visit(daughter.union, person=daughter.person, number="W-DOOR")
    builders.visit(daughter.union, person=daughter.person, number="W-CALL", by_telephone=True)
    page = client_of(clerk).get(reverse("visit_list"), {"by_telephone": "yes"}).content.decode()
    assert "W-CALL" in page
    assert "W-DOOR" not in page


@pytest.mark.parametrize("name", ["followup", "sponsor", "pairing", "practiceplacement", "exemplar"])
def test_search_box_of_a_list_leads_back_to_that_list(client_of, clerk, name):
    answer = client_of(clerk).post(reverse("find"), {"q": "曾", "kind": name})
    assert answer.url.startswith(reverse(f"{name}_list"))
