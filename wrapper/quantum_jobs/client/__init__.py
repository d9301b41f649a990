"""What users hold: clients and jobs, sync and async. Thin shells over ``flows``, without any logic of their own.

- ``sync`` and ``asynchronous``: the same classes twice, method for method
- ``common``: what both check
- ``connections``: how a service is connected to
- ``module_level``: connect, job, wait and as_completed without a client in hand
"""
