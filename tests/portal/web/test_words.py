"""Words that offices do not use, or use of something else, stand on no page."""

from pathlib import Path

import pytest
from django.conf import settings

FLOORS = ("portal", "aid", "employment", "reports", "templates", "static/js")
# What is never written, and what stands instead.
UNWANTED = {"放款": "复核发放", ">JSON<": "其他格式", '"经过"': "办理经过"}


@pytest.mark.parametrize("word", UNWANTED)
def test_word_stands_nowhere_on_screen(word):
    base = Path(settings.BASE_DIR)
    files = [path for floor in FLOORS for path in (base / floor).rglob("*.*") if path.suffix in {".html", ".py", ".js"}]
    written = [path for path in files if "migrations" not in path.parts and word in path.read_text(encoding="utf-8")]
    assert [path.relative_to(base).as_posix() for path in written] == [], UNWANTED[word]
