"""Every URL of the package, for everybody, GET and POST: who passes, and that no name leaks.

What each URL needs is written down here a second time, by hand: a screen that is added without a
line in ``DOORS`` fails, and so does one whose need is changed.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cautionary_plugin.actions.partners import add_partner
from cautionary_plugin.models import Appointment, Briefing, Entry, Partner, ReadingGrant
from cautionary_plugin.rules.posts import PostKind
from tests.council import (
    PLANTED,
    Council,
    brief,
    found_council,
    grant,
    hold_post,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.factors import make_person
from tests.letters import owed

OWNER, SAFETY, DPO = PostKind.OWNER, PostKind.HEALTH_AND_SAFETY, PostKind.DATA_PROTECTION
HEAD, OPERATIONS = PostKind.HEAD_OF_SERVICE, PostKind.OPERATIONS_MANAGER
CHAIR, MEMBER, ADMINISTRATOR = PostKind.PANEL_CHAIR, PostKind.PANEL_MEMBER, PostKind.ADMINISTRATOR
TRAINER, CMT, DIRECTOR = PostKind.TRAINER, PostKind.CMT_MEMBER, PostKind.DIRECTOR
LEGAL = PostKind.LEGAL_SERVICES

ANYBODY, SIGNED_IN, VERIFIED, READERS = "anybody", "signed in", "verified", "readers"
ISSUERS = {OWNER, HEAD, OPERATIONS, ADMINISTRATOR}
KEEPERS = {OWNER, SAFETY, CHAIR}
SIGNERS = {OWNER, HEAD, DIRECTOR}
WRITERS = {OWNER, HEAD, OPERATIONS, LEGAL}
REFERRERS = {OWNER, HEAD, OPERATIONS}
SCHEDULERS = {OWNER, CHAIR, PostKind.PANEL_CLERK}
CARE = PostKind.PANEL_SOCIAL_CARE
MONITORING, LEGAL_DIRECTOR = PostKind.MONITORING_OFFICER, PostKind.LEGAL_DIRECTOR
PANELLISTS = {CHAIR, MEMBER, CARE}
TABLE = SCHEDULERS | PANELLISTS
MINUTES = {*TABLE, MONITORING}
PAPERS = {*TABLE, HEAD, OPERATIONS, LEGAL}
DECIDE_CONFLICTS = {CHAIR, MONITORING}
URGENT = {CHAIR, LEGAL_DIRECTOR}
CLERKS = {OWNER, DPO, ADMINISTRATOR, PostKind.PANEL_CLERK}
HEARERS = {CMT, DIRECTOR, LEGAL_DIRECTOR, MONITORING, *PANELLISTS}
MAIL = {PostKind.MAIL_ADMINISTRATOR}
PARTNERS = {OWNER, ADMINISTRATOR, DPO}
TRAINERS = {OWNER, SAFETY, TRAINER}

DOORS: dict[str, Any] = {
    "home": SIGNED_IN,
    "check": READERS,
    "check_visits": READERS,
    "entry": READERS,
    "acknowledge": READERS,
    "my_access": VERIFIED,
    "ask_for_access": VERIFIED,
    "accept_post": VERIFIED,
    "emergency": VERIFIED,
    "people": {OWNER, HEAD, SAFETY, DPO, OPERATIONS, TRAINER, ADMINISTRATOR},
    "approve_grant": {OWNER, SAFETY, DPO},
    "end_grant": {OWNER, SAFETY, DPO},
    "ask_for_colleague": {OWNER, HEAD, OPERATIONS, ADMINISTRATOR},
    "appoint": {OWNER},
    "end_appointment": {OWNER},
    "make_post": {OWNER},
    "brief": {OWNER, SAFETY, TRAINER},
    "report": SIGNED_IN,
    "report_elsewhere": SIGNED_IN,
    "my_reports": SIGNED_IN,
    "resume_report": SIGNED_IN,
    "check_report": SIGNED_IN,
    "report_sent": SIGNED_IN,
    "discard_report": SIGNED_IN,
    "report_page": SIGNED_IN,
    "report_listed": SIGNED_IN,
    "report_evidence": SIGNED_IN,
    "remove_evidence": SIGNED_IN,
    "my_customers": VERIFIED,
    "my_customer": VERIFIED,
    "delegate_customer": VERIFIED,
    "my_accounts": SIGNED_IN,
    "give_account": SIGNED_IN,
    "decline_account": SIGNED_IN,
    "sign_in": ANYBODY,
    "sign_out": ANYBODY,
    "second_factor": SIGNED_IN,
    "second_factor_recovery": SIGNED_IN,
    "second_factor_lost_phone": SIGNED_IN,
    "second_factor_enrol": SIGNED_IN,
    "second_factor_phone": SIGNED_IN,
    "second_factor_qr": SIGNED_IN,
    "second_factor_kept": VERIFIED,
    "my_second_factor": VERIFIED,
    "renew_recovery_codes": VERIFIED,
    "second_factor_colleagues": ISSUERS,
    "issue_enrolment_code": ISSUERS,
    "reset_second_factor": ISSUERS,
    "api_check": READERS,
    "api_check_visits": READERS,
    "api_worklist": VERIFIED,
    "api_report": VERIFIED,
    "api_document": VERIFIED,
    "cautionary_systems_modeladmin_index": {OWNER, ADMINISTRATOR},
    "cautionary_systems_modeladmin_inspect": {OWNER, ADMINISTRATOR},
    "cautionary_systems_modeladmin_history": {OWNER, ADMINISTRATOR},
    "cautionary_system_name": {OWNER, ADMINISTRATOR},
    "cautionary_system_approve": {OWNER},
    "cautionary_system_end": {OWNER, ADMINISTRATOR},
    "cautionary_worklist": set(PostKind),
    "cautionary_figures": {OWNER, SAFETY, DPO},
    "cautionary_figures_chart": {OWNER, SAFETY, DPO},
    "cautionary_foi": {OWNER, DPO},
    "cautionary_foi_year": {OWNER, DPO},
    "cautionary_foi_file": {OWNER, DPO},
    "cautionary_access_requests": {OWNER, DPO},
    "cautionary_access_request_new": {OWNER, DPO},
    "cautionary_access_request": {OWNER, DPO},
    "cautionary_access_request_identity": {OWNER, DPO},
    "cautionary_access_request_prepare": {OWNER, DPO},
    "cautionary_access_request_line": {OWNER, DPO},
    "cautionary_access_request_line_file": {OWNER, DPO},
    "cautionary_access_request_release": {DPO},
    "cautionary_access_request_withdraw": {OWNER, DPO},
    "cautionary_access_request_file": {OWNER, DPO},
    "cautionary_register_modeladmin_index": KEEPERS,
    "cautionary_register_modeladmin_inspect": KEEPERS,
    "cautionary_register_modeladmin_history": KEEPERS,
    "cautionary_sign_off": KEEPERS,
    "cautionary_dispute": {OWNER},
    "cautionary_settle": {OWNER},
    "cautionary_corrections": {OWNER},
    "cautionary_correct": {OWNER},
    "cautionary_withdraw": {OWNER},
    "cautionary_countersign": SIGNERS,
    "cautionary_countersign_report": SIGNERS,
    "cautionary_countersign_police": SIGNERS,
    "cautionary_decide": {OWNER},
    "cautionary_decide_report": {OWNER},
    "cautionary_decide_police": {OWNER},
    "cautionary_decided": {OWNER},
    "cautionary_decide_as": {OWNER},
    "cautionary_access-record_modeladmin_index": {OWNER, DPO},
    "cautionary_access-record_modeladmin_inspect": {OWNER, DPO},
    "cautionary_access-record_modeladmin_history": {OWNER, DPO},
    "cautionary_who_looked": {OWNER, DPO},
    "cautionary_who_looked_month": {OWNER, DPO},
    "cautionary_who_looked_people": {OWNER, DPO},
    "cautionary_who_looked_entries": {OWNER, DPO},
    "cautionary_who_looked_sign": {OWNER, DPO},
    "cautionary_legacy_modeladmin_index": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_modeladmin_inspect": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_modeladmin_history": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_upload": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_plan": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_enter": {OWNER, ADMINISTRATOR},
    "cautionary_legacy_declare": {OWNER},
    "cautionary_certificates_modeladmin_index": {OWNER, DPO},
    "cautionary_certificates_modeladmin_inspect": {OWNER, DPO},
    "cautionary_certificates_modeladmin_history": {OWNER, DPO},
    "cautionary_holds_modeladmin_index": {OWNER, DPO, LEGAL},
    "cautionary_holds_modeladmin_inspect": {OWNER, DPO, LEGAL},
    "cautionary_holds_modeladmin_history": {OWNER, DPO, LEGAL},
    "cautionary_place_hold": {OWNER, DPO, LEGAL},
    "cautionary_lift_hold": {OWNER, DPO, LEGAL},
    "cautionary_panel": PAPERS | MINUTES,
    "cautionary_meeting_plan": SCHEDULERS,
    "cautionary_meeting": PAPERS | MINUTES,
    "cautionary_meeting_change": SCHEDULERS,
    "cautionary_meeting_cancel": SCHEDULERS,
    "cautionary_meeting_open": SCHEDULERS,
    "cautionary_meeting_close": SCHEDULERS,
    "cautionary_meeting_papers": SCHEDULERS,
    "cautionary_meeting_fill": SCHEDULERS,
    "cautionary_meeting_apologies": PAPERS | MINUTES,
    "cautionary_meeting_coming": PAPERS | MINUTES,
    "cautionary_meeting_deputy": TABLE,
    "cautionary_minutes": MINUTES,
    "cautionary_minutes_pdf": MINUTES,
    "cautionary_agenda_step": SCHEDULERS,
    "cautionary_attendance": TABLE,
    "cautionary_panel_papers": PAPERS,
    "cautionary_conflict_declare": TABLE,
    "cautionary_case_join": SCHEDULERS,
    "cautionary_conflicts": DECIDE_CONFLICTS,
    "cautionary_conflict_decide": DECIDE_CONFLICTS,
    "cautionary_conflict_pass_on": SCHEDULERS,
    "cautionary_item": TABLE,
    "cautionary_item_look": TABLE,
    "cautionary_item_open": SCHEDULERS,
    "cautionary_item_health": SCHEDULERS,
    "cautionary_item_consult": {CARE},
    "cautionary_item_findings": SCHEDULERS,
    "cautionary_item_motion": SCHEDULERS,
    "cautionary_item_vote": PANELLISTS,
    "cautionary_item_take_back": SCHEDULERS,
    "cautionary_item_close": SCHEDULERS,
    "cautionary_item_record": SCHEDULERS,
    "cautionary_item_adjourn": SCHEDULERS,
    "cautionary_item_correction": SCHEDULERS,
    "cautionary_urgent": URGENT,
    "cautionary_urgent_add": URGENT,
    "cautionary_urgent_added": URGENT,
    "cautionary_referrals": {OWNER},
    "cautionary_referral": {OWNER},
    "cautionary_referral_take": {OWNER},
    "cautionary_referral_decline": {OWNER},
    "cautionary_refer": REFERRERS,
    "cautionary_refer_another": REFERRERS,
    "cautionary_refer_cases": REFERRERS,
    "cautionary_refer_case": REFERRERS,
    "cautionary_refer_report": REFERRERS,
    "cautionary_refer_put": REFERRERS,
    "cautionary_refer_back": REFERRERS,
    "cautionary_refer_police": REFERRERS,
    "cautionary_case_withdraw": SCHEDULERS,
    "cautionary_following": SCHEDULERS,
    "cautionary_questionnaire": SCHEDULERS,
    "cautionary_questionnaire_return": SCHEDULERS,
    "cautionary_questionnaire_specialist": SCHEDULERS,
    "cautionary_item_specialist": SCHEDULERS,
    "cautionary_follow_up_note": SCHEDULERS,
    "cautionary_follow_up_done": SCHEDULERS,
    "cautionary_summons": SCHEDULERS,
    "my_tasks": VERIFIED,
    "advice_asked": VERIFIED,
    "my_follow_up": VERIFIED,
    "court_support": VERIFIED,
    "cautionary_letters": WRITERS | SCHEDULERS,
    "cautionary_letter": WRITERS,
    "cautionary_letter_write": WRITERS,
    "cautionary_letter_issue": WRITERS,
    "cautionary_letter_print": WRITERS,
    "cautionary_letter_pdf": WRITERS,
    "cautionary_letter_posted": WRITERS,
    "cautionary_letter_email": WRITERS,
    "cautionary_letter_stop_email": WRITERS,
    "cautionary_letter_questionnaire": WRITERS,
    "cautionary_letter_questionnaire_pdf": WRITERS,
    "cautionary_letter_hand_over": SCHEDULERS,
    "cautionary_letter_exempt": {OWNER},
    "cautionary_wordings": {OWNER},
    "cautionary_wording": {OWNER},
    "cautionary_bulletin": {OWNER},
    "cautionary_exemptions": {OWNER, SAFETY, DPO},
    "cautionary_exemption": KEEPERS,
    "cautionary_exemption_end": {OWNER},
    "cautionary_settings": {OWNER},
    "cautionary_register_settings": {OWNER},
    "cautionary_appeals_modeladmin_index": CLERKS,
    "cautionary_appeals_modeladmin_inspect": CLERKS,
    "cautionary_appeals_modeladmin_history": CLERKS,
    "cautionary_appeal_record": CLERKS,
    "cautionary_appeal_hearers": CLERKS,
    "cautionary_appeal_withdraw": CLERKS,
    "cautionary_hearings_modeladmin_index": HEARERS,
    "cautionary_hearings_modeladmin_inspect": HEARERS,
    "cautionary_hearings_modeladmin_history": HEARERS,
    "cautionary_appeal_propose": HEARERS,
    "cautionary_appeal_sign": HEARERS,
    "cautionary_appeal_send_back": HEARERS,
    "cautionary_contacts_modeladmin_index": SCHEDULERS,
    "cautionary_contacts_modeladmin_inspect": SCHEDULERS,
    "cautionary_contacts_modeladmin_history": SCHEDULERS,
    "cautionary_spoc_replace": SCHEDULERS,
    "cautionary_spoc_end": SCHEDULERS,
    "cautionary_divert_prepare": SCHEDULERS,
    "cautionary_divert": SCHEDULERS,
    "cautionary_divert_ask": SCHEDULERS,
    "cautionary_divert_nobody": SCHEDULERS,
    "cautionary_divert_answer": SCHEDULERS,
    "cautionary_divert_request": SCHEDULERS,
    "cautionary_divert_end": SCHEDULERS,
    "cautionary_mail_rules": MAIL,
    "cautionary_mail_rule": MAIL,
    "cautionary_complaints_modeladmin_index": CLERKS,
    "cautionary_complaints_modeladmin_inspect": CLERKS,
    "cautionary_complaints_modeladmin_history": CLERKS,
    "cautionary_complaint_record": CLERKS,
    "cautionary_complaint_acknowledge": CLERKS,
    "cautionary_complaint_answer": CLERKS,
    "cautionary_reviews_modeladmin_index": KEEPERS,
    "cautionary_reviews_modeladmin_inspect": KEEPERS,
    "cautionary_reviews_modeladmin_history": KEEPERS,
    "cautionary_lapsing": KEEPERS,
    "cautionary_quarter": {OWNER},
    "cautionary_review_open": {OWNER},
    "cautionary_review_propose": {OWNER},
    "cautionary_review_sign": {SAFETY},
    "cautionary_review_send_back": {SAFETY},
    "cautionary_review_close": {OWNER},
    "cautionary_partners_modeladmin_index": PARTNERS,
    "cautionary_partners_modeladmin_inspect": PARTNERS,
    "cautionary_partners_modeladmin_history": PARTNERS,
    "cautionary_partner_add": {OWNER, ADMINISTRATOR},
    "cautionary_site_add": {OWNER, ADMINISTRATOR},
    "cautionary_partner_change": {OWNER, ADMINISTRATOR},
    "cautionary_partner_end": {OWNER, ADMINISTRATOR},
    "cautionary_partner_contact": {OWNER, ADMINISTRATOR},
    "cautionary_partner_agreement": {OWNER, ADMINISTRATOR},
    "cautionary_partner_share": {OWNER},
    "cautionary_contact_remove": {OWNER, ADMINISTRATOR},
    "cautionary_certificate_upload": {OWNER, ADMINISTRATOR},
    "cautionary_certificate_approve": {OWNER, DPO},
    "cautionary_certificate_revoke": PARTNERS,
    "cautionary_agreement_end": {OWNER, ADMINISTRATOR},
    "cautionary_agreement_file": PARTNERS,
    "cautionary_withdrawal_done": {OWNER, ADMINISTRATOR},
    "cautionary_authorities": PARTNERS,
    "cautionary_authority_upload": {OWNER, ADMINISTRATOR},
    "cautionary_authority_approve": {OWNER, DPO},
    "cautionary_authority_withdraw": PARTNERS,
    "cautionary_revocations": PARTNERS,
    "cautionary_entry_sharing": {OWNER},
    "cautionary_entry_share": {OWNER},
    "cautionary_entry_sites": {OWNER},
    "cautionary_entry_audience": {OWNER},
    "cautionary_entry_send_again": {OWNER},
    "cautionary_entry_take_back": {OWNER},
    "my_training": SIGNED_IN,
    "cautionary_training": TRAINERS,
    "confirm_reading": SIGNED_IN,
    "starters": SIGNED_IN,
    "confirm_starter": SIGNED_IN,
    "cautionary_starters": TRAINERS,
    "cautionary_remind_staff": TRAINERS,
    "cautionary_reading": TRAINERS,
    "cautionary_session": TRAINERS,
    "cautionary_session_plan": TRAINERS,
    "cautionary_session_expect": TRAINERS,
    "cautionary_session_close": TRAINERS,
    "cautionary_session_call_off": TRAINERS,
    "cautionary_attendance_take_off": TRAINERS,
    "cautionary_governance": {OWNER, DPO},
    "cautionary_go_live_step": {OWNER, DPO},
    "cautionary_go_live_take_back": {OWNER, DPO},
    "cautionary_evidence": {OWNER, SAFETY, DIRECTOR, CMT, *PAPERS},
}

BY_UUID = ("cautionary_evidence", "cautionary_lift_hold")
READING_POSTS = {OWNER, SAFETY, *PANELLISTS}
STRANGERS = (
    "anonymous",
    "password only",
    "verified without grant",
    "superuser without post",
    "editor",
    "expired grant",
    "ended grant",
    "lapsed briefing",
    "inactive",
    "ended post",
)
EVERYBODY = [*STRANGERS, "reader", *PostKind]


def urls_of_the_package() -> Iterator[tuple[str, str, URLPattern]]:
    """Name, namespaced name and pattern of each URL whose view is the package's."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, inner)
        elif _is_ours(each):
            yield str(each.name), f"{namespace}{each.name}", each


def _is_ours(pattern: URLPattern) -> bool:
    view: Any = pattern.callback
    while view is not None:
        if hasattr(view, "cautionary_needs") or view.__module__.startswith("cautionary_plugin"):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.fixture
def council(db: None) -> Council:
    council = found_council()
    list_entries(council)
    owed(council, entry=Entry.objects.get())
    add_partner(
        name="Linden Homes",
        has_contact=True,
        basis="Their officers visit our tenants.",
        sites=[],
        by=council.owner,
        at=timezone.now(),
    )
    return council


def _person(who: str, council: Council) -> Any:
    """Somebody for each column of the grid; all but the first have an account."""
    now = timezone.now()
    user = make_person(who.replace(" ", "-"))
    if who == "superuser without post":
        user.is_superuser = user.is_staff = True
        user.save()
    if who == "editor":
        user.groups.add(Group.objects.get(name="Editors"))
    if who in ("expired grant", "ended grant", "lapsed briefing", "inactive"):
        grant(council, user)
        brief(council, user)
    if who == "expired grant":
        ReadingGrant.objects.filter(user=user).update(
            starts_on=now - timedelta(days=9), ends_on=timezone.localdate(now)
        )
    if who == "ended grant":
        ReadingGrant.objects.filter(user=user).update(ended_at=now)
    if who == "lapsed briefing":
        Briefing.objects.filter(user=user).update(briefed_on=now - timedelta(days=3 * 365))
    if who == "ended post":
        hold_post(council, user, PostKind.HEALTH_AND_SAFETY)
        brief(council, user)
        Appointment.objects.filter(user=user).update(ended_at=now)
    if who in list(PostKind):
        hold_post(council, user, PostKind(who), as_deputy=who == PostKind.OWNER)
        brief(council, user)
        user.groups.add(Group.objects.get(name="Editors"))
    return user


def _browser(who: str, council: Council) -> Client:
    if who == "anonymous":
        return Client()
    if who == "reader":
        return through_the_door(make_reader(council))
    user = _person(who, council)
    if who == "password only":
        client = Client()
        client.force_login(user)
        return client
    client = through_the_door(user)
    if who == "inactive":
        type(user)._default_manager.filter(pk=user.pk).update(is_active=False)
    return client


def _passes(who: str, door: Any) -> bool:
    if door == ANYBODY:
        return True
    if who in ("anonymous", "inactive"):
        return False
    if door == SIGNED_IN:
        return True
    if who == "password only":
        return False
    if door == VERIFIED:
        return True
    if door == READERS:
        return who == "reader" or who in READING_POSTS
    return who in door


def arguments_of(pattern: URLPattern, entry: Entry) -> dict[str, Any]:
    """What the URL takes: the planted entry wherever one can be named."""
    known = {"reference": entry.reference, "slug": "cpr", "page": "seen", "kind": "addition"}
    known |= {"register": "cpr", "step": "escrow"}
    if str(pattern.name).startswith("cautionary_letter"):
        known["pk"] = entry.letters.get().pk
    if str(pattern.name).startswith("cautionary_partner"):
        known["reference"] = known["key"] = Partner.objects.get().reference
    if str(pattern.name).startswith("cautionary_entry"):
        known["partner"] = Partner.objects.get().reference
    if "register_modeladmin" in str(pattern.name):
        known["key"] = entry.reference
    of_kind = {"UUIDConverter": "00000000-0000-4000-8000-000000000000", "IntConverter": 1}
    return {
        name: known.get(name, of_kind.get(type(converter).__name__, "1"))
        for name, converter in pattern.pattern.converters.items()
    }


def was_turned_away(response: Any) -> bool:
    if response.status_code in (401, 403):
        return True
    doors = (reverse("cautionary:sign_in"), reverse("cautionary:second_factor"), "/admin/login/")
    location = response.headers.get("Location", "").partition("?")[0]
    is_admin_home = location == reverse("wagtailadmin_home")  # no right to the Wagtail admin
    return response.status_code == 302 and (location in doors or is_admin_home)


def test_every_url_has_a_line_in_the_table():
    assert {name for name, _full, _pattern in urls_of_the_package()} == set(DOORS)


@pytest.mark.clause("A40")
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_url_lets_through_whom_it_should(who: str, council: Council):
    browser = _browser(who, council)
    entry = Entry.objects.get()
    may_read = who == "reader" or who in READING_POSTS
    for name, full_name, pattern in urls_of_the_package():
        if name == "sign_out":
            continue
        url = reverse(full_name, kwargs=arguments_of(pattern, entry))
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(browser, method)(url)
                transaction.set_rollback(True)
            told = f"{who}: {method} {name} -> {response.status_code}"
            if _passes(who, DOORS[name]):
                second_factor = DOORS[name] in (ANYBODY, SIGNED_IN)
                assert second_factor or not was_turned_away(response) or name == "home", told
                assert response.status_code < 500, told
            else:
                assert was_turned_away(response), told
            if not may_read:
                assert PLANTED not in _text(response), told
                assert PLANTED.split()[1] not in _text(response), told


def _text(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


def test_planted_name_is_shown_to_the_right_people(council: Council):
    reference = Entry.objects.get().reference
    officer = through_the_door(make_reader(council))
    officer.post(reverse("cautionary:entry", args=[reference]), {"purpose": "home_visit"})
    owner = through_the_door(council.owner)
    council.owner.groups.add(Group.objects.get(name="Editors"))

    entry_page = officer.get(reverse("cautionary:entry", args=[reference]))
    answer = officer.post(
        reverse("cautionary:check"), {"anything": "quimberly gantry", "purpose": "home_visit"}
    )
    register = owner.get(reverse("cautionary_register_modeladmin_index"))
    inspected = owner.get(reverse("cautionary_register_modeladmin_inspect", args=[reference]))

    for response in (entry_page, answer, register, inspected):
        assert PLANTED in response.content.decode()


def test_refusal_is_recorded_with_the_screen_and_without_the_name(council: Council):
    from cautionary_plugin.models import AccessRecord
    from cautionary_plugin.rules.vocabulary import Act

    stranger = make_person("stranger")
    through_the_door(stranger).post(
        reverse("cautionary:check"), {"anything": PLANTED, "purpose": "home_visit"}
    )

    line = AccessRecord.objects.filter(act=Act.REFUSED).get()
    assert (line.user, line.screen, line.reference) == (stranger, "cautionary:check", "")
