"""One page of the manual: a Markdown file that says in its head whose work it tells of, and of which pages.

    ---
    title: 公示与张贴
    part: 金秋助学
    roles: clerk lead
    views: publicnotice_* objection_create
    ---

`roles` are values of `Role`, or `all`. `views` are url names; one that ends in * stands for all that begin so. The
name of the file begins with two digits, by which the pages are in order; what follows is the slug of its address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.enums import Role
from portal.settings.environment import BASE_DIR

FOLDER = BASE_DIR / "docs" / "manual"
PICTURES = FOLDER / "pictures"
KEYS = ("title", "part", "roles", "views")
EVERYBODY = "all"
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NAME = re.compile(r"\d\d-([a-z-]+)")


class PageError(ValueError):
    """A file of the manual whose name or head is not as it should be."""


@dataclass(frozen=True)
class ManualPage:
    """What one file says: whose task it is (`roles`), the pages it belongs to (`views`), and the text in Markdown."""

    slug: str
    title: str
    part: str
    roles: frozenset[Role]
    views: tuple[str, ...]
    text: str

    def closeness(self, view: str) -> int:
        """How closely the page belongs to the view of that url name: 0 for not at all, the most for one named whole."""
        if view in self.views:
            return 1000
        begun = (len(name) for name in self.views if name.endswith("*") and view.startswith(name[:-1]))
        return max(begun, default=0)


def read_page(path: Path) -> ManualPage:
    """The page that the file at `path` is. Raises PageError."""
    named, text = _NAME.fullmatch(path.stem), path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    if not named or not head:
        raise PageError(f"{path.name}: a page is called 10-slug.md and begins with its head")
    said = dict(re.split(r":\s*", line, maxsplit=1) for line in head[1].splitlines())
    if tuple(said) != KEYS:
        raise PageError(f"{path.name}: the head says {', '.join(KEYS)}, in this order")
    try:
        roles = frozenset(Role if said["roles"] == EVERYBODY else map(Role, said["roles"].split()))
    except ValueError as unknown:
        raise PageError(f"{path.name}: {unknown}") from None
    return ManualPage(named[1], said["title"], said["part"], roles, tuple(said["views"].split()), text[head.end() :])


@cache
def pages() -> dict[str, ManualPage]:
    """All pages by their slugs, in order: read once a process. Raises PageError, also for two of one slug."""
    read = [read_page(path) for path in sorted(FOLDER.glob("*.md"))]
    by_slug = {page.slug: page for page in read}
    if len(by_slug) < len(read):
        raise PageError("two pages of the manual have one slug")
    return by_slug


def pages_by_part(role: Role, *, own: bool) -> dict[str, list[ManualPage]]:
    """The pages that tell of the work of `role`, or those that do not, under the parts they stand in."""
    parts: dict[str, list[ManualPage]] = {}
    for page in _of(role, own=own):
        parts.setdefault(page.part, []).append(page)
    return parts


def _of(role: Role, *, own: bool) -> Iterator[ManualPage]:
    return (page for page in pages().values() if (role in page.roles) is own)


@cache
def page_for(view: str, role: Role) -> ManualPage | None:
    """The page of the manual that belongs to the view of that url name: first one of the work of `role`, then the
    closest; None if there is none."""
    found = [page for page in pages().values() if page.closeness(view)]
    return max(found, key=lambda page: (role in page.roles, page.closeness(view)), default=None)
