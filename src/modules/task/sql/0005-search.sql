-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the search still has of rows that a decision adjusted before the search followed: the words that were, for they have to be
-- taken out word by word. A row leaves when its task is put in anew.

CREATE TABLE task_search_old (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	output TEXT,           -- NULL: as the task has it
	deadline_raw TEXT,
	PRIMARY KEY (commune_id, plan_id, task_no),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no)
);

INSERT INTO task_search_old (commune_id, plan_id, task_no, output, deadline_raw)
SELECT c.commune_id, c.plan_id, c.row_no, MAX(CASE c.field WHEN 'output' THEN c.old_text END),
	MAX(CASE c.field WHEN 'deadline' THEN c.old_text END)
FROM plan_change c
JOIN task t ON t.commune_id = c.commune_id AND t.plan_id = c.plan_id AND t.task_no = c.row_no AND t.name <> 'Bí mật nhà nước'
WHERE c.what = 2 AND c.field IN ('output', 'deadline') AND c.change_no = (
	SELECT MIN(f.change_no) FROM plan_change f
	WHERE f.commune_id = c.commune_id AND f.plan_id = c.plan_id AND f.what = 2 AND f.row_no = c.row_no AND f.field = c.field)
GROUP BY c.commune_id, c.plan_id, c.row_no;
