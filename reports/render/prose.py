"""A text of a report on official paper: sections in Hei, who issues it and when at the end."""

import re

from portal.printouts.content import Printout, Prose, Sealed

SECTION = re.compile("^[一二三四五六七八九十]+、")  # the first level is set in Hei (GB/T 9704-2012, 7.3.3)


def prose_printout(title: str, text: str, name: str, day: str) -> Printout:
    """`text`, a paragraph for each line, under `title`; `name` issues it on `day`."""
    lines = filter(None, text.split("\n"))
    paragraphs = (Prose(line, is_heading=bool(SECTION.match(line))) for line in lines)
    return Printout(title, (*paragraphs, Sealed(name, day)), is_form=False)
