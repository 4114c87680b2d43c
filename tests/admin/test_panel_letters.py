"""The panel's letters on the screens: whose they are, what is missing, what goes with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.letters import views
from cautionary_plugin.models import AccessRecord, AgendaItem, ConflictDeclaration, Letter
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.admin.pages import text, url
from tests.council import browser_of
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import Panel, seat
from tests.panel_letters import WHY, expected_letter, issued, schedule_letter
from tests.queries import fewest_queries
from tests.schedule import councillor_asked, prepared_divert

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize(("risk", "who"), [("medium", "operations"), ("high", "legal")])
def test_letter_is_written_issued_and_posted_by_whose_it_is(
    panel: Panel, risk: str, who: str
) -> None:
    letter, browser = schedule_letter(panel, risk), browser_of(panel.people[who])
    assert url("letter", letter.pk) in text(browser.get(url("letters")))
    assert REPORTED in text(browser.get(url("letter", letter.pk)))
    assert AccessRecord.objects.filter(act=Act.READ_LETTER, user=panel.people[who]).exists()

    too_early = browser.post(url("letter_issue", letter.pk))
    assert too_early.status_code == 409
    assert browser.post(url("letter_write", letter.pk), {"why": WHY}).status_code == 302
    assert browser.post(url("letter_issue", letter.pk)).url == url("letter", letter.pk)
    assert "is issued. Send it now." in text(browser.get(url("letter", letter.pk)))
    sent = {"sent_on": f"{timezone.localdate():%d %m %Y}"}
    assert browser.post(url("letter_posted", letter.pk), sent).url == url("letters")
    assert "is recorded as posted." in text(browser.get(url("letters")))
    again = browser.post(url("letter_posted", letter.pk), sent)

    assert again.status_code in (400, 409)
    letter.refresh_from_db()
    assert letter.sent_on == timezone.localdate()


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize(
    ("risk", "who"),
    [
        ("medium", "legal"),
        ("medium", "another manager"),
        ("high", "operations"),
        ("high", "owner"),
    ],
)
def test_letter_is_neither_listed_for_others_nor_opened(panel: Panel, risk: str, who: str) -> None:
    letter = schedule_letter(panel, risk)
    if who == "another manager":
        person = seat(panel, make_person("manager"), "operations", as_deputy=True)
    else:
        person = panel.owner if who == "owner" else panel.people[who]
    browser = browser_of(person)

    assert url("letter", letter.pk) not in text(browser.get(url("letters")))
    for name in ("letter", "letter_write", "letter_issue", "letter_print", "letter_posted"):
        answer = browser.get(url(name, letter.pk))
        assert answer.status_code in (403, 404), name
        assert REPORTED not in text(answer)


@pytest.mark.clause("B31")
def test_clerk_hands_a_letter_over_once_and_reads_nothing_of_it(panel: Panel) -> None:
    letter, clerk = schedule_letter(panel), browser_of(panel.clerk)
    other = seat(panel, make_person("manager"), "operations", as_deputy=True)
    listed = text(clerk.get(url("letters")))
    assert url("letter_hand_over", letter.pk) in listed
    assert REPORTED.split()[1] not in listed
    assert clerk.get(url("letter", letter.pk)).status_code == 403
    wrong = clerk.post(url("letter_hand_over", letter.pk), {"to": "equality", "step": "record"})
    assert (wrong.status_code, 'href="#id_to"' in text(wrong)) == (400, True)

    done = clerk.post(url("letter_hand_over", letter.pk), {"to": "manager", "step": "record"})

    assert done.url == url("letters")
    letter.refresh_from_db()
    assert letter.writer == other
    assert url("letter", letter.pk) in text(browser_of(other).get(url("letters")))
    assert url("letter", letter.pk) not in text(browser_of(panel.operations).get(url("letters")))


@pytest.mark.clause("B11")
@pytest.mark.parametrize("who", ["operations", "chair"])
def test_whoever_is_shut_out_sees_nothing_of_the_letter(panel: Panel, who: str) -> None:
    letter, person = schedule_letter(panel), panel.people[who]
    ConflictDeclaration.objects.create(
        case_file=letter.case.case_file, case=letter.case, user=person, declared_at=timezone.now()
    )
    browser = browser_of(person)

    listed = text(browser.get(url("letters")))

    assert letter.entry.reference not in listed
    assert browser.get(url("letter", letter.pk)).status_code in (403, 404)
    assert browser.get(url("letter_hand_over", letter.pk)).status_code in (403, 404)


@pytest.mark.clause("B38")
def test_questionnaire_is_printed_with_the_letter_and_with_no_other(panel: Panel) -> None:
    letter = issued(panel, schedule_letter(panel))
    browser = browser_of(panel.operations)

    printed = browser.get(url("letter_questionnaire", letter.pk))
    document = browser.get(url("letter_questionnaire_pdf", letter.pk))

    assert printed.status_code == 200
    assert document.headers["Content-Type"] == "application/pdf"
    assert REPORTED.split()[1] not in document.headers["Content-Disposition"]
    legal = browser_of(panel.legal)
    high = Letter.objects.get(pk=letter.pk)
    high.kind = LetterKind.SCHEDULE_HIGH
    high.save(update_fields=["kind"])
    assert legal.get(url("letter_questionnaire", letter.pk)).status_code == 409


@pytest.mark.clause("B17")
@pytest.mark.clause("B30")
def test_letters_without_an_entry_stand_on_the_desk_of_the_manager(panel: Panel) -> None:
    expected, divert = expected_letter(panel), prepared_divert(panel)
    browser = browser_of(panel.operations)

    listed = text(browser.get(url("letters")))

    for letter in (expected, divert.letters.get()):
        assert url("letter", letter.pk) in listed
        assert browser.get(url("letter", letter.pk)).status_code == 200


@pytest.mark.clause("B29", "B30")
def test_letter_about_a_divert_waits_for_councillors_and_asks_for_an_address_alone(
    panel: Panel,
) -> None:
    divert = prepared_divert(panel)
    councillor_asked(panel, divert)
    letter = divert.letters.get()
    Letter.objects.filter(pk=letter.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    manager, clerk = browser_of(panel.operations), browser_of(panel.clerk)

    listed, shown = text(manager.get(url("letters"))), text(manager.get(url("letter", letter.pk)))

    assert "overdue" not in listed
    assert "Waits for the councillors’ answers" in listed
    assert "Waits for the councillors’ answers" in shown
    assert ">Type another name and address</a>" in shown
    assert "Write your own words" not in shown
    typing = text(manager.get(url("letter_write", letter.pk)))
    assert "This letter needs no words of yours, only where it goes." in typing
    told = text(clerk.get(url("divert", divert.reference)))
    assert "once the councillors have answered" in told
    assert (name_of(letter.writer) or "any Operations Manager") in told


def test_typed_address_is_used_or_what_it_lacks_is_said(panel: Panel) -> None:
    letter, browser = prepared_divert(panel).letters.get(), browser_of(panel.operations)
    address = url("letter_write", letter.pk)

    one_line = browser.post(address, {"addressee": "12 Larkspur Walk"})
    assert one_line.status_code == 400
    assert "Type the name on the first line, and the address below it." in text(one_line)
    assert "12 Larkspur Walk" in text(one_line)
    whole = browser.post(address, {"addressee": "Barnaby Teasel\n12 Larkspur Walk"})

    assert whole.status_code == 302
    shown = text(browser.get(url("letter", letter.pk)))
    assert "Barnaby Teasel<br>12 Larkspur Walk" in shown
    assert "The file has no address." not in shown


@pytest.mark.clause("B20", "B21")
def test_writer_is_told_how_the_panel_adapts_its_approach(panel: Panel) -> None:
    letter, browser = schedule_letter(panel), browser_of(panel.operations)
    assert "The panel adapts the approach" not in text(browser.get(url("letter", letter.pk)))
    item = AgendaItem.objects.get(case=letter.case)
    item.adjustments = "Write, and do not ring him."
    item.save(update_fields=["adjustments"])

    shown = text(browser.get(url("letter", letter.pk)))

    assert "The panel adapts the approach" in shown
    assert "Write, and do not ring him." in shown


def test_letter_leads_to_its_case_for_whoever_may_read_it(panel: Panel) -> None:
    letter = schedule_letter(panel)
    assert letter.case is not None
    case = url("refer_case", letter.case.reference)
    browser = browser_of(panel.operations)
    assert f'href="{case}"' in text(browser.get(url("letter", letter.pk)))
    assert browser.get(case).status_code == 200

    letter.case.referred_by = letter.case.presenter = panel.council.owner
    letter.case.save(update_fields=["referred_by", "presenter"])

    assert f'href="{case}"' not in text(browser.get(url("letter", letter.pk)))


def test_email_is_not_offered_where_no_pdf_can_be_made(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, browser = issued(panel), browser_of(panel.operations)
    page = url("letter", letter.pk)
    assert ">Send it by e-mail</a>" in text(browser.get(page))

    monkeypatch.setattr(views, "is_installed", lambda: False)

    assert ">Send it by e-mail</a>" not in text(browser.get(page))


def test_words_of_an_issued_letter_count_once_it_is_issued_anew(panel: Panel) -> None:
    letter, browser = schedule_letter(panel), browser_of(panel.operations)
    typing = url("letter_write", letter.pk)
    assert "can be changed until the letter is issued" in text(browser.get(typing))
    issued(panel, letter)

    assert "its text is frozen: what you change here counts once" in text(browser.get(typing))
    browser.post(typing, {"why": f"{WHY} And on a tenth day."})

    shown = text(browser.get(url("letter", letter.pk)))
    assert "Issue it anew before it goes out." in shown


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_hostile_words_break_nothing(panel: Panel, typed: str) -> None:
    letter, browser = schedule_letter(panel), browser_of(panel.operations)

    answers = [
        browser.post(url("letter_write", letter.pk), {"why": typed}),
        browser.get(url("letter", letter.pk)),
        browser.get(url("letter_issue", letter.pk)),
        browser.post(url("letter_email", letter.pk), {"address": typed, "confirmed": "yes"}),
        browser_of(panel.clerk).post(
            url("letter_hand_over", letter.pk), {"to": typed, "step": "record"}
        ),
    ]

    for answer in answers:
        assert answer.status_code < 500
        assert b"<script>alert" not in answer.content


def test_list_costs_the_same_however_long(panel: Panel) -> None:
    letter, browser, clerk = (
        schedule_letter(panel),
        browser_of(panel.operations),
        browser_of(panel.clerk),
    )
    pages = [(browser, url("letters")), (clerk, url("letters"))]
    before = [fewest_queries(lambda b=b, u=u: b.get(u)) for b, u in pages]
    for _more in range(3):
        Letter.objects.create(
            kind=letter.kind,
            case_file=letter.case_file,
            register=letter.register,
            entry=letter.entry,
            case=letter.case,
            writer=letter.writer,
            queued_at=letter.queued_at,
            due_on=letter.due_on,
        )

    assert [fewest_queries(lambda b=b, u=u: b.get(u)) for b, u in pages] == before
