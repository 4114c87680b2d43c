"""The panel's cases at every stage, from a report that waits to an entry and what follows it.

Everybody is invented, and every stage was reached through the package's own actions: a meeting
nine days ago decided three cases, and another meets today.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.contact.diverts import (
    ask_councillor,
    prepare_divert,
    record_answer,
    request_divert,
)
from cautionary_plugin.actions.letters import issue_letter, record_sent, write_letter
from cautionary_plugin.actions.panel.agenda import take_off
from cautionary_plugin.actions.panel.attendance import (
    confirm_briefing,
    give_apologies,
    name_deputy,
    note_arrival,
)
from cautionary_plugin.actions.panel.conflicts import declare_conflict
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.findings import record_findings, record_health
from cautionary_plugin.actions.panel.items import open_item
from cautionary_plugin.actions.panel.meetings import close_meeting, open_meeting, plan_meeting
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.panel.referring import refer_report
from cautionary_plugin.actions.panel.urgent import add_immediately
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    AgendaItem,
    EmailDivert,
    Letter,
    Meeting,
    PanelCase,
    Register,
    SinglePointOfContact,
)
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms, SpocTerms
from cautionary_plugin.rules.vocabulary import (
    Choice,
    Health,
    LetterFirst,
    LetterKind,
    MeetingMode,
    PanelOutcome,
    Risk,
)

from .lives import COUNCIL, Incident, submit

SIX = ("chair", "member", "safety", "customer", "care", "equality")
HOUR = timedelta(hours=1)

LISTED = Incident(
    "Ottoline Vark", "1971-02-18", "9 Harbour Terrace, Weldham", "WX6 2HB",
    "At the counter of the Civic Centre",
    "She came to the counter each day of the week and shouted at whoever was there.",
)  # fmt: skip
AT_HIGH_RISK = Incident(
    "Rufus Tremlett", "1983-11-07", "33 Thornfield Drive, Weldham", "WX7 5TL",
    "In the car park of the depot",
    "He stood before my car with a wheel brace and said that he knows where I live.",
    markers=("threats", "stalking"),
)  # fmt: skip
WRITES_DAILY = Incident(
    "Hester Quayle", "1964-06-25", "12 Orchard Court, Weldham", "WX8 3LP",
    "By e-mail",
    "She wrote forty messages in a week to nine of us, each about the same hedge.",
)  # fmt: skip
ON_AGENDA = Incident(
    "Magnus Ferrand", "1957-01-30", "4 Quarry Hill, Weldham", "WX9 1ND",
    "On the telephone",
    "He rang eleven times in a morning and called each of us a thief.",
)  # fmt: skip
IN_CONFLICT = Incident(
    "Imelda Crook", "1988-08-12", "27 Station Road, Weldham", "WX1 7QF",
    "At the housing office",
    "She filmed me over the counter and read my name out to the queue.",
)  # fmt: skip
PROVISIONAL = Incident(
    "Silas Brack", "1992-03-03", "60 Mill Lane, Weldham", "WX2 9GR",
    "At the reception of the leisure centre",
    "He pushed me against the wall and said that tomorrow he brings a knife.",
    trigger="act", markers=("violence",),
)  # fmt: skip
TAKEN_OFF = Incident(
    "Beatrix Lowe", "1969-12-19", "15 Weldham Green, Weldham", "WX3 4JC",
    "At a public meeting",
    "She shouted the speaker down until the meeting was broken off.",
)  # fmt: skip
NOT_REFERRED = Incident(
    "Jonas Pickersgill", "1976-04-09", "81 Canal Walk, Weldham", "WX4 6MW",
    "At the counter of the Civic Centre",
    "He threw his papers at me and shouted that he pays my wages.",
)  # fmt: skip


def load_panel(*, at: datetime) -> None:
    """A past meeting with what follows from it, the meeting of today, and what still waits."""
    names = ("director", "visiting", "clerk", "operations", "standin", *SIX)
    people = {user.username: user for user in get_user_model().objects.filter(username__in=names)}
    panel = Panel(Register.objects.get(slug="ub"), people)
    change_register(
        register=panel.register, closures=[], links={}, by=people["director"], at=at, **COUNCIL
    )
    panel.past_meeting(at=at - timedelta(days=9))
    panel.meeting_of_today(at=at)
    panel.report(NOT_REFERRED, at=at - timedelta(days=1))


class Panel:
    """Who acts on which register; each method is a stretch of the way."""

    def __init__(self, register: Register, people: dict[str, Any]) -> None:
        self.register, self.people = register, people
        self.clerk, self.operations = people["clerk"], people["operations"]

    def report(self, incident: Incident, *, at: datetime) -> Any:
        """An officer reports unreasonable contact."""
        by = self.people["visiting"]
        return submit(self.register, incident, by=by, at=at, about="unreasonable")

    def refer(
        self, incident: Incident, risk: Risk = Risk.MEDIUM, *, at: datetime, **told: Any
    ) -> PanelCase:
        """The Operations Manager puts a report before the panel; it goes on the next agenda."""
        case: PanelCase = refer_report(
            report=self.report(incident, at=at),
            register=self.register,
            statement="It has gone on for three months, and two colleagues asked to be moved.",
            risk=risk,
            letter_tried="A letter of expected behaviour went out in spring. Nothing changed.",
            presenter=self.operations,
            by=self.operations,
            at=at + HOUR,
            **told,
        )
        return case

    def plan(self, starts_at: datetime, ends_at: datetime, *, at: datetime) -> Meeting:
        """The clerk plans a meeting, in a room and online."""
        meeting: Meeting = plan_meeting(
            register=self.register,
            starts_at=starts_at,
            ends_at=ends_at,
            mode=MeetingMode.BOTH,
            place="Committee Room 4, Civic Centre",
            link="https://meet.weldham.example/panel",
            by=self.clerk,
            at=at,
        )
        return meeting

    # The past meeting

    def past_meeting(self, *, at: datetime) -> None:
        """Three cases were decided: medium with a letter sent, high with a letter owed, a SPOC."""
        starts_at = _at_clock(at, time(14))
        self.plan(starts_at, starts_at + 2 * HOUR, at=at - timedelta(days=14))
        listed = self.refer(LISTED, at=at - timedelta(days=8))
        high = self.refer(AT_HIGH_RISK, Risk.HIGH, at=at - timedelta(days=7), proceedings=True)
        writes = self.refer(WRITES_DAILY, Risk.LOW, at=at - timedelta(days=6))
        meeting = listed.items.get().meeting
        release_papers(meeting=meeting, by=self.clerk, at=at - timedelta(days=3))
        open_meeting(meeting=meeting, by=self.clerk, at=starts_at)
        for name in SIX[:5]:
            self._arrives(meeting, name, at=starts_at)
        self._decide(listed, PanelOutcome.ENTRY, Risk.MEDIUM, entry=_entry("threats"), at=starts_at)
        self._decide(
            high,
            PanelOutcome.ENTRY,
            Risk.HIGH,
            entry=_entry("threats"),
            spoc=self._spoc(),
            at=starts_at,
        )
        self._decide(writes, PanelOutcome.SPOC, spoc=self._spoc(), at=starts_at)
        ended_at = starts_at + 2 * HOUR
        close_meeting(meeting=meeting, by=self.clerk, at=ended_at)
        self._send(Letter.objects.get(case=listed), "You shouted at our staff.", at=ended_at)
        self._divert_to_ask_for(high, at=ended_at)
        self._divert_to_switch_on(writes, at=ended_at)

    def _decide(
        self,
        case: PanelCase,
        outcome: PanelOutcome,
        risk: str = "",
        *,
        entry: EntryTerms | None = None,
        spoc: SpocTerms | None = None,
        at: datetime,
    ) -> None:
        """The panel goes through an item, and everybody who is there votes for it."""
        item = open_item(item=AgendaItem.objects.get(case=case), by=self.clerk, at=at)
        record_health(
            item=item,
            health=Health.NONE_KNOWN,
            words="The file and the presenter were asked.",
            adjustments="",
            by=self.clerk,
            at=at,
        )
        record_findings(
            item=item,
            criteria_met=entry is not None,
            criteria="Considered with the report and the statement.",
            exceptional="Two colleagues have asked to be moved." if entry else "There are none.",
            letter_first=LetterFirst.TRIED,
            letter_reasons="A letter went out in spring, and nothing changed.",
            spoc_needed=spoc is not None,
            spoc_reasons="Weighed with how many services hear from you, and how often.",
            legal_advice="",
            by=self.clerk,
            at=at,
        )
        motion = put_motion(
            item=item,
            outcome=outcome,
            risk=risk,
            reasons="The panel weighed what the report says, and what was tried before.",
            terms=MotionTerms(entry=entry, spoc=spoc),
            by=self.clerk,
            at=at,
        )
        for name in SIX[:5]:
            cast_vote(motion=motion, choice=Choice.FOR, by=self.people[name], at=at)
        motion = close_vote(motion=motion, by=self.clerk, at=at)
        record_decision(motion=motion, by=self.clerk, at=at)

    def _spoc(self) -> SpocTerms:
        return SpocTerms(
            officer=str(self.operations.pk),
            contact="Ivo Hartley, Operations Manager, Repairs: 01632 960 417",
            email="repairs.contact@weldham.example",
            allocation="service",
            reasons="He knows the history of the tenancy.",
        )

    def _send(self, letter: Letter, why: str, *, at: datetime) -> None:
        """The Operations Manager writes, signs and posts a letter."""
        write_letter(letter=letter, own_words={"why": why}, by=self.operations, at=at)
        issue_letter(letter=letter, by=self.operations, at=at)
        sent_on = timezone.localdate(at)
        record_sent(letter=letter, sent_on=sent_on, by=self.operations, at=at)

    def _divert(self, case: PanelCase, address: str, *, at: datetime) -> EmailDivert:
        divert: EmailDivert = prepare_divert(
            arrangement=SinglePointOfContact.objects.get(case=case),
            addresses=[address],
            reasons="Nine colleagues are written to each day about the same matter.",
            by=self.clerk,
            at=at,
        )
        return divert

    def _divert_to_ask_for(self, case: PanelCase, *, at: datetime) -> None:
        """A councillor was asked and has not answered, and the letter is not written."""
        divert = self._divert(case, "rufus@tremlett.example", at=at)
        self._ask(divert, at=at)

    def _divert_to_switch_on(self, case: PanelCase, *, at: datetime) -> None:
        """The councillor wants it, the customer was told: whoever runs mail is to switch it on."""
        divert = self._divert(case, "hester@quayle.example", at=at)
        answer = self._ask(divert, at=at)
        day = timezone.localdate(at)
        record_answer(answer=answer, wants=True, answered_on=day, by=self.clerk, at=at)
        letter = divert.letters.get(kind=LetterKind.DIVERT)
        self._send(letter, "You wrote forty messages in a week about one matter.", at=at)
        request_divert(divert=divert, by=self.clerk, at=at)

    def _ask(self, divert: EmailDivert, *, at: datetime) -> Any:
        return ask_councillor(
            divert=divert,
            councillor="Honoria Quince",
            email="cllr.quince@weldham.example",
            asked_on=timezone.localdate(at),
            by=self.clerk,
            at=at,
        )

    # The meeting of today

    def meeting_of_today(self, *, at: datetime) -> None:
        """Papers are out, a conflict waits, a deputy comes, and an addition is to be ratified."""
        begins = min(_at_clock(at, time(21, 30)), at + HOUR / 2)
        meeting = self.plan(begins, begins + 2 * HOUR, at=at - timedelta(days=7))
        self.refer(ON_AGENDA, at=at - timedelta(days=5))
        conflict = self.refer(IN_CONFLICT, at=at - timedelta(days=5))
        released_at = at - timedelta(days=2)
        release_papers(meeting=meeting, by=self.clerk, at=released_at)
        member = self.people["member"]
        declare_conflict(
            case=conflict,
            member=member,
            reasons="The customer is my neighbour.",
            by=member,
            at=released_at + HOUR,
        )
        self._deputy_comes(meeting, at=released_at)
        self._added_at_once(at=at - timedelta(days=1))
        waits = self.refer(TAKEN_OFF, at=at - timedelta(days=1))
        take_off(item=waits.items.get(), by=self.clerk, at=at - HOUR)

    def _deputy_comes(self, meeting: Meeting, *, at: datetime) -> None:
        holder = self.people["customer"]
        seat = meeting.attendees.get(user=holder)
        give_apologies(attendee=seat, by=self.clerk, at=at)
        deputy = name_deputy(
            meeting=meeting, post=seat.post, user=self.people["standin"], by=holder, at=at
        )
        confirm_briefing(attendee=deputy, by=holder, at=at + HOUR)

    def _added_at_once(self, *, at: datetime) -> None:
        """The chair adds a high-risk person, whom the panel is to ratify today."""
        add_immediately(
            report=self.report(PROVISIONAL, at=at),
            register=self.register,
            terms=_entry("violence"),
            reasons="He has said that he comes back tomorrow with a knife.",
            by=self.people["chair"],
            at=at + HOUR,
        )

    def _arrives(self, meeting: Meeting, name: str, *, at: datetime) -> None:
        seat = meeting.attendees.get(user=self.people[name], case=None)
        note_arrival(attendee=seat, by=self.clerk, at=at)


def _entry(marker: str) -> EntryTerms:
    return EntryTerms(
        handling="See them at the office only, with a colleague beside you.",
        basis="Shouted at employees on several days, and threatened one of them.",
        legal_condition="legal_obligation",
        markers=[marker],
        control_measures=["office_only"],
        audience=["housing"],
        audience_reasons="Housing officers meet them at the counter.",
        second_identifier="The tenancy file has the same date of birth.",
        no_restrictions="You need every service that you use.",
        no_contact_limits="You may ring and write to us as everybody does.",
    )


def _at_clock(at: datetime, clock: time) -> datetime:
    """This time of the same day at the council."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at), clock))
