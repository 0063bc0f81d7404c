"""A campaign with a form of its own: five blanks, of which one is typed in, one added up and one composed."""

from portal.models import Campaign

WORDING = """\
{year} 年某市助学情况表
填报单位：____ 填报人：____ 联系电话：____
1. 共筹集资金{raised_all}（万元）；
   其中：社会捐助{raised_social}（万元），
   慈善基金会{raised_foundation}（万元）。
2. 资助小学生{aided_primary}（人），受助人员{aided_people}（人）。
"""

BLANK = {"parts": [], "fact": "", "measure": "number", "field": "", "choices": [], "at_most": "", "is_hard": True}
PRIMARY = {"path": "counted_stage", "codes": ["primary"], "least": "", "most": "", "word": "", "excluded": False}
FOUNDATION = {"slug": "raised_foundation", "label": "慈善基金会", "unit": "wan_yuan", "kind": "typed"}
ALL = {"slug": "raised_all", "label": "筹集资金合计", "unit": "wan_yuan", "kind": "total"}
AIDED_PRIMARY = {"slug": "aided_primary", "label": "资助小学生", "unit": "persons", "kind": "composed", "fact": "cases"}
AIDED_PEOPLE = {"slug": "aided_people", "label": "受助人员", "unit": "persons", "kind": "composed", "fact": "cases"}
FIGURES = [
    BLANK | FOUNDATION,
    BLANK | ALL | {"parts": ["raised_social", "raised_foundation"]},
    BLANK | AIDED_PRIMARY | {"choices": [PRIMARY], "at_most": "aided_people"},
    BLANK | AIDED_PEOPLE | {"measure": "persons"},
]
SLUGS = ["raised_all", "raised_social", "raised_foundation", "aided_primary", "aided_people"]


def with_own_form(campaign: Campaign) -> Campaign:
    """`campaign` with annex 1 in this wording; annex 2 stays the notice's."""
    campaign.forms = {"wordings": {"1": WORDING}, "figures": FIGURES}
    campaign.save()
    return campaign
