"""The manual keeps up with the portal: each page of the menu has its help, and what it names is there."""

import re

import pytest
from django.urls import URLResolver, get_resolver

from portal.enums import Role
from portal.manual.page import FOLDER, PICTURES, PageError, page_for, pages, read_page
from portal.manual.rendering import rendered
from portal.web.navigation import areas_of
from tests.access_rows import ROWS
from tests.portal.manual.on_screen import is_on_screen

QUOTED = re.compile(r"「([^」]+)」|\*\*([^*]+)\*\*")
PICTURE = re.compile(r"!\[[^\]]+\]\(pictures/([a-z0-9-]+)\.png\)")
MACHINES = {"healthz", "readyz", "metrics", "feed_json", "feed_csv", "notice_board", "draft_keep", "robots"}
PEOPLE = [role for role in Role if areas_of(role)]  # an outside system opens no page
LARGEST_PICTURE = 80 * 1024


def url_names(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        else:
            yield pattern.name


@pytest.mark.parametrize("role", PEOPLE)
def test_each_page_of_the_menu_has_a_help_page_of_the_role(role):
    names = {"home", "area"} | {item.url_name for area in areas_of(role) for item in area.items}
    helps = {name: page_for(name, role) for name in names}
    assert sorted(name for name, page in helps.items() if page is None or role not in page.roles) == []


@pytest.mark.parametrize("role", PEOPLE)
def test_each_page_that_a_role_may_open_has_a_help_page(role):
    names = {row.name for row in ROWS if row.get[role] == 200} - MACHINES
    assert sorted(name for name in names if not name.startswith("help_") and page_for(name, role) is None) == []


def test_help_names_views_that_exist():
    names = set(url_names())
    lost = [
        (page.slug, view)
        for page in pages().values()
        for view in page.views
        if not any(name == view or (view.endswith("*") and name.startswith(view[:-1])) for name in names)
    ]
    assert lost == []


@pytest.mark.parametrize("role", PEOPLE)
def test_pages_of_a_role_are_about_what_it_may_open(role):
    """A page in whose head a role stands belongs to something that the role sees."""
    seen = {row.name for row in ROWS if {row.get[role], row.post[role]} & {200, 302}}
    idle = [
        page.slug
        for page in pages().values()
        if role in page.roles and page.views and not any(page.closeness(name) for name in seen)
    ]
    assert idle == []


@pytest.mark.parametrize("slug", pages())
def test_words_quoted_stand_on_the_screen(slug):
    quoted = [one or other for one, other in QUOTED.findall(pages()[slug].text)]
    assert [text for text in quoted if not is_on_screen(text)] == []


def test_pictures_named_are_there_and_no_others():
    named = [name for page in pages().values() for name in PICTURE.findall(page.text)]
    assert all(text.count("![") == len(PICTURE.findall(text)) for text in (page.text for page in pages().values()))
    assert sorted(path.stem for path in PICTURES.iterdir()) == sorted(set(named))


def test_pictures_are_small():
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > LARGEST_PICTURE] == []


def test_pages_are_written_in_numbered_steps_and_say_what_to_do_when_it_fails():
    told = {slug: page.text for slug, page in pages().items() if page.views}
    assert [slug for slug, text in told.items() if not re.search(r"^1\. ", text, re.MULTILINE)] == []
    assert [slug for slug, text in told.items() if "## 不顺利时" not in text] == []


def test_links_lead_to_pages():
    """That the files exist, `tests/test_documentation.py` asks; here, that each is turned into an address."""
    assert [slug for slug in pages() if '.md"' in rendered(slug)] == []


def test_text_that_looks_like_code_is_shown_not_run(tmp_path, monkeypatch):
    assert "&lt;script&gt;" in _rendered_text("<script>alert(1)</script>", tmp_path, monkeypatch)


def _rendered_text(text, tmp_path, monkeypatch) -> str:
    file = tmp_path / "10-odd.md"
    file.write_text(f"---\ntitle: 试\npart: 试\nroles: all\nviews: home\n---\n{text}\n", encoding="utf-8")
    monkeypatch.setattr("portal.manual.rendering.pages", lambda: {"odd": read_page(file)})
    return rendered.__wrapped__("odd")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("odd.md", "title: 试\npart: 试\nroles: all\nviews: home"),
        ("10-odd.md", "title: 试\nroles: all\nviews: home"),
        ("10-odd.md", "title: 试\npart: 试\nroles: clerks\nviews: home"),
        ("10-odd.md", "no head"),
    ],
    ids=("name", "part missing", "role unknown", "no head"),
)
def test_file_that_is_no_page_is_refused(tmp_path, name, head):
    file = tmp_path / name
    file.write_text(f"---\n{head}\n---\n文字\n" if head != "no head" else "文字\n", encoding="utf-8")
    with pytest.raises((PageError, ValueError)):
        read_page(file)


def test_closest_page_of_the_own_role_is_shown():
    assert page_for("aidcase_list", Role.CLERK).slug == "apply"
    assert page_for("aidcase_list", Role.LEAD).slug == "approve"
    assert page_for("child_grid", Role.CLERK).slug == "grid"
    assert page_for("aidcase_list", Role.ADMIN).slug in {"apply", "approve", "city-records"}
    assert page_for("nothing_of_the_kind", Role.CLERK) is None


def test_every_file_is_a_page():
    assert len(pages()) == len(list(FOLDER.glob("*.md"))) >= 30
