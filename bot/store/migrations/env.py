"""Run by Alembic, with the connection that `bot.store.database.migrate` gives it.

For a new migration: `BOT_DATABASE_URL=… alembic -c bot/store/migrations/alembic.ini revision --autogenerate -m "what"`.
"""

import os

from alembic import context

from bot.store.database import open_engine, writing
from bot.store.tables import metadata

OPTIONS = {"target_metadata": metadata, "render_as_batch": True, "compare_type": True}

given = context.config.attributes.get("connection")
if given is not None:
    context.configure(connection=given, **OPTIONS)
    context.run_migrations()
else:
    with writing(open_engine(os.environ["BOT_DATABASE_URL"])).begin() as connection:
        context.configure(connection=connection, **OPTIONS)
        context.run_migrations()
