"""How requests come in: the ASGI application (`asgi`), its HTTP server (`server`), its use without a socket
(`transport`), and which requests over a socket are refused (`network_access`).
"""
