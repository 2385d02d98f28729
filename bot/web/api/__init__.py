"""`/api/v1`: what other programs may ask and tell. The contract is OpenAPI, at `/openapi.json`."""

from fastapi import APIRouter

from bot.web.api import acts, cases, conversations, customers, journey, metrics, responses, tags, touchpoints
from bot.web.api.auth import ERRORS, KEY_SCHEME, KeyedRoute

router = APIRouter(prefix="/api/v1", dependencies=[KEY_SCHEME], responses=ERRORS)
for part in (touchpoints, responses, cases, acts, conversations, metrics, journey, tags, customers):
    router.include_router(part.router)

__all__ = ["KeyedRoute", "router"]
