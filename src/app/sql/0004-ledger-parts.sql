-- SPDX-License-Identifier: GPL-3.0-or-later
-- The index by object in parts of 2,048 rows each (LEDGER_PART_ROWS): new rows go into the few pages of the last part, which
-- are written once for a whole group commit. In one index over all rows each object has a page of its own, and each row
-- took a page of the log. Who asks for an object looks into each part, the newest first.

-- only: sqlite
DROP INDEX ledger_by_object;

-- Used by app_ledger_of_object.
CREATE INDEX ledger_by_object ON ledger (commune_id, seq / 2048, object, seq);
-- only: pg
-- PostgreSQL logs what changes in a page, not the page. What each of its rows costs beyond is to look for its commune, and to
-- lock that; a commune is never deleted.
ALTER TABLE ledger DROP CONSTRAINT ledger_commune_id_fkey;
-- only: both
