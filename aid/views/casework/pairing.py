"""结对关系 from the page of an application, by one press."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aid.sponsors.pairing import begin_pairing
from aid.views.casework.case import CasePage
from portal.access import Permission
from portal.audit import By
from portal.records.attribute import record_url
from portal.records.editing import RecordRefused
from portal.workflow import MoveRefused


class CasePair(CasePage):
    """Posted only. Then the pairing is open, to add what is given each year or an end."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        try:
            made = begin_pairing(self.case, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        except RecordRefused as refused:
            messages.error(request, " ".join(str(word) for words in refused.by_field.values() for word in words))
        else:
            messages.success(request, _("已登记结对关系 %(number)s。") % {"number": made.number})
            return redirect(record_url(made))
        return redirect(self.url)
