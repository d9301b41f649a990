"""Everything between a verb and the wire. Import from the modules inside; this one stays empty, so that looking at a
command does not load httpx.

- ``commands``: what a flow may ask for, and what it is sent back
- ``scheduler``: runs flows without any input or output
- ``drivers``: the two worlds that carry commands out, threads and asyncio
- ``channel``: one service's httpx client with its key, host and limits; the only module that touches httpx
- ``retry``: sending a request until it is answered for good
- ``limits``: the rate limit that all clients with one key share
- ``origin``: which URLs and ids may be used at all
"""
