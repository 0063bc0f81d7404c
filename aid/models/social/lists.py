"""Projects with what was paid and how many children got something."""

from django.apps import apps
from django.db.models import Count, DecimalField, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from portal.access import ScopedQuerySet


class ProjectQuerySet(ScopedQuerySet):
    """Projects, and what their list tells that no field holds."""

    def as_listed(self):
        """Each with `paid`, in yuan, and `children_aided`, in 人: a child counts once, however much it got."""
        payments, gains = (
            apps.get_model("aid", name).objects.filter(project=OuterRef("pk")).order_by().values("project")
            for name in ("ProjectPayment", "ProjectGain")
        )
        money = DecimalField(max_digits=14, decimal_places=2)
        paid = Subquery(payments.annotate(all=Sum("amount")).values("all"), output_field=money)
        children = Subquery(gains.annotate(all=Count("child__person", distinct=True)).values("all"))
        return self.annotate(
            paid=Coalesce(paid, Value(0), output_field=money),
            children_aided=Coalesce(children, Value(0), output_field=IntegerField()),
        )
