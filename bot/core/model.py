"""What every definition is made of: a strict model, and wording in three languages."""

from pydantic import BaseModel, Extra, Field


class Model(BaseModel):
    """A frozen model that refuses keys it does not know: a typing mistake in the YAML must not pass as a wish."""

    class Config:
        extra = Extra.forbid
        frozen = True


class Wording(Model):
    """The same wording in each of the three languages; in YAML a mapping with the keys zh-Hans, zh-Hant, en."""

    zh_hans: str = Field(..., alias="zh-Hans", min_length=1)
    zh_hant: str = Field(..., alias="zh-Hant", min_length=1)
    en: str = Field(..., min_length=1)

    def get(self, language: str) -> str:
        """The wording in `language`; English for any other language."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}.get(language, self.en)
