-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: work_find_piece
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version
-- params: piece_id int
SELECT
	piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document,
	state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day,
	submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day,
	pending_no, pending_kind, n_extensions, last_us, version
FROM work_piece
WHERE commune_id = :commune_id AND piece_id = :piece_id;

-- A range of the whole store, for verifying.
-- name: work_all_pieces
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version
-- params: after int, last int
SELECT
	piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document,
	state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day,
	submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day,
	pending_no, pending_kind, n_extensions, last_us, version
FROM work_piece
WHERE commune_id = :commune_id AND piece_id > :after AND piece_id <= :last
ORDER BY piece_id;

-- name: work_insert_piece
-- columns: piece_id
-- params: plan_id int, task_no int, agency_id int, role int, part_no int, part text?, deadline_kind int, period int, period_end int, needs_document int, state int, stage int, percent int, person_id int, is_taken int, is_returned int, original_due int?, due int?, due_key int, submitted_day int?, submitter_id int, accepted_day int?, updated_month int?, event_day int?, has_product int, has_reason int, doc_number text?, doc_day int?, pending_no int, pending_kind int, n_extensions int, last_us int, version int
INSERT INTO work_piece (commune_id,
	piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document,
	state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day,
	submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day,
	pending_no, pending_kind, n_extensions, last_us, version)
VALUES (:commune_id, (SELECT COALESCE(MAX(w.piece_id), 0) + 1 FROM work_piece w WHERE w.commune_id = :commune_id),
	:plan_id, :task_no, :agency_id, :role, :part_no, :part, :deadline_kind, :period, :period_end, :needs_document,
	:state, :stage, :percent, :person_id, :is_taken, :is_returned, :original_due, :due, :due_key, :submitted_day,
	:submitter_id, :accepted_day, :updated_month, :event_day, :has_product, :has_reason, :doc_number, :doc_day,
	:pending_no, :pending_kind, :n_extensions, :last_us, :version)
ON CONFLICT (commune_id, plan_id, task_no, agency_id, role, part_no, period_end) DO NOTHING
RETURNING piece_id;

-- The same where it is known that there is none yet, and which number it gets.
-- name: work_add_piece
-- params: plan_id int, task_no int, agency_id int, role int, part_no int, part text?, deadline_kind int, period int, period_end int, needs_document int, state int, stage int, percent int, person_id int, is_taken int, is_returned int, original_due int?, due int?, due_key int, submitted_day int?, submitter_id int, accepted_day int?, updated_month int?, event_day int?, has_product int, has_reason int, doc_number text?, doc_day int?, pending_no int, pending_kind int, n_extensions int, last_us int, version int, piece_id int
INSERT INTO work_piece (commune_id,
	piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document,
	state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day,
	submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day,
	pending_no, pending_kind, n_extensions, last_us, version)
VALUES (:commune_id, :piece_id,
	:plan_id, :task_no, :agency_id, :role, :part_no, :part, :deadline_kind, :period, :period_end, :needs_document,
	:state, :stage, :percent, :person_id, :is_taken, :is_returned, :original_due, :due, :due_key, :submitted_day,
	:submitter_id, :accepted_day, :updated_month, :event_day, :has_product, :has_reason, :doc_number, :doc_day,
	:pending_no, :pending_kind, :n_extensions, :last_us, :version);

-- name: work_last_piece
-- columns: piece_id
SELECT COALESCE(MAX(piece_id), 0) AS piece_id FROM work_piece WHERE commune_id = :commune_id;

-- name: work_update_piece
-- params: piece_id int, state int, stage int, percent int, person_id int, is_taken int, is_returned int, original_due int?, due int?, due_key int, submitted_day int?, submitter_id int, accepted_day int?, updated_month int?, event_day int?, has_product int, has_reason int, doc_number text?, doc_day int?, pending_no int, pending_kind int, n_extensions int, last_us int, version int
UPDATE work_piece SET
	state = :state, stage = :stage, percent = :percent, person_id = :person_id, is_taken = :is_taken,
	is_returned = :is_returned, original_due = :original_due, due = :due, due_key = :due_key,
	submitted_day = :submitted_day, submitter_id = :submitter_id, accepted_day = :accepted_day,
	updated_month = :updated_month, event_day = :event_day, has_product = :has_product, has_reason = :has_reason,
	doc_number = :doc_number, doc_day = :doc_day, pending_no = :pending_no, pending_kind = :pending_kind,
	n_extensions = :n_extensions, last_us = :last_us, version = :version
WHERE commune_id = :commune_id AND piece_id = :piece_id;

-- name: work_insert_entry
-- params: piece_id int, entry_no int, kind int, at_us int, person_id int, name text?, state int, percent int, month int?, due int?, day int?, ref_no int, for_person int, is_idle int, is_granted int, done text?, difficulties text?, proposals text?, product text?, reason text?, doc_number text?
INSERT INTO work_entry (commune_id, piece_id,
	entry_no, kind, at_us, person_id, name, state, percent, month, due, day, ref_no, for_person, is_idle,
	is_granted, done, difficulties, proposals, product, reason, doc_number)
VALUES (:commune_id, :piece_id,
	:entry_no, :kind, :at_us, :person_id, :name, :state, :percent, :month, :due, :day, :ref_no, :for_person,
	:is_idle, :is_granted, :done, :difficulties, :proposals, :product, :reason, :doc_number);

-- The first entry of each new piece with a number from `first` on, which says what the piece itself does.
-- name: work_open_entries
-- params: first int, kind int, at_us int, person_id int, name text?
INSERT INTO work_entry (commune_id, piece_id, entry_no, kind, at_us, person_id, name, state, percent, due, ref_no, for_person,
	is_idle, is_granted)
SELECT :commune_id, p.piece_id, 1, :kind, :at_us, :person_id, :name, -1, -1, p.due, 0, p.person_id, 0, 0
FROM work_piece p
WHERE p.commune_id = :commune_id AND p.piece_id >= :first;

-- name: work_list_entries
-- hot
-- columns: entry_no, kind, at_us, person_id, name, state, percent, month, due, day, ref_no, for_person, is_idle, is_granted, done, difficulties, proposals, product, reason, doc_number
-- params: piece_id int
SELECT
	entry_no, kind, at_us, person_id, name, state, percent, month, due, day, ref_no, for_person, is_idle,
	is_granted, done, difficulties, proposals, product, reason, doc_number
FROM work_entry
WHERE commune_id = :commune_id AND piece_id = :piece_id
ORDER BY entry_no;

-- The same of all pieces with numbers above `after` up to `last`, for verifying.
-- name: work_all_entries
-- columns: entry_no, kind, at_us, person_id, name, state, percent, month, due, day, ref_no, for_person, is_idle, is_granted, done, difficulties, proposals, product, reason, doc_number, piece_id
-- params: after int, last int
SELECT
	entry_no, kind, at_us, person_id, name, state, percent, month, due, day, ref_no, for_person, is_idle,
	is_granted, done, difficulties, proposals, product, reason, doc_number, piece_id
FROM work_entry
WHERE commune_id = :commune_id AND piece_id > :after AND piece_id <= :last
ORDER BY piece_id, entry_no;

-- Uses work_piece_by_stage.
-- name: work_list_stage
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: commune_id int, stage int, due_from int, due_to int, after_key int, after_id int, row_limit int, plan_id int?, task_no int?
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.stage = :stage AND p.due_key BETWEEN :due_from AND :due_to
	AND (p.due_key, p.piece_id) > (:after_key, :after_id)
	AND (:plan_id IS NULL OR p.plan_id = :plan_id) AND (:task_no IS NULL OR p.task_no = :task_no)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- Uses work_piece_by_agency.
-- name: work_list_agency
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: commune_id int, stage int, due_from int, due_to int, after_key int, after_id int, row_limit int, plan_id int?, task_no int?, agency_id int, me int, is_mine int?
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.agency_id = :agency_id
	AND (:is_mine IS NULL OR CASE WHEN p.person_id IN (0, :me) THEN 1 ELSE 0 END = :is_mine) AND p.stage = :stage AND p.due_key BETWEEN :due_from AND :due_to
	AND (p.due_key, p.piece_id) > (:after_key, :after_id)
	AND (:plan_id IS NULL OR p.plan_id = :plan_id) AND (:task_no IS NULL OR p.task_no = :task_no)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- Uses work_piece_by_person.
-- name: work_list_person
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: commune_id int, stage int, due_from int, due_to int, after_key int, after_id int, row_limit int, plan_id int?, task_no int?, person_id int
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.person_id = :person_id AND p.stage = :stage AND p.due_key BETWEEN :due_from AND :due_to
	AND (p.due_key, p.piece_id) > (:after_key, :after_id)
	AND (:plan_id IS NULL OR p.plan_id = :plan_id) AND (:task_no IS NULL OR p.task_no = :task_no)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- The work of others that an agency takes part in: it coordinates the task.
-- name: work_list_related
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: commune_id int, stage int, due_from int, due_to int, after_key int, after_id int, row_limit int, plan_id int?, task_no int?, agency_id int
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM plan l
CROSS JOIN task_agency g
CROSS JOIN work_piece p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE l.commune_id = :commune_id AND l.is_current = 1
	AND g.commune_id = l.commune_id AND g.plan_id = l.plan_id AND g.agency_id = :agency_id AND g.role = 2
	AND p.commune_id = g.commune_id AND p.plan_id = g.plan_id AND p.task_no = g.task_no
	AND p.agency_id <> :agency_id AND p.stage = :stage AND p.due_key BETWEEN :due_from AND :due_to
	AND (p.due_key, p.piece_id) > (:after_key, :after_id)
	AND (:plan_id IS NULL OR p.plan_id = :plan_id) AND (:task_no IS NULL OR p.task_no = :task_no)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- What waits for a decision; uses work_piece_by_pending.
-- name: work_list_pending
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: commune_id int, stage int, due_from int, due_to int, after_key int, after_id int, row_limit int, plan_id int?, task_no int?
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.pending_kind > 0 AND p.stage >= :stage AND p.due_key BETWEEN :due_from AND :due_to
	AND (p.due_key, p.piece_id) > (:after_key, :after_id)
	AND (:plan_id IS NULL OR p.plan_id = :plan_id) AND (:task_no IS NULL OR p.task_no = :task_no)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- Uses work_piece_by_task.
-- name: work_pieces_of_task
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: plan_id int, task_no int
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id AND p.task_no = :task_no
ORDER BY p.role, p.agency_id, p.part_no, p.period_end DESC;

-- The piece as lists show it.
-- name: work_piece_row
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, needs_document, state, stage, percent, person_id, is_taken, is_returned, original_due, due, due_key, submitted_day, submitter_id, accepted_day, updated_month, event_day, has_product, has_reason, doc_number, doc_day, pending_no, pending_kind, n_extensions, last_us, version, no, name, agency, person
-- params: piece_id int
SELECT
	p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period,
	p.period_end, p.needs_document, p.state, p.stage, p.percent, p.person_id, p.is_taken, p.is_returned,
	p.original_due, p.due, p.due_key, p.submitted_day, p.submitter_id, p.accepted_day, p.updated_month,
	p.event_day, p.has_product, p.has_reason, p.doc_number, p.doc_day, p.pending_no, p.pending_kind,
	p.n_extensions, p.last_us, p.version, t.no, t.name, a.name, i.name
FROM work_piece p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.piece_id = :piece_id;

-- Counts what is due in [due_from, due_to]. All are counted in the index work_piece_by_stage alone, and those of plans that
-- were replaced, mostly few, taken off: asking each piece for its plan would read every row.
-- name: work_count_due
-- columns: piece_count
-- params: stage int, due_from int, due_to int
SELECT (
	SELECT COUNT(*) FROM work_piece p
	WHERE p.commune_id = :commune_id AND p.stage = :stage AND p.due_key BETWEEN :due_from AND :due_to
) - (
	SELECT COUNT(*) FROM plan l CROSS JOIN work_piece q
	WHERE l.commune_id = :commune_id AND l.is_current = 0 AND q.commune_id = l.commune_id AND q.plan_id = l.plan_id
		AND +q.stage = :stage AND q.due_key BETWEEN :due_from AND :due_to
) AS piece_count;

-- name: work_find_lock
-- hot
-- columns: is_locked, name
-- params: month int
SELECT is_locked, name FROM work_lock WHERE commune_id = :commune_id AND month = :month;

-- name: work_put_lock
-- params: month int, is_locked int, name text?, at_us int
INSERT INTO work_lock (commune_id, month, is_locked, name, at_us)
VALUES (:commune_id, :month, :is_locked, :name, :at_us)
ON CONFLICT (commune_id, month) DO UPDATE SET is_locked = excluded.is_locked, name = excluded.name,
	at_us = excluded.at_us;

-- name: work_list_locks
-- columns: month, is_locked, name
SELECT month, is_locked, name FROM work_lock WHERE commune_id = :commune_id ORDER BY month;

-- Current plans, and how far the daily work has come with them.
-- name: work_list_plans
-- columns: plan_id, added_at, task_count, opened_task, period_day, period_task
SELECT l.plan_id, l.added_at, l.task_count, COALESCE(w.opened_task, 0), w.period_day, COALESCE(w.period_task, 0)
FROM plan l
LEFT JOIN work_progress w ON w.commune_id = l.commune_id AND w.plan_id = l.plan_id
WHERE l.commune_id = :commune_id AND l.is_current = 1
ORDER BY l.plan_id;

-- Also those that were replaced.
-- name: work_every_plan
-- columns: plan_id, task_count
SELECT plan_id, task_count FROM plan WHERE commune_id = :commune_id ORDER BY plan_id;

-- name: work_put_progress
-- params: plan_id int, opened_task int, period_day int, period_task int
INSERT INTO work_progress (commune_id, plan_id, opened_task, period_day, period_task)
VALUES (:commune_id, :plan_id, :opened_task, :period_day, :period_task)
ON CONFLICT (commune_id, plan_id) DO UPDATE SET opened_task = excluded.opened_task, period_day = excluded.period_day,
	period_task = excluded.period_task;

-- Tasks with their leads, in the order of the plan.
-- name: work_task_leads
-- columns: task_no, deadline_kind, due_day, start_day, period, output, agency_id
-- params: plan_id int, after int, last int
SELECT t.task_no, t.deadline_kind, t.due_day, t.start_day, t.period, t.output, g.agency_id
FROM task t
JOIN task_agency g ON g.commune_id = t.commune_id AND g.plan_id = t.plan_id AND g.task_no = t.task_no AND g.role = 1
JOIN agency a ON a.commune_id = g.commune_id AND a.agency_id = g.agency_id AND a.is_generic = 0
WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no > :after AND t.task_no <= :last
ORDER BY t.task_no, g.position;

-- The newest occurrence of each agency and part: from it the next one follows. What came from an earlier plan does not go on with
-- an agency that leads no more: what that one has done stays with it.
-- name: work_latest_pieces
-- columns: task_no, agency_id, role, part_no, part, person_id, period, needs_document, deadline_kind, start_day, state, period_end
-- params: plan_id int, after int, last int
SELECT p.task_no, p.agency_id, p.role, p.part_no, p.part, p.person_id, p.period, p.needs_document, p.deadline_kind,
	t.start_day, p.state, p.period_end
FROM work_piece p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id AND p.task_no > :after AND p.task_no <= :last
	AND p.period_end > 0 AND p.period_end = (
		SELECT MAX(q.period_end) FROM work_piece q
		WHERE q.commune_id = p.commune_id AND q.plan_id = p.plan_id AND q.task_no = p.task_no
			AND q.agency_id = p.agency_id AND q.role = p.role AND q.part_no = p.part_no)
	AND (p.role <> 1 OR p.part_no > 0 OR NOT EXISTS (
			SELECT 1 FROM work_carry c
			WHERE c.commune_id = p.commune_id AND c.piece_id = p.piece_id AND c.to_plan_id = p.plan_id)
		OR EXISTS (
			SELECT 1 FROM task_agency g
			WHERE g.commune_id = p.commune_id AND g.plan_id = p.plan_id AND g.task_no = p.task_no AND g.role = 1
				AND g.agency_id = p.agency_id))
ORDER BY p.task_no, p.agency_id, p.role, p.part_no;

-- name: work_next_part
-- columns: part_no
-- params: plan_id int, task_no int, agency_id int, role int
SELECT COALESCE(MAX(part_no), 0) + 1 AS part_no FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no AND agency_id = :agency_id AND role = :role;

-- Tasks of current plans that no unit leads, behind `after` where one plan is named; plan_id 0: of all of them.
-- name: work_unassigned
-- columns: plan_id, task_no, no, name, output, section_title, lead, deadline_raw, due_day
-- params: plan_id int, after int, row_limit int
SELECT t.plan_id, t.task_no, t.no, t.name, t.output, t.section_title, t.lead, t.deadline_raw, t.due_day
FROM plan l
JOIN task t ON t.commune_id = l.commune_id AND t.plan_id = l.plan_id
WHERE l.commune_id = :commune_id AND l.is_current = 1 AND (:plan_id = 0 OR l.plan_id = :plan_id) AND t.task_no > :after
	AND NOT EXISTS (SELECT 1 FROM work_piece p WHERE p.commune_id = t.commune_id AND p.plan_id = t.plan_id
		AND p.task_no = t.task_no AND p.role = 1)
ORDER BY t.plan_id, t.task_no
LIMIT :row_limit;

-- name: work_unassigned_count
-- columns: n
-- params: plan_id int
SELECT COUNT(*) AS n
FROM plan l
JOIN task t ON t.commune_id = l.commune_id AND t.plan_id = l.plan_id
WHERE l.commune_id = :commune_id AND l.is_current = 1 AND l.plan_id = :plan_id
	AND NOT EXISTS (SELECT 1 FROM work_piece p WHERE p.commune_id = t.commune_id AND p.plan_id = t.plan_id
		AND p.task_no = t.task_no AND p.role = 1);

-- What was given by hand before those who were given it counted among a task's units.
-- name: work_given_uncounted
-- columns: plan_id, task_no, role, agency_id
SELECT DISTINCT p.plan_id, p.task_no, p.role, p.agency_id
FROM work_piece p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND (p.part_no = 0 OR p.role = 2) AND (t.lead_count = 0 OR p.role = 2 OR NOT EXISTS (
		SELECT 1 FROM work_carry c
		WHERE c.commune_id = p.commune_id AND c.piece_id = p.piece_id AND c.to_plan_id = p.plan_id))
	AND NOT EXISTS (
		SELECT 1 FROM task_agency g
		WHERE g.commune_id = p.commune_id AND g.plan_id = p.plan_id AND g.task_no = p.task_no AND g.role = p.role
			AND g.agency_id = p.agency_id)
ORDER BY p.plan_id, p.task_no, p.role, p.agency_id;

-- Units that count among a task's although they were given nothing of it.
-- name: work_given_baseless
-- columns: task_no, printed
-- params: plan_id int
SELECT g.task_no, g.printed
FROM task_agency g
WHERE g.commune_id = :commune_id AND g.plan_id = :plan_id AND g.is_given = 1 AND NOT EXISTS (
	SELECT 1 FROM work_piece p
	WHERE p.commune_id = g.commune_id AND p.plan_id = g.plan_id AND p.task_no = g.task_no AND p.agency_id = g.agency_id
		AND p.role = g.role)
ORDER BY g.task_no;

-- name: work_unit_of_person
-- columns: unit, name
-- params: person_id int
SELECT unit, name FROM identity_person WHERE commune_id = :commune_id AND person_id = :person_id;

-- name: work_find_agency
-- columns: name, is_higher, is_generic
-- params: agency_id int
SELECT name, is_higher, is_generic FROM agency WHERE commune_id = :commune_id AND agency_id = :agency_id;

-- name: work_list_agencies
-- columns: agency_id, name
SELECT agency_id, name FROM agency WHERE commune_id = :commune_id AND is_generic = 0 ORDER BY name;

-- What the state of tasks `first` to `last` follows from; uses work_piece_by_task.
-- name: work_fold_list
-- columns: task_no, role, part_no, period_end, state, percent, original_due, due, submitted_day
-- params: plan_id int, first int, last int
SELECT task_no, role, part_no, period_end, state, percent, original_due, due, submitted_day
FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no BETWEEN :first AND :last
ORDER BY task_no, agency_id, role, part_no, period_end;

-- name: work_task_name
-- hot
-- columns: no, name
-- params: plan_id int, task_no int
SELECT no, name FROM task WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no;

-- --- what has to be brought about, and by what it is shown ---

-- The kinds of deliverables of a day: the commune's own, and those that come with the program where it has none. Sources:
-- the outputs that plans name in their annexes; number and date of what is issued: Nghị định 30/2020/NĐ-CP.
-- name: work_list_deliverables
-- columns: kind, title, words, name_words, number_at, file_at, file_kinds, file_title, position, valid_from, source
-- params: day int
SELECT d.kind, d.title, d.words, d.name_words, d.number_at, d.file_at, d.file_kinds, d.file_title, d.position,
	d.valid_from, d.source
FROM work_deliverable d
WHERE d.commune_id = :commune_id AND d.valid_from <= :day AND (d.valid_to IS NULL OR d.valid_to >= :day)
	AND NOT EXISTS (
		SELECT 1 FROM work_deliverable n
		WHERE n.commune_id = d.commune_id AND n.kind = d.kind AND n.valid_from > d.valid_from AND n.valid_from <= :day)
UNION ALL
SELECT v.column1, v.column2, v.column3, v.column4, v.column5, v.column6, v.column7, v.column8, v.column9, 0, v.column10
FROM (VALUES
	('van-ban', 'Văn bản, kế hoạch, quyết định',
		'ke hoach;quyet dinh;nghi quyet;quy che;quy dinh;quy trinh;quy uoc;chuong trinh;de an;phuong an;thong bao;huong dan;cong van;chi thi;van ban;to trinh;ban hanh',
		'ban hanh;xay dung ke hoach;xay dung quy che;xay dung de an;xay dung chuong trinh;xay dung phuong an',
		2, 2, 'van-ban', 'tệp bản ký', 1, 'Nghị định 30/2020/NĐ-CP (số, ngày của văn bản); sản phẩm nêu trong phụ lục các kế hoạch'),
	('lop', 'Lớp, hội nghị, buổi tập huấn',
		'lop;tap huan;boi duong;khoa dao tao;khoa hoc;hoi nghi;hoi thao;toa dam;buoi',
		'to chuc lop;mo lop;to chuc tap huan;tap huan;boi duong;to chuc hoi nghi;to chuc hoi thao',
		0, 1, 'danh-sach', 'danh sách tham dự', 2, 'Sản phẩm nêu trong phụ lục các kế hoạch'),
	('bao-cao', 'Báo cáo',
		'bao cao',
		'bao cao;xay dung bao cao;tong hop bao cao',
		0, 1, 'bao-cao;van-ban', 'tệp báo cáo', 3, 'Sản phẩm nêu trong phụ lục các kế hoạch'),
	('khac', 'Sản phẩm khác', '', '', 0, 0, '', '', 9, 'Phải nêu sản phẩm hoặc lý do')) AS v
WHERE NOT EXISTS (
	SELECT 1 FROM work_deliverable own
	WHERE own.commune_id = :commune_id AND own.kind = v.column1 AND own.valid_from <= :day)
ORDER BY position, kind;

-- name: work_put_deliverable
-- params: kind text, valid_from int, title text, words text, name_words text, number_at int, file_at int, file_kinds text, file_title text, position int, source text
INSERT INTO work_deliverable (commune_id, kind, valid_from, title, words, name_words, number_at, file_at, file_kinds,
	file_title, position, source)
VALUES (:commune_id, :kind, :valid_from, :title, :words, :name_words, :number_at, :file_at, :file_kinds, :file_title,
	:position, :source)
ON CONFLICT (commune_id, kind, valid_from) DO UPDATE SET title = excluded.title, words = excluded.words,
	name_words = excluded.name_words, number_at = excluded.number_at, file_at = excluded.file_at,
	file_kinds = excluded.file_kinds, file_title = excluded.file_title, position = excluded.position,
	source = excluded.source;

-- What was set, for the ledger.
-- name: work_own_deliverables
-- columns: kind, valid_from, title, words, number_at, file_at, file_kinds, file_title, source
SELECT kind, valid_from, title, words, number_at, file_at, file_kinds, file_title, source
FROM work_deliverable
WHERE commune_id = :commune_id
ORDER BY kind, valid_from;

-- name: work_find_product
-- hot
-- columns: kind, expected, reason, name, at_us, from_plan_id, from_task_no
-- params: plan_id int, task_no int, agency_id int, role int, part_no int
SELECT kind, expected, reason, name, at_us, from_plan_id, from_task_no
FROM work_product
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no AND agency_id = :agency_id AND role = :role
	AND part_no = :part_no;

-- name: work_put_product
-- params: plan_id int, task_no int, agency_id int, role int, part_no int, kind text, expected text?, reason text, name text?, at_us int, from_plan_id int?, from_task_no int?
INSERT INTO work_product (commune_id, plan_id, task_no, agency_id, role, part_no, kind, expected, reason, name, at_us,
	from_plan_id, from_task_no)
VALUES (:commune_id, :plan_id, :task_no, :agency_id, :role, :part_no, :kind, :expected, :reason, :name, :at_us,
	:from_plan_id, :from_task_no)
ON CONFLICT (commune_id, plan_id, task_no, agency_id, role, part_no) DO UPDATE SET kind = excluded.kind,
	expected = excluded.expected, reason = excluded.reason, name = excluded.name, at_us = excluded.at_us,
	from_plan_id = excluded.from_plan_id, from_task_no = excluded.from_task_no;

-- All that was said of a task and of its parts; of a plan with task 0.
-- name: work_products_at
-- columns: task_no, agency_id, role, part_no, kind, expected, reason, name, at_us
-- params: plan_id int, task_no int
SELECT task_no, agency_id, role, part_no, kind, expected, reason, name, at_us
FROM work_product
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no)
ORDER BY task_no, agency_id, role, part_no;

-- Where the pieces of a part stand since they were carried on; of the whole with part 0, whoever does it.
-- name: work_parts_after
-- columns: agency_id, role, part_no
-- params: from_plan_id int, from_task_no int, to_plan_id int, to_task_no int, agency_id int, role int, part_no int
SELECT DISTINCT c.to_agency_id, p.role, c.to_part_no
FROM work_carry c
JOIN work_piece p ON p.commune_id = c.commune_id AND p.piece_id = c.piece_id
WHERE c.commune_id = :commune_id AND c.from_plan_id = :from_plan_id AND c.from_task_no = :from_task_no
	AND c.to_plan_id = :to_plan_id AND c.to_task_no = :to_task_no AND c.from_part_no = :part_no
	AND (:part_no = 0 OR (c.from_agency_id = :agency_id AND p.role = :role))
ORDER BY c.to_agency_id, p.role, c.to_part_no;

-- name: work_all_products
-- columns: plan_id, task_no, agency_id, role, part_no, kind, expected, reason, from_plan_id, from_task_no
-- params: plan_id int, task_no int
SELECT plan_id, task_no, agency_id, role, part_no, kind, expected, reason, from_plan_id, from_task_no
FROM work_product
WHERE commune_id = :commune_id AND (:plan_id = 0 OR plan_id = :plan_id) AND (:task_no = 0 OR task_no = :task_no)
ORDER BY plan_id, task_no, agency_id, role, part_no;

-- --- numbers that deadlines and updates obey ---

-- What was set and holds on a day.
-- name: work_rules_on
-- columns: rule, valid_from, value, source, name
-- params: day int
SELECT r.rule, r.valid_from, r.value, r.source, r.name
FROM work_rule r
WHERE r.commune_id = :commune_id AND r.valid_from <= :day AND NOT EXISTS (
	SELECT 1 FROM work_rule n
	WHERE n.commune_id = r.commune_id AND n.rule = r.rule AND n.valid_from > r.valid_from AND n.valid_from <= :day);

-- One of them.
-- name: work_rule_on
-- hot
-- columns: value
-- params: rule text, day int
SELECT value
FROM work_rule
WHERE commune_id = :commune_id AND rule = :rule AND valid_from <= :day
ORDER BY valid_from DESC
LIMIT 1;

-- name: work_all_rules
-- columns: rule, valid_from, value, source, name, at_us
SELECT rule, valid_from, value, source, name, at_us
FROM work_rule
WHERE commune_id = :commune_id
ORDER BY rule, valid_from;

-- name: work_put_rule
-- params: rule text, valid_from int, value int, source text, name text?, at_us int
INSERT INTO work_rule (commune_id, rule, valid_from, value, source, name, at_us)
VALUES (:commune_id, :rule, :valid_from, :value, :source, :name, :at_us)
ON CONFLICT (commune_id, rule, valid_from) DO UPDATE SET value = excluded.value, source = excluded.source,
	name = excluded.name, at_us = excluded.at_us;

-- --- handing over ---

-- Who has open work by name, and how much.
-- name: work_holders
-- columns: person_id, name, open_count, late_count
-- params: day int
SELECT p.person_id, COALESCE(i.name, ''), COUNT(*), CAST(SUM(CASE WHEN p.due_key < :day THEN 1 ELSE 0 END) AS BIGINT)
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
LEFT JOIN identity_person i ON i.commune_id = p.commune_id AND i.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.person_id > 0 AND p.stage IN (1, 2)
GROUP BY p.person_id, i.name
ORDER BY i.name, p.person_id;

-- Uses work_piece_by_person.
-- name: work_count_of_person
-- hot
-- columns: open_count
-- params: person_id int
SELECT COUNT(*)
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
WHERE p.commune_id = :commune_id AND p.person_id = :person_id AND p.stage IN (1, 2);

-- Units with work that is late, most of it first.
-- name: work_late_units
-- columns: agency_id, name, piece_count, first_due
-- params: plan_id int, today int
SELECT p.agency_id, a.name, COUNT(*) AS piece_count, MIN(p.due_key) AS first_due
FROM work_piece p
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
WHERE p.commune_id = :commune_id AND p.stage = 1 AND p.due_key < :today AND p.plan_id = :plan_id
GROUP BY p.agency_id, a.name
ORDER BY COUNT(*) DESC, MIN(p.due_key), p.agency_id;

-- What has happened in one month, and what is still open.
-- name: work_month_figures
-- columns: accepted, submitted, updated, open_count, waiting
-- params: plan_id int, month_from int, month_to int
SELECT COALESCE(SUM(CASE WHEN accepted_day BETWEEN :month_from AND :month_to THEN 1 ELSE 0 END), 0) AS accepted,
	COALESCE(SUM(CASE WHEN submitted_day BETWEEN :month_from AND :month_to THEN 1 ELSE 0 END), 0) AS submitted,
	COALESCE(SUM(CASE WHEN stage = 1 AND updated_month >= :month_to THEN 1 ELSE 0 END), 0) AS updated,
	COALESCE(SUM(CASE WHEN stage = 1 THEN 1 ELSE 0 END), 0) AS open_count,
	COALESCE(SUM(CASE WHEN stage = 2 THEN 1 ELSE 0 END), 0) AS waiting
FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id;

-- name: work_list_carries
-- columns: entry_no, from_plan_id, from_task_no, from_agency_id, from_part_no, from_deadline_kind, from_needs_document, to_plan_id, to_task_no, to_agency_id, to_part_no, to_deadline_kind, to_needs_document, old_original_due, old_due, clears_due
-- params: piece_id int
SELECT entry_no,
	from_plan_id, from_task_no, from_agency_id, from_part_no, from_deadline_kind, from_needs_document, to_plan_id, to_task_no,
	to_agency_id, to_part_no, to_deadline_kind, to_needs_document, old_original_due, old_due, clears_due
FROM work_carry
WHERE commune_id = :commune_id AND piece_id = :piece_id
ORDER BY entry_no;

-- name: work_insert_carry
-- params: piece_id int, entry_no int, from_plan_id int, from_task_no int, from_agency_id int, from_part_no int, from_deadline_kind int, from_needs_document int, to_plan_id int, to_task_no int, to_agency_id int, to_part_no int, to_deadline_kind int, to_needs_document int, old_original_due int?, old_due int?, clears_due int
INSERT INTO work_carry (commune_id, piece_id, entry_no,
	from_plan_id, from_task_no, from_agency_id, from_part_no, from_deadline_kind, from_needs_document, to_plan_id, to_task_no,
	to_agency_id, to_part_no, to_deadline_kind, to_needs_document, old_original_due, old_due, clears_due)
VALUES (:commune_id, :piece_id, :entry_no,
	:from_plan_id, :from_task_no, :from_agency_id, :from_part_no, :from_deadline_kind, :from_needs_document, :to_plan_id, :to_task_no,
	:to_agency_id, :to_part_no, :to_deadline_kind, :to_needs_document, :old_original_due, :old_due, :clears_due);

-- name: work_move_piece
-- params: piece_id int, plan_id int, task_no int, agency_id int, part_no int, deadline_kind int, needs_document int
UPDATE work_piece SET plan_id = :plan_id, task_no = :task_no, agency_id = :agency_id, part_no = :part_no,
	deadline_kind = :deadline_kind, needs_document = :needs_document
WHERE commune_id = :commune_id AND piece_id = :piece_id;

-- All pieces of one task, the oldest first; also of a plan that counts no more.
-- name: work_pieces_at
-- columns: piece_id, agency_id, role, part_no, part, period_end, deadline_kind, period, state, version
-- params: plan_id int, task_no int
SELECT piece_id, agency_id, role, part_no, part, period_end, deadline_kind, period, state, version
FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no
ORDER BY piece_id;

-- Who stands in a place; nobody: no row.
-- name: work_piece_in_place
-- columns: piece_id, version
-- params: plan_id int, task_no int, agency_id int, role int, part_no int, period_end int
SELECT piece_id, version FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no AND agency_id = :agency_id AND role = :role
	AND part_no = :part_no AND period_end = :period_end;

-- Pieces that a task had before they were carried on.
-- name: work_carried_away
-- columns: piece_id, to_plan_id, to_task_no
-- params: plan_id int, task_no int
SELECT p.piece_id, p.plan_id, p.task_no
FROM work_piece p
WHERE p.commune_id = :commune_id AND (p.plan_id <> :plan_id OR p.task_no <> :task_no) AND p.piece_id IN (
	SELECT c.piece_id FROM work_carry c
	WHERE c.commune_id = p.commune_id AND c.from_plan_id = :plan_id AND c.from_task_no = :task_no)
ORDER BY p.piece_id;

-- ---- state secrets: that something was done, by whom and when stays; what was said does not ----

-- name: work_redact_pieces
-- columns: piece_id
-- params: plan_id int, task_no int
SELECT piece_id FROM work_piece
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no)
ORDER BY piece_id;

-- name: work_redact_piece
-- params: piece_id int
UPDATE work_piece SET part = CASE WHEN part IS NULL THEN NULL ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND piece_id = :piece_id;

-- name: work_redact_entries
-- params: piece_id int
UPDATE work_entry
SET done = CASE WHEN done IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	difficulties = CASE WHEN difficulties IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	proposals = CASE WHEN proposals IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	product = CASE WHEN product IS NULL THEN NULL ELSE 'Bí mật nhà nước' END,
	reason = CASE WHEN reason IS NULL THEN NULL ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND piece_id = :piece_id;

-- name: work_redact_products
-- params: plan_id int, task_no int
UPDATE work_product
SET expected = CASE WHEN expected IS NULL THEN NULL ELSE 'Bí mật nhà nước' END, reason = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- --- how far tasks are, for reconciling ---

-- Uses work_piece_by_task. States: 3 done, 5 cancelled.
-- name: work_facts_of_plan
-- hot
-- columns: task_no, piece_count, done_count, product_count, percent_sum, last_us, accepted_day
-- params: plan_id int
SELECT p.task_no, COUNT(*), CAST(SUM(CASE WHEN p.state = 3 THEN 1 ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.state = 3 AND p.has_product = 1 THEN 1 ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.state = 3 THEN 100 WHEN p.percent < 0 THEN 0 ELSE p.percent END) AS BIGINT), MAX(p.last_us),
	MAX(p.accepted_day)
FROM work_piece p
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id AND p.role = 1 AND p.part_no = 0 AND p.state <> 5
GROUP BY p.task_no
ORDER BY p.task_no;
