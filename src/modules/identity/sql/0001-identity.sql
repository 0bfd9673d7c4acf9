-- SPDX-License-Identifier: GPL-3.0-or-later
-- People, their accounts, what they may, and how they sign in. Nobody is ever deleted: what was done keeps its name.

CREATE TABLE identity_person (
	commune_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	position TEXT NOT NULL,       -- "Phó Chủ tịch UBND xã"; ''
	unit TEXT NOT NULL,           -- as people call it; ''
	created_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, person_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE TABLE identity_account (
	commune_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	login TEXT NOT NULL,          -- small letters
	kind INTEGER NOT NULL,        -- IdentityKind
	password_hash TEXT NOT NULL,  -- argon2id
	must_change INTEGER NOT NULL, -- 1: somebody else knows the password
	failed_count INTEGER NOT NULL,
	locked_until_us BIGINT NOT NULL, -- 0: not locked
	disabled_us BIGINT,           -- NULL: it may sign in
	last_seen_us BIGINT NOT NULL, -- last sign-in, or when it was made or enabled
	totp_secret BYTEA,            -- NULL: no second factor
	totp_step BIGINT NOT NULL,    -- of the last code that was used: none counts twice
	created_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, account_id),
	FOREIGN KEY (commune_id, person_id) REFERENCES identity_person (commune_id, person_id)
);

-- Used by identity_find_login.
CREATE UNIQUE INDEX identity_account_by_login ON identity_account (commune_id, login);

-- Used by identity_has_admin.
CREATE INDEX identity_account_by_kind ON identity_account (commune_id, kind);

CREATE TABLE identity_role (
	commune_id BIGINT NOT NULL,
	role TEXT NOT NULL,           -- "thuong-truc"
	name TEXT NOT NULL,
	position INTEGER NOT NULL,    -- in lists
	PRIMARY KEY (commune_id, role),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE TABLE identity_role_permission (
	commune_id BIGINT NOT NULL,
	role TEXT NOT NULL,
	permission TEXT NOT NULL,     -- app/access.h
	PRIMARY KEY (commune_id, role, permission),
	FOREIGN KEY (commune_id, role) REFERENCES identity_role (commune_id, role)
);

CREATE TABLE identity_grant (
	commune_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	role TEXT NOT NULL,
	granted_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, account_id, role),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id),
	FOREIGN KEY (commune_id, role) REFERENCES identity_role (commune_id, role)
);

CREATE TABLE identity_session (
	commune_id BIGINT NOT NULL,
	session_id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,    -- the token itself is in the browser alone
	account_id BIGINT NOT NULL,
	created_us BIGINT NOT NULL,
	used_us BIGINT NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL,
	revoked_us BIGINT,            -- signed out, or taken away
	PRIMARY KEY (commune_id, session_id),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

-- Used by identity_find_session.
CREATE UNIQUE INDEX identity_session_by_token ON identity_session (commune_id, token_hash);

-- Used by identity_list_sessions.
CREATE INDEX identity_session_by_account ON identity_session (commune_id, account_id, session_id);

CREATE TABLE identity_password (
	commune_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	set_no INTEGER NOT NULL,      -- 1, 2, … of the account
	set_us BIGINT NOT NULL,
	password_hash TEXT NOT NULL,
	PRIMARY KEY (commune_id, account_id, set_no),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

CREATE TABLE identity_recovery (
	commune_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	code_hash BYTEA NOT NULL,     -- of a code that stands for one TOTP code; deleted with its use
	PRIMARY KEY (commune_id, account_id, code_hash),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

CREATE TABLE identity_signin (
	commune_id BIGINT NOT NULL,
	signin_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	at_us BIGINT NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL,
	result INTEGER NOT NULL,      -- IdentityResult
	PRIMARY KEY (commune_id, signin_id),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

-- Used by identity_list_signins.
CREATE INDEX identity_signin_by_account ON identity_signin (commune_id, account_id, signin_id);

-- Numbers that the rules ask for, with who asks.
CREATE TABLE identity_rule (
	commune_id BIGINT NOT NULL,
	rule TEXT NOT NULL,           -- "idle_minutes"
	value BIGINT NOT NULL,
	name TEXT NOT NULL,
	source TEXT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (commune_id, rule),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
