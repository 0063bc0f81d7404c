"""Which sponsors each programme is for, and whom (notice, part one (three) 2)."""

from django.utils.translation import gettext as _

from aid.enums import Programme, SponsorKind

SPONSOR_OF = {
    Programme.PARTY_BRANCHES: SponsorKind.PARTY_BRANCH,
    Programme.MODEL_WORKERS: SponsorKind.MODEL_WORKER,
    Programme.CIVILISED_TEAMS: SponsorKind.CIVILISED_TEAM,
    Programme.ENTERPRISES: SponsorKind.ENTERPRISE,
    Programme.JANUARY_27: SponsorKind.JANUARY_27,
}

# 千名学生, 百名学生: pupils by the words of the notice, so that a worker is odd there.
OF_PUPILS = frozenset({Programme.PARTY_BRANCHES, Programme.ENTERPRISES})


def kind_against_programme(kind: str, programme: str) -> str:
    """What is odd about a sponsor of that kind in that programme, in words; '' when nothing is."""
    if SPONSOR_OF.get(programme, kind) == kind:
        return ""
    words = {"programme": Programme(programme).label, "kind": SponsorKind(kind).label}
    return _("结对方类别是“%(kind)s”，与结对项目“%(programme)s”不符，请核对") % words


def worker_against_programme(programme: str) -> str:
    """What is odd about pairing with a worker in that programme, in words; '' when nothing is."""
    if programme not in OF_PUPILS:
        return ""
    words = {"programme": Programme(programme).label}
    return _("“%(programme)s”是与学生结对，这里登记的是职工本人，请核对") % words
