"""How counts and encoder are weighed: on scores made up for it, without a trained model."""

import numpy as np
import pytest

from assistant.components.encoder.tuned import familiarity
from assistant.components.intent_classifier import LinearIntentClassifier
from assistant.components.intent_features import Reading
from assistant.components.intent_model import IntentModel

CONFIG = LinearIntentClassifier.get_default_config()
LABELS = ["first"] * 9 + ["second"] * 9 + ["out_of_scope"] * 2
READINGS = [Reading("a bill", "a bill", "")]
COUNTS_SURE, COUNTS_UNDECIDED = [[1.0, -1.0, -1.0]], [[0.1, 0.0, 0.0]]
ENCODER_FOR_THE_SECOND, LIKE_NO_EXAMPLE = [[-1.0, 4.0, -1.0]], [[-0.2, 0.4, -0.2]]


class Encoder:
    """Answers with the same scores always, and counts how often it was asked."""

    def __init__(self, scores: list[list[float]]) -> None:
        self.answer, self.asked = np.array(scores), 0

    def scores(self, texts: list[str]) -> np.ndarray:
        self.asked += len(texts)
        return self.answer


class NoFeatures:
    """Hands the margins on that a test has chosen."""

    def __init__(self, margins: list[list[float]]) -> None:
        self.rows = np.array(margins)

    def transform(self, readings: list[Reading]) -> np.ndarray:
        return self.rows[: len(readings)]


class Margins:
    """Rows are margins already, of three labels."""

    classes = ("first", "second", "out_of_scope")

    def margins(self, rows: np.ndarray) -> np.ndarray:
        return rows


def asked(margins: list[list[float]], scores: list[list[float]]) -> tuple[np.ndarray, Encoder]:
    model = IntentModel(CONFIG)
    model.features, model.weights, model.encoder = NoFeatures(margins), Margins(), Encoder(scores)
    model.weigh(LABELS)
    return model.probabilities(READINGS)[0], model.encoder


def test_what_counts_are_sure_of_needs_no_encoder() -> None:
    found, encoder = asked(COUNTS_SURE, ENCODER_FOR_THE_SECOND)
    assert (found.argmax(), encoder.asked) == (0, 0)
    assert found.sum() == pytest.approx(1)


def test_the_encoder_decides_where_counts_cannot() -> None:
    found, encoder = asked(COUNTS_UNDECIDED, ENCODER_FOR_THE_SECOND)
    assert (found.argmax(), encoder.asked) == (1, 1)


def test_the_encoder_weighs_less_where_it_sees_an_example_but_once() -> None:
    seen, model, shares = CONFIG["encoder"]["seen"], IntentModel(CONFIG), []
    for examples in (100, seen // 2, seen, seen * 2):
        model.weigh(["first"] * examples)
        shares.append(model.share)
    assert shares[0] == shares[1] == CONFIG["encoder_share"]
    assert shares[2] == shares[3] == pytest.approx(CONFIG["encoder_share"] / CONFIG["enough_rounds"])


def test_what_lies_outside_is_leaned_to_the_more_the_fewer_its_examples() -> None:
    model, leans = IntentModel(CONFIG), []
    for outside in (0, 200, 10):
        model.weigh(["first"] * 1000 + ["out_of_scope"] * outside)
        leans.append(model.lean)
    assert leans[0] == 0
    assert 0 < leans[1] < leans[2]


def test_between_two_alike_what_lies_outside_is_leaned_to() -> None:
    found, _ = asked([[0.05, 0.0, 0.05]], [[2.0, 0.0, 2.0]])
    assert found.argmax() == Margins.classes.index("out_of_scope")
    assert found[2] / found[0] == pytest.approx(10 ** (CONFIG["outside_lean"] * CONFIG["sharpness"]))


def test_what_is_like_no_example_keeps_a_part_of_its_confidence() -> None:
    found, _ = asked(COUNTS_UNDECIDED, LIKE_NO_EXAMPLE)
    assert found.sum() == pytest.approx(familiarity(np.array(LIKE_NO_EXAMPLE))[0] / CONFIG["familiar"])
    assert found.sum() < 0.5


def test_what_is_like_the_examples_keeps_its_confidence() -> None:
    found, _ = asked(COUNTS_UNDECIDED, ENCODER_FOR_THE_SECOND)
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("classes", [2, 77, 150])
def test_a_fitted_example_is_familiar_whatever_the_number_of_classes(classes: int) -> None:
    scores = np.zeros((1, classes))
    scores[0, 0] = np.log(classes * 9 + 1)  # what smoothing of a tenth leads to
    assert 0.5 <= familiarity(scores)[0] <= 1.1
