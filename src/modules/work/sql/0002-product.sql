-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a task has to bring about and how it is shown, and the numbers that deadlines and updates obey; each from a day on.

-- Kinds of deliverables that a commune adds or changes; those that come with the program are in work.sql.
CREATE TABLE work_deliverable (
	commune_id BIGINT NOT NULL,
	kind TEXT NOT NULL,             -- "van-ban"
	valid_from INTEGER NOT NULL,    -- day
	valid_to INTEGER,               -- the last day; NULL: still
	title TEXT NOT NULL,
	words TEXT NOT NULL,            -- folded, by ";": the first of all kinds' words in an output decides
	name_words TEXT NOT NULL,       -- folded, by ";": how a task's name begins where the plan names no output
	number_at INTEGER NOT NULL,     -- WorkMoment: number and date of the issued document
	file_at INTEGER NOT NULL,       -- WorkMoment: a file
	file_kinds TEXT NOT NULL,       -- of evidence, by ";"; '': any
	file_title TEXT NOT NULL,       -- "danh sách tham dự"
	position INTEGER NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, kind, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- What a person says that a task, or a part of one, has to bring about, instead of what was read in the plan.
CREATE TABLE work_product (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,     -- 0 with part_no 0: the whole task, whoever does it
	role INTEGER NOT NULL,
	part_no INTEGER NOT NULL,
	kind TEXT NOT NULL,             -- of work_deliverable
	expected TEXT,                  -- the product in words; NULL: the plan's
	reason TEXT NOT NULL,
	name TEXT,                      -- who said so
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, plan_id, task_no, agency_id, role, part_no),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no)
);

-- Numbers that were set, each from a day on; work_settings.c has those that hold otherwise.
CREATE TABLE work_rule (
	commune_id BIGINT NOT NULL,
	rule TEXT NOT NULL,             -- "soon_days"
	valid_from INTEGER NOT NULL,    -- day
	value INTEGER NOT NULL,
	source TEXT NOT NULL,
	name TEXT,                      -- who set it
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, rule, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
