"""Jobs: what is to be done after the commit, asked for in the same transaction."""

from intake.store.outbox.job import Handler, Handlers, JobPostponed, JobWorker, NewJob, SlowWork, ask, plan

__all__ = [
    "Handler",
    "Handlers",
    "JobPostponed",
    "JobWorker",
    "NewJob",
    "SlowWork",
    "ask",
    "plan",
]
