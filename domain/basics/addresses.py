"""How a person is reached: e-mail addresses and phone numbers in one form."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber

_BETWEEN_WORDS = re.compile(r"[\s<>()\[\]{}\"',;:!/]")
LONGEST = 400  # characters; more is a letter and no address
LEAST_DIGITS = 4  # by which a number is looked for

_WRITTEN_DOT = re.compile(r" ?[(\[{] ?(?:dot|punkt|\.) ?[)\]}] ?", re.IGNORECASE)
_SIGN_WITH_SPACES = re.compile(r" ?@ ?")
_WRITTEN_AT = re.compile(r" ?[(\[{] ?(?:at|ät|@) ?[)\]}] ?", re.IGNORECASE)
_AROUND = " <>.,;:\"'"
_NOTE = re.compile(r"\([^\d()]{1,40}\)")  # “(Zentrale)”
_EXTENSION = re.compile(r"(?i)[ ,]{1,3}(?:app(?:arat)?|dw|durchwahl|ext)\b[. :]{0,3}(?=\d)")
_LETTER = re.compile(r"[^\W\d_]")
_FIRST_DIGIT = re.compile(r"[+(]?\d")
_SPOKEN_AT = re.compile(r"(?i) (?:at|ät) ")
_SPOKEN_DOT = re.compile(r"(?i) (?:dot|punkt) | \. ?(?=[a-z])")
_COMMA_FOR_DOT = re.compile(r"(?i)(?<=@)([\w-]{1,60}),(?=[a-z]{2,4}$)")
_BEFORE_ADDRESS = re.compile(r"(?i)\S{0,40}(?:[:<]|mail|adresse|an|ist|lautet|address|to|is) ")


def parse_email(text: str) -> str:
    """The address in its normal form; whether it exists is not asked. Raises ValueError.

    Also as it is copied from a page or a sentence: `max(at)firma.de`, `<max@firma.de>.`, `mailto:…`.
    """
    if len(text) > LONGEST:
        raise ValueError("that is no e-mail address but a letter")
    written = _SIGN_WITH_SPACES.sub("@", _WRITTEN_DOT.sub(".", _WRITTEN_AT.sub("@", text)))
    if "@" not in written:
        written = _SPOKEN_AT.sub("@", written)
    written = _COMMA_FOR_DOT.sub(r"\1.", _SPOKEN_DOT.sub(".", written))
    before, *_ = written.split("@")
    named = {one.strip(_AROUND) for one in _BETWEEN_WORDS.split(written.partition("?")[0]) if "@" in one}
    is_torn = len(before.split()) == len(("a", "b")) and not _BEFORE_ADDRESS.match(before)  # “a b@firma.de”
    try:
        (bare,) = named
        return validate_email("" if is_torn else bare, check_deliverability=False).normalized
    except (EmailNotValidError, ValueError):
        raise ValueError(f"{text!r} is no e-mail address") from None


def parse_phone(text: str, country: str) -> str:
    """In international form, `+4921511234567`; without its code it is of `country`. Raises ValueError.

    `492151123456` has one: an area code without its 0 in front is rarer than a code without its plus.
    """
    text = _EXTENSION.sub("-", _NOTE.sub("", text[:LONGEST]))
    first = _FIRST_DIGIT.search(text)
    text = text[first.start() if first else 0 : len(text) - _behind_last_digit(text)]
    text = "" if _LETTER.search(text) else text  # they would be keys of a keypad
    digits = phonenumbers.normalize_digits_only(text)
    code = str(phonenumbers.country_code_for_region(country))
    number = _number(f"+{digits}", None) if "+" not in text and digits.startswith(code) else None
    number = number or _number(text, country)
    if number is None:
        raise ValueError(f"{text!r} is no phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _behind_last_digit(text: str) -> int:
    return next((at for at, one in enumerate(reversed(text)) if one.isdigit()), 0)


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
