"""Everything between a service's requests and httpx.

- ``transport``: sends one request; ``connections`` holds httpx's transports, ``keys`` the API key
- ``retry``: which answers are asked for again, and when
- ``limits``: one rate limit per account
- ``urls``: which addresses and ids are used at all
"""
