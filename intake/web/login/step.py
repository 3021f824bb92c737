"""The step of logging in or out that a request takes."""

from intake.login.factors import Step
from intake.web.frame.request import clock, session, trace_id


def this_step() -> Step:
    """On the session of this request, at the moment of asking."""
    return Step(session(), clock().now(), trace_id())
