-- The roles of uemsync in a database, each with no more rights than its work wants. For psql, as a
-- superuser, in the database of the inventory:
--
--     psql --dbname inventory --file postgres-roles.sql
--
-- May be run any number of times: before the first `uemsync migrate`, and again behind it where
-- somebody is to fill os_baseline. Where `sync` has made the tables until now (auto_migrate: true),
-- they are handed over to the owner.
--
-- With --set NAME=VALUE:
--   schema    the schema, as in destination.schema; uem
--   owner     owns the tables, and runs `uemsync migrate` and nothing else; uem_owner
--   loader    runs `uemsync sync`: reads and writes rows, cannot change tables; uem_loader
--   reader    reads the relations and the report views (destination.reader_role), and is for
--             users to be made members of: GRANT bi TO alice; bi
--   editor    a reader who fills the table os_baseline; uem_editor
--   private   on: nobody else may connect to this database; off
--
-- No password is set here. Set one by \password uem_loader, or let pg_hba.conf know them otherwise.
\set ON_ERROR_STOP on
\set QUIET on
\if :{?schema} \else \set schema uem \endif
\if :{?owner} \else \set owner uem_owner \endif
\if :{?loader} \else \set loader uem_loader \endif
\if :{?reader} \else \set reader bi \endif
\if :{?editor} \else \set editor uem_editor \endif
\if :{?private} \else \set private off \endif

SET client_min_messages = warning;
BEGIN;

-- Owner and loader log in; reader and editor are groups.
SELECT format('CREATE ROLE %I %s', wanted.name, wanted.login)
FROM (VALUES (:'owner', 'LOGIN'), (:'loader', 'LOGIN'), (:'reader', 'NOLOGIN'), (:'editor', 'NOLOGIN'))
    AS wanted (name, login)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = wanted.name)
\gexec

CREATE SCHEMA IF NOT EXISTS :"schema" AUTHORIZATION :"owner";

-- What was made before belonged to the schema's owner, or to the loader.
SELECT format('ALTER TABLE %s OWNER TO %I', c.oid::regclass, :'owner')
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = :'schema' AND c.relkind IN ('r', 'p', 'v', 'm')
  AND c.relowner <> quote_ident(:'owner')::regrole
  AND c.relowner IN (n.nspowner, quote_ident(:'loader')::regrole)
UNION ALL
SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, :'owner')
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname = :'schema' AND p.proowner <> quote_ident(:'owner')::regrole
  AND p.proowner IN (n.nspowner, quote_ident(:'loader')::regrole)
\gexec
ALTER SCHEMA :"schema" OWNER TO :"owner";

-- The loader, for the tables that are there and those that later versions make.
REVOKE ALL ON SCHEMA :"schema" FROM PUBLIC, :"loader", :"editor";
REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC, :"loader";
GRANT USAGE ON SCHEMA :"schema" TO :"loader";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :"schema" TO :"loader";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA :"schema"
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"loader";

-- The reader is given SELECT by `uemsync migrate`, relation by relation: see destination.reader_role.
GRANT USAGE ON SCHEMA :"schema" TO :"reader";
GRANT :"reader" TO :"editor";
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', c.oid::regclass, :'editor')
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = :'schema' AND c.relname = 'os_baseline' AND c.relkind = 'r'
\gexec

-- By PostgreSQL's default everybody may connect to a database and make temporary tables there.
GRANT CONNECT ON DATABASE :"DBNAME" TO :"owner", :"loader", :"reader";
\if :private
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
\endif

COMMIT;
