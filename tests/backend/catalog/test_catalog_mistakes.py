"""Every kind of mistake of a catalogue file is told with its line, in the operator's words, all in one go."""

import pytest
from catalog_files import entry, file_of

from backend.catalog import source
from backend.catalog.service.offerings import areas_of
from backend.infra.operator import load_operator

AREAS = areas_of(load_operator())


def mistakes(content: bytes) -> tuple[str, ...]:
    return source.read("prices.yml", content, "SAR", AREAS).mistakes


def test_a_short_file_without_mistakes_is_read_whole() -> None:
    found = source.read("prices.yml", file_of(entry()), "SAR", AREAS)

    assert (found.mistakes, [offering.id for offering in found.offerings]) == ((), ["plan"])


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ({"name": "{en: Plan}"}, 3, "name.ar (plan): the Arabic text is missing"),
        ({"name": '{ar: باقة, en: " "}'}, 3, "the English text is empty"),
        ({"kind": "landline"}, 5, '"landline" is not one of'),
        ({"addOnFor": "[mobile]"}, 7, 'addOnFor.0 (plan): "mobile" is not one of'),
        ({"addOnFor": "[mobilePrepaid]"}, 7, "addOnFor is for add-ons and devices, not for mobilePostpaid"),
        ({"validFor": "{from: 2027-02-01, to: 2027-01-01}"}, 7, "ends on 2027-01-01, before it starts on 2027-02-01"),
        ({"validFor": "{from: 2027-02-30}"}, 7, '"2027-02-30" is not a date like 2027-01-31'),
        ({"areas": "[Atlantis]"}, 7, "the area 'Atlantis' is not in the operator's coverage"),
        ({"kind": "fixedPostpaid", "areas": "[Abha]"}, 7, "no fixedPostpaid line reaches the area 'Abha'"),
        ({"price": ""}, 2, "price is missing"),
        ({"price": "{amount: -1, period: 1 month, taxIncluded: true}"}, 6, "price.amount"),
        ({"discounts": "[{name: {ar: خصم, en: Off}}]"}, 7, "a discount has either percent or amount"),
        ({"discounts": "[{name: {ar: خصم, en: Off}, percent: 120}]"}, 7, "percent"),
        (
            {"discounts": "[{name: {ar: خصم, en: Off}, percent: 5, months: 2, on: sim}]"},
            7,
            "on the recurring price only",
        ),
        ({"exitFeePerMonth": "50"}, 7, "exitFeePerMonth stands without contractMonths"),
        ({"bundledOfferings": "[plan]"}, 7, "bundledOfferings is for the kind bundle"),
        ({"eligibleCreditClasses": "[]"}, 7, "nobody could buy it"),
        ({"oneOf": "[]"}, 7, "unknown word 'oneOf'; is 'oneOff' meant?"),
        ({"customerType": "[]"}, 7, "customerType"),
        ({"id": "Plan One"}, 2, "id"),
        ({"allowances": "12"}, 7, '"12" stands where a list is expected'),
    ],
)
def test_a_mistake_in_one_offering_is_told_with_its_line(changes: dict[str, str], line: int, told: str) -> None:
    (mistake,) = mistakes(file_of(entry(**changes)))

    assert mistake.startswith(f"prices.yml, line {line}: ")
    assert told in mistake


def test_instalments_that_do_not_add_up_are_told_with_the_sum() -> None:
    plan = "{total: 2699, downPayment: 299, instalments: 24, monthlyAmount: 99, taxIncluded: true}"

    (mistake,) = mistakes(file_of(entry(kind="device", price="", instalment=plan)))

    assert "the instalments do not add up: 299 + 24 x 99 = 2675, but the total is 2699" in mistake


def test_versions_that_overlap_are_told_with_both_lines() -> None:
    first, second = entry(), entry(version='"2.0"', validFor="{from: 2027-01-01}")

    (mistake,) = mistakes(file_of(first, second))

    assert mistake.startswith("prices.yml, line 13: offerings.1.validFor (plan): version 2.0 is sold on days on which")
    assert "(line 2)" in mistake
    assert "give that one an end" in mistake


def test_versions_keep_their_kind() -> None:
    first = entry(validFor="{to: 2026-12-31}")
    second = entry(version='"2.0"', validFor="{from: 2027-01-01}", kind="mobilePrepaid")

    assert "versions keep their kind" in "\n".join(mistakes(file_of(first, second)))


def test_a_bundle_of_what_is_not_there_is_told() -> None:
    bundle = entry(id="pack", kind="bundle", bundledOfferings="[plan, ghost]")

    assert "it bundles 'ghost', which is not in this file" in "\n".join(mistakes(file_of(entry(), bundle)))


def test_bundles_that_hold_each_other_are_told() -> None:
    one = entry(id="one", kind="bundle", bundledOfferings="[plan, two]")
    two = entry(id="two", kind="bundle", bundledOfferings="[plan, one]")

    told = mistakes(file_of(entry(), one, two))

    assert [("leads back to itself" in mistake) for mistake in told] == [True, True]


def test_all_mistakes_come_in_one_go_in_the_order_of_their_lines() -> None:
    twice = entry().replace("price:", "kind: addOn\n    price:")
    told = mistakes(file_of(entry(id="a", kind="phone"), twice, entry(id="plan"), entry(id="b", name="{en: x}")))

    assert [mistake.split(":")[0] for mistake in told] == [
        "prices.yml, line 5",
        "prices.yml, line 11",
        "prices.yml, line 13",
        "prices.yml, line 19",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1:"),
        (b"offerings: []", "there is no offering in it"),
        (b"- one\n- two", "line 1:"),
        (b"offerings:\n  - id: [\n", "line 3: this is not YAML"),
        (b"offerings:\n\tname: x", "line 2: this is not YAML"),
        (b"offerings:\n  - id: \xff\xfe", "line 2: this is not UTF-8 text"),
        (b"offerings:\n  - id: a\x00b", "line 2: this cannot be read"),
        (b"offerings: &a [*a]", "nested"),
        (b"offerings: " + b"[" * 3000 + b"]" * 3000, "line 1: "),
        (b"offerings: !!python/object/apply:os.system [ls]", "line 1: this is not YAML"),
        (b"offerings:\n  - 12\n", "line 2: "),
        (b"offerings:\n  - id: a\n", "offerings.0.price (a): price is missing"),
        (b"offerings:\n  - {id: a, kind: {a: b}, ? [x] : y}\n", "line 2: this is not YAML"),
        (b"x: " + b"9" * 5000, "line 1: this cannot be read"),
        (b"#" * 1_000_001, "larger than 1000 kB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(content: bytes, told: str) -> None:
    assert told in "\n".join(mistakes(content))


def test_a_mistake_on_line_40_is_told_with_line_40() -> None:
    lines = source.DEMONSTRATION.read_text(encoding="utf-8").splitlines()
    word = lines[39].split(":")[0]
    lines[39] = f"{word}x: 1"

    told = mistakes("\n".join(lines).encode())

    assert any(mistake.startswith("prices.yml, line 40: ") for mistake in told)
