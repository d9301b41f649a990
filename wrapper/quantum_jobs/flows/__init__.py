"""The verbs, as generators without input or output: what to ask a service, in which order, and what to make of it.

- ``ask``: one call, answered or an error of ours
- ``submitting``: one submit is one job
- ``following``: waiting for many jobs with few requests
- ``fetching``: results and programs
- ``managing``: listing, cancelling, deleting, cost
"""
