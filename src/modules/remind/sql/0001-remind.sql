-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reminders and escalation, requests for an explanation, feeds of due days. Nothing here is deleted.

-- A rung of the ladder from a day on. A commune without any goes by those that the program brings along.
CREATE TABLE remind_rung (
	commune_id BIGINT NOT NULL,
	rung_no INTEGER NOT NULL,
	valid_from INTEGER NOT NULL,  -- day number; a later row of the same rung takes its place
	valid_to INTEGER,             -- its last day; NULL: no end
	about INTEGER NOT NULL,       -- RemindAbout
	kind INTEGER NOT NULL,        -- RemindKind
	days INTEGER NOT NULL,
	is_working INTEGER NOT NULL,  -- 1: days are working days
	is_original INTEGER NOT NULL, -- 1: counted from the original due day of what was extended
	to_whom INTEGER NOT NULL,     -- RemindWho, as bits
	is_urgent INTEGER NOT NULL,
	source TEXT NOT NULL,
	set_us BIGINT NOT NULL,
	set_by TEXT NOT NULL,
	PRIMARY KEY (commune_id, rung_no, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- What a rung has been said about: never twice for the same day.
CREATE TABLE remind_sent (
	commune_id BIGINT NOT NULL,
	about INTEGER NOT NULL,       -- RemindAbout; 0: a month's updates
	subject_id BIGINT NOT NULL,   -- the piece, or the request for an explanation; 0: a month
	rung_no INTEGER NOT NULL,
	day INTEGER NOT NULL,         -- the due day, the day of the last entry, or the month
	run_day INTEGER NOT NULL,
	portion INTEGER NOT NULL,     -- of that day's run: one transaction, one row of the ledger
	n_people INTEGER NOT NULL,
	PRIMARY KEY (commune_id, about, subject_id, rung_no, day),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Used by remind_list_portion.
CREATE INDEX remind_sent_by_run ON remind_sent (commune_id, run_day, portion);

-- The daily run.
CREATE TABLE remind_run (
	commune_id BIGINT NOT NULL,
	run_day INTEGER NOT NULL,
	done_us BIGINT,               -- NULL: not at its end
	portions INTEGER NOT NULL,
	n_subjects INTEGER NOT NULL,
	n_messages INTEGER NOT NULL,
	PRIMARY KEY (commune_id, run_day),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Yêu cầu giải trình: what follows from its entries, kept for lists.
CREATE TABLE remind_explain (
	commune_id BIGINT NOT NULL,
	explain_no BIGINT NOT NULL,   -- 1, 2, … in the commune
	plan_id INTEGER NOT NULL,     -- 0: of no plan
	task_no INTEGER NOT NULL,     -- 0: none
	piece_id BIGINT NOT NULL,     -- 0: none
	agency_id INTEGER NOT NULL,   -- whose head answers
	label TEXT NOT NULL,          -- the number as it stood: "Quá hạn: 31 trên 53"
	path TEXT NOT NULL,           -- of the page it was asked from
	asked_by BIGINT NOT NULL,     -- 0: nobody who has signed in
	asked_us BIGINT NOT NULL,
	state INTEGER NOT NULL,       -- RemindExplainState
	original_due INTEGER NOT NULL,
	due INTEGER NOT NULL,
	answered_us BIGINT,           -- the last answer
	answered_by BIGINT NOT NULL,
	version INTEGER NOT NULL,     -- how many entries
	PRIMARY KEY (commune_id, explain_no),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Used by remind_list_explains, remind_due_explains.
CREATE INDEX remind_explain_by_state ON remind_explain (commune_id, state, due, explain_no);

CREATE TABLE remind_explain_entry (
	commune_id BIGINT NOT NULL,
	explain_no BIGINT NOT NULL,
	entry_no INTEGER NOT NULL,    -- 1, 2, …
	kind INTEGER NOT NULL,        -- RemindExplainKind
	at_us BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	name TEXT NOT NULL,           -- ''
	body TEXT NOT NULL,           -- the question, the answer, the reason; ''
	due INTEGER,
	PRIMARY KEY (commune_id, explain_no, entry_no),
	FOREIGN KEY (commune_id, explain_no) REFERENCES remind_explain (commune_id, explain_no)
);

-- Secret addresses under which a person's due days can be read by a calendar program.
CREATE TABLE remind_feed (
	commune_id BIGINT NOT NULL,
	feed_no BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,    -- the token itself is kept nowhere
	created_us BIGINT NOT NULL,
	revoked_us BIGINT,            -- NULL: it still counts
	PRIMARY KEY (commune_id, feed_no),
	FOREIGN KEY (commune_id, person_id) REFERENCES identity_person (commune_id, person_id)
);

-- Used by remind_find_feed.
CREATE UNIQUE INDEX remind_feed_by_token ON remind_feed (commune_id, token_hash);

-- Used by remind_list_feeds.
CREATE INDEX remind_feed_by_person ON remind_feed (commune_id, person_id, feed_no);

-- Communes that have their roles already get the new permissions; a new commune is given the same by identity.
INSERT INTO identity_role_permission (commune_id, role, permission)
SELECT r.commune_id, r.role, v.column2
FROM identity_role r
JOIN (VALUES
	('thuong-truc', 'remind'), ('giup-viec', 'remind'),
	('lanh-dao', 'explain'), ('ban-chi-dao', 'explain')) AS v ON v.column1 = r.role
WHERE true
ON CONFLICT (commune_id, role, permission) DO NOTHING;
