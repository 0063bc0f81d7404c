"""Help on screen: the link of each page, who may read it, the pictures, and the tour that one takes once."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.manual.page import pages
from portal.manual.tour import TOUR
from reports.demo.pictures.album import ALBUM
from tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(clerk):
    client = Client()
    sign_in(client, clerk)
    return client


@pytest.mark.parametrize(
    ("view", "slug"),
    [("household_list", "household"), ("list_upload", "first-list"), ("contribution_grid", "grid"), ("home", "home")],
)
def test_page_leads_to_its_own_help(signed, view, slug):
    assert f'href="{reverse("help_show", args=[slug])}"' in signed.get(reverse(view)).text


def test_same_page_leads_another_role_to_its_own_help(client_of, lead):
    assert f'href="{reverse("help_show", args=["approve"])}"' in client_of(lead).get(reverse("aidcase_list")).text


def test_who_is_not_signed_in_reads_how_to_sign_in_and_nothing_else():
    stranger = Client()
    told = stranger.get(reverse("sign_in")).text
    assert f'href="{reverse("help_sign_in")}"' in told
    assert stranger.get(reverse("help_sign_in")).status_code == 200
    shut = [reverse("help_index"), *(reverse("help_show", args=[slug]) for slug in pages())]
    shut.append(reverse("help_picture", args=["home"]))
    assert {stranger.get(address).status_code for address in shut} == {302}


def test_every_page_opens_and_asks_no_query_about_records(signed, django_assert_max_num_queries):
    for slug in pages():
        with django_assert_max_num_queries(7):  # the session, who it is, and what waits to be read
            assert signed.get(reverse("help_show", args=[slug])).status_code == 200


def test_table_of_contents_names_every_page_once(signed):
    text = signed.get(reverse("help_index")).text
    listed = [slug for slug in pages() if text.count(f'href="{reverse("help_show", args=[slug])}"') == 1]
    # The link of the frame leads to the page of contents itself.
    assert listed == list(pages())


def test_picture_is_handed_out_and_a_path_is_none(signed):
    assert signed.get(reverse("help_picture", args=["home"])).headers["Content-Type"] == "image/png"
    assert signed.get("/help/pictures/nothing.png").status_code == 404
    assert signed.get("/help/pictures/..%2F..%2Fsecret.png").status_code == 404


def test_every_figure_of_the_notice_is_told(signed):
    text = signed.get(reverse("help_figures")).text
    assert text.count('<th scope="row">') == 49


def test_pictures_in_the_manual_are_those_that_the_command_takes():
    named = [picture.name for picture in ALBUM]
    assert len(named) == len(set(named))
    text = "".join(page.text for page in pages().values())
    assert [name for name in named if f"(pictures/{name}.png)" not in text] == []
    assert text.count("(pictures/") == len(named)


def test_tour_is_offered_until_it_is_taken_or_skipped_and_can_be_had_again(signed, clerk):
    offered = f'href="{reverse("help_tour", args=[1])}"'
    assert offered in signed.get(reverse("home")).text
    assert signed.post(reverse("help_tour_end")).url == reverse("home")
    clerk.refresh_from_db()
    first = clerk.tour_ended_at
    assert offered not in signed.get(reverse("home")).text
    signed.post(reverse("help_tour_end"))
    clerk.refresh_from_db()
    assert clerk.tour_ended_at == first
    assert offered in signed.get(reverse("help_index")).text


def test_tour_has_five_steps_that_lead_to_each_other(signed):
    steps = [signed.get(reverse("help_tour", args=[number])).text for number in range(1, len(TOUR) + 1)]
    assert len(steps) == 5
    for number, text in enumerate(steps, start=1):
        assert str(TOUR[number - 1].title) in text
        assert (f'href="{reverse("help_tour", args=[number + 1])}"' in text) is (number < 5)
        assert f'action="{reverse("help_tour_end")}"' in text
    assert signed.get("/help/tour/0/").status_code == signed.get("/help/tour/6/").status_code == 404
