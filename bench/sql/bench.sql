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

-- A commune with a plan of 100 tasks, their work, three people: for the reminders of a whole country.
-- name: bench_add_commune
-- params: commune_id int, code text
INSERT INTO commune (commune_id, code, name, province, created_us) VALUES (:commune_id, :code, 'xã Bình Nguyệt', '', 1)
ON CONFLICT (commune_id) DO NOTHING;

-- name: bench_add_document
INSERT INTO document (commune_id, document_id, sha256, text_sha256, file_name, size_bytes, part_count, added_at)
VALUES (:commune_id, 1, 'x', 'x', 'x', 1, 1, 1);

-- name: bench_add_plan
-- params: commune_id int, tasks int
INSERT INTO plan (commune_id, plan_id, document_id, identity, version, is_current, family, is_plan, task_count, indicator_count,
	duty_count, error_count, warning_count, info_count, added_at)
VALUES (:commune_id, 1, 1, 'x', 1, 1, 1, 1, :tasks, 0, 0, 0, 0, 0, 1);

-- name: bench_add_agencies
INSERT INTO agency (commune_id, agency_id, name, is_generic, is_higher)
SELECT :commune_id, v.column1, v.column2, 0, 0
FROM (VALUES (1, 'Phòng Kinh tế'), (2, 'Phòng Văn hóa - Xã hội'), (3, 'Công an xã')) AS v;

-- name: bench_add_tasks
-- params: commune_id int, tasks int, first_due int, days int
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n WHERE n.i < :tasks)
INSERT INTO task (commune_id, plan_id, task_no, item, no, name, output, lead, coordinating, annex_no, group_no, lead_rank,
	deadline_kind, due_day, period, deadline_raw, due_key, confidence, lead_count, line)
SELECT :commune_id, 1, n.i, 'x', '1', 'Hoàn thành cơ sở dữ liệu hộ tịch điện tử của xã', 'Báo cáo', '', '', 1, 0, 1, 1,
	:first_due + n.i * 37 % :days, 0, '', :first_due + n.i * 37 % :days, 100, 1, 1
FROM n;

-- name: bench_add_people
INSERT INTO identity_person (commune_id, person_id, name, position, unit, created_us)
SELECT :commune_id, v.column1, 'Người Thử', '', '', 1
FROM (VALUES (1, 1), (2, 1), (3, 1), (4, 1), (5, 1)) AS v;

-- The first three head an agency each.
-- name: bench_add_posts
INSERT INTO identity_post (commune_id, post_id, person_id, agency_id, position, rank, is_main, valid_from, is_void, created_us)
SELECT :commune_id, v.column1, v.column1, v.column1, '', 1, 1, 0, 0, 1 FROM (VALUES (1, 1), (2, 1), (3, 1)) AS v;

-- name: bench_add_accounts
INSERT INTO identity_account (commune_id, account_id, person_id, login, kind, password_hash, must_change, failed_count,
	locked_until_us, last_seen_us, totp_step, created_us)
SELECT :commune_id, v.column1, v.column1, v.column2, 2, 'x', 0, 0, 0, 1, 0, 1 FROM (VALUES (4, 'bon'), (5, 'nam')) AS v;

-- name: bench_add_grants
INSERT INTO identity_grant (commune_id, account_id, role, granted_us)
SELECT :commune_id, v.column1, v.column2, 1 FROM (VALUES (4, 'thuong-truc'), (5, 'lanh-dao')) AS v;

-- name: bench_add_pieces
-- params: commune_id int, last_us int
INSERT INTO work_piece (commune_id, piece_id, plan_id, task_no, agency_id, role, part_no, deadline_kind, period, period_end,
	needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitter_id,
	has_product, has_reason, pending_no, pending_kind, n_extensions, last_us, version)
SELECT t.commune_id, t.task_no, 1, t.task_no, t.task_no % 3 + 1, 1, 0, 1, 0, 0, 0, 1, 1, -1, t.task_no % 3 + 1, 0, 0, t.due_day,
	t.due_day, t.due_day, 0, 0, 0, 0, 0, 0, :last_us, 1
FROM task t WHERE t.commune_id = :commune_id;

-- name: bench_add_entries
-- params: commune_id int, last_us int
INSERT INTO work_entry (commune_id, piece_id, entry_no, kind, at_us, person_id, state, percent, ref_no, for_person, is_idle,
	is_granted)
SELECT p.commune_id, p.piece_id, 1, 1, :last_us, 0, -1, -1, 0, 0, 0, 0 FROM work_piece p WHERE p.commune_id = :commune_id;

-- What a server does by itself after a while: it counts what is there.
-- name: bench_analyze
-- scope: store
ANALYZE;
