"""What the verbs do, as plain async functions: which requests, in which order, and what to make of the answers.

- ``connection``: one call to a service, answered or an error of ours
- ``environment``: how a service is connected to; ``job``: a job's state
- ``submitting``: one submit is one job; ``finding``, ``accounts``: its idempotency key
- ``waiting``: until jobs of one service are over; ``following``: many jobs of any services
- ``fetching``: results and programs
- ``managing``: listing, cancelling, deleting, cost
"""
