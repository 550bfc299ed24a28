"""Check digits of the numbers that people and the network carry."""

from stdnum import luhn


def is_national_id(number: str) -> bool:
    """Whether it is a Saudi national id (first digit 1) or resident id (first digit 2): ten digits, the last by Luhn.

    Source: the public format of the National Information Center's identity number.
    """
    return len(number) == 10 and number.isascii() and number[0] in "12" and luhn.is_valid(number)


def is_card_number(digits: str) -> bool:
    """Whether the digits could be a payment card's number: 13 to 19 of them, Luhn, of a payment network.

    Source: ISO/IEC 7812; payment networks begin with 2 to 6, a SIM's number with 89.
    """
    return (
        digits.isascii()
        and digits.isdigit()
        and 13 <= len(digits) <= 19
        and digits[0] in "23456"
        and luhn.is_valid(digits)
    )


def with_check_digit(digits: str) -> str:
    """The digits followed by their Luhn check digit."""
    return digits + str(luhn.calc_check_digit(digits))
