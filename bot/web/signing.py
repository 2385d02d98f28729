"""What we sign: chat links, sessions of the console, and the token of each form."""

import hmac
import secrets
from typing import Any, Dict, Optional

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

SESSION_SECONDS = 12 * 3600


class Signing:
    """Signs with one secret; each purpose has its own salt, so that no token serves for another."""

    def __init__(self, secret: str, public_url: str) -> None:
        self._links = URLSafeSerializer(secret, salt="chat-link")
        self._sessions = URLSafeTimedSerializer(secret, salt="console-session")
        self._forms = URLSafeSerializer(secret, salt="form")
        self._public_url = public_url.rstrip("/")

    def chat_path(self, conversation_id: str) -> str:
        return f"/c/{self._links.dumps(conversation_id)}"

    def chat_url(self, conversation_id: str) -> str:
        """The link that is sent to a customer; who has it has the conversation."""
        return self._public_url + self.chat_path(conversation_id)

    def conversation_of(self, token: str) -> Optional[str]:
        """The conversation of a link; None if the link is not ours."""
        value = _loads(self._links, token)
        return value if isinstance(value, str) else None

    def session(self, user: str, password_mark: str) -> str:
        return str(self._sessions.dumps({"user": user, "mark": password_mark}))

    def session_of(self, cookie: str) -> Optional[Dict[str, str]]:
        """What the session says, None if it is forged or older than 12 hours."""
        value = _loads(self._sessions, cookie, max_age=SESSION_SECONDS)
        return value if isinstance(value, dict) else None

    def form_token(self, visitor: str) -> str:
        """The token of the forms shown to this visitor (a nonce kept in a cookie)."""
        return str(self._forms.dumps(visitor))

    def form_token_fits(self, token: str, visitor: Optional[str]) -> bool:
        signed = _loads(self._forms, token)
        return bool(visitor) and isinstance(signed, str) and hmac.compare_digest(signed.encode(), str(visitor).encode())


def new_visitor() -> str:
    return secrets.token_urlsafe(16)


def _loads(serializer: Any, token: str, **options: Any) -> Any:
    try:
        return serializer.loads(token, **options)
    except (BadSignature, UnicodeError, ValueError):
        return None
