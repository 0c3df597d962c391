-- The two roles of the portal and its database. Run by a superuser, as often as one likes: what is there
-- already stays. psql variables: database; optionally owner_may (CREATEDB for tests), owner_password and
-- application_password (none where the Unix socket is private).
--
-- portal_owner owns every table and runs the migrations, and nothing else connects as it.
-- portal_app serves people: it owns nothing and can create nothing, not even a temporary table, and the
-- tables that only grow refuse it UPDATE and DELETE (migrate grants what it needs, table by table).

\if :{?owner_may}
\else
  \set owner_may NOCREATEDB
\endif

SELECT 'CREATE ROLE portal_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') \gexec
SELECT 'CREATE ROLE portal_app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') \gexec
ALTER ROLE portal_owner NOSUPERUSER NOCREATEROLE :owner_may;
ALTER ROLE portal_app NOSUPERUSER NOCREATEROLE NOCREATEDB;

\if :{?owner_password}
  ALTER ROLE portal_owner PASSWORD :'owner_password';
\endif
\if :{?application_password}
  ALTER ROLE portal_app PASSWORD :'application_password';
\endif

SELECT format('CREATE DATABASE %I OWNER portal_owner', :'database')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO portal_app;

\connect :"database"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_app;
