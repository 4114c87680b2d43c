"""What an officer does who may check no more lists for now, and has to go out all the same."""

from django.utils.translation import gettext as _

from cautionary_plugin.conf import conf


def in_the_meantime() -> str:
    """One check by itself always goes; and there is whom to ring."""
    if conf.DUTY_PHONE:
        return _(
            "Until then check the next visit by itself: one check always goes. If you cannot, ring "
            "%(phone)s before you go."
        ) % {"phone": conf.DUTY_PHONE}
    return _(
        "Until then check the next visit by itself: one check always goes. If you cannot, ring "
        "your manager before you go."
    )
