"""How a person is reached: e-mail addresses and phone numbers in one form."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email


def parse_email(text: str) -> str:
    """The address in its normal form; whether it exists is not asked. Raises ValueError."""
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(f"{text!r} is no e-mail address") from None


def parse_phone(text: str) -> str:
    """In international form, `+4921511234567`; without a country code it is German. Raises ValueError."""
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        raise ValueError(f"{text!r} is no phone number") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(f"{text!r} is no phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked(address: str, unproven: frozenset[str]) -> str:
    """An address to be read; of one that the reader has yet to type themselves only what it is known by."""
    if address not in unproven:
        return address if "@" in address else phone_in_words(address)
    name, at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if at else f"••• {address[-2:]}"


def phone_in_words(number: str) -> str:
    """`+492151123456` as it is read, `+49 2151 123456`; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
