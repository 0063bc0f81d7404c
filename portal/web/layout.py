"""How crispy draws every form of the portal: the template writes the <form> element and the button."""

from crispy_forms.helper import FormHelper


def form_helper() -> FormHelper:
    """A helper that draws fields and errors only."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.field_template = "portal/field.html"
    return helper
