"""A server has neither TensorFlow nor JAX: what it imports does without both."""

import subprocess
import sys

from assistant.fingerprint import ROOT

SERVING = """
from assistant import without_tensorflow
without_tensorflow.install(*without_tensorflow.TRAINING_ONLY)
import assistant.components.intent_classifier, sys
sys.exit(any(name.startswith("jaxlib") for name in sys.modules))
"""


def test_the_classifier_is_imported_without_what_only_training_needs() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SERVING], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]
