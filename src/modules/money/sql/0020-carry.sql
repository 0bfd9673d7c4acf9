-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where an entry stood before its plan was replaced or amended, or before a person put it to another task, and where it
-- stands since. The entry's own row has the place where it stands now. Never changed.

CREATE TABLE money_carry (
	commune_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	carry_no INTEGER NOT NULL,     -- 1, 2, … of the entry
	from_plan_id INTEGER NOT NULL,
	from_task_no INTEGER NOT NULL,
	to_plan_id INTEGER NOT NULL,
	to_task_no INTEGER NOT NULL,
	reason TEXT NOT NULL,          -- by what plan; or why, as a person says it
	name TEXT,                     -- who
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, entry_id, carry_no),
	FOREIGN KEY (commune_id, entry_id) REFERENCES money_entry (commune_id, entry_id),
	FOREIGN KEY (commune_id, from_plan_id, from_task_no) REFERENCES task (commune_id, plan_id, task_no),
	FOREIGN KEY (commune_id, to_plan_id, to_task_no) REFERENCES task (commune_id, plan_id, task_no)
);

-- Used by money_carried_away.
CREATE INDEX money_carry_by_task ON money_carry (commune_id, from_plan_id, from_task_no, entry_id);
