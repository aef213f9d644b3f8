"""How a person is reached: e-mail addresses and phone numbers in one form."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber

LONGEST = 400  # characters; more is a letter and no address
LEAST_DIGITS = 4  # by which a number is looked for

_WRITTEN_DOT = re.compile(r" ?[(\[{] ?(?:dot|punkt|\.) ?[)\]}] ?", re.IGNORECASE)
_SIGN_WITH_SPACES = re.compile(r" ?@ ?")
_LABEL = re.compile(r"^(?:e-?)?mail ?: ?", re.IGNORECASE)
_WRITTEN_AT = re.compile(r" ?[(\[{] ?(?:at|ät|@) ?[)\]}] ?", re.IGNORECASE)
_MAILTO = re.compile(r"^mailto:([^?]*).*", re.IGNORECASE)  # and the subject that it may name
_AROUND = " <>.,;:\"'"
_NOTE = re.compile(r"\([^\d()]{1,40}\)")  # “(Zentrale)”


def parse_email(text: str) -> str:
    """The address in its normal form; whether it exists is not asked. Raises ValueError.

    Also as it is copied from a page or a sentence: `max(at)firma.de`, `<max@firma.de>.`, `mailto:…`.
    """
    if len(text) > LONGEST:
        raise ValueError("that is no e-mail address but a letter")
    written = _SIGN_WITH_SPACES.sub("@", _WRITTEN_DOT.sub(".", _WRITTEN_AT.sub("@", text)))
    bare = _LABEL.sub("", written.strip(_AROUND)).rpartition("<")[2]
    try:
        return validate_email(_MAILTO.sub(r"\1", bare), check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(f"{text!r} is no e-mail address") from None


def parse_phone(text: str, country: str) -> str:
    """In international form, `+4921511234567`; without its code it is of `country`. Raises ValueError.

    `492151123456` has one: an area code without its 0 in front is rarer than a code without its plus.
    """
    digits = phonenumbers.normalize_digits_only(text[:LONGEST])
    code = str(phonenumbers.country_code_for_region(country))
    number = _number(f"+{digits}", None) if "+" not in text and digits.startswith(code) else None
    number = number or _number(text, country) or _number(_NOTE.sub("", text), country)
    if number is None:
        raise ValueError(f"{text!r} is no phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _number(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def has_number(words: str, *numbers: str) -> bool:
    """Whether what is looked for is one of these numbers in international form, or a part of one."""
    digits = phonenumbers.normalize_digits_only(words).lstrip("0")
    is_number = len(digits) >= LEAST_DIGITS and not any(character.isalpha() for character in words)
    return is_number and any(digits in number for number in numbers)


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
