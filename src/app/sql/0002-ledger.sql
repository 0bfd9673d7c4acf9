-- SPDX-License-Identifier: GPL-3.0-or-later
-- The ledger (docs/adr/0015-ledger.md): what was done, in order, each row bound to the one before by its hash.

CREATE TABLE ledger (
	commune_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,      -- 1, 2, … without gaps
	at_us BIGINT NOT NULL,    -- microseconds since 1970, UTC; never before the row above
	actor_id BIGINT NOT NULL, -- 0: nobody who has signed in
	actor TEXT NOT NULL,      -- as called then
	origin TEXT NOT NULL,     -- an address, "dòng lệnh"
	action INTEGER NOT NULL,  -- LedgerAction
	object TEXT NOT NULL,     -- "plan/3", "task/3/12"
	before_state TEXT,        -- JSON; NULL: there was none
	after_state TEXT,
	hash BYTEA NOT NULL,      -- SHA-256 of the hash above and of this row (ledger_hash())
	PRIMARY KEY (commune_id, seq),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Used by app_ledger_of_object.
CREATE INDEX ledger_by_object ON ledger (commune_id, object, seq);

-- The last row: where the next one begins, and what shows that rows were cut off.
CREATE TABLE ledger_head (
	commune_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	at_us BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	PRIMARY KEY (commune_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Hashes that were signed.
CREATE TABLE ledger_checkpoint (
	commune_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	at_us BIGINT NOT NULL,
	hash BYTEA NOT NULL,       -- of the ledger row
	public_key BYTEA NOT NULL, -- Ed25519
	signature BYTEA NOT NULL,
	PRIMARY KEY (commune_id, seq),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- A second lock on the door; the first is that no statement of the program does it.
-- only: sqlite
CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger BEGIN
	SELECT RAISE(ABORT, 'the ledger is never changed');
END;

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger BEGIN
	SELECT RAISE(ABORT, 'the ledger is never changed');
END;
-- only: pg
CREATE FUNCTION ledger_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS
	'BEGIN RAISE EXCEPTION ''the ledger is never changed''; END';

CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
	FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- only: both
