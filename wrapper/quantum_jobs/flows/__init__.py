"""The verbs, as generators without input or output: what to ask a service, in which order, and what to make of it.

- ``ask``: one call, answered or an error of ours
- ``submitting``: one submit is one job; ``finding`` looks for one by its key, ``accounts`` remembers
- ``waiting``: for one job, for many, for a result; ``following`` is the engine, ``rounds`` one look at all jobs
- ``fetching``: records, results and programs
- ``managing``: listing, cancelling, deleting, cost
"""
