"""What leaves the house: mail and text messages to people who work here, asked for now and sent after the commit."""

from intake.post.carrier import Problem
from intake.post.notice import Notice
from intake.post.outgoing import News, ask_mail
from intake.post.sending import post_work

__all__ = ["News", "Notice", "Problem", "ask_mail", "post_work"]
