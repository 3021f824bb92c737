"""The second door: the JSON interface of the house, for systems of other organisations, under `/api/v1`.

`app` puts it together, `serving` takes one call from token to answer, and each noun has its operations. The same
verbs, policy and log as the pages; no cookie is read here.
"""
