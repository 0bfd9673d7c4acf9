-- SPDX-License-Identifier: GPL-3.0-or-later
-- Agencies of the commune, as its plans name them, and what each plan gives them to do.

CREATE TABLE agency (
	commune_id BIGINT NOT NULL,
	agency_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	is_generic INTEGER NOT NULL,  -- 1: "Các cơ quan, đơn vị": nobody in particular
	is_higher INTEGER NOT NULL,   -- 1: of the city, the province or a ministry
	PRIMARY KEY (commune_id, agency_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Every spelling seen, the name among them. The folded form decides who is meant.
CREATE TABLE agency_alias (
	commune_id BIGINT NOT NULL,
	alias_fold TEXT NOT NULL,
	agency_id INTEGER NOT NULL,
	alias TEXT NOT NULL,
	PRIMARY KEY (commune_id, alias_fold),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Used by agency_alias_list.
CREATE INDEX agency_alias_by_agency ON agency_alias (commune_id, agency_id, alias);

-- An agency's part in one plan, counted when the plan came in.
CREATE TABLE agency_part (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	rank INTEGER NOT NULL,        -- 1, 2, … in the order of the alphabet
	lead_tasks INTEGER NOT NULL,
	coordinating_tasks INTEGER NOT NULL,
	lead_indicators INTEGER NOT NULL,
	coordinating_indicators INTEGER NOT NULL,
	duties INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, agency_id),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Duties that a plan's last part gives to agencies by name.
CREATE TABLE agency_duty (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	duty_no INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	body TEXT NOT NULL,
	item TEXT NOT NULL,           -- its mark in the document
	PRIMARY KEY (commune_id, plan_id, duty_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- Used by agency_duty_list.
CREATE INDEX agency_duty_by_agency ON agency_duty (commune_id, plan_id, agency_id, duty_no);
