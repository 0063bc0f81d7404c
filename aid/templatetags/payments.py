"""Amounts of money in templates."""

from django import template

from aid.payments.ledger import yuan

register = template.Library()
register.filter("yuan", yuan)
