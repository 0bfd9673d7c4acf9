-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who reports to whom and when, as the plan says.

CREATE TABLE report_rule (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	rule_no INTEGER NOT NULL,    -- 1, 2, … in the order of the plan
	item TEXT NOT NULL,          -- its mark in the document
	cadence INTEGER NOT NULL,    -- PlanPeriod
	due_month INTEGER NOT NULL,  -- 0: the plan gives no date
	due_day INTEGER NOT NULL,
	is_before INTEGER NOT NULL,  -- 1: "trước ngày"
	sender TEXT,
	receiver TEXT,
	body TEXT NOT NULL,          -- the sentence
	PRIMARY KEY (commune_id, plan_id, rule_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);
