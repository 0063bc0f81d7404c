"""Activities with how many children came."""

from django.apps import apps
from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from portal.access import ScopedQuerySet


class ActivityQuerySet(ScopedQuerySet):
    """Activities, and what their list tells that no field holds."""

    def as_listed(self):
        """Each with `children_came`, in 人."""
        came = apps.get_model("aid", "Participation").objects.filter(activity=OuterRef("pk")).order_by()
        counted = came.values("activity").annotate(all=Count("pk")).values("all")
        return self.annotate(children_came=Coalesce(Subquery(counted), Value(0), output_field=IntegerField()))
