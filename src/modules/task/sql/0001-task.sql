-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tasks as the plan's assignment annexes give them. What a task's state is follows from its dates and today, and is
-- stored nowhere.

CREATE TABLE task (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,       -- 1, 2, … in the order of the plan
	item TEXT NOT NULL,             -- "annex2:5.10": its mark in the document
	no TEXT,                        -- as printed
	name TEXT NOT NULL,
	output TEXT,
	lead TEXT NOT NULL,             -- as printed, joined by "; "; "" where nobody is named
	coordinating TEXT NOT NULL,
	annex_no INTEGER NOT NULL,      -- 0: a bullet of the text
	group_no INTEGER NOT NULL,      -- 0: none
	section_title TEXT,             -- of a bullet
	lead_rank INTEGER NOT NULL,     -- the first lead's place in the alphabet; above all others where there is none
	deadline_kind INTEGER NOT NULL, -- PlanDeadlineKind
	due_day INTEGER,                -- days since 1970
	start_day INTEGER,
	period INTEGER NOT NULL,        -- PlanPeriod
	condition TEXT,
	deadline_raw TEXT NOT NULL,
	due_key INTEGER NOT NULL,       -- task_due_key()
	confidence INTEGER NOT NULL,    -- 0 to 100
	lead_count INTEGER NOT NULL,    -- leads that are somebody in particular
	line INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, task_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by task_page_by_due and task_page_by_due_back.
CREATE INDEX task_by_due ON task (commune_id, plan_id, due_key, task_no);

-- Used by task_page_by_lead and task_page_by_lead_back.
CREATE INDEX task_by_lead ON task (commune_id, plan_id, lead_rank, task_no);

CREATE TABLE task_agency (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	role INTEGER NOT NULL,          -- AgencyRole
	position INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	printed TEXT NOT NULL,
	PRIMARY KEY (commune_id, plan_id, task_no, role, position),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Used by task_page_of_agency.
CREATE INDEX task_agency_by_agency ON task_agency (commune_id, plan_id, agency_id, role, task_no);

-- How many tasks stand at each place of the order of urgency: for the whole plan (role 0, agency 0) and for each
-- agency in each role. Written when the plan comes in, so that no page counts tasks.
CREATE TABLE task_tally (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	role INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,     -- 0 in the lead role: tasks that name nobody
	annex_no INTEGER NOT NULL,
	due_key INTEGER NOT NULL,
	task_count INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, role, agency_id, annex_no, due_key),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Each holds all that its statement reads, in its order: task_tally_list, task_tally_by_agency.
CREATE INDEX task_tally_by_annex ON task_tally (commune_id, plan_id, role, agency_id, annex_no, due_key, task_count);
CREATE INDEX task_tally_by_key ON task_tally (commune_id, plan_id, role, agency_id, due_key, task_count);

-- Folded words of number, name, output, agencies and deadline. The rowid holds commune, plan and task
-- (task_search_base()), so that a search stays inside one plan and comes in the order of the list.
-- only: sqlite
CREATE VIRTUAL TABLE task_search USING fts5 (
	commune_id UNINDEXED, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
-- only: pg
CREATE TABLE task_search (
	commune_id BIGINT NOT NULL,
	rowid BIGINT NOT NULL,
	task_search TSVECTOR NOT NULL,
	PRIMARY KEY (commune_id, rowid)
);

-- Used by task_page_of_search and its kin, task_search_count.
CREATE INDEX task_search_by_word ON task_search USING gin (task_search);

-- Understands what task_search_expression() writes for FTS5: phrases in quotes, "…" * where the last word is only begun,
-- AND, OR. As plain SQL functions they dissolve into the statement, which then uses the index.
CREATE FUNCTION task_tsquery(expression TEXT) RETURNS TSQUERY LANGUAGE sql IMMUTABLE
RETURN CAST(replace(replace(replace(replace(replace(expression, '" *', ':*"'), ' AND ', '&'), ' OR ', '|'), ' ', '<->'),
	'"', '') AS TSQUERY);

CREATE FUNCTION task_matches(words TSVECTOR, expression TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE
RETURN words @@ task_tsquery(expression);

CREATE OPERATOR === (LEFTARG = TSVECTOR, RIGHTARG = TEXT, FUNCTION = task_matches);
-- only: both
