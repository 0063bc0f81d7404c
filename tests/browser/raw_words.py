"""Words on a page that nobody put into Chinese: English ones, and the names by which the code calls things."""

import html
import re

UNSEEN = re.compile(r"<(script|style|template|code|pre|svg|head)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SAID = re.compile(r"""\b(?:placeholder|title|aria-label|alt)=("[^"]*"|'[^']*')""")
TAG = re.compile(r"<[^>]*>")
BLANK = re.compile(r"\{\w+\}")  # of a bank's file, which is typed so
WORD = re.compile(r"(?<![\w@./-])[A-Za-z_]*[a-z_][A-Za-z_]{2,}(?![\w@-])", re.ASCII)
# What is called so in Chinese offices, too: programs, kinds of files, keys.
KNOWN = frozenset(
    (
        *("Excel", "Word", "Ctrl", "Tab", "Enter", "Esc", "Shift", "Alt", "LibreOffice", "ClamAV", "Django", "Python"),
        *("SQLite", "PostgreSQL", "xlsx", "docx", "pdf", "csv", "json", "zip", "xls", "ods", "png", "jpg", "ics"),
        *("https", "iCal"),
    )
)


def raw_words(page: str) -> list[str]:
    """Those in what a page shows and says; what stands in code, and what is written in capitals, aside."""
    seen = UNSEEN.sub(" ", page)
    said = " ".join(found[1:-1] for found in SAID.findall(seen))
    words = WORD.findall(BLANK.sub(" ", html.unescape(f"{TAG.sub(' ', seen)} {said}")))
    return sorted({word for word in words if word not in KNOWN and set(word) != {"_"}})
