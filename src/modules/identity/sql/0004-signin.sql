-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a security level asks of signing in, what the commune has set itself, and signing in by an account elsewhere.

-- How a rule is read; the value in identity_rule is the one that a commune begins with.
ALTER TABLE identity_rule ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_rule ADD COLUMN direction INTEGER NOT NULL DEFAULT 0; -- 1: more is stricter; -1: less is; 0: neither
ALTER TABLE identity_rule ADD COLUMN value_min BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_rule ADD COLUMN value_max BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_rule ADD COLUMN zero TEXT NOT NULL DEFAULT '';        -- what 0 is called where it means no limit; ''
ALTER TABLE identity_rule ADD COLUMN is_fixed INTEGER NOT NULL DEFAULT 0;  -- 1: the program does so, and nobody sets it

-- The weakest value that a level allows.
CREATE TABLE identity_level_rule (
	commune_id BIGINT NOT NULL,
	rule TEXT NOT NULL,
	level INTEGER NOT NULL,
	valid_from INTEGER NOT NULL, -- day
	valid_to INTEGER,            -- the day after the last; NULL: still valid
	value BIGINT NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, rule, level, valid_from),
	FOREIGN KEY (commune_id, rule) REFERENCES identity_rule (commune_id, rule)
);

-- A value that the commune has set; counts until the day on which the next one begins.
CREATE TABLE identity_rule_value (
	commune_id BIGINT NOT NULL,
	rule TEXT NOT NULL,
	valid_from INTEGER NOT NULL, -- day
	value BIGINT NOT NULL,
	source TEXT NOT NULL,        -- the decision
	PRIMARY KEY (commune_id, rule, valid_from),
	FOREIGN KEY (commune_id, rule) REFERENCES identity_rule (commune_id, rule)
);

-- The level that the system is of; counts until the day on which the next one begins.
CREATE TABLE identity_level (
	commune_id BIGINT NOT NULL,
	valid_from INTEGER NOT NULL, -- day
	level INTEGER NOT NULL,
	source TEXT NOT NULL,        -- the decision
	PRIMARY KEY (commune_id, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- An account of ours and one elsewhere that are the same person's.
CREATE TABLE identity_link (
	commune_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	issuer TEXT NOT NULL,
	name TEXT NOT NULL,          -- the value of the claim that is asked for
	subject TEXT,                -- sub; NULL: an administrator has linked it, and nobody has come by it yet
	linked_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, account_id),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

-- Used by identity_find_link_by_subject.
CREATE UNIQUE INDEX identity_link_by_subject ON identity_link (commune_id, issuer, subject);

-- Used by identity_find_link_by_name.
CREATE UNIQUE INDEX identity_link_by_name ON identity_link (commune_id, issuer, name);

-- Answers of a provider that were taken already: none counts twice.
CREATE TABLE identity_oidc_state (
	commune_id BIGINT NOT NULL,
	state_hash BYTEA NOT NULL,
	used_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, state_hash),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

ALTER TABLE identity_session ADD COLUMN factor INTEGER NOT NULL DEFAULT 1; -- IdentityFactor
ALTER TABLE identity_signin ADD COLUMN method INTEGER NOT NULL DEFAULT 1;  -- IdentityMethod
