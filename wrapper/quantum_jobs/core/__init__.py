"""What the verbs do, as plain async functions: which requests, in which order, and what to make of the answers.

- ``asking``: one call to a service, answered or an error of ours
- ``submitting``: one submit is one job
- ``polling``: the statuses of many jobs with few requests; ``waiting``: until jobs are over
- ``fetching``: results and programs
- ``managing``: listing, cancelling, deleting, cost
"""
