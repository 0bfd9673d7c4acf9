-- SPDX-License-Identifier: GPL-3.0-or-later

-- What bench/writes changes: the progress of a task.
CREATE TABLE bench_progress (
	commune_id BIGINT NOT NULL,
	task_no BIGINT NOT NULL,
	percent INTEGER NOT NULL,
	note TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	updated_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, task_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
