"""Words that offices do not use, or use of something else, stand on no page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FLOORS = ("portal", "aid", "employment", "reports", "templates", "static/js", "docs/manual")
READ = {".html", ".py", ".js", ".md"}
# What is never written, and what stands instead.
UNWANTED = {"放款": "复核发放", ">JSON<": "其他格式", '"经过"': "办理经过"}


@pytest.mark.parametrize("word", UNWANTED)
def test_word_stands_nowhere_on_screen(word):
    base = Path(settings.BASE_DIR)
    files = [path for floor in FLOORS for path in (base / floor).rglob("*.*") if path.suffix in READ]
    files.append(base / "README.zh-CN.md")
    written = [path for path in files if "migrations" not in path.parts and word in path.read_text(encoding="utf-8")]
    assert [path.relative_to(base).as_posix() for path in written] == [], UNWANTED[word]


def test_papers_for_users_lead_to_pages_of_the_manual_that_are_there():
    base = Path(settings.BASE_DIR)
    linked = re.findall(r"\[([^\]]+)\]\((docs/[^)]+)\)", (base / "README.zh-CN.md").read_text(encoding="utf-8"))
    assert len(linked) > 20
    assert [page for _words, page in linked if not (base / page).is_file()] == []
