# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""Praise that is meant as blame, by its clear signs only: a mocking phrase or emoji, words of praise in quotes."""

import re

# These say it alone.
_PLAIN = re.compile(
    r"🙄|呵呵|真是(?:太)?(?:谢谢|感谢|感动|服了|佩服)(?:你们|贵司)?(?:喔|哦|啊|了)?[,，]?(?=\S)|love how\b[^.!?]{0,30}[\"“']|thanks for nothing|oh (?:great|brilliant|joy|wonderful|fantastic|lovely|perfect)[,. ]"
)
# These say it beside something bad.
_BESIDE = re.compile(
    r"👏|👍👍|[\"“「『](?:[^\"”」』]{1,8})[\"”」』]|好一个|(?:可|还)真(?:好|行|棒|厉害|专业|准时|快|会)|真(?:行|会|有你们)的|厉害了?(?:喔|哦|啊|了|,|，|哈)|好(?:棒|厉害|专业)(?:喔|哦|啊|呢|,|，|唷)|专业(?:欸|呢|喔|哈)|(?:太|真)感动|才\S{1,6}而已呢|真是(?:谢谢|感谢)|太谢谢|"
    r"\b(?:well done|great job|good job|nice one|nice job|bravo|congrats|congratulations|slow clap|so professional|amazing work|love that|love how|just (?:great|brilliant|wonderful|perfect)|how lovely|very impressive|what a joke)\b|\b(?:only|just) (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:days|weeks|hours)\b|^\s*(?:wow|great|brilliant|fantastic|wonderful)\s?[,!.]"
)


def is_sarcastic(form: str, blames: bool) -> bool:
    """Whether what is praised in a plain text is meant as blame. `blames`: something bad is said in it too."""
    return bool(_PLAIN.search(form)) or (blames and bool(_BESIDE.search(form)))
