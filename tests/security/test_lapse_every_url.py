"""A lapsed briefing shuts every URL to the owner but those that are named here (A49)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import Briefing, Entry
from tests.council import Council, let_into_wagtail, through_the_door
from tests.security.test_every_url import (
    ANYBODY,
    DOORS,
    SIGNED_IN,
    arguments_of,
    council,  # noqa: F401 - the fixture
    urls_of_the_package,
    was_turned_away,
)

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A49")]

# Their own affairs, what is for every colleague, and what keeps the register running, so that they
# can be briefed again. Nothing here shows anything of a file.
STILL_OPEN = frozenset(
    {
        "accept_post",
        "advice_asked",
        "api_document",
        "api_report",
        "api_worklist",
        "appoint",
        "approve_grant",
        "ask_for_access",
        "ask_for_colleague",
        "brief",
        "cautionary_access-record_modeladmin_history",
        "cautionary_access-record_modeladmin_index",
        "cautionary_access-record_modeladmin_inspect",
        "cautionary_agreement_end",
        "cautionary_agreement_file",
        "cautionary_attendance_take_off",
        "cautionary_authorities",
        "cautionary_authority_approve",
        "cautionary_authority_upload",
        "cautionary_authority_withdraw",
        "cautionary_certificate_approve",
        "cautionary_certificate_revoke",
        "cautionary_certificate_upload",
        "cautionary_certificates_modeladmin_history",
        "cautionary_certificates_modeladmin_index",
        "cautionary_certificates_modeladmin_inspect",
        "cautionary_contact_remove",
        "cautionary_figures",
        "cautionary_figures_chart",
        "cautionary_go_live_step",
        "cautionary_go_live_take_back",
        "cautionary_governance",
        "cautionary_legacy_declare",
        "cautionary_partner_add",
        "cautionary_partner_agreement",
        "cautionary_partner_change",
        "cautionary_partner_contact",
        "cautionary_partner_end",
        "cautionary_partners_modeladmin_history",
        "cautionary_partners_modeladmin_index",
        "cautionary_partners_modeladmin_inspect",
        "cautionary_reading",
        "cautionary_register_settings",
        "cautionary_remind_staff",
        "cautionary_revocations",
        "cautionary_session",
        "cautionary_session_call_off",
        "cautionary_session_close",
        "cautionary_session_expect",
        "cautionary_session_plan",
        "cautionary_settings",
        "cautionary_site_add",
        "cautionary_starters",
        "cautionary_system_approve",
        "cautionary_system_end",
        "cautionary_system_name",
        "cautionary_systems_modeladmin_history",
        "cautionary_systems_modeladmin_index",
        "cautionary_systems_modeladmin_inspect",
        "cautionary_training",
        "cautionary_who_looked",
        "cautionary_who_looked_entries",
        "cautionary_who_looked_month",
        "cautionary_who_looked_people",
        "cautionary_who_looked_sign",
        "cautionary_withdrawal_done",
        "cautionary_worklist",
        "court_support",
        "delegate_customer",
        "emergency",
        "end_appointment",
        "end_grant",
        "issue_enrolment_code",
        "make_post",
        "my_access",
        "my_customer",
        "my_customers",
        "my_follow_up",
        "my_second_factor",
        "my_tasks",
        "people",
        "renew_recovery_codes",
        "reset_second_factor",
        "second_factor_colleagues",
        "second_factor_kept",
    }
)


def test_owner_whose_briefing_has_lapsed_is_let_through_no_other(council: Council) -> None:  # noqa: F811
    let_into_wagtail(council.owner)
    browser = through_the_door(council.owner)
    day = timezone.localdate() - timedelta(days=3 * 365)
    Briefing.objects.filter(user=council.owner).update(briefed_on=day)
    entry = Entry.objects.get()
    found: set[str] = set()

    for name, full_name, pattern in urls_of_the_package():
        if name == "sign_out" or DOORS[name] in (ANYBODY, SIGNED_IN):
            continue
        url = reverse(full_name, kwargs=arguments_of(pattern, entry))
        with transaction.atomic():
            response = browser.get(url)
            transaction.set_rollback(True)
        if not was_turned_away(response):
            found.add(name)

    otherwise = ", ".join(sorted(found ^ STILL_OPEN))
    assert not otherwise, f"shut, or open, against the list: {otherwise}"
