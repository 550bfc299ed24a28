"""Starts the product on one machine: its home, PostgreSQL, the trained model, and its processes under a supervisor."""

import warnings

# platformdirs warns where there is no desktop session; the embedded server then uses the temporary folder: as wanted.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
