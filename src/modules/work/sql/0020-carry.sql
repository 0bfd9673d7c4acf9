-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where a piece stood before a plan was replaced, amended or adjusted, and where it stands since. One row for each entry
-- of these kinds; never changed.

CREATE TABLE work_carry (
	commune_id BIGINT NOT NULL,
	piece_id BIGINT NOT NULL,
	entry_no INTEGER NOT NULL,
	from_plan_id INTEGER NOT NULL,
	from_task_no INTEGER NOT NULL,
	from_agency_id INTEGER NOT NULL,
	from_part_no INTEGER NOT NULL,
	from_deadline_kind INTEGER NOT NULL,
	from_needs_document INTEGER NOT NULL,
	to_plan_id INTEGER NOT NULL,
	to_task_no INTEGER NOT NULL,
	to_agency_id INTEGER NOT NULL,
	to_part_no INTEGER NOT NULL,
	to_deadline_kind INTEGER NOT NULL,
	to_needs_document INTEGER NOT NULL,
	old_original_due INTEGER,
	old_due INTEGER,
	clears_due INTEGER NOT NULL,    -- 1: since then it has no due day
	PRIMARY KEY (commune_id, piece_id, entry_no),
	FOREIGN KEY (commune_id, piece_id, entry_no) REFERENCES work_entry (commune_id, piece_id, entry_no),
	FOREIGN KEY (commune_id, to_plan_id, to_task_no) REFERENCES task (commune_id, plan_id, task_no)
);

-- Used by work_carried_away.
CREATE INDEX work_carry_by_task ON work_carry (commune_id, from_plan_id, from_task_no, piece_id);
