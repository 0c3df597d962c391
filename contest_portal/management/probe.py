"""Ask a running portal how it is: `python -m contest_portal.management.probe`, the container's health check."""

import http.client
import sys

from contest_portal import environment


def answers(host: str, port: int, path: str) -> bool:
    """Whether the page says 200, asked for under a name that the portal goes by."""
    names = [name.lstrip(".") for name in environment.words("PORTAL_HOSTS", "localhost") if name != "*"]
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", path, headers={"Host": next(iter(names), "localhost")})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers("127.0.0.1", 8000, "/health/live") else 1)
