"""A store to keep messages in, and the fixtures of core's services."""

from tests.core.services import quick

filled_store, ports, wordings = quick.filled_store, quick.ports, quick.wordings
