"""The office's cases in words: lists, one case, its history, what was found."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.joining.requests import OPEN, STATES, UNDECIDED, RequestState
from domain.joining.talks import Side
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    list_pages,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.joining.buttons import (
    AgreementAct,
    AskStep,
    ChooseOwner,
    OnAgreement,
    OnPaper,
    PaperAct,
    PartRequests,
    ShowHistory,
    ShowMore,
    ShowRequest,
    StepTo,
    TakeTime,
)
from handlers.joining.screens import case_history
from handlers.joining.screens.applying import HOPES
from handlers.joining.screens.case_history import NAMED, SAID
from handlers.joining.screens.talks import WAYS, minute_of
from handlers.office.buttons import ShowInquiry
from handlers.partners.buttons import ShowOrganisation
from handlers.partners.screens.words import CATEGORIES, SECTORS, SIZES
from storage.engine.following import Shows
from storage.engine.tables import Person
from storage.joining.cases import Case, CaseLine, CasePage, Entry
from storage.joining.tables import JoinRequest

REASONS = (N_("No time"), N_("Too much effort"), N_("Other plans"))


def render_cases(page: CasePage, t: Texts, name: str = "requests") -> Screen:
    tools = (
        Button(t.label("Search"), StartForm("search", 0)),
        Button(t.label("Office"), Go("office")),
    )
    if not page.lines:
        return Screen(t("No case is open."), (tools,))
    rows = tuple((Button(_label(line, t), ShowRequest(line.request.id)),) for line in page.lines)
    return Screen(
        lines(
            t.plural("<b>One open case</b>", "<b>{n} open cases</b>", page.total),
            t("What is overdue comes first (❗), then what is due soonest."),
        ),
        (*rows, *list_pages(page.number, page.pages, name, t), tools),
    )


def _label(line: CaseLine, t: Texts) -> str:
    """What the list is sorted by comes first; a phone cuts the end off."""
    when = f"{t.short_date(line.due_on)[:6].strip()} " if line.due_on else ""
    mark = "❗" if line.is_overdue else ""
    return f"{mark}{when}{shorten(line.request.organisation, 24)}, {t.label(_standing(line.request))}"


def _standing(request: JoinRequest) -> str:
    """Whose turn it is, where the state alone does not say it."""
    if request.state is RequestState.RECEIVED:
        return N_("waits for us") if request.office_due_at else N_("waits for them")
    return STATES[request.state]


def render_case(case: Case, pact: Pact, now: datetime, t: Texts) -> Screen:
    request = case.request
    return Screen(
        paragraphs(
            lines(
                t("<b>{organisation}</b>", organisation=shorten(request.organisation, 160)),
                t("State: <b>{state}</b>", state=t(STATES[request.state])),
                _reason(case, t),
                _duty(case, now, t),
                _care(case, t),
            ),
            *(
                t(
                    "⚠️ <b>Asked twice:</b> {name} has asked for {organisation} too ({email}).",
                    name=shorten(other.contact_name, NAMED),
                    organisation=shorten(other.organisation, NAMED),
                    email=other.email,
                )
                for other in case.others
            ),
            t("⚠️ This belongs to the case of {organisation}.", organisation=case.first.organisation)
            if case.first
            else "",
            _talk(case, t),
            _form(request, pact, t),
            _reach(request, t, is_reachable=case.is_reachable),
            t("⚠️ A partner of this name is in the register. Signing adds a further contact to it.")
            if case.known and request.state in UNDECIDED
            else "",
            t("⚠️ This may be {organisation}, which is a partner already.", organisation=case.alike)
            if case.alike
            else "",
            _thread(case, t),
            *(_note(note, t) for note in reversed(case.notes)),
        ),
        _rows(case, t),
        shows=Shows("case", request.id),
    )


def _reason(case: Case, t: Texts) -> Markup | str:
    request = case.request
    by = t("By {name}", name=case.decided_by) if case.decided_by else ""
    signed = t("Signed on {day}", day=t.date(request.signed_on)) if request.signed_on else ""
    return lines(
        signed, by, t("Reason: {reason}", reason=shorten(request.reason, 500)) if request.reason else ""
    )


def _duty(case: Case, now: datetime, t: Texts) -> Markup | str:
    due_at = case.request.office_due_at
    if due_at is None:
        return ""
    if due_at <= now:
        return t("❗ <b>The office is late: due since {moment}</b>", moment=t.until(due_at))
    if case.request.state is RequestState.TALK_ARRANGED:  # what comes first is the talk
        return ""
    return t("The office answers by {moment}", moment=t.until(due_at))


def _care(case: Case, t: Texts) -> Markup | str:
    return lines(
        t("Owner: {name}", name=shorten(case.owner, NAMED)) if case.owner else "",
        t("Due: {day}", day=t.date(case.request.due_on)) if case.request.due_on else "",
    )


def _talk(case: Case, t: Texts) -> Markup | str:
    talk = case.talk
    if talk is None:
        return ""
    arranged = (
        t("Talk: <b>{moment}</b>, {how}", moment=t.moment(talk.starts_at), how=t(WAYS[talk.way]))
        if talk.starts_at
        else ""
    )
    head = (
        t("Times that suit the applicant:")
        if talk.turn is Side.OFFICE
        else t("Times offered to the applicant:")
    )
    times = lines(head, *(t("• {moment}", moment=t.moment(one)) for one in case.times)) if case.times else ""
    return lines(arranged, times)


def _form(request: JoinRequest, pact: Pact, t: Texts) -> Markup:
    hopes = ", ".join(t.label(HOPES[hope]) if hope in HOPES else hope for hope in request.hopes)  # type: ignore[index] # a StrEnum's value finds it
    return lines(
        t(
            "{category}, {sector}, {size} employees",
            category=t(CATEGORIES[request.category]),
            sector=t(SECTORS[request.sector]),
            size=t(SIZES[request.size]),
        ),
        t("Postcode: {postcode}", postcode=request.postcode)
        if pact.has_seat(request.postcode)
        else t("⚠️ Postcode {postcode} is not in {city}", postcode=request.postcode, city=pact.city),
        t("Hopes: {hopes}", hopes=shorten(hopes, 400)) if hopes else "",
        t("Measures so far: {measures}", measures=shorten(request.measures, 300)) if request.measures else "",
        _concept(request, t),
    )


def _concept(request: JoinRequest, t: Texts) -> Markup | str:
    if request.sme_outcome is None:
        return ""
    outcomes = {
        "yes": N_("SME"),
        "mid_cap": N_("small mid-cap"),
        "no": N_("no SME"),
        "unclear": N_("unclear"),
    }
    return t("Wants the free concept; check: {outcome}", outcome=t(outcomes[request.sme_outcome]))


def _reach(request: JoinRequest, t: Texts, *, is_reachable: bool) -> Markup:
    name = ", ".join(filter(None, (request.contact_name, request.contact_role)))
    return lines(
        t("Contact: {name}", name=name),
        t("E-mail: {email}", email=request.email) if request.email else "",
        t("Phone: {phone}", phone=phone_in_words(request.phone)) if request.phone else "",
        "" if is_reachable else t("⚠️ Cannot be written to here: please call, or write by post or e-mail."),
        t("Received: {moment}", moment=t.moment(request.received_at)),
    )


def _thread(case: Case, t: Texts) -> Markup | str:
    if case.thread is None:
        return ""
    last = case.thread.lines[-1]
    text = shorten(last.text, SAID)
    if last.is_office:
        return t("Asked the applicant: <i>{text}</i>", text=text)
    return t("Applicant's answer: <i>{text}</i>", text=text)


def _note(note: Entry, t: Texts) -> Markup:
    return t("📝 {by}: {text}", by=shorten(note.by, NAMED), text=shorten(note.text, SAID))


def _rows(case: Case, t: Texts) -> tuple[Row, ...]:
    request_id = case.request.id
    back = (Button(t.label("All cases"), Go("requests")),)
    more = Button(t.label("More …"), ShowMore(request_id))
    if case.request.state not in UNDECIDED:
        partner = case.request.organisation_id
        organisation = (Button(t.label("The partner"), ShowOrganisation(partner)),) if partner else ()
        return (*((organisation,) if organisation else ()), (more,), back)
    ask = Button(t.label("Ask back"), StartForm("askback", request_id))
    known = case.known.id if case.known else 0
    to_partner = Button(t.label("The partner"), ShowOrganisation(known), beside=True)
    in_register: tuple[Row, ...] = ((to_partner,),) if known else ()
    apart = tuple(
        (Button(t.label("Two organisations: part them"), PartRequests(other.id)),) for other in case.others
    )
    if case.first:
        apart = ((Button(t.label("To the case"), ShowRequest(case.first.id)),),)
        return (*apart, (Button(t.label("Two organisations: part them"), PartRequests(request_id)),), back)
    return (*_next_steps(case, t), (ask, more), *apart, *in_register, back)


def _times(case: Case, t: Texts) -> tuple[Row, ...]:
    """Those that wait for the office's yes."""
    talk = case.talk
    if not talk or talk.turn is not Side.OFFICE:
        return ()
    times = (
        (Button(f"✓ {t.moment(one)}", TakeTime(talk.id, minute_of(one)), style="success"),)
        for one in case.times
    )
    others = Button(t.label("Propose other times"), StartForm("propose", case.request.id))
    return (*times, (others, Button(t.label("None of them"), StartForm("turndown", talk.id))))


def _next_steps(case: Case, t: Texts) -> tuple[Row, ...]:
    """What is most likely done next, first."""
    request_id, talk = case.request.id, case.talk
    times = _times(case, t)
    propose = (Button(t.label("Propose times"), StartForm("propose", request_id), style="primary"),)
    outcome = (Button(t.label("Record the outcome"), StartForm("outcome", request_id), style="primary"),)
    sent = (
        Button(
            t.label("Agreement is sent"),
            AskStep(request_id, RequestState.AGREEMENT_SENT, case.seen),
            style="primary",
        ),
    )
    paper = (Button(t.label("The agreement (PDF)"), OnAgreement(AgreementAct.PAPER, request_id)),)
    signed = (Button(t.label("Agreement signed"), StartForm("sign", request_id), style="primary"),)
    match case.request.state:
        case RequestState.RECEIVED | RequestState.ASLEEP:
            return times or (propose,)
        case RequestState.TALK_ARRANGED:
            cancel = Button(t.label("Cancel the talk"), StartForm("canceltalk", talk.id if talk else 0))
            move = Button(t.label("Move it"), StartForm("propose", request_id))
            return (*times, outcome, (move, cancel))
        case RequestState.TALK_HELD:
            return (*times, paper, sent, signed)
        case RequestState.AGREEMENT_SENT:
            chase = Button(t.label("Remind them of it"), OnAgreement(AgreementAct.CHASE, request_id))
            return (*times, signed, *(((chase,),) if case.is_reachable else ()), paper)
    return (*times, signed)


def render_agreement(request: JoinRequest, t: Texts) -> Screen:
    """What stands under the agreement that the office looks at."""
    text = t("The agreement of {organisation}, as far as it is known.", organisation=request.organisation)
    return Screen(text, ((Button(t.label("To the case"), ShowRequest(request.id)),),))


def render_agreement_chased(request: JoinRequest, t: Texts) -> Screen:
    """To the applicant, with the agreement."""
    return Screen(
        t(
            "<b>A reminder:</b> your agreement for {organisation} is still open. Please sign it and send it "
            "back, or ask us if something is in the way.",
            organisation=shorten(request.organisation, 160),
        ),
        ((Button(t.label("Ask about it"), StartForm("ask_case", request.id)),),),
    )


def render_certificate(request: JoinRequest, t: Texts) -> Screen:
    """To the office, with the certificate of a new partner."""
    partner = Button(t.label("The partner"), ShowOrganisation(request.organisation_id or 0))
    return Screen(
        t(
            "<b>{organisation}</b> is a partner now. The certificate:",
            organisation=shorten(request.organisation, 160),
        ),
        ((partner,),),
    )


def render_more(case: Case, t: Texts) -> Screen:
    """What is done more rarely."""
    request_id, state = case.request.id, case.request.state
    always: tuple[Row, ...] = (
        (
            Button(t.label("Note"), StartForm("note", request_id)),
            Button(t.label("History"), ShowHistory(request_id)),
        ),
    )
    back = ((Button(t.label("Back"), ShowRequest(request_id)),),)
    title = t("<b>{organisation}</b>", organisation=case.request.organisation)
    if state is RequestState.SIGNED:
        partner = case.request.organisation_id or 0
        papers = Button(t.label("Agreement and certificate"), OnPaper(PaperAct.FOLDER, partner))
        return Screen(title, (*always, (papers,), *back))
    if state not in UNDECIDED:
        again = Button(t.label("Open it again"), AskStep(request_id, RequestState.RECEIVED, case.seen))
        return Screen(title, (*always, (again,), *back))
    return Screen(title, (*always, *_rarely(case, t), *back))


def _rarely(case: Case, t: Texts) -> list[Row]:
    """While it is undecided."""
    request_id, state, thread = case.request.id, case.request.state, case.thread
    decline = Button(t.label("Decline"), StartForm("decline", request_id), style="danger")
    rest = Button(t.label("Lay to rest"), StartForm("sleep", request_id))
    wake = Button(t.label("Wake it up"), AskStep(request_id, RequestState.RECEIVED, case.seen))
    return [
        (
            Button(t.label("Owner"), ChooseOwner(request_id, 0)),
            Button(t.label("Due date"), StartForm("due", request_id)),
        ),
        *(((Button(t.label("Questions and answers"), ShowInquiry(thread.inquiry.id)),),) if thread else ()),
        *(
            ((Button(t.label("Talk was held"), StartForm("outcome", request_id)),),)
            if state in (RequestState.RECEIVED, RequestState.ASLEEP)
            else ()
        ),
        *(
            ((Button(t.label("Agreement signed"), StartForm("sign", request_id)),),)
            if state not in (RequestState.TALK_HELD, RequestState.AGREEMENT_SENT)
            else ()
        ),
        (rest if state in OPEN else wake, decline),
    ]


def render_ask_step(case: Case, tap: AskStep, t: Texts) -> Screen:
    """Before the applicant is told."""
    request_id = case.request.id
    yes = Button(t.label("Yes, tell them"), StepTo(request_id, tap.state, tap.seen), style="success")
    return are_you_sure(
        t(
            "<b>{organisation}</b>: from “{before}” to “{after}”? The applicant is told at once.",
            organisation=shorten(case.request.organisation, 160),
            before=t.label(STATES[case.request.state]),
            after=t.label(STATES[tap.state]),
        ),
        yes,
        Button(t.label("Back"), ShowRequest(request_id)),
    )


def render_done_by_others(why: Markup, entry: Entry | None, t: Texts) -> Markup:
    return lines(t("⚠️ {problem}", problem=why), case_history.render_entry(entry, t) if entry else "")


def render_owners(case: Case, staff: Sequence[Person], t: Texts) -> Screen:
    request_id = case.request.id
    rows = tuple(
        (Button(person.name, ChooseOwner(request_id, person.id, case.seen)),) for person in staff[:40]
    )
    return Screen(
        t("Who takes care of <b>{organisation}</b>?", organisation=case.request.organisation),
        (*rows, (Button(t.label("Back"), ShowRequest(request_id)),)),
    )
