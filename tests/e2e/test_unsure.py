"""How sure an act was goes the whole way: through Rasa and the action server into the store."""

import pytest
import requests

from bot.store.database import open_engine
from bot.store.sql_store import SqlStore

pytestmark = pytest.mark.servers


def test_words_that_nobody_was_sure_of_wait_for_review(assistant):
    said = "zorp the blenk, fnord quux"
    answer = requests.post(
        f"{assistant.url('rasa')}/webhooks/rest/webhook", json={"sender": "unsure-1", "message": said}, timeout=30
    )
    assert answer.ok and answer.json()
    engine = open_engine(f"sqlite:///{assistant.settings.var / 'afterword.sqlite'}")
    with SqlStore(engine).read() as tx:
        found = [one.verbatim for one in tx.to_review(None, None, 50) if one.verbatim.text == said]
    engine.dispose()
    assert [one.act for one in found] == ["other"] and 0 <= found[0].certainty < 1
