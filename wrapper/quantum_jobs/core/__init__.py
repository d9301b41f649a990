"""What the verbs do, as async functions: which requests they send, in which order, and how they use the responses.

- ``connection``: one call to a service: a value, or an error of ours
- ``environment``: how a service is connected to; ``job``: a job's state
- ``submitting``, ``posting``: one submit is one job; ``finding``, ``accounts``: its idempotency key
- ``scanning``, ``points``, ``pricing``: many submissions, within limits
- ``waiting``: until jobs of one service are over; ``following``: many jobs of any services
- ``fetching``: results
- ``managing``: retrieving, listing, cancelling, deleting
"""
