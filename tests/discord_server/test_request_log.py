"""The log of requests counts and finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.discord_server import Request, RequestLog


def request(at: float = 0.0, path: str = "/users/@me", status: int | None = 200) -> Request:
    return Request("GET", path, {}, None, at, status)


def test_requests_are_found_by_method_and_pattern() -> None:
    log = RequestLog([request(path="/channels/1/messages"), request(path="/channels/1")])
    assert [r.path for r in log.to("GET", "/channels/*/messages")] == ["/channels/1/messages"]
    assert log.to("POST", "*") == []
    assert len(log.to("*", "/channels/*")) == 2


def test_statuses_are_counted() -> None:
    log = RequestLog([request(), request(), request(status=None)])
    assert log.statuses() == {200: 2, None: 1}


@given(st.lists(st.floats(0, 10), max_size=40))
def test_the_busiest_second_is_that_of_plain_counting(times: list[float]) -> None:
    plain = max((sum(t <= at and at - t < 1 for at in times) for t in times), default=0)
    assert RequestLog(map(request, times)).busiest_second() == plain
