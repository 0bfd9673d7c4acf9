-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a commune begins with; plans of the State go through the standing agency to who decides, those of the Party past the
-- steering committee too. No plan names days.
-- name: proposal_seed_routes
INSERT INTO proposal_route (commune_id, family, valid_from, step_no, role, title, working_days, decides, source)
SELECT :commune_id, v.column1, 20270, v.column2, v.column3, v.column4, v.column5, v.column6,
	'Cách báo cáo, điều chỉnh nêu trong các kế hoạch thực hiện Nghị quyết 57-NQ/TW; thời hạn do xã sửa theo quy chế làm việc'
FROM (VALUES
	(0, 1, 'thuong-truc', 'Cơ quan thường trực tổng hợp, trình', 3, 0),
	(0, 2, 'quyet-dinh', 'Người có thẩm quyền quyết định', 5, 1),
	(1, 1, 'thuong-truc', 'Cơ quan thường trực tổng hợp, trình', 3, 0),
	(1, 2, 'quyet-dinh', 'Người có thẩm quyền quyết định', 5, 1),
	(2, 1, 'thuong-truc', 'Cơ quan thường trực tổng hợp, trình', 3, 0),
	(2, 2, 'ban-chi-dao', 'Ban Chỉ đạo cho ý kiến', 5, 0),
	(2, 3, 'quyet-dinh', 'Thường trực cấp ủy quyết định', 5, 1)) AS v
WHERE true
ON CONFLICT (commune_id, family, valid_from, step_no) DO NOTHING;

-- The route that holds on a day.
-- name: proposal_route_on
-- columns: step_no, role, title, working_days, decides, source, valid_from
-- params: family int, day int
SELECT r.step_no, r.role, r.title, r.working_days, r.decides, r.source, r.valid_from
FROM proposal_route r
WHERE r.commune_id = :commune_id AND r.family = :family AND r.valid_from = (
	SELECT MAX(q.valid_from) FROM proposal_route q
	WHERE q.commune_id = r.commune_id AND q.family = :family AND q.valid_from <= :day
		AND (q.valid_to IS NULL OR q.valid_to >= :day))
ORDER BY r.step_no;

-- All versions of all routes, step by step.
-- name: proposal_routes
-- columns: family, valid_from, valid_to, step_no, role, title, working_days, decides, source, set_us, set_by
SELECT family, valid_from, valid_to, step_no, role, title, working_days, decides, source, set_us, set_by
FROM proposal_route
WHERE commune_id = :commune_id
ORDER BY family, valid_from DESC, step_no;

-- name: proposal_route_put
-- params: family int, valid_from int, step_no int, role text, title text, working_days int, decides int, source text, set_us int, set_by text
INSERT INTO proposal_route (commune_id, family, valid_from, step_no, role, title, working_days, decides, source, set_us, set_by)
VALUES (:commune_id, :family, :valid_from, :step_no, :role, :title, :working_days, :decides, :source, :set_us, :set_by);

-- Of a route that has not begun.
-- name: proposal_route_drop
-- params: family int, valid_from int
DELETE FROM proposal_route WHERE commune_id = :commune_id AND family = :family AND valid_from = :valid_from;

-- name: proposal_route_close
-- params: family int, valid_from int, valid_to int
UPDATE proposal_route SET valid_to = :valid_to
WHERE commune_id = :commune_id AND family = :family AND valid_from = :valid_from;

-- Who can have a step.
-- name: proposal_roles
-- columns: role, name, may_decide
SELECT r.role, r.name, (
	SELECT COUNT(*) FROM identity_role_permission p
	WHERE p.commune_id = r.commune_id AND p.role = r.role AND p.permission = 'decide')
FROM identity_role r
WHERE r.commune_id = :commune_id AND r.role NOT IN ('quan-tri', 'cong-khai', 'cap-tren')
ORDER BY r.position, r.role;

-- name: proposal_insert
-- columns: proposal_id
-- params: kind int, plan_id int, what int, row_no int, piece_id int, origin_no int, agency_id int, title text, body text, field text, year int, new_text text?, new_day int?, raiser_id int, raiser text, raised_us int, state int, step_no int, due int?, is_granted int, doc_number text?, doc_day int?, n_reopened int, last_us int, version int
INSERT INTO proposal (commune_id,
	proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title,
	body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state,
	step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(p.proposal_id), 0) + 1 FROM proposal p WHERE p.commune_id = :commune_id),
	:kind, :plan_id, :what, :row_no, :piece_id, :origin_no, :agency_id, :title, :body,
	:field, :year, :new_text, :new_day, :raiser_id, :raiser, :raised_us, :state, :step_no,
	:due, :is_granted, :doc_number, :doc_day, :n_reopened, :last_us, :version)
RETURNING proposal_id;

-- name: proposal_update
-- params: proposal_id int, plan_id int, row_no int, state int, step_no int, due int?, is_granted int, doc_number text?, doc_day int?, n_reopened int, last_us int, version int
UPDATE proposal SET plan_id = :plan_id, row_no = :row_no, state = :state, step_no = :step_no, due = :due,
	is_granted = :is_granted, doc_number = :doc_number, doc_day = :doc_day, n_reopened = :n_reopened,
	last_us = :last_us, version = :version
WHERE commune_id = :commune_id AND proposal_id = :proposal_id;

-- name: proposal_find
-- hot
-- columns: proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title, body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state, step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
-- params: proposal_id int
SELECT
	proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title,
	body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state,
	step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
FROM proposal
WHERE commune_id = :commune_id AND proposal_id = :proposal_id;

-- The newest first, from below one on.
-- name: proposal_list
-- hot
-- columns: proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title, body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state, step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
-- params: below int, kind int?, state int?, late_on int?, agency_id int?, plan_id int?, row_limit int
SELECT
	proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title,
	body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state,
	step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
FROM proposal
WHERE commune_id = :commune_id AND proposal_id < :below
	AND (:kind IS NULL OR kind = :kind)
	AND (:state IS NULL OR state = :state)
	AND (:late_on IS NULL OR (state = 1 AND due < :late_on))
	AND (:agency_id IS NULL OR agency_id = :agency_id)
	AND (:plan_id IS NULL OR plan_id = :plan_id)
ORDER BY proposal_id DESC
LIMIT :row_limit;

-- name: proposal_list_row
-- hot
-- columns: proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title, body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state, step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
-- params: plan_id int, what int, row_no int
SELECT
	proposal_id, kind, plan_id, what, row_no, piece_id, origin_no, agency_id, title,
	body, field, year, new_text, new_day, raiser_id, raiser, raised_us, state,
	step_no, due, is_granted, doc_number, doc_day, n_reopened, last_us, version
FROM proposal
WHERE commune_id = :commune_id AND plan_id = :plan_id AND what = :what AND row_no = :row_no
ORDER BY proposal_id;

-- name: proposal_of_origin
-- columns: proposal_id
-- params: piece_id int, origin_no int
SELECT proposal_id FROM proposal
WHERE commune_id = :commune_id AND piece_id = :piece_id AND origin_no = :origin_no
ORDER BY proposal_id
LIMIT 1;

-- name: proposal_insert_entry
-- params: proposal_id int, entry_no int, kind int, at_us int, person_id int, name text?, step_no int, due int?, is_granted int, text text?, doc_number text?, doc_day int?, plan_id int, row_no int, new_text text?, new_day int?
INSERT INTO proposal_entry (commune_id, proposal_id,
	entry_no, kind, at_us, person_id, name, step_no, due, is_granted, text,
	doc_number, doc_day, plan_id, row_no, new_text, new_day)
VALUES (:commune_id, :proposal_id,
	:entry_no, :kind, :at_us, :person_id, :name, :step_no, :due, :is_granted, :text,
	:doc_number, :doc_day, :plan_id, :row_no, :new_text, :new_day);

-- name: proposal_list_entries
-- hot
-- columns: entry_no, kind, at_us, person_id, name, step_no, due, is_granted, text, doc_number, doc_day, plan_id, row_no, new_text, new_day
-- params: proposal_id int
SELECT
	entry_no, kind, at_us, person_id, name, step_no, due, is_granted, text,
	doc_number, doc_day, plan_id, row_no, new_text, new_day
FROM proposal_entry
WHERE commune_id = :commune_id AND proposal_id = :proposal_id
ORDER BY entry_no;

-- name: proposal_family
-- columns: family, number
-- params: plan_id int
SELECT family, number FROM plan WHERE commune_id = :commune_id AND plan_id = :plan_id;

-- name: proposal_agency_name
-- columns: name
-- params: agency_id int
SELECT name FROM agency WHERE commune_id = :commune_id AND agency_id = :agency_id;

-- name: proposal_agencies
-- columns: agency_id, name
SELECT agency_id, name FROM agency WHERE commune_id = :commune_id AND is_generic = 0 ORDER BY name;

-- ---- state secrets: what was raised about a row, and what was carried on from it or to it ----

-- The entry with which it was raised says where it belongs, and each that carried it on. what 2: a task.
-- name: proposal_redact_list
-- columns: proposal_id
-- params: plan_id int, task_no int
SELECT p.proposal_id FROM proposal p
WHERE p.commune_id = :commune_id AND EXISTS (
	SELECT 1 FROM proposal_entry e
	WHERE e.commune_id = p.commune_id AND e.proposal_id = p.proposal_id AND e.plan_id = :plan_id
		AND (:task_no = 0 OR (p.what = 2 AND e.row_no = :task_no)))
ORDER BY p.proposal_id;

-- name: proposal_redact
-- params: plan_id int, task_no int
UPDATE proposal
SET title = 'Bí mật nhà nước', body = 'Bí mật nhà nước',
	new_text = CASE WHEN new_text IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	doc_number = CASE WHEN doc_number IS NULL THEN NULL ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND EXISTS (
	SELECT 1 FROM proposal_entry e
	WHERE e.commune_id = :commune_id AND e.proposal_id = proposal.proposal_id AND e.plan_id = :plan_id
		AND (:task_no = 0 OR (proposal.what = 2 AND e.row_no = :task_no)));

-- name: proposal_redact_entries
-- params: plan_id int, task_no int
UPDATE proposal_entry
SET text = CASE WHEN text IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	new_text = CASE WHEN new_text IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	doc_number = CASE WHEN doc_number IS NULL THEN NULL ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND proposal_id IN (
	SELECT p.proposal_id FROM proposal p
	JOIN proposal_entry e ON e.commune_id = p.commune_id AND e.proposal_id = p.proposal_id AND e.plan_id = :plan_id
		AND (:task_no = 0 OR (p.what = 2 AND e.row_no = :task_no))
	WHERE p.commune_id = :commune_id);
