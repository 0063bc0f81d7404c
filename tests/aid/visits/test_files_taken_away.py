"""A file given by mistake is taken away by who keeps records: kept, and shown and counted no more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aid.models import ContributionVoucher, ExemplarFile, VisitPhoto
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.unions.merging import merge_unions
from tests import builders
from tests.aid import visiting
from tests.aid.paying import voucher_of
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def photo(district) -> VisitPhoto:
    return VisitPhoto.objects.get(**visiting.photo_in(district))


@pytest.mark.parametrize("kind", ["visit_photo", "contribution_voucher", "exemplar_file"])
def test_wrong_file_is_taken_away_with_one_press_and_comes_again(client_of, clerk, district, kind):
    made = {
        "visit_photo": lambda: photo(district),
        "contribution_voucher": lambda: voucher_of(make.contribution(district, confirmed_amount=0)),
        "exemplar_file": lambda: ExemplarFile.objects.get(**visiting.exemplar_file_in(district)),
    }[kind]()
    owner = {"visit_photo": "visit", "contribution_voucher": "contribution", "exemplar_file": "exemplar"}[kind]
    about, model, client = getattr(made, owner), type(made), client_of(clerk)
    page = reverse(f"{about._meta.model_name}_detail", args=[about.pk])
    shown = reverse(kind, args=[made.pk])
    remove = reverse(f"{kind}_remove", args=[made.pk])
    assert remove in client.get(page).text
    answer = client.post(remove, follow=True).text
    assert "已撤去，不再显示" in answer
    assert shown not in answer
    assert client.get(shown).status_code == 404
    kept = model.everything.get(pk=made.pk)
    assert (kept.removed_by, bytes(kept.content), model.objects.exists()) == (clerk, bytes(made.content), False)
    client.post(remove)
    acts = AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).values_list("detail__act", flat=True)
    assert [act[:2] for act in acts] == ["撤去"]
    again = model.objects.get(pk=made.pk) if model.objects.exists() else made
    again.pk, again._state.adding = None, True
    again.save()
    assert model.objects.count() == 1


def test_voucher_by_which_money_was_confirmed_stays(client_of, clerk, district):
    of = make.contribution(district)
    early = voucher_of(of)
    of.confirmed_at = timezone.now()
    of.save()
    client = client_of(clerk)
    answer = client.post(reverse("contribution_voucher_remove", args=[early.pk]), follow=True).text
    assert "复核人是凭这份凭证复核的，不能撤去。" in answer
    assert ContributionVoucher.objects.count() == 1


def test_consent_stays_while_the_exemplar_is_public(client_of, clerk, district):
    of = visiting.exemplar(district, consent_on=timezone.localdate(), published_on=timezone.localdate())
    consent = visiting.exemplar_file(of, kind="consent")
    answer = client_of(clerk).post(reverse("exemplar_file_remove", args=[consent.pk]), follow=True).text
    assert "典型已公开，同意书不能撤去" in answer
    assert ExemplarFile.objects.count() == 1


def test_what_was_taken_away_moves_with_its_union_too(client_of, clerk, district, foreign_district, admin):
    made = photo(district)
    client_of(clerk).post(reverse("visit_photo_remove", args=[made.pk]))
    merge_unions(district, foreign_district, on=timezone.localdate(), by=By(admin))
    assert VisitPhoto.everything.get().union == foreign_district
    assert builders.visit(foreign_district).photos.count() == 0
