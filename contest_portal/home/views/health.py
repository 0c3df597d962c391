import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from contest_portal.access.gate import public
from contest_portal.home.models import WorkerHeartbeat


@public
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database, the broker and a worker all answer; else 503 and which one does not."""
    parts = {"database": _database(), "broker": _broker()}
    parts["worker"] = parts["database"] and WorkerHeartbeat.is_fresh()
    status = 200 if all(parts.values()) else 503
    return JsonResponse({name: "ok" if fine else "not ready" for name, fine in parts.items()}, status=status)


def _database() -> bool:
    try:
        connection.ensure_connection()
        WorkerHeartbeat.objects.exists()
    except DatabaseError:
        return False
    return True


def _broker() -> bool:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
