-- SPDX-License-Identifier: GPL-3.0-or-later
-- What one plan makes of an earlier one, row by row, and what decisions changed in rows of a plan that counts. Nothing here is
-- changed or deleted; the rows of both plans stay as they were read.

CREATE TABLE plan_succession (
	commune_id BIGINT NOT NULL,
	succession_no INTEGER NOT NULL, -- 1, 2, … of the commune
	old_plan_id INTEGER NOT NULL,
	new_plan_id INTEGER NOT NULL,
	kind INTEGER NOT NULL,          -- PlanSuccessionKind
	from_day INTEGER NOT NULL,      -- from which the new plan counts
	at_us BIGINT NOT NULL,
	name TEXT NOT NULL,             -- who did it
	PRIMARY KEY (commune_id, succession_no),
	FOREIGN KEY (commune_id, old_plan_id) REFERENCES plan (commune_id, plan_id),
	FOREIGN KEY (commune_id, new_plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by plan_succession_list and plan_list.
CREATE INDEX plan_succession_by_old ON plan_succession (commune_id, old_plan_id, kind);
CREATE INDEX plan_succession_by_new ON plan_succession (commune_id, new_plan_id);

CREATE TABLE plan_line (
	commune_id BIGINT NOT NULL,
	succession_no INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	what INTEGER NOT NULL,          -- PlanLineWhat
	old_no INTEGER NOT NULL,        -- task_no or indicator_no in the old plan; 0: it is new
	new_no INTEGER NOT NULL,        -- in the new one; 0: it is gone
	change INTEGER NOT NULL,        -- PlanLineChange
	PRIMARY KEY (commune_id, succession_no, line_no),
	FOREIGN KEY (commune_id, succession_no) REFERENCES plan_succession (commune_id, succession_no)
);

-- Used by plan_line_before and plan_line_after.
CREATE INDEX plan_line_by_old ON plan_line (commune_id, succession_no, what, old_no);
CREATE INDEX plan_line_by_new ON plan_line (commune_id, succession_no, what, new_no);

CREATE TABLE plan_line_field (
	commune_id BIGINT NOT NULL,
	succession_no INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	field_no INTEGER NOT NULL,
	field TEXT NOT NULL,            -- "deadline"
	title TEXT NOT NULL,            -- "thời hạn"
	year INTEGER NOT NULL,          -- of a target; 0
	old_text TEXT NOT NULL,
	new_text TEXT NOT NULL,
	PRIMARY KEY (commune_id, succession_no, line_no, field_no),
	FOREIGN KEY (commune_id, succession_no, line_no) REFERENCES plan_line (commune_id, succession_no, line_no)
);

-- A decision about one field of one row of a plan: what it was, what it is since.
CREATE TABLE plan_change (
	commune_id BIGINT NOT NULL,
	change_no INTEGER NOT NULL,     -- 1, 2, … of the commune
	plan_id INTEGER NOT NULL,
	what INTEGER NOT NULL,          -- PlanLineWhat
	row_no INTEGER NOT NULL,
	version INTEGER NOT NULL,       -- of the row: 2, 3, …
	field TEXT NOT NULL,
	title TEXT NOT NULL,
	year INTEGER NOT NULL,
	old_text TEXT NOT NULL,
	new_text TEXT NOT NULL,
	from_day INTEGER NOT NULL,
	doc_number TEXT NOT NULL,
	doc_day INTEGER NOT NULL,
	at_us BIGINT NOT NULL,
	name TEXT NOT NULL,             -- who decided
	source TEXT NOT NULL,           -- "proposal/12"
	PRIMARY KEY (commune_id, change_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by plan_change_list.
CREATE INDEX plan_change_by_row ON plan_change (commune_id, plan_id, what, row_no, change_no);
