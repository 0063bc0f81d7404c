"""Asking in a template what the person who looks may do."""

from django import template
from django.contrib.auth.models import AnonymousUser

from portal.access import Permission, can
from portal.models import User

register = template.Library()


@register.filter
def may(user: User | AnonymousUser, name: str) -> bool:
    """Whether `user` holds the permission of that name. An unknown name raises KeyError."""
    return can(user, Permission[name])
