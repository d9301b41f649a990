"""Everything between a service's requests and httpx.

- ``messages``: a request and its answer
- ``transport``: sends one request; ``routes`` says over what, ``keys`` holds the API key
- ``api``: lets a generated client send the same way
- ``retry``: which answers are asked for again, and when
- ``limits``: one rate limit per account
- ``urls``: which addresses and ids are used at all
"""
