"""Asking in a template what the person who looks may do."""

from django import template

from portal.access import Permission, can

register = template.Library()


@register.filter
def may(user, name: str) -> bool:
    """Whether `user` holds the permission of that name. An unknown name raises KeyError."""
    return can(user, Permission[name])
