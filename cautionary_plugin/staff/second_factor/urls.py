"""The URLs of signing in and of the second factor."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated
from cautionary_plugin.rules.posts import Power

from . import colleagues, enrol, own, sign_in, verify

FOLDER = "second-factor/"

doors = [
    path("sign-in/", gated(sign_in.SignIn.as_view(), needs=Need.NOTHING), name="sign_in"),
    path("sign-out/", gated(sign_in.sign_out, needs=Need.NOTHING), name="sign_out"),
    path(FOLDER, gated(verify.door, needs=Need.SIGNED_IN), name="second_factor"),
    path(
        f"{FOLDER}recovery/",
        gated(verify.recovery, needs=Need.SIGNED_IN),
        name="second_factor_recovery",
    ),
    path(
        f"{FOLDER}lost-phone/",
        gated(verify.lost_phone, needs=Need.SIGNED_IN),
        name="second_factor_lost_phone",
    ),
]

enrolment = [
    path(f"{FOLDER}set-up/", gated(enrol.enrol, needs=Need.SIGNED_IN), name="second_factor_enrol"),
    path(
        f"{FOLDER}set-up/phone/",
        gated(enrol.phone, needs=Need.SIGNED_IN),
        name="second_factor_phone",
    ),
    path(f"{FOLDER}set-up/qr.svg", gated(enrol.qr, needs=Need.SIGNED_IN), name="second_factor_qr"),
    path(f"{FOLDER}kept/", gated(enrol.kept, needs=Need.VERIFIED), name="second_factor_kept"),
]

mine = [
    path(f"{FOLDER}mine/", gated(own.mine, needs=Need.VERIFIED), name="my_second_factor"),
    path(
        f"{FOLDER}mine/renew/",
        gated(own.renew, needs=Need.VERIFIED, dangerous=True),
        name="renew_recovery_codes",
    ),
]

of_colleagues = [
    path(
        f"{FOLDER}colleagues/",
        gated(colleagues.colleagues, needs=Power.ISSUE_CODES, dangerous=True),
        name="second_factor_colleagues",
    ),
    path(
        f"{FOLDER}colleagues/issue/",
        gated(colleagues.issue, needs=Power.ISSUE_CODES, dangerous=True),
        name="issue_enrolment_code",
    ),
    path(
        f"{FOLDER}colleagues/reset/",
        gated(colleagues.reset, needs=Power.RESET_SECOND_FACTOR, dangerous=True),
        name="reset_second_factor",
    ),
]

urlpatterns = [*doors, *enrolment, *mine, *of_colleagues]
