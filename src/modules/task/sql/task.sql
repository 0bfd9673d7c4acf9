-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: task_insert
-- params: plan_id int, task_no int, item text, no text?, name text, output text?, lead text, coordinating text, annex_no int, group_no int, section_title text?, lead_rank int, deadline_kind int, due_day int?, start_day int?, period int, condition text?, deadline_raw text, due_key int, live_original int, confidence int, lead_count int, line int
INSERT INTO task (commune_id, plan_id, task_no, item, no, name, output, lead, coordinating, annex_no, group_no,
	section_title, lead_rank, deadline_kind, due_day, start_day, period, condition, deadline_raw, due_key, live_key,
	live_original, confidence, lead_count, line)
VALUES (:commune_id, :plan_id, :task_no, :item, :no, :name, :output, :lead, :coordinating, :annex_no, :group_no,
	:section_title, :lead_rank, :deadline_kind, :due_day, :start_day, :period, :condition, :deadline_raw, :due_key,
	:due_key, :live_original, :confidence, :lead_count, :line);

-- name: task_agency_insert
-- params: plan_id int, task_no int, role int, position int, agency_id int, printed text
INSERT INTO task_agency (commune_id, plan_id, task_no, role, position, agency_id, printed)
VALUES (:commune_id, :plan_id, :task_no, :role, :position, :agency_id, :printed);

-- name: task_tally_insert
-- params: plan_id int, role int, agency_id int, annex_no int, due_key int, task_count int
INSERT INTO task_tally (commune_id, plan_id, role, agency_id, annex_no, due_key, task_count)
VALUES (:commune_id, :plan_id, :role, :agency_id, :annex_no, :due_key, :task_count);

-- The rowid is task_search_base() plus the task's number.
-- name: task_search_insert
-- params: plan_id int, task_no int, body text
INSERT INTO task_search (rowid, commune_id, body)
VALUES ((:commune_id * 1048576 + :plan_id) * 16777216 + :task_no, :commune_id, :body);
-- pg:
INSERT INTO task_search (rowid, commune_id, task_search)
VALUES ((:commune_id * 1048576 + :plan_id) * 16777216 + :task_no, :commune_id,
	to_tsvector('simple', regexp_replace(:body, '[^[:alnum:]]+', ' ', 'g')));

-- What the search knows of tasks, word by word: of a plan (0: of all), of a task (0: of all). It knows nothing of state secrets.
-- name: task_search_source
-- columns: plan_id, task_no, no, name, output, lead, coordinating, deadline_raw
-- params: plan_id int, task_no int
SELECT t.plan_id, t.task_no, t.no, t.name, COALESCE(o.output, t.output), t.lead, t.coordinating,
	COALESCE(o.deadline_raw, t.deadline_raw)
FROM task t
LEFT JOIN task_search_old o ON o.commune_id = t.commune_id AND o.plan_id = t.plan_id AND o.task_no = t.task_no
WHERE t.commune_id = :commune_id AND (:plan_id = 0 OR t.plan_id = :plan_id) AND (:task_no = 0 OR t.task_no = :task_no)
	AND t.name <> 'Bí mật nhà nước'
ORDER BY t.plan_id, t.task_no;

-- name: task_search_old_list
-- columns: plan_id, task_no
SELECT plan_id, task_no FROM task_search_old WHERE commune_id = :commune_id ORDER BY plan_id, task_no;

-- name: task_search_old_drop
-- params: plan_id int, task_no int
DELETE FROM task_search_old
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- The tasks of one scope (a role and an agency; 0 and 0: the plan) by place in the order of urgency.
-- name: task_tally_list
-- hot
-- columns: annex_no, due_key, task_count
-- params: plan_id int, role int, agency_id int
SELECT annex_no, due_key, task_count
FROM task_tally
WHERE commune_id = :commune_id AND plan_id = :plan_id AND role = :role AND agency_id = :agency_id
ORDER BY annex_no, due_key;

-- The same for every agency in a role.
-- name: task_tally_by_agency
-- columns: agency_id, due_key, task_count
-- params: plan_id int, role int
SELECT agency_id, due_key, SUM(task_count) AS task_count
FROM task_tally
WHERE commune_id = :commune_id AND plan_id = :plan_id AND role = :role
GROUP BY agency_id, due_key
ORDER BY agency_id, due_key;

-- name: task_find
-- columns: item, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, condition, deadline_raw, confidence, lead_count, line, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: plan_id int, task_no int
SELECT item, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day,
	start_day, period, condition, deadline_raw, confidence, lead_count, line, work_stage, work_percent, work_due,
	work_late, live_original, piece_count, done_count
FROM task
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- name: task_agency_list
-- columns: role, agency_id, printed
-- params: plan_id int, task_no int
SELECT role, agency_id, printed
FROM task_agency
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no
ORDER BY role, position;

-- A page of the list in the order of the plan. `after`: the last task of the page before.
-- name: task_page
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no > :after
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.task_no
LIMIT :row_limit;

-- The page before: backwards from `after`.
-- name: task_page_back
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no < :after
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.task_no DESC
LIMIT :row_limit;

-- Uses task_by_due.
-- name: task_page_by_due
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.due_key, t.task_no) > (:after_key, :after)
	AND t.due_key BETWEEN :key_from AND :key_to
	AND +t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.due_key, t.task_no
LIMIT :row_limit;

-- Uses task_by_due.
-- name: task_page_by_due_back
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.due_key, t.task_no) < (:after_key, :after)
	AND t.due_key BETWEEN :key_from AND :key_to
	AND +t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.due_key DESC, t.task_no DESC
LIMIT :row_limit;

-- Uses task_by_live; a + keeps SQLite from another index.
-- name: task_page_by_state
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.live_key, t.task_no) > (:after_key, :after)
	AND +t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.live_key, t.task_no
LIMIT :row_limit;

-- Uses task_by_live.
-- name: task_page_by_state_back
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.live_key, t.task_no) < (:after_key, :after)
	AND +t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.live_key DESC, t.task_no DESC
LIMIT :row_limit;

-- Uses task_by_lead.
-- name: task_page_by_lead
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.lead_rank, t.task_no) > (:after_key, :after)
	AND +t.due_key BETWEEN :key_from AND :key_to
	AND +t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.lead_rank, t.task_no
LIMIT :row_limit;

-- Uses task_by_lead.
-- name: task_page_by_lead_back
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, after_key int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND (t.lead_rank, t.task_no) < (:after_key, :after)
	AND +t.due_key BETWEEN :key_from AND :key_to
	AND +t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY t.lead_rank DESC, t.task_no DESC
LIMIT :row_limit;

-- Uses task_agency_by_agency.
-- name: task_page_of_agency
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int, role int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_agency a
CROSS JOIN task t
WHERE t.commune_id = a.commune_id AND t.plan_id = a.plan_id AND t.task_no = a.task_no
	AND a.commune_id = :commune_id AND a.plan_id = :plan_id AND a.agency_id = :agency_id AND a.role = :role AND a.task_no > :after
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY a.task_no
LIMIT :row_limit;

-- name: task_page_of_agency_back
-- hot
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int, role int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_agency a
CROSS JOIN task t
WHERE t.commune_id = a.commune_id AND t.plan_id = a.plan_id AND t.task_no = a.task_no
	AND a.commune_id = :commune_id AND a.plan_id = :plan_id AND a.agency_id = :agency_id AND a.role = :role AND a.task_no < :after
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY a.task_no DESC
LIMIT :row_limit;

-- An agency's rows are few: sorted after they are found. direction: 1, or -1 for the page before.
-- name: task_page_of_agency_sorted
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int, role int, after_key int, order_by int, direction int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_agency a
CROSS JOIN task t
WHERE t.commune_id = a.commune_id AND t.plan_id = a.plan_id AND t.task_no = a.task_no
	AND a.commune_id = :commune_id AND a.plan_id = :plan_id AND a.agency_id = :agency_id AND a.role = :role
	AND (:direction * (CASE :order_by WHEN 1 THEN t.due_key WHEN 3 THEN t.live_key ELSE t.lead_rank END), :direction * t.task_no) > (:direction * :after_key, :direction * :after)
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
ORDER BY :direction * (CASE :order_by WHEN 1 THEN t.due_key WHEN 3 THEN t.live_key ELSE t.lead_rank END), :direction * t.task_no
LIMIT :row_limit;

-- rowid of task_search: see task_search_base(). CROSS JOIN keeps SQLite from asking the index once for each task.
-- name: task_page_of_search
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int?, role int, expression text, row_base int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_search s
CROSS JOIN task t
WHERE s.task_search MATCH :expression
	AND t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no = s.rowid - :row_base
	AND s.rowid > (:commune_id * 1048576 + :plan_id) * 16777216 + :after
	AND s.rowid < (:commune_id * 1048576 + :plan_id + 1) * 16777216
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM task_agency a
		WHERE a.commune_id = t.commune_id AND a.plan_id = t.plan_id AND a.agency_id = :agency_id AND a.role = :role
			AND a.task_no = t.task_no))
ORDER BY s.rowid
LIMIT :row_limit;

-- name: task_page_of_search_back
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int?, role int, expression text, row_base int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_search s
CROSS JOIN task t
WHERE s.task_search MATCH :expression
	AND t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no = s.rowid - :row_base
	AND s.rowid > (:commune_id * 1048576 + :plan_id) * 16777216
	AND s.rowid < (:commune_id * 1048576 + :plan_id) * 16777216 + :after
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM task_agency a
		WHERE a.commune_id = t.commune_id AND a.plan_id = t.plan_id AND a.agency_id = :agency_id AND a.role = :role
			AND a.task_no = t.task_no))
ORDER BY s.rowid DESC
LIMIT :row_limit;

-- name: task_page_of_search_sorted
-- columns: task_no, no, name, output, lead, given_lead, coordinating, annex_no, group_no, section_title, deadline_kind, due_day, start_day, period, deadline_raw, confidence, work_stage, work_percent, work_due, work_late, live_original, piece_count, done_count
-- params: commune_id int, plan_id int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?, after int, row_limit int, agency_id int?, role int, expression text, row_base int, after_key int, order_by int, direction int
SELECT t.task_no, t.no, t.name, t.output, t.lead, t.given_lead, t.coordinating, t.annex_no, t.group_no, t.section_title,
	t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence, t.work_stage, t.work_percent,
	t.work_due, t.work_late, t.live_original, t.piece_count, t.done_count
FROM task_search s
CROSS JOIN task t
WHERE s.task_search MATCH :expression
	AND t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no = s.rowid - :row_base
	AND s.rowid > (:commune_id * 1048576 + :plan_id) * 16777216
	AND s.rowid < (:commune_id * 1048576 + :plan_id + 1) * 16777216
	AND (:direction * (CASE :order_by WHEN 1 THEN t.due_key WHEN 3 THEN t.live_key ELSE t.lead_rank END), :direction * t.task_no) > (:direction * :after_key, :direction * :after)
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM task_agency a
		WHERE a.commune_id = t.commune_id AND a.plan_id = t.plan_id AND a.agency_id = :agency_id AND a.role = :role
			AND a.task_no = t.task_no))
ORDER BY :direction * (CASE :order_by WHEN 1 THEN t.due_key WHEN 3 THEN t.live_key ELSE t.lead_rank END), :direction * t.task_no
LIMIT :row_limit;

-- name: task_search_count
-- columns: task_count
-- params: plan_id int, expression text, row_base int, agency_id int?, role int, key_from int, key_to int, live_from int, live_to int, original_from int, original_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, annex_no int?, lead_rank int?
SELECT COUNT(*) AS task_count
FROM task_search s
CROSS JOIN task t
WHERE s.task_search MATCH :expression
	AND t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no = s.rowid - :row_base
	AND s.rowid > (:commune_id * 1048576 + :plan_id) * 16777216
	AND s.rowid < (:commune_id * 1048576 + :plan_id + 1) * 16777216
	AND t.due_key BETWEEN :key_from AND :key_to
	AND t.live_key BETWEEN :live_from AND :live_to AND t.live_original BETWEEN :original_from AND :original_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:annex_no IS NULL OR t.annex_no = :annex_no)
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM task_agency a
		WHERE a.commune_id = t.commune_id AND a.plan_id = t.plan_id AND a.agency_id = :agency_id AND a.role = :role
			AND a.task_no = t.task_no));

-- The same without a filter: nothing but the index is read.
-- name: task_search_count_all
-- columns: task_count
-- params: plan_id int, expression text
SELECT COUNT(*) AS task_count
FROM task_search s
WHERE s.task_search MATCH :expression
	AND s.rowid > (:commune_id * 1048576 + :plan_id) * 16777216
	AND s.rowid < (:commune_id * 1048576 + :plan_id + 1) * 16777216;

-- The place of one row in a sorted list.
-- name: task_key
-- columns: due_key, lead_rank, live_key
-- params: plan_id int, task_no int
SELECT due_key, lead_rank, live_key FROM task WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- name: task_state_tally_insert
-- params: plan_id int, role int, agency_id int, annex_no int, live_key int, live_original int, task_count int
INSERT INTO task_state_tally (commune_id, plan_id, role, agency_id, annex_no, live_key, live_original, task_count)
VALUES (:commune_id, :plan_id, :role, :agency_id, :annex_no, :live_key, :live_original, :task_count)
ON CONFLICT (commune_id, plan_id, role, agency_id, annex_no, live_key, live_original)
	DO UPDATE SET task_count = task_state_tally.task_count + excluded.task_count;

-- The tasks of one scope (a role and an agency; 0 and 0: the plan) by what is known of their work.
-- name: task_state_tally_list
-- hot
-- columns: annex_no, live_key, live_original, task_count
-- params: plan_id int, role int, agency_id int
SELECT annex_no, live_key, live_original, task_count
FROM task_state_tally
WHERE commune_id = :commune_id AND plan_id = :plan_id AND role = :role AND agency_id = :agency_id
ORDER BY annex_no, live_key, live_original;

-- The same for every agency in a role, in the order of the primary key: whoever reads them adds up, which is less work than
-- having them sorted first.
-- name: task_state_tally_by_agency
-- hot
-- columns: agency_id, live_key, live_original, task_count
-- params: plan_id int, role int
SELECT agency_id, live_key, live_original, task_count
FROM task_state_tally
WHERE commune_id = :commune_id AND plan_id = :plan_id AND role = :role
ORDER BY agency_id, annex_no, live_key, live_original;

-- The same counted anew, for what the stored counts do not tell apart.
-- name: task_state_count
-- columns: annex_no, live_key, live_original, task_count
-- params: plan_id int, key_from int, key_to int, scope_role int?, unit_1 int, unit_2 int, unit_3 int, unit_4 int, lead_rank int?, agency_id int?, role int
SELECT t.annex_no, t.live_key, t.live_original, COUNT(*) AS task_count
FROM task t
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.due_key BETWEEN :key_from AND :key_to
	AND (:scope_role IS NULL OR EXISTS (
		SELECT 1 FROM task_agency m
		WHERE m.commune_id = t.commune_id AND m.plan_id = t.plan_id AND m.task_no = t.task_no AND m.role = :scope_role
			AND m.agency_id IN (:unit_1, :unit_2, :unit_3, :unit_4)))
	AND (:lead_rank IS NULL OR t.lead_rank = :lead_rank)
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM task_agency a
		WHERE a.commune_id = t.commune_id AND a.plan_id = t.plan_id AND a.agency_id = :agency_id AND a.role = :role
			AND a.task_no = t.task_no))
GROUP BY t.annex_no, t.live_key, t.live_original
ORDER BY t.annex_no, t.live_key, t.live_original;

-- What is known of the work on tasks `first` to `last`.
-- name: task_progress_list
-- columns: task_no, annex_no, deadline_kind, due_day, start_day, period, live_key, live_original, work_stage, work_percent, work_due, work_late, piece_count, done_count
-- params: plan_id int, first int, last int
SELECT task_no, annex_no, deadline_kind, due_day, start_day, period, live_key, live_original, work_stage, work_percent,
	work_due, work_late, piece_count, done_count
FROM task
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no BETWEEN :first AND :last
ORDER BY task_no;

-- name: task_progress_update
-- params: plan_id int, task_no int, live_key int, live_original int, work_stage int, work_percent int, work_due int?, work_late int, piece_count int, done_count int
UPDATE task SET live_key = :live_key, live_original = :live_original, work_stage = :work_stage,
	work_percent = :work_percent, work_due = :work_due, work_late = :work_late, piece_count = :piece_count,
	done_count = :done_count
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- Where the stored counts differ from the tasks themselves; for verifying.
-- name: task_state_tally_differences
-- columns: live_key, counted, stored
-- params: plan_id int
SELECT c.live_key, SUM(c.counted) AS counted, SUM(c.stored) AS stored
FROM (
	SELECT t.commune_id, t.live_key, t.live_original, 1 AS counted, 0 AS stored FROM task t
	WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id
	UNION ALL
	SELECT s.commune_id, s.live_key, s.live_original, 0 AS counted, s.task_count AS stored FROM task_state_tally s
	WHERE s.commune_id = :commune_id AND s.plan_id = :plan_id AND s.role = 0 AND s.agency_id = 0
) c
WHERE c.commune_id = :commune_id
GROUP BY c.live_key, c.live_original
HAVING SUM(c.counted) <> SUM(c.stored)
ORDER BY c.live_key;

-- name: task_news_put
-- params: plan_id int, at_us int, agency_id int
INSERT INTO task_news (commune_id, plan_id, at_us, agency_id)
VALUES (:commune_id, :plan_id, :at_us, :agency_id)
ON CONFLICT (commune_id, plan_id) DO UPDATE SET at_us = excluded.at_us, agency_id = excluded.agency_id;

-- name: task_news_find
-- hot
-- columns: at_us, agency
-- params: plan_id int?
SELECT n.at_us, a.name
FROM task_news n
JOIN agency a ON a.commune_id = n.commune_id AND a.agency_id = n.agency_id
WHERE n.commune_id = :commune_id AND (:plan_id IS NULL OR n.plan_id = :plan_id)
ORDER BY n.at_us DESC
LIMIT 1;

-- ---- state secrets: number and day stay ----

-- name: task_search_remove
-- params: plan_id int, task_no int, body text
INSERT INTO task_search (task_search, rowid, commune_id, body)
VALUES ('delete', (:commune_id * 1048576 + :plan_id) * 16777216 + :task_no, :commune_id, :body);
-- pg:
DELETE FROM task_search
WHERE commune_id = :commune_id AND rowid = (:commune_id * 1048576 + :plan_id) * 16777216 + :task_no AND :body IS NOT NULL;

-- The index keeps words that were taken out until its pieces are joined.
-- name: task_search_join
-- scope: store
INSERT INTO task_search (task_search) VALUES ('optimize');
-- pg:
DELETE FROM task_search WHERE false;

-- name: task_redact
-- params: plan_id int, task_no int
UPDATE task
SET name = 'Bí mật nhà nước', output = NULL, lead = CASE lead WHEN '' THEN '' ELSE 'Bí mật nhà nước' END,
	given_lead = CASE given_lead WHEN '' THEN '' ELSE 'Bí mật nhà nước' END,
	coordinating = CASE coordinating WHEN '' THEN '' ELSE 'Bí mật nhà nước' END, section_title = NULL, condition = NULL,
	deadline_raw = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: task_redact_agencies
-- params: plan_id int, task_no int
UPDATE task_agency SET printed = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: task_set_deadline
-- params: plan_id int, task_no int, kind int, due int, due_key int, raw text
UPDATE task SET deadline_kind = :kind, due_day = :due, due_key = :due_key, deadline_raw = :raw
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- name: task_set_output
-- params: plan_id int, task_no int, output text
UPDATE task SET output = :output
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- name: task_tally_move
-- params: plan_id int, role int, agency_id int, annex_no int, due_key int, by int
INSERT INTO task_tally (commune_id, plan_id, role, agency_id, annex_no, due_key, task_count)
VALUES (:commune_id, :plan_id, :role, :agency_id, :annex_no, :due_key, :by)
ON CONFLICT (commune_id, plan_id, role, agency_id, annex_no, due_key) DO UPDATE SET
	task_count = task_tally.task_count + excluded.task_count;

-- name: task_tally_drop_empty
-- params: plan_id int
DELETE FROM task_tally WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_count = 0;

-- Of all plans: those that end on one day.
-- name: task_list_dated
-- columns: plan_id, task_no, due_day, deadline_raw
-- params: kind int
SELECT plan_id, task_no, due_day, deadline_raw
FROM task
WHERE commune_id = :commune_id AND deadline_kind = :kind AND due_day IS NOT NULL
ORDER BY plan_id, task_no;

-- ---- units that were given a task by hand ----

-- name: task_agency_give
-- params: plan_id int, task_no int, role int, agency_id int, printed text
INSERT INTO task_agency (commune_id, plan_id, task_no, role, position, agency_id, printed, is_given)
VALUES (:commune_id, :plan_id, :task_no, :role, (SELECT COALESCE(MAX(g.position), 0) + 1 FROM task_agency g
	WHERE g.commune_id = :commune_id AND g.plan_id = :plan_id AND g.task_no = :task_no AND g.role = :role),
	:agency_id, :printed, 1);

-- lead_rank 1000000: of a task that names nobody.
-- name: task_give_lead
-- params: plan_id int, task_no int, printed text, rank int
UPDATE task SET given_lead = CASE given_lead WHEN '' THEN :printed ELSE given_lead || '; ' || :printed END,
	lead_count = lead_count + 1, lead_rank = CASE lead_rank WHEN 1000000 THEN :rank ELSE lead_rank END
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;
