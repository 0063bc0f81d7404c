"""What the tests of pages ask axe is really asked: each finding on a page that has it, none on one that has not."""

import pytest

from tests.browser.accessible import NARROW, faults_at_both_sizes
from tests.browser.raw_words import raw_words

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html lang="zh"><head><title>页</title><style>
  body {{ background: #fff; color: #000 }}
  .small button {{ width: 12px; height: 12px; padding: 0; border: 0 }}
  @media (min-width: 1000px) {{ .wide button {{ width: 12px; height: 12px; padding: 0; border: 0 }} }}
  @media (prefers-color-scheme: dark) {{ .pale {{ background: #000; color: #333 }} }}
</style></head><body><main><h1>页</h1>{body}</main></body></html>"""
BUTTONS = '<button aria-label="一"></button><button aria-label="二"></button>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<div class="small">{BUTTONS}</div>', {"target-size", "wide: target-size"}),
        (f'<div class="wide">{BUTTONS.replace("></", ">按这里办理</")}</div>', {"wide: target-size"}),
        ('<p class="pale">在暗的屏幕上读不清</p>', {"color-contrast"}),
        ('<p>文中的<a href="/">链接</a>按标准不论大小</p>', set()),
        ('<img src="data:,">', {"image-alt"}),
    ],
    ids=["small", "small on a wide screen", "pale in the dark", "link in text", "picture without words"],
)
def test_finding_of_axe_is_told(chromium, body, expected):
    page = chromium.new_page(viewport=NARROW, color_scheme="dark")
    page.set_content(PAGE.format(body=body))
    assert {found.rpartition(": <")[0] for found in faults_at_both_sizes(page)} == expected
    page.close()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>助学申请 A2026-000001，附件1.xlsx，Excel 文件</p>", []),
        ("<td>None</td>", ["None"]),
        ("<p>状态：on_notice</p>", ["on_notice"]),
        ('<input placeholder="Search" title="查找">', ["Search"]),
        ("<p>核验码 RTLFNUECBF5KS、QLSJ</p><code>aid.AidCase</code><b>{sum}</b>", []),
    ],
    ids=["known", "nothing", "a slug", "what a box says", "codes"],
)
def test_word_that_is_not_chinese_is_told(body, expected):
    assert raw_words(PAGE.format(body=body)) == expected
