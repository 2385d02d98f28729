"""Signs that a text in Latin letters is not English: letters, and small words that English does not have."""

import re
from typing import Sequence

from bot.language.wordlist import listed

_LETTERS = re.compile(r"[ñ¿¡ßäöüåøæœąęłśźżčřšžğışđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹãõçàâêëîïôûùìòáíóú]")
_WORDS = frozenset(
    listed(
    # Spanish, Portuguese, Italian
        "el la los las una un es muy pero porque gracias hola bueno buena bien mal malo servicio comida "
        "del con por para que está esta este fue todo nada mi su lo más mas como estoy nunca obrigado "
        "obrigada não nao muito bom boa foi serviço uma com grazie ciao buono molto sono che non della "
        "il gli ottimo servizio é tudo você adios quiero hablar pedido "
        # French
        "le les des du je tu il elle nous vous est était pas très tres et mais merci bonjour avec pour "
        "dans sur c'est ne qui une bon bonne mauvais au aux ce cette mon ma j'ai n'est livraison "
        "d'attente attendu commande "
        # German, Dutch
        "der die das und ist nicht sehr ich wir sie war aber danke gut schlecht mit für ein eine auch zu "
        "bitte hallo het een niet goed maar dank bedankt ik zeer schlechter lieferung bestellung "
        "gewartet habe haben "
        # Malay, Indonesian, Vietnamese, Filipino
    "saya tidak bagus terima kasih sangat dan yang ini itu pelayanan makanan baik lambat không rất cảm ơn tôi dịch vụ "
    "tốt salamat maganda ang ng hindi po sa napakabagal "
    # Polish, Turkish, Swedish
    "dziękuję bardzo jest nie dobrze obsługa teşekkürler çok iyi değil kötü tack bra inte mycket är och"
    )
)  # fmt: skip
_ENGLISH = frozenset(
    listed(
        "the a an is was were are be been i you he she it we they my your our this that these those and or but "
        "not no yes of to in on at for from with have has had do does did don't didn't can could will would "
        "should very so too just good great bad nice thanks thank please order food service staff time wait "
        "really all as if there what when how why who me him her them us get got again never always better best "
        "worst ok okay great love hello hi"
    )
)
_BOTH = frozenset(
    listed("no me a an die war in on as so he it was do us la il mal son pour bon sur an of gut ma su mi en est un")
)


def is_foreign_latin(text: str, words: Sequence[str]) -> bool:
    """Whether signs of another language outweigh those of English. `words` are the text's words in lower case."""
    ours = sum(word in _ENGLISH for word in words)
    theirs = sum(word in _WORDS and (word not in _BOTH or not ours) for word in words)
    marked = sum(bool(_LETTERS.search(word)) for word in words) + ("¿" in text or "¡" in text)
    if not ours:
        return theirs + marked >= 1 and (theirs + 2 * marked) * 4 >= len(words) and not _loan_word(words)
    return theirs + marked > ours


def _loan_word(words: Sequence[str]) -> bool:
    """A single marked word such as café or résumé is no sign."""
    return all(
        word in {"café", "résumé", "naïve", "fiancée", "déjà", "vu", "latte", "crème", "brûlée"} for word in words
    )
