"""What is wrong with a form is told once: `{% crispy %}` draws it itself."""

from pathlib import Path

from django.conf import settings

SUMMARY = '{% include "components/error_summary.html"'
DRAWS_IT = "{% crispy form %}"
# The helper of its form has `form_show_errors = False`, as the sentence would stand beside the one field besides.
SAYS_IT_ITSELF = {"employment/list/upload.html"}


def test_no_template_tells_twice_what_is_wrong():
    base = Path(settings.BASE_DIR) / "templates"
    texts = {path.relative_to(base).as_posix(): path.read_text(encoding="utf-8") for path in base.rglob("*.html")}
    drawn = {name for name, text in texts.items() if DRAWS_IT in text}
    assert SUMMARY in texts["bootstrap5/errors.html"]
    assert len(drawn) > 10
    assert {name for name in drawn if SUMMARY in texts[name]} == SAYS_IT_ITSELF
