"""How counts and encoder are weighed: on scores made up for it, without a trained model."""

import numpy as np
import pytest

from assistant.components.encoder.tuned import familiarity
from assistant.components.intent_classifier import LinearIntentClassifier
from assistant.components.intent_features import Reading
from assistant.components.intent_model import IntentModel

CONFIG = LinearIntentClassifier.get_default_config()
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
    return model.probabilities(READINGS)[0], model.encoder


def test_what_counts_are_sure_of_needs_no_encoder() -> None:
    found, encoder = asked(COUNTS_SURE, ENCODER_FOR_THE_SECOND)
    assert (found.argmax(), encoder.asked) == (0, 0)
    assert found.sum() == pytest.approx(1)


def test_the_encoder_decides_where_counts_cannot() -> None:
    found, encoder = asked(COUNTS_UNDECIDED, ENCODER_FOR_THE_SECOND)
    assert (found.argmax(), encoder.asked) == (1, 1)


def test_the_encoder_weighs_more_the_less_sure_the_counts_are() -> None:
    shares = IntentModel(CONFIG)._encoder_share(np.array([[0.8, 0.2], [0.6, 0.4], [0.4, 0.4]]))[:, 0]
    assert shares.tolist() == sorted(shares)
    assert shares[0] == pytest.approx(CONFIG["encoder_share"])
    assert shares[-1] < CONFIG["encoder_share_in_doubt"]


def test_between_two_alike_what_lies_outside_is_leaned_to() -> None:
    found, _ = asked([[0.05, 0.0, 0.05]], [[2.0, 0.0, 2.0]])
    assert found.argmax() == Margins.classes.index("out_of_scope")
    assert found[2] / found[0] == pytest.approx(np.exp(CONFIG["outside_lean"] * CONFIG["sharpness"]))


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
