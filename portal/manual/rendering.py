"""A page of the manual as HTML. The files are our own; what looks like HTML in them is shown as text all the same."""

from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from portal.manual.page import ManualPage, pages

PICTURE, PAGE = "pictures/", ".md"


@cache
def rendered(slug: str) -> SafeString:
    """The text of the page of that slug. Links between files lead to the pages, pictures to where they are served."""
    tokens = _markdown().parse(pages()[slug].text)
    for token in (inner for outer in tokens for inner in (outer, *(outer.children or ()))):
        _lead_to_pages(token)
    html: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return mark_safe(html)  # noqa: S308  what looks like HTML in the files is escaped


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lead_to_pages(token: Any) -> None:
    if token.type == "image":
        name = str(token.attrs["src"]).removeprefix(PICTURE).removesuffix(".png")
        token.attrs |= {"src": reverse("help_picture", args=[name]), "class": "help-picture", "loading": "lazy"}
    elif token.type == "link_open" and str(token.attrs["href"]).endswith(PAGE):
        token.attrs["href"] = address_of(_named(str(token.attrs["href"])))
    elif token.type == "table_open":
        token.attrs["class"] = "table table-sm help-table"


def _named(file_name: str) -> ManualPage:
    return pages()[file_name.removesuffix(PAGE).split("-", maxsplit=1)[1]]


def address_of(page: ManualPage) -> str:
    """Where the page is read."""
    return reverse("help_show", args=[page.slug])
