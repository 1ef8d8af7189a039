"""`python -m backfile`."""

from __future__ import annotations

import sys

from backfile.cli import main

sys.exit(main())
