-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of the work on a task (task_set_progress()), beside what the plan says. Until somebody has told, it is what
-- the plan says.

ALTER TABLE task ADD COLUMN live_key INTEGER NOT NULL DEFAULT 0;      -- task_live_key()
ALTER TABLE task ADD COLUMN live_original INTEGER NOT NULL DEFAULT 0; -- the original due day of what is open; else live_key
ALTER TABLE task ADD COLUMN work_stage INTEGER NOT NULL DEFAULT 0;    -- TaskStage
ALTER TABLE task ADD COLUMN work_percent INTEGER NOT NULL DEFAULT -1;
ALTER TABLE task ADD COLUMN work_due INTEGER;
ALTER TABLE task ADD COLUMN work_late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN piece_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN done_count INTEGER NOT NULL DEFAULT 0;

UPDATE task SET live_key = due_key, live_original = due_key;

-- Used by task_page_by_state and task_page_by_state_back.
CREATE INDEX task_by_live ON task (commune_id, plan_id, live_key, task_no);

-- As task_tally, by what is known of the work. Kept in the transaction that changes a task.
CREATE TABLE task_state_tally (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	role INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	annex_no INTEGER NOT NULL,
	live_key INTEGER NOT NULL,
	live_original INTEGER NOT NULL,
	task_count INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, role, agency_id, annex_no, live_key, live_original),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

INSERT INTO task_state_tally (commune_id, plan_id, role, agency_id, annex_no, live_key, live_original, task_count)
SELECT commune_id, plan_id, role, agency_id, annex_no, due_key, due_key, task_count FROM task_tally;

-- When a plan was last reported on, and by which agency: how old its figures are.
CREATE TABLE task_news (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	at_us BIGINT NOT NULL,
	agency_id INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);
