-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: bench_find
-- columns: percent, note
-- params: task_no int
SELECT percent, note FROM bench_progress WHERE commune_id = :commune_id AND task_no = :task_no;

-- name: bench_put
-- params: task_no int, percent int, note text, person_id int, updated_us int
INSERT INTO bench_progress (commune_id, task_no, percent, note, person_id, updated_us)
VALUES (:commune_id, :task_no, :percent, :note, :person_id, :updated_us)
ON CONFLICT (commune_id, task_no) DO UPDATE SET percent = excluded.percent, note = excluded.note,
	person_id = excluded.person_id, updated_us = excluded.updated_us;

-- name: bench_sum
-- columns: total
SELECT COALESCE(SUM(percent), 0) FROM bench_progress WHERE commune_id = :commune_id;
