-- SPDX-License-Identifier: GPL-3.0-or-later
-- What belongs together: tasks and indicators, plans and legal documents, a higher level's plan and ours. What the program
-- proposes is worked out when it is asked for; here stands what people decided.

CREATE TABLE link_pair (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	indicator_no INTEGER NOT NULL,
	state INTEGER NOT NULL,        -- LinkState
	score INTEGER NOT NULL,        -- of the proposal, 0 to 100; 0: nobody proposed it
	reason TEXT NOT NULL,          -- of the proposal
	person_id BIGINT NOT NULL,     -- who decided
	name TEXT,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, plan_id, task_no, indicator_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by link_of_indicator.
CREATE INDEX link_pair_by_indicator ON link_pair (commune_id, plan_id, indicator_no, task_no);

-- Legal documents that plans rest on, and how long they hold. A row is corrected in place; the ledger has what it was.
CREATE TABLE link_document (
	commune_id BIGINT NOT NULL,
	document_no INTEGER NOT NULL,
	number TEXT NOT NULL,
	number_key TEXT NOT NULL,      -- folded, without blanks
	type TEXT NOT NULL,
	issuer TEXT NOT NULL,
	title TEXT NOT NULL,
	issued_day INTEGER,
	valid_from INTEGER,
	valid_to INTEGER,              -- its last day
	replaced_by TEXT NOT NULL,     -- the number of another; "" where it ended without
	source TEXT NOT NULL,
	is_removed INTEGER NOT NULL,   -- entered by mistake
	PRIMARY KEY (commune_id, document_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Plans of the province or city, read to compare with ours. They are no plans of the commune: nobody works by them here.
CREATE TABLE link_higher (
	commune_id BIGINT NOT NULL,
	higher_id INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	file_name TEXT NOT NULL,
	number TEXT,
	type TEXT,
	issuer TEXT,
	title TEXT,
	issued_on TEXT,
	duty_count INTEGER NOT NULL,
	target_count INTEGER NOT NULL,
	is_removed INTEGER NOT NULL,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, higher_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Its duties for communes, and its targets.
CREATE TABLE link_higher_row (
	commune_id BIGINT NOT NULL,
	higher_id INTEGER NOT NULL,
	row_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,         -- LinkRowKind
	no TEXT,
	name TEXT NOT NULL,
	agency TEXT NOT NULL,
	deadline TEXT NOT NULL,
	unit TEXT,
	year INTEGER NOT NULL,         -- 0: none
	comparator INTEGER NOT NULL,   -- PlanComparator
	value_micro BIGINT,
	raw TEXT NOT NULL,
	PRIMARY KEY (commune_id, higher_id, row_no),
	FOREIGN KEY (commune_id, higher_id) REFERENCES link_higher (commune_id, higher_id)
);

-- Which of our rows answers which of theirs.
CREATE TABLE link_match (
	commune_id BIGINT NOT NULL,
	higher_id INTEGER NOT NULL,
	row_no INTEGER NOT NULL,
	plan_id INTEGER NOT NULL,      -- of ours
	item_no INTEGER NOT NULL,      -- task or indicator; 0: the row is not for this commune
	state INTEGER NOT NULL,        -- LinkState
	person_id BIGINT NOT NULL,
	name TEXT,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, higher_id, row_no, plan_id, item_no),
	FOREIGN KEY (commune_id, higher_id, row_no) REFERENCES link_higher_row (commune_id, higher_id, row_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);
