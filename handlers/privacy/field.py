"""What `privacy` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.privacy import data, notices, office
from handlers.privacy.access import ACCESS
from handlers.privacy.buttons import (
    EnterRequest,
    Erase,
    OnRequest,
    OnReview,
    StayKnown,
    TakeFile,
    WithdrawConsent,
)

FIELD = Field(
    deeds={"form:letter": Deed.SEARCHED},
    access=ACCESS,
    taps=(
        tap(Erase, data.erased),
        tap(TakeFile, data.asked_for_file),
        tap(WithdrawConsent, data.withdrew_consent),
        tap(StayKnown, data.stayed),
        tap(OnReview, office.reviewed),
        tap(OnRequest, office.acted),
        tap(EnterRequest, office.entered),
    ),
    places={
        "privacy": data.asked_for_privacy,
        "consents": data.asked_for_consents,
        "erase": data.asked_to_erase,
        "privacy-notice": data.asked_for_notice,
        "privacy-office": office.asked_for_standing,
        "privacy-requests": office.asked_for_requests,
        "privacy-reviews": office.asked_for_reviews,
        "privacy-days": office.asked_for_days,
    },
    lists={
        "privacy-all": data.asked_for_everything,
        "privacy-periods": data.asked_for_periods,
        "privacy-log": office.asked_for_log,
    },
    forms=(*data.FORMS, *office.FORMS),
    notices=notices.NOTICES,
    commands=(Commanded(Command(N_("/privacy"), N_("My data"), 110), data.asked_for_privacy),),
)
