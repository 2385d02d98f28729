"""What every model of the definitions is."""

from pydantic import BaseModel, Extra


class Model(BaseModel):
    """A frozen model that refuses keys it does not know: a typing mistake in the YAML must not pass as a wish."""

    class Config:
        extra = Extra.forbid
        frozen = True
