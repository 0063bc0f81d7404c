-- Roles, database and settings of the portal; run by install.sh as the superuser, again at every run. Variables: database,
-- owner_password, app_password, verify_password.
--   DATABASE_owner   owns the tables; migrations run under it
--   DATABASE_app     reads and writes rows: web, workers, backup. It can make no table, drop no trigger, truncate nothing
--   DATABASE_verify  owns DATABASE_verify alone, into which backups are restored to be proved
\set ON_ERROR_STOP on
\set QUIET on
SET log_statement = 'none';  -- passwords pass through here
SET client_min_messages = 'warning';
SELECT :'database' || '_owner' AS owner, :'database' || '_app' AS app, :'database' || '_verify' AS verify \gset

SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY[:'owner', :'app', :'verify']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE :"verify" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'verify_password';

SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8'' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8''', name, role)
FROM (VALUES (:'database', :'owner'), (:'verify', :'verify')) AS wanted (name, role)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec
REVOKE ALL ON DATABASE :"database", :"verify" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";

-- No page, and no job's single statement, holds the database longer. Migrations may take their time, but wait for nobody.
ALTER ROLE :"app" IN DATABASE :"database" SET statement_timeout = '30s';
ALTER ROLE :"app" IN DATABASE :"database" SET lock_timeout = '5s';
ALTER ROLE :"app" IN DATABASE :"database" SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE :"owner" IN DATABASE :"database" SET lock_timeout = '10s';
-- The server's default is that of turning disks and keeps it from the indexes of one unit.
ALTER ROLE :"app" IN DATABASE :"database" SET random_page_cost = 1.1;
-- Compiling the questions of the figures and lists takes seconds, answering them milliseconds.
ALTER ROLE :"app" IN DATABASE :"database" SET jit = off;
ALTER ROLE :"app" CONNECTION LIMIT 80;

\connect :"database"
SET client_min_messages = 'warning';
ALTER SCHEMA public OWNER TO :"owner";
-- By it names are found by any part of them. The owner's, as a restored database comments on it; a server that has no
-- such extension finds them too, more slowly, and a check says so.
SET ROLE :"owner";
SELECT 'CREATE EXTENSION IF NOT EXISTS pg_trgm' WHERE EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') \gexec
RESET ROLE;
-- Under the second lock a name is found by its index only if what compares it gives nothing away of rows that are refused.
-- These two do not: a pattern they complain of is the asker's own. A server of others may not let one say so; a check tells.
ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF;
ALTER FUNCTION pg_catalog.replace(text, text, text) LEAKPROOF;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
