"""Tags, each with its polarity and the words it rests on: by the words of the definitions, and learnt ones.

One mention a tag, the longest. Polarity follows the tag's kind (pain, itch: negative; delight: positive; need,
expectation: neutral; word of mouth: by its clause) and is turned by a negation in the same clause. A match inside the
unbroken match of another tag is part of that one: 太慢 in 送餐太慢, "fresh" in "not fresh".

What the learnt models find where no rule found anything is added, with the clause it rests on as evidence. Beside a
rule they must be sure: the bot says it is sorry for what it was told, and for nothing else. What a rule found and they
think most unlikely is not said.
"""

import re
from typing import Callable, Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.definitions import Tag, Taxonomy
from bot.core.types import TagMention
from bot.language.impression import CUED, Impression
from bot.language.lexicon import clause_strength
from bot.language.negation import negated_chinese, negated_english
from bot.language.phrases import ChinesePhrases, EnglishPhrases, Hit
from bot.language.plain import plain
from bot.language.sarcasm import is_sarcastic
from bot.language.severity_cues import HARMLESS
from bot.language.words import Word, words_of

if not Doc.has_extension("tags"):
    Doc.set_extension("tags", default=())
    Doc.set_extension("tag_spans", default=())

# What is only asked about or supposed is not said: 会不会漏水, 有没有真人. Looked for up to the second character.
_ASKED = re.compile(
    r"(?:会不会|是否会|万一|怕)\S{0,2}.{2}$|(?:有没|有没有|能不能|可不可|会不会|要不要)$"
    r"|(?:吓|乐|高兴|开心|累|饿|急|忙|气|渴|激动|美|愁|冻|热|想)坏.?$"  # a figure of speech
)
# A verdict that tells no event: what happened is asked, not guessed.
_VERDICT = re.compile(
    r"(?:your|the|this|that|whole|\s)*(?:\w+ ){1,2}(?:was|is|were|are)(?: \w+){0,3} (?:useless|terrible|awful|rubbish|"
    r"shit|shite|crap|bad|horrible|dreadful|pathetic|joke|disgrace)\W*"
    r"|(?:你们|你們|这|這|那|的)*\S{0,4}(?:太|真|好|很|超|有够|有夠|就是)*(?:垃圾|烂|爛|差劲|差勁|没用|沒用|糟糕|离谱|離譜)[了透死啊\W]*"
)
OVERRULES = 0.95  # the probability from which the models are believed against a rule
_POLARITY = {"pain": "negative", "itch": "negative", "delight": "positive", "need": "neutral", "expectation": "neutral"}
_TURNED = {"negative": "positive", "positive": "negative", "neutral": "neutral"}


class Mention(NamedTuple):
    """A tag found at text[start:end], before it is put in words. learnt: by the models, not by a word."""

    tag: Tag
    start: int
    end: int
    gapless: bool
    polarity: str
    learnt: bool = False


class TagRules:
    """The tags of one taxonomy, made ready to be found. Building takes some milliseconds, finding well under one."""

    def __init__(self, taxonomy: Optional[Taxonomy] = None) -> None:
        tags = taxonomy.tags if taxonomy else []
        self._tags: Dict[str, Tag] = {tag.key: tag for tag in tags}
        scripts = ("zh-Hans", "zh-Hant")
        chinese = {(tag.key, plain(word)) for tag in tags for script in scripts for word in tag.words[script]}
        self._chinese: ChinesePhrases[str] = ChinesePhrases(sorted(chinese))
        self._english: EnglishPhrases[str] = EnglishPhrases((tag.key, word) for tag in tags for word in tag.words["en"])

    def find(self, form: str) -> List[Mention]:
        """The mentions in a plain text, in its order."""
        words = words_of(form)
        negated = _negation(form, words)
        hits = [*self._chinese.find(form), *self._english.find(words)]
        mentions = _outermost([self._mention(key, hit, form, negated) for key, hit in hits if not _asked(form, hit)])
        meant = [mention for mention in _longest(mentions) if not (_grave(mention) and _only_looks_it(form, mention))]
        if is_sarcastic(form, any(mention.polarity == "negative" for mention in meant)):
            meant = [mention for mention in meant if mention.polarity != "positive"]
        return sorted(meant, key=lambda mention: mention.start)

    def with_impression(self, mentions: Sequence[Mention], impression: Impression, form: str) -> List[Mention]:
        """The mentions in a plain text that the learnt models do not doubt, and what these found beside them.

        Words that are half of the text or more mean what they say.
        """
        found = [one for one in mentions if one.end - one.start >= len(form) / 2 or not _doubted(one, impression)]
        for one in impression.opinions:
            if one.polarity == "negative" and _VERDICT.fullmatch(form):
                continue
            key = next((key for key in one.keys if self._may_be(key, impression)), None)
            beside = [mention for mention in found if mention.tag.category == one.category]
            if key is None or any(mention.polarity == one.polarity for mention in beside):
                continue
            if one.probability < OVERRULES and any(not mention.learnt for mention in found):
                continue  # what is said of the shop is understood by words already
            against = [mention for mention in beside if mention.start < one.end and one.start < mention.end]
            found = [mention for mention in found if mention not in against]
            found.append(Mention(self._tags[key], one.start, one.end, False, one.polarity, learnt=True))
        return sorted(found, key=lambda mention: mention.start)

    def _may_be(self, key: str, impression: Impression) -> bool:
        """A snapped leg of a chair is no injury: a grave tag needs a grave message."""
        return key in self._tags and (impression.grave or self._tags[key].severity != "critical")

    def _mention(self, key: str, hit: Hit, form: str, negated: Callable[[Hit], bool]) -> Mention:
        tag = self._tags[key]
        place = (tag, hit.start, hit.end, hit.gapless)
        if tag.kind == "word_of_mouth":
            strength = clause_strength(form, hit.start, hit.end)
            return Mention(*place, polarity="negative" if strength < 0 else "positive")
        polarity = _POLARITY[tag.kind]
        return Mention(*place, polarity=_TURNED[polarity] if negated(hit) else polarity)


def _doubted(mention: Mention, impression: Impression) -> bool:
    """Nothing behind what was read, and nothing grave that may be true."""
    if mention.end > impression.read_to or (_grave(mention) and impression.gravity >= CUED):
        return False
    return impression.doubts(mention.tag.key, mention.polarity)


def _asked(form: str, hit: Hit) -> bool:
    return bool(_ASKED.search(form[max(0, hit.start - 8) : hit.start + 2]))


def _grave(mention: Mention) -> bool:
    return mention.tag.severity == "critical"


def _only_looks_it(form: str, mention: Mention) -> bool:
    """Whether a figure of speech, a safeguard or a question covers a part of the mention."""
    return any(span.start() < mention.end and mention.start < span.end() for span in HARMLESS.finditer(form))


def _negation(form: str, words: Sequence[Word]) -> Callable[[Hit], bool]:
    """Whether a hit is negated: before it, or in its last gap ("桌子一点没坏", "the table was not broken")."""
    index = {word.start: at for at, word in reversed(list(enumerate(words)))}

    def negated(hit: Hit) -> bool:
        if "a" <= form[hit.start] <= "z":
            inner = hit.gap and negated_english(words[hit.gap[0] :], hit.gap[1] - hit.gap[0])
            return bool(inner) != negated_english(words, index.get(hit.start, 0))
        inner = hit.gap and negated_chinese(form[hit.gap[0] :], hit.gap[1] - hit.gap[0])
        return bool(inner) != negated_chinese(form, hit.start)

    return negated


def _outermost(mentions: List[Mention]) -> List[Mention]:
    """Without those that lie within a longer unbroken match of another tag."""
    return [
        inner
        for inner in mentions
        if not any(
            outer.gapless
            and outer.tag.key != inner.tag.key
            and outer.start <= inner.start
            and inner.end <= outer.end
            and outer.end - outer.start > inner.end - inner.start
            for outer in mentions
        )
    ]


def _longest(mentions: Iterable[Mention]) -> List[Mention]:
    best: Dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.tag.key)
        if known is None or mention.end - mention.start > known.end - known.start:
            best[mention.tag.key] = mention
    return list(best.values())


def as_tags(text: str, mentions: Iterable[Mention]) -> Tuple[TagMention, ...]:
    """The mentions with the characters of `text` they rest on."""
    return tuple(TagMention(m.tag.key, m.tag.category, m.polarity, text[m.start : m.end].strip()) for m in mentions)


@Language.factory("tags", assigns=["doc._.tags", "doc._.tag_spans"])
def tags(nlp: Language, name: str) -> "TagReader":
    return TagReader()


class TagReader:
    """Sets `doc._.tags` (TagMention) and `doc._.tag_spans` (Mention)."""

    def __init__(self, rules: Optional[TagRules] = None) -> None:
        self.rules = rules or TagRules()

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the words of another version of the definitions."""
        self.rules = TagRules(taxonomy)

    def __call__(self, doc: Doc) -> Doc:
        mentions = self.rules.find(doc._.plain)
        if doc._.impression:
            mentions = self.rules.with_impression(mentions, doc._.impression, doc._.plain)
        doc._.tag_spans = tuple(mentions)
        doc._.tags = as_tags(doc.text, doc._.tag_spans)
        return doc
