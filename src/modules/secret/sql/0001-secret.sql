-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was marked as a state secret: a number and a date (R16), and what is still to be wiped.

CREATE TABLE secret_mark (
	commune_id BIGINT NOT NULL,
	mark_no BIGINT NOT NULL,      -- 1, 2, … in the commune
	kind TEXT NOT NULL,           -- "plan", "task", "draft"
	object_id TEXT NOT NULL,      -- "3", "3/12"
	number TEXT NOT NULL,         -- of the document, of the row in it; ''
	dated TEXT NOT NULL,          -- "2026-02-24", as far as it is known; ''
	at_us BIGINT NOT NULL,
	person TEXT NOT NULL,         -- who marked it
	ledger_rows BIGINT NOT NULL,  -- that this wrote: what was taken away, and what is left
	file_count BIGINT NOT NULL,
	is_compact INTEGER NOT NULL,  -- 1: the store was written anew since
	PRIMARY KEY (commune_id, mark_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Nothing is marked twice.
CREATE UNIQUE INDEX secret_mark_once ON secret_mark (commune_id, kind, object_id);

-- Files that are still to be wiped: named here before the rows that named them are changed for good.
CREATE TABLE secret_file (
	commune_id BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	PRIMARY KEY (commune_id, sha256),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
