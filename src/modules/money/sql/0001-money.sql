-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money on tasks. Entries are never changed and never deleted: a correction is a further entry that names the one it
-- stands for.

-- Where money comes from, as a commune adds it or words it anew; what comes with the program is in money.sql.
CREATE TABLE money_source (
	commune_id BIGINT NOT NULL,
	source TEXT NOT NULL,          -- "xa-hoi-hoa"
	title TEXT NOT NULL,
	position INTEGER NOT NULL,
	valid_from INTEGER NOT NULL,   -- day
	valid_to INTEGER,              -- the last day; NULL: still
	basis TEXT NOT NULL,           -- by what document
	PRIMARY KEY (commune_id, source),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE TABLE money_entry (
	commune_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,         -- MoneyKind
	source TEXT NOT NULL,
	year INTEGER NOT NULL,         -- budget year
	agency_id INTEGER NOT NULL,    -- who gets or spends it; 0: nobody is named
	amount BIGINT NOT NULL,        -- whole đồng, not below 0
	day INTEGER NOT NULL,
	doc_number TEXT NOT NULL,      -- ''
	note TEXT NOT NULL,            -- ''; of a correction: why
	corrects_id BIGINT,            -- the entry it stands for; NULL
	person_id BIGINT NOT NULL,
	name TEXT,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, entry_id),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no)
);

-- Used by money_of_task.
CREATE INDEX money_entry_by_task ON money_entry (commune_id, plan_id, task_no, entry_id);

-- An entry is corrected once; used wherever corrected ones are left out.
CREATE UNIQUE INDEX money_entry_by_corrected ON money_entry (commune_id, corrects_id);

-- Where progress, money and product disagree. One row for each task and rule.
CREATE TABLE money_finding (
	commune_id BIGINT NOT NULL,
	finding_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	rule TEXT NOT NULL,
	facts TEXT NOT NULL,           -- what disagrees, in words with the figures
	state INTEGER NOT NULL,        -- MoneyFindingState
	opened_day INTEGER NOT NULL,
	changed_us BIGINT NOT NULL,
	reason TEXT NOT NULL,          -- why a person closed it; ''
	name TEXT,                     -- who
	PRIMARY KEY (commune_id, finding_id),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no)
);

-- Used by money_findings_of_task.
CREATE UNIQUE INDEX money_finding_by_task ON money_finding (commune_id, plan_id, task_no, rule);

-- Used by money_list_findings.
CREATE INDEX money_finding_by_state ON money_finding (commune_id, state, finding_id);
