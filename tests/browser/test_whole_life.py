"""One case from the first report to its certificate, on the screens of everybody concerned."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.models import DeletionCertificate, Entry, IncidentReport, Letter, Review
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.browser.pictures import Take, tall
from tests.council import Council, brief, found_council, grant, let_into_wagtail, make_reader
from tests.entry_with_past import with_post
from tests.factors import make_person
from tests.letters import COUNCIL, ready_to_write
from tests.storages import FOLDER, files_in, keep_evidence_in
from tests.thief import database_as_a_thief_has_it, found

pytestmark = pytest.mark.browser

REPORTED = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
DECIDED = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
APPEALED = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
REVIEWED = datetime(2027, 11, 16, 9, 0, tzinfo=UTC)
NEW_END = date(2028, 11, 14)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

NAME = "Barnabus Thistlewick"
STREET = "7 Gantry Mews"
SEEN = "He lifted a spade over his head and shouted besomwhistle."
ACCOUNT = "I stood at the van and heard marmaladethunder twice."
GROUNDS = "I only meant to show them my gardenquarrel with the neighbour."
COMMENT = "I still take the long way round because of spadefright."
WHY = "On 1 March you raised a spade against a surveyor at your door, who left in fear."
EVIDENCE = "On 9 November he shouted lanternfury at a housing officer at the counter."
CASE = [
    NAME,
    "Thistlewick",
    STREET,
    "besomwhistle",
    "marmaladethunder",
    "gardenquarrel",
    "spadefright",
    "lanternfury",
]
AT_HOME = "barnabus@quimberly.example"


@dataclass
class Life:
    """Who takes part, and how each gets to a screen."""

    council: Council
    reporter: Any
    colleague: Any
    head: Any
    officer: Any
    clerk: Any
    hearers: list[Any]
    safety: Any
    open_page: Callable[[str], Page]
    enter: Callable[[Page, Any], None]
    sign_in: Callable[[Page, Any], Any]
    fine: Callable[[Page], None]
    take: Take

    @property
    def director(self) -> Any:
        return self.council.owner

    def desk(self, user: Any) -> Page:
        page = self.open_page("desk-light")
        page.set_default_timeout(60_000)  # the first PDF of a process looks for all its fonts
        self.enter(page, user)
        return page

    def phone(self, user: Any) -> Page:
        """With nothing but a password."""
        page = self.open_page("phone-light")
        self.sign_in(page, user)
        return page

    def show(self, page: Page, name: str) -> None:
        """Without fault, and in a picture."""
        self.fine(page)
        self.take(page, f"life-{name}")

    def check(self, words: str, *, at: datetime) -> Page:
        """The officer asks, on the phone, standing before the door."""
        with _at(at):
            page = self.open_page("phone-light")
            self.enter(page, self.officer)
            page.goto("/cautionary/check/")
            page.get_by_label("Name, address, postcode").fill(words)
            page.get_by_role("button", name="Check the register").click()
        return page


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=True):
        yield


@pytest.fixture
def life(
    transactional_db: None,
    open_page: Any,
    enter: Any,
    sign_in: Any,
    assert_accessible: Any,
    take: Take,
    settings: Any,
    tmp_path: Path,
) -> Life:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    with _at(REPORTED - HOUR):
        council = found_council()
        ready_to_write(council)
        council.owner.first_name, council.owner.last_name = "Ruth", "Ashdown"
        council.owner.save()
        life = Life(
            council=council,
            reporter=make_person("reporter"),
            colleague=make_person("colleague"),
            head=with_post(council, "head", PostKind.HEAD_OF_SERVICE),
            officer=make_reader(council),
            clerk=with_post(council, "clerk", PostKind.DATA_PROTECTION),
            hearers=[with_post(council, f"cmt{n}", PostKind.CMT_MEMBER) for n in (1, 2)],
            safety=with_post(council, "safety", PostKind.HEALTH_AND_SAFETY),
            open_page=open_page,
            enter=enter,
            sign_in=sign_in,
            fine=assert_accessible,
            take=tall(take),
        )
    for person in (life.director, life.head, life.clerk, life.safety, *life.hearers):
        let_into_wagtail(person)
    return life


@pytest.mark.clause("A6")
@pytest.mark.clause("A8")
@pytest.mark.clause("A9")
@pytest.mark.clause("A10")
@pytest.mark.clause("A11")
@pytest.mark.clause("A20")
@pytest.mark.clause("A21")
@pytest.mark.clause("A22")
@pytest.mark.clause("A23")
@pytest.mark.clause("A24")
@pytest.mark.clause("A26")
@pytest.mark.clause("A30")
@pytest.mark.clause("A31")
@pytest.mark.clause("A32")
@pytest.mark.clause("A36")
@pytest.mark.clause("A37")
@pytest.mark.clause("L7")
def test_whole_life_of_a_case(life: Life, tmp_path: Path) -> None:
    with _at(REPORTED):
        _report_on_the_phone(life, tmp_path)
    with _at(REPORTED + HOUR):
        _give_an_account(life)
    with _at(REPORTED + 2 * HOUR):
        _countersign(life)
    with _at(DECIDED):
        entry = _decide(life)
    with _at(DECIDED + HOUR):
        _tell_staff(life, entry)
    with _at(DECIDED + 2 * HOUR):
        _send_the_letter(life, entry)
    _officer_finds_it(life, entry)
    with _at(APPEALED):
        appeal = _lodge_the_appeal(life, entry)
    with _at(APPEALED + HOUR):
        _comment(life)
    with _at(APPEALED + 2 * HOUR):
        _vary(life, entry, appeal)
        _post(life, LetterKind.APPEAL, "We weighed what you told us.", "16-appeal-letter")
    with _at(REVIEWED):
        _sign_the_quarter(life, entry)
    with _at(REVIEWED + HOUR):
        review = _keep_for_a_year(life, entry)
    with _at(REVIEWED + 2 * HOUR):
        _post(life, LetterKind.RETENTION, "You shouted at us again.", "21-retention-letter")
        _close(life, entry, review)
    _expire(life, entry)
    _erase(life, entry, tmp_path)


def _next(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def _report_on_the_phone(life: Life, folder: Path) -> None:
    page = life.phone(life.reporter)
    page.goto("/cautionary/report/")
    page.get_by_label("A customer or another member of the public").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Mine").check()
    _next(page)
    page.get_by_label("A threat").check()
    _next(page)
    page.get_by_label("Date").fill("1 3 2027")
    page.get_by_label("Time").fill("about ten")
    page.get_by_label("Place").fill(f"At the door of {STREET}, Weldham")
    _next(page)
    _next(page)
    page.get_by_label("Full name").fill(NAME)
    _next(page)
    page.get_by_label("Date of birth").fill("5 11 1961")
    page.get_by_label("Address").fill(f"{STREET}\nWeldham")
    page.get_by_label("Postcode").fill("WX1 9ZZ")
    _next(page)
    page.get_by_label("Threats of violence").check()
    _next(page)
    page.get_by_label("What I saw and heard").fill(SEEN)
    life.show(page, "01-report")
    _next(page)
    _next(page)
    _next(page)
    page.get_by_label("Colleagues who were concerned").fill("colleague")
    _next(page)
    page.get_by_label("No").check()
    _next(page)
    page.get_by_label("Add photos or files").set_input_files(_photo(folder))
    page.get_by_role("button", name="Add what I chose").click()
    expect(page.get_by_text("spade at the door.jpg").first).to_be_visible()
    life.show(page, "02-photo")
    _next(page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Your report was sent")).to_be_visible()
    life.show(page, "03-sent")
    assert len(files_in(folder / "evidence")) == 1


def _photo(folder: Path) -> Path:
    picture = Image.new("RGB", (640, 480), "darkseagreen")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((250, 80, 420, 480), fill="saddlebrown")
    pen.line((120, 470, 210, 160), fill="black", width=14)
    path = folder / "spade at the door.jpg"
    picture.save(path, "JPEG")
    return path


def _give_an_account(life: Life) -> None:
    page = life.phone(life.colleague)
    page.goto("/cautionary/")
    life.show(page, "04-colleague-home")
    page.goto("/cautionary/accounts/")
    page.get_by_role("link", name="Give your account").click()
    page.get_by_label("What you saw and heard yourself").fill(ACCOUNT)
    page.get_by_role("button", name="Next: read it over").click()
    life.show(page, "05-account")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("You sent your account on")).to_be_visible()


def _countersign(life: Life) -> None:
    reference = IncidentReport.objects.get().reference
    page = life.desk(life.head)
    page.goto("/admin/")
    expect(page.get_by_text("Cautionary register: what waits for me")).to_be_visible()
    life.show(page, "06-head-home")
    page.goto("/admin/cautionary/countersign/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("besomwhistle")).to_be_visible()
    expect(page.get_by_text("marmaladethunder")).to_be_visible()
    life.show(page, "07-countersign")
    page.get_by_label("Confirm").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("is confirmed and waits for a decision")).to_be_visible()


def _decide(life: Life) -> Entry:
    page = life.desk(life.director)
    page.goto("/admin/cautionary/decide/")
    page.get_by_role("link", name=IncidentReport.objects.get().reference).click()
    life.show(page, "08-decide")
    page.get_by_role("link", name="Add to the register").click()
    for factor in factors_for("person"):
        page.get_by_label(factor.label).fill("Weighed with care, in a sentence.")
    page.get_by_label("How was it checked").fill("The tenancy file has the same date of birth.")
    page.get_by_role("group", name="Is there a credible risk").get_by_label("Yes").check()
    page.get_by_label("Why is the risk credible?").fill("He has the spade at hand.")
    page.get_by_role("group", name="Level of risk").get_by_label("High").check()
    page.get_by_label("Handling instructions").fill("Do not visit alone.")
    page.get_by_label("Phone first").check()
    page.get_by_label("No home visits").check()
    page.get_by_label("Housing").check()
    page.get_by_label("Why these services?").fill("Housing officers visit the address.")
    page.get_by_label("What happened, in your own words").fill("Raised a spade at an employee.")
    page.get_by_label("duty of care to employees").check()
    page.get_by_label("Reasons for the decision").fill("Two surveyors saw it.")
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("heading", name="You are about to decide: Add")).to_be_visible()
    expect(page.get_by_text("2 March 2028")).to_be_visible()  # as the letter will say
    life.show(page, "09-decide-read-back")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", name="What is due now")).to_be_visible()
    life.show(page, "10-decided")
    return Entry.objects.get()


def _tell_staff(life: Life, entry: Entry) -> None:
    mail.outbox.clear()
    page = life.desk(life.director)
    page.goto("/admin/cautionary/letters/")
    expect(page.get_by_text("due Friday 5 March 2027").first).to_be_visible()
    life.show(page, "11-letters-due")
    page.get_by_role("link", name=f"Tell staff: {entry.reference}").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("Staff have been told")).to_be_visible()

    bulletins = [each for each in mail.outbox if "new entry" in each.subject]
    told = {address for each in bulletins for address in each.to}
    assert life.officer.email in told
    for bulletin in bulletins:
        whole = bulletin.message().as_string()
        assert found([*CASE, entry.reference], whole) == []
        assert found(["There is a new entry on the register"], whole)


def _send_the_letter(life: Life, entry: Entry) -> None:
    mail.outbox.clear()
    page = life.desk(life.director)
    _write_and_issue(page, LetterKind.ADDITION, WHY)
    life.show(page, "12-letter")
    page.get_by_role("link", name="Send it by e-mail").click()
    page.get_by_label("The individual’s e-mail address").fill(AT_HOME)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("It counts as sent once it is taken")).to_be_visible()
    page.reload()  # the mail went out after the answer was written
    expect(page.get_by_text("Sent by e-mail on 3 March 2027")).to_be_visible()

    (sent,) = mail.outbox
    assert sent.to == [AT_HOME]
    assert found([*CASE, entry.reference], f"{sent.subject}\n{sent.body}") == []
    said = _letter_in(sent)
    assert last_day(entry) == date(2028, 3, 2)  # the day that the director read back
    for words in (
        NAME,
        STREET,
        WHY,
        "What our records will show",
        "Our records will show a marker against your name.",
        "Who may receive this information",
        "Housing",
        "When it will be removed or reviewed",
        plain_day(last_day(entry)),
        "How to appeal",
        COUNCIL["appeal_contact"].splitlines()[0],
        "Ruth Ashdown",
    ):
        assert words in said, words


def _letter_in(message: Any) -> str:
    """What the attached PDF says, as a reader gets it."""
    (attached,) = message.attachments
    name, content, kind = attached
    assert (name, kind) == ("letter.pdf", "application/pdf")
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def _write_and_issue(page: Page, kind: LetterKind, why: str) -> None:
    page.goto(f"/admin/cautionary/letters/{Letter.objects.get(kind=kind).pk}/")
    page.get_by_role("link", name="Write your own words").click()
    page.get_by_label("Why", exact=True).fill(why)
    page.get_by_role("button", name="Keep and look at the letter").click()
    page.get_by_role("link", name="Issue the letter").click()
    page.get_by_role("button", name="Issue the letter").click()


def _officer_finds_it(life: Life, entry: Entry) -> None:
    page = life.check("barnabas thistlewik gantry mews", at=DECIDED + 3 * HOUR)
    handling = page.locator(".c-handling")
    expect(handling).to_be_in_viewport()
    expect(handling).to_have_text("Do not visit alone.")
    life.show(page, "13-found")


def _lodge_the_appeal(life: Life, entry: Entry) -> str:
    page = life.desk(life.clerk)
    page.goto("/admin/cautionary/appeals/record/")
    page.get_by_label("Reference of the entry").fill(entry.reference)
    page.get_by_label("When did the appeal come in?").fill("15 3 2027")
    page.get_by_label("What does the individual say?").fill(GROUNDS)
    page.get_by_role("button", name="Record the appeal").click()
    page.get_by_role("link", name="Name the hearers").click()
    for hearer in life.hearers:
        page.get_by_label(hearer.username).check()
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_text("was named to hear it").first).to_be_visible()
    life.show(page, "14-appeal")
    return str(entry.appeals.get().reference)


def _comment(life: Life) -> None:
    page = life.phone(life.reporter)
    page.goto("/cautionary/accounts/")
    page.get_by_role("link", name="Comment on the appeal").click()
    page.get_by_role("textbox").fill(COMMENT)
    life.show(page, "15-comment")
    page.get_by_role("button", name="Next: read it over").click()
    page.get_by_role("button", name="Send it").click()

    other = life.phone(life.colleague)
    other.goto("/cautionary/accounts/")
    other.get_by_role("link", name="Comment on the appeal").click()
    other.get_by_role("link", name="I do not want to say anything").click()
    life.show(other, "15-no-comment")
    other.get_by_role("main").get_by_role("button").last.click()
    expect(other.get_by_text("Nothing waits for you")).to_be_visible()


def _vary(life: Life, entry: Entry, appeal: str) -> None:
    first, second = life.hearers
    page = life.desk(first)
    page.goto(f"/admin/cautionary/hearings/{appeal}/")
    expect(page.get_by_text("gardenquarrel")).to_be_visible()
    expect(page.get_by_text("spadefright")).to_be_visible()
    expect(page.get_by_text("Why we have done this")).to_be_visible()  # the letter, in its order
    life.show(page, "16-hearing")
    page.get_by_role("link", name="Propose an outcome").click()
    page.get_by_label("The entry is changed").check()
    page.get_by_label("Reasons").fill("He meant no surveyor, and has put the spade away.")
    page.get_by_label("Risk", exact=True).select_option("medium")
    page.get_by_label("No home visits").uncheck()
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_text("High → Medium")).to_be_visible()
    life.show(page, "16-vary")
    page.get_by_role("button", name="Propose and sign").click()

    other = life.desk(second)
    other.goto(f"/admin/cautionary/hearings/{appeal}/sign/")
    other.get_by_role("button", name="Sign", exact=True).click()
    expect(other.get_by_text("its papers are closed")).to_be_visible()
    entry.refresh_from_db()
    assert (entry.risk, entry.control_measures) == ("medium", ["phone_first"])


def _post(life: Life, kind: LetterKind, why: str, name: str) -> None:
    page = life.desk(life.director)
    _write_and_issue(page, kind, why)
    life.show(page, name)
    page.get_by_role("link", name="Record it as posted").click()
    page.get_by_role("button", name="Record it as posted").click()
    expect(page.get_by_text("is recorded as posted")).to_be_visible()
    assert Letter.objects.get(kind=kind).sent_on == timezone.localdate()
    page.context.close()


def _sign_the_quarter(life: Life, entry: Entry) -> None:
    page = life.desk(life.director)
    page.goto("/admin/cautionary/reviews/quarter/cpr/")
    expect(page.get_by_text("1 lapses next quarter")).to_be_visible()
    life.show(page, "17-quarter")
    page.get_by_role("button", name="Sign the quarterly check").click()
    expect(page.get_by_text(": signed")).to_be_visible()


def _keep_for_a_year(life: Life, entry: Entry) -> Review:
    page = life.desk(life.director)
    page.goto("/admin/cautionary/reviews/lapsing/")
    life.show(page, "18-lapsing")
    page.get_by_role("link", name=f"Review {entry.reference}").click()
    page.get_by_role("button", name="Begin the review").click()
    page.get_by_role("link", name="Answer and propose").click()
    for factor in factors_for("person"):
        page.get_by_label(factor.label, exact=True).fill(f"Found today. As to {factor.value}.")
    page.get_by_label("Keep the entry for a further period").check()
    page.get_by_label("Reasons", exact=True).fill("It has happened again.")
    page.get_by_label("Other evidence, in words").check()
    page.get_by_label("The new evidence, in words").fill(EVIDENCE)
    page.get_by_label("Date of the new evidence").fill("9 11 2027")
    page.get_by_label("Last day of the further period").fill(f"{NEW_END:%d %m %Y}")
    page.get_by_role("button", name="Read it back").click()
    life.show(page, "19-retain")
    page.get_by_role("button", name="Propose and sign").click()
    expect(page.get_by_role("heading", name="The proposal")).to_be_visible()

    review, safety = Review.objects.get(), life.desk(life.safety)
    safety.goto(f"/admin/cautionary/reviews/{review.pk}/sign/")
    safety.get_by_label("Your comment").fill("I agree.")
    life.show(safety, "20-sign")
    safety.get_by_role("button", name="Sign", exact=True).click()
    expect(safety.get_by_text("Signed by both. Before the review can be closed:")).to_be_visible()
    return review


def _close(life: Life, entry: Entry, review: Review) -> None:
    with _at(REVIEWED + 3 * HOUR):
        page = life.desk(life.director)
        page.goto(f"/admin/cautionary/reviews/{review.pk}/close/")
        life.show(page, "22-close")
        page.get_by_role("button", name="Close the review").click()
        expect(page.get_by_text("14 November 2028").first).to_be_visible()
    entry.refresh_from_db()
    assert entry.expires_at == over_after(NEW_END)


def _expire(life: Life, entry: Entry) -> None:
    """Nobody does anything: a minute before midnight it is found, a minute later it is gone."""
    midnight = over_after(NEW_END)
    with _at(midnight - 2 * HOUR):
        _brief_anew(life)
    page = life.check(f"{NAME} {STREET}", at=midnight - MINUTE)
    expect(page.get_by_role("heading", name="Found")).to_be_visible()

    page = life.check(f"{NAME} {STREET}", at=midnight + MINUTE)
    expect(page.get_by_role("heading", name="None recorded")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(entry.reference)
    life.show(page, "23-none-recorded")
    entry.refresh_from_db()
    assert entry.state == "live"  # by the clock alone: no job has run


def _brief_anew(life: Life) -> None:
    now = timezone.now()
    for person in (life.officer, life.clerk, life.safety):
        brief(life.council, person, at=now)
    today = timezone.localdate(now)
    record_briefing(
        user=life.director, briefed_on=today, covered=set(SUBJECTS), by=life.safety, at=now
    )
    grant(life.council, life.officer, at=now)


def _erase(life: Life, entry: Entry, folder: Path) -> None:
    with _at(over_after(NEW_END) + 9 * HOUR):
        call_command("cautionary_daily", stdout=StringIO())
        certificate = DeletionCertificate.objects.get()
        page = life.desk(life.clerk)
        page.goto("/admin/cautionary/certificates/")
        life.show(page, "24-certificates")
        page.get_by_role("link", name=str(certificate.number), exact=True).click()
        shown = page.get_by_role("main")
        expect(shown).to_contain_text(entry.reference)
        expect(shown).to_contain_text("stored objects, with all versions: 1")
        expect(shown).to_contain_text("letter: 3")
        assert found(CASE, shown.inner_text()) == []
        life.show(page, "25-certificate")

    assert not Entry.objects.exists()
    assert files_in(folder / "evidence") == []
    raw = database_as_a_thief_has_it()
    assert found([certificate.file_reference], raw) == [certificate.file_reference]
    assert found([*CASE, AT_HOME], raw) == []
