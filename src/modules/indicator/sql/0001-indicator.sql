-- SPDX-License-Identifier: GPL-3.0-or-later
-- Indicators and their targets by year.

CREATE TABLE indicator (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	indicator_no INTEGER NOT NULL, -- 1, 2, … in the order of the plan
	item TEXT NOT NULL,            -- its mark in the document
	no TEXT,
	name TEXT NOT NULL,
	unit TEXT,
	output TEXT,
	lead TEXT NOT NULL,            -- as printed, joined by "; "
	coordinating TEXT NOT NULL,
	annex_no INTEGER NOT NULL,     -- 0: from the text
	group_no INTEGER NOT NULL,     -- 0: none
	section TEXT,                  -- path of the heading, for one from the text
	confidence INTEGER NOT NULL,   -- 0 to 100
	line INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, indicator_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

CREATE TABLE indicator_target (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	indicator_no INTEGER NOT NULL,
	target_no INTEGER NOT NULL,
	year INTEGER NOT NULL,         -- 0: not stated
	comparator INTEGER NOT NULL,   -- PlanComparator
	value_micro BIGINT,            -- millionths; NULL for a target in words
	high_micro BIGINT,             -- of a range
	raw TEXT NOT NULL,             -- as printed
	PRIMARY KEY (commune_id, plan_id, indicator_no, target_no),
	FOREIGN KEY (commune_id, plan_id, indicator_no) REFERENCES indicator (commune_id, plan_id, indicator_no)
);

-- Used by indicator_year_list and indicator_list_of_year.
CREATE INDEX indicator_target_by_year ON indicator_target (commune_id, plan_id, year, indicator_no);

CREATE TABLE indicator_agency (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	indicator_no INTEGER NOT NULL,
	role INTEGER NOT NULL,         -- AgencyRole
	position INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, indicator_no, role, position),
	FOREIGN KEY (commune_id, plan_id, indicator_no) REFERENCES indicator (commune_id, plan_id, indicator_no),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Used by indicator_list to keep one agency's rows.
CREATE INDEX indicator_agency_by_agency ON indicator_agency (commune_id, plan_id, agency_id, role, indicator_no);
