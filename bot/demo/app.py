"""The routes of the demo order system."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from fastapi import FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from .faults import FaultMiddleware, FaultSwitch
from .models import NewFault, NewOrder, NewRemedy, Order, OrderError, Remedy, error_body
from .store import OrderStore

KEY = "Idempotency-Key"
CODES = {404: "not_found", 405: "method_not_allowed"}


def create_app(database_path: str | Path) -> FastAPI:
    """The service on this SQLite file, which is made with the example orders if it is not there."""
    store, switch = OrderStore(Path(database_path)), FaultSwitch()
    store.prepare()
    app = FastAPI(title="Hearthside demo order system")
    app.add_middleware(FaultMiddleware, switch=switch)
    _add_errors(app)
    _add_orders(app, store)
    _add_remedies(app, store)
    _add_faults(app, switch)
    return app


def _add_orders(app: FastAPI, store: OrderStore) -> None:
    @app.post("/orders", status_code=201)
    def add_order(body: NewOrder, response: Response) -> Order:
        order, created = store.add_order(body)
        response.status_code = 201 if created else 200
        return order

    @app.get("/orders")
    def list_orders(customer_id: str | None = Query(None)) -> list[Order]:
        return store.orders(customer_id)

    @app.get("/orders/{order_id}")
    def get_order(order_id: str) -> Order:
        return store.order(order_id)


def _add_remedies(app: FastAPI, store: OrderStore) -> None:
    @app.post("/orders/{order_id}/remedies", status_code=201)
    def carry_out(
        order_id: str, body: NewRemedy, response: Response, key: str | None = Header(None, alias=KEY)
    ) -> dict:
        remedy, repeated = store.carry_out(order_id, _checked(key), body)
        response.status_code = 200 if repeated else 201
        return {"order_id": order_id, **asdict(remedy), "repeated": repeated}

    @app.get("/orders/{order_id}/remedies")
    def list_remedies(order_id: str) -> list[Remedy]:
        return store.remedies(order_id)


def _add_faults(app: FastAPI, switch: FaultSwitch) -> None:
    # async, so that the switch is only ever touched on the event loop
    @app.put("/faults")
    async def put_fault(body: NewFault) -> NewFault:
        switch.put(body)
        return switch.current()

    @app.get("/faults")
    async def get_fault() -> NewFault:
        return switch.current()

    @app.get("/healthz")
    async def healthz() -> dict:
        return {"status": "ok"}


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(OrderError)
    async def refused(request: Request, error: OrderError) -> JSONResponse:
        return JSONResponse(error_body(error.code, error.message, error.field), error.status)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] in ("json_invalid", "value_error.jsondecode"):
            return JSONResponse(error_body("bad_json", "The body is not JSON."), 400)
        field = ".".join(str(part) for part in first["loc"][1:])
        return JSONResponse(error_body("invalid", first["msg"], field or None), 422)

    @app.exception_handler(HTTPException)
    async def failed(request: Request, error: HTTPException) -> JSONResponse:
        code = CODES.get(error.status_code, "bad_request")
        return JSONResponse(error_body(code, str(error.detail)), error.status_code, headers=error.headers)


def _checked(key: str | None) -> str:
    if not key or not key.strip():
        raise OrderError(400, "key_required", f"The header {KEY} is required.", KEY)
    if len(key) > 200:
        raise OrderError(400, "key_too_long", f"The header {KEY} has at most 200 characters.", KEY)
    return key.strip()
