"""The servers that this very run of the tests is using."""

import os

import psycopg2
import pytest
import redis
from django.db import connection

from contest_portal.management.postgres import SETTINGS

FORBIDDEN = {
    "CREATE TABLE scratch ()": "permission denied for schema public",
    "CREATE TEMPORARY TABLE scratch ()": "permission denied to create temporary tables in database",
    "CREATE SCHEMA scratch": "permission denied for database",
    "CREATE ROLE scratch": "permission denied to create role",
    "CREATE DATABASE scratch": "permission denied to create database",
    "SET ROLE portal_owner": 'permission denied to set role "portal_owner"',
    "COPY (SELECT 1) TO '/tmp/scratch'": "permission denied to COPY to a file",
}


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_can_create_nothing_and_become_nobody_else(db: None, statement: str) -> None:
    application = psycopg2.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    application.autocommit = True
    with application.cursor() as cursor, pytest.raises(psycopg2.Error) as refusal:
        cursor.execute(statement)
    application.close()

    assert str(refusal.value).startswith(FORBIDDEN[statement])


def test_the_application_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'portal_app'")
        owned = cursor.fetchall()

    assert owned == []


def test_neither_server_listens_on_the_network(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        (addresses,) = cursor.fetchone()
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        port = broker.config_get("port")

    assert (addresses, SETTINGS["listen_addresses"]) == ("", "")
    assert port == {"port": "0"}
