"""What every case screen shows around its content."""

from django import template

from cautionary_plugin.conf import conf

register = template.Library()


@register.inclusion_tag("cautionary_plugin/admin/includes/trial.html")
def trial_banner() -> dict[str, bool]:
    """That the go-live checklist is switched off on this site (``CAUTIONARY_GO_LIVE_OVERRIDE``)."""
    return {"is_overridden": bool(conf.GO_LIVE_OVERRIDE)}
