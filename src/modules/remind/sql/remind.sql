-- SPDX-License-Identifier: GPL-3.0-or-later

-- The ladder that the program brings along, for a commune that has none of its own. Kinds: 1 before the due day, 2 late,
-- 3 no entry for so long, 4 before a month's updates close, 5 waiting for acceptance or a decision. To: 1 the person,
-- 2 the head of the unit, 4 the standing agency, 8 the leader.
-- name: remind_known_rungs
-- columns: rung_no, valid_from, valid_to, about, kind, days, is_working, is_original, to_whom, is_urgent, source, set_us, set_by
SELECT v.column1, 20270, NULL, v.column2, v.column3, v.column4, v.column5, 0, v.column6, v.column7,
	'Mặc định của chương trình; xã sửa theo quy chế làm việc của mình', 0, ''
FROM (VALUES
	(1, 1, 1, 7, 0, 1, 0),
	(2, 1, 1, 3, 0, 1, 0),
	(3, 1, 1, 1, 1, 3, 0),
	(4, 1, 2, 1, 0, 3, 0),
	(5, 1, 2, 5, 1, 6, 0),
	(6, 1, 2, 10, 1, 14, 0),
	(7, 1, 3, 30, 0, 1, 0),
	(8, 1, 3, 45, 0, 6, 0),
	(9, 1, 4, 3, 1, 1, 0),
	(10, 1, 4, 0, 1, 3, 0),
	(11, 1, 5, 5, 1, 4, 0),
	(12, 2, 1, 1, 1, 2, 1),
	(13, 2, 2, 1, 0, 14, 1)) AS v
WHERE NOT EXISTS (SELECT 1 FROM remind_rung r WHERE r.commune_id = :commune_id)
ORDER BY v.column1;

-- name: remind_list_rungs
-- columns: rung_no, valid_from, valid_to, about, kind, days, is_working, is_original, to_whom, is_urgent, source, set_us, set_by
SELECT rung_no, valid_from, valid_to, about, kind, days, is_working, is_original, to_whom, is_urgent, source, set_us, set_by
FROM remind_rung
WHERE commune_id = :commune_id
ORDER BY rung_no, valid_from;

-- name: remind_put_rung
-- params: rung_no int, valid_from int, valid_to int?, about int, kind int, days int, is_working int, is_original int, to_whom int, is_urgent int, source text, set_us int, set_by text
INSERT INTO remind_rung (commune_id, rung_no, valid_from, valid_to, about, kind, days, is_working, is_original, to_whom,
	is_urgent, source, set_us, set_by)
VALUES (:commune_id, :rung_no, :valid_from, :valid_to, :about, :kind, :days, :is_working, :is_original, :to_whom,
	:is_urgent, :source, :set_us, :set_by)
ON CONFLICT (commune_id, rung_no, valid_from) DO UPDATE SET valid_to = excluded.valid_to, about = excluded.about,
	kind = excluded.kind, days = excluded.days, is_working = excluded.is_working, is_original = excluded.is_original,
	to_whom = excluded.to_whom, is_urgent = excluded.is_urgent, source = excluded.source, set_us = excluded.set_us,
	set_by = excluded.set_by;

-- Open pieces that are due in [day_from, day_to] and that the rung was not said about for that day.
-- name: remind_due_pieces
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, person_id, day, due, original_due, part, no, name, family, asked_by, pending_kind
-- params: day_from int, day_to int, rung_no int, row_limit int
SELECT p.piece_id, p.plan_id, p.task_no, p.agency_id, p.person_id, p.due_key AS day, p.due, p.original_due, p.part, t.no, t.name,
	l.family, 0 AS asked_by, p.pending_kind
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.stage = 1 AND p.due_key BETWEEN :day_from AND :day_to AND NOT EXISTS (
	SELECT 1 FROM remind_sent s
	WHERE s.commune_id = p.commune_id AND s.about = 1 AND s.subject_id = p.piece_id AND s.rung_no = :rung_no
		AND s.day = p.due_key)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- The same of what was extended, by its original day.
-- name: remind_due_originals
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, person_id, day, due, original_due, part, no, name, family, asked_by, pending_kind
-- params: day_from int, day_to int, rung_no int, row_limit int
SELECT p.piece_id, p.plan_id, p.task_no, p.agency_id, p.person_id, p.original_due AS day, p.due, p.original_due, p.part, t.no,
	t.name, l.family, 0 AS asked_by, p.pending_kind
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.stage = 1 AND p.due_key > :day_from AND p.original_due < p.due_key
	AND p.original_due BETWEEN :day_from AND :day_to AND NOT EXISTS (
	SELECT 1 FROM remind_sent s
	WHERE s.commune_id = p.commune_id AND s.about = 1 AND s.subject_id = p.piece_id AND s.rung_no = :rung_no
		AND s.day = p.original_due)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- Open pieces whose last entry is of a day in [day_from, day_to] (of +07:00). What waits for an event says nothing.
-- name: remind_quiet_pieces
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, person_id, day, due, original_due, part, no, name, family, asked_by, pending_kind
-- params: day_from int, day_to int, rung_no int, row_limit int
SELECT p.piece_id, p.plan_id, p.task_no, p.agency_id, p.person_id, (p.last_us + 25200000000) / 86400000000 AS day, p.due,
	p.original_due, p.part, t.no, t.name, l.family, 0 AS asked_by, p.pending_kind
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.stage = 1 AND (p.due IS NOT NULL OR p.event_day IS NOT NULL)
	AND (p.last_us + 25200000000) / 86400000000 BETWEEN :day_from AND :day_to AND NOT EXISTS (
	SELECT 1 FROM remind_sent s
	WHERE s.commune_id = p.commune_id AND s.about = 1 AND s.subject_id = p.piece_id AND s.rung_no = :rung_no
		AND s.day = (p.last_us + 25200000000) / 86400000000)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- What waits for acceptance or for a decision since a day in [day_from, day_to].
-- name: remind_waiting_pieces
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, person_id, day, due, original_due, part, no, name, family, asked_by, pending_kind
-- params: day_from int, day_to int, rung_no int, row_limit int
SELECT p.piece_id, p.plan_id, p.task_no, p.agency_id, p.person_id, (p.last_us + 25200000000) / 86400000000 AS day, p.due,
	p.original_due, p.part, t.no, t.name, l.family, 0 AS asked_by, p.pending_kind
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.stage IN (1, 2) AND (p.stage = 2 OR p.pending_kind > 0)
	AND (p.last_us + 25200000000) / 86400000000 BETWEEN :day_from AND :day_to AND NOT EXISTS (
	SELECT 1 FROM remind_sent s
	WHERE s.commune_id = p.commune_id AND s.about = 1 AND s.subject_id = p.piece_id AND s.rung_no = :rung_no
		AND s.day = (p.last_us + 25200000000) / 86400000000)
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- Requests for an explanation that nobody has answered, or whose answer went back.
-- name: remind_due_explains
-- hot
-- columns: piece_id, plan_id, task_no, agency_id, person_id, day, due, original_due, part, no, name, family, asked_by, pending_kind
-- params: day_from int, day_to int, rung_no int, row_limit int
SELECT e.explain_no, e.plan_id, e.task_no, e.agency_id, 0 AS person_id, e.due AS day, e.due, e.original_due, NULL AS part,
	NULL AS no, e.label, COALESCE(l.family, 0), e.asked_by, 0 AS pending_kind
FROM remind_explain e
LEFT JOIN plan l ON l.commune_id = e.commune_id AND l.plan_id = e.plan_id
WHERE e.commune_id = :commune_id AND e.state IN (1, 3) AND e.due BETWEEN :day_from AND :day_to AND NOT EXISTS (
	SELECT 1 FROM remind_sent s
	WHERE s.commune_id = e.commune_id AND s.about = 2 AND s.subject_id = e.explain_no AND s.rung_no = :rung_no
		AND s.day = e.due)
ORDER BY e.due, e.explain_no
LIMIT :row_limit;

-- Who has how many open pieces without an update for a month; pieces that came to be after it do not count.
-- name: remind_month_gaps
-- columns: plan_id, agency_id, person_id, n
-- params: month int, until_us int
SELECT p.plan_id, p.agency_id, p.person_id, COUNT(*) AS n
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN work_entry e ON e.commune_id = p.commune_id AND e.piece_id = p.piece_id AND e.entry_no = 1
WHERE p.commune_id = :commune_id AND p.stage = 1 AND COALESCE(p.updated_month, 0) < :month AND e.at_us < :until_us
GROUP BY p.plan_id, p.agency_id, p.person_id
ORDER BY p.plan_id, p.agency_id, p.person_id;

-- name: remind_find_sent
-- hot
-- columns: run_day
-- params: about int, subject_id int, rung_no int, day int
SELECT run_day FROM remind_sent
WHERE commune_id = :commune_id AND about = :about AND subject_id = :subject_id AND rung_no = :rung_no AND day = :day;

-- name: remind_insert_sent
-- params: about int, subject_id int, rung_no int, day int, run_day int, portion int, n_people int
INSERT INTO remind_sent (commune_id, about, subject_id, rung_no, day, run_day, portion, n_people)
VALUES (:commune_id, :about, :subject_id, :rung_no, :day, :run_day, :portion, :n_people);

-- In the order in which the ledger has them.
-- name: remind_list_portion
-- hot
-- columns: about, subject_id, rung_no, day, n_people
-- params: run_day int, portion int
SELECT about, subject_id, rung_no, day, n_people FROM remind_sent
WHERE commune_id = :commune_id AND run_day = :run_day AND portion = :portion
ORDER BY about, subject_id, rung_no, day;

-- name: remind_list_portions
-- columns: run_day, portion
SELECT DISTINCT run_day, portion FROM remind_sent WHERE commune_id = :commune_id ORDER BY run_day, portion;

-- name: remind_find_run
-- hot
-- columns: done_us, portions, n_subjects, n_messages
-- params: run_day int
SELECT done_us, portions, n_subjects, n_messages FROM remind_run WHERE commune_id = :commune_id AND run_day = :run_day;

-- name: remind_put_run
-- params: run_day int, done_us int?, portions int, n_subjects int, n_messages int
INSERT INTO remind_run (commune_id, run_day, done_us, portions, n_subjects, n_messages)
VALUES (:commune_id, :run_day, :done_us, :portions, :n_subjects, :n_messages)
ON CONFLICT (commune_id, run_day) DO UPDATE SET done_us = excluded.done_us, portions = excluded.portions,
	n_subjects = excluded.n_subjects, n_messages = excluded.n_messages;

-- name: remind_list_runs
-- hot
-- columns: run_day, done_us, n_subjects, n_messages
-- params: row_limit int
SELECT run_day, done_us, n_subjects, n_messages FROM remind_run
WHERE commune_id = :commune_id ORDER BY run_day DESC LIMIT :row_limit;

-- name: remind_list_people
-- columns: person_id, name, unit, phone
SELECT person_id, name, unit, phone FROM identity_person WHERE commune_id = :commune_id ORDER BY person_id;

-- name: remind_list_pieces
-- columns: piece_id, plan_id, task_no, agency_id, role, part_no, part, deadline_kind, period, period_end, no, name, family
SELECT p.piece_id, p.plan_id, p.task_no, p.agency_id, p.role, p.part_no, p.part, p.deadline_kind, p.period, p.period_end, t.no,
	t.name, l.family
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id
ORDER BY p.piece_id;

-- name: remind_insert_explain
-- columns: explain_no
-- params: plan_id int, task_no int, piece_id int, agency_id int, label text, path text, asked_by int, asked_us int, state int, due int
INSERT INTO remind_explain (commune_id, explain_no, plan_id, task_no, piece_id, agency_id, label, path, asked_by, asked_us,
	state, original_due, due, answered_us, answered_by, version)
VALUES (:commune_id, (SELECT COALESCE(MAX(x.explain_no), 0) + 1 FROM remind_explain x WHERE x.commune_id = :commune_id),
	:plan_id, :task_no, :piece_id, :agency_id, :label, :path, :asked_by, :asked_us, :state, :due, :due, NULL, 0, 1)
RETURNING explain_no;

-- name: remind_update_explain
-- params: explain_no int, state int, due int, answered_us int?, answered_by int, version int
UPDATE remind_explain SET state = :state, due = :due, answered_us = :answered_us, answered_by = :answered_by,
	version = :version
WHERE commune_id = :commune_id AND explain_no = :explain_no;

-- name: remind_insert_explain_entry
-- params: explain_no int, entry_no int, kind int, at_us int, person_id int, name text, body text, due int?
INSERT INTO remind_explain_entry (commune_id, explain_no, entry_no, kind, at_us, person_id, name, body, due)
VALUES (:commune_id, :explain_no, :entry_no, :kind, :at_us, :person_id, :name, :body, :due);

-- name: remind_find_explain
-- hot
-- columns: explain_no, plan_id, task_no, piece_id, agency_id, label, path, asked_by, asked_us, state, original_due, due, answered_us, answered_by, version, agency, asker
-- params: explain_no int
SELECT e.explain_no, e.plan_id, e.task_no, e.piece_id, e.agency_id, e.label, e.path, e.asked_by, e.asked_us, e.state,
	e.original_due, e.due, e.answered_us, e.answered_by, e.version, a.name AS agency, p.name AS asker
FROM remind_explain e
JOIN agency a ON a.commune_id = e.commune_id AND a.agency_id = e.agency_id
LEFT JOIN identity_person p ON p.commune_id = e.commune_id AND p.person_id = e.asked_by
WHERE e.commune_id = :commune_id AND e.explain_no = :explain_no;

-- Newest first; state 0: any; late_before: due before that day and not answered.
-- name: remind_list_explains
-- hot
-- columns: explain_no, plan_id, task_no, piece_id, agency_id, label, path, asked_by, asked_us, state, original_due, due, answered_us, answered_by, version, agency, asker
-- params: before int, state int, agency_id int, asked_by int, plan_id int?, late_before int, row_limit int
SELECT e.explain_no, e.plan_id, e.task_no, e.piece_id, e.agency_id, e.label, e.path, e.asked_by, e.asked_us, e.state,
	e.original_due, e.due, e.answered_us, e.answered_by, e.version, a.name AS agency, p.name AS asker
FROM remind_explain e
JOIN agency a ON a.commune_id = e.commune_id AND a.agency_id = e.agency_id
LEFT JOIN identity_person p ON p.commune_id = e.commune_id AND p.person_id = e.asked_by
WHERE e.commune_id = :commune_id AND e.explain_no < :before AND (:state = 0 OR e.state = :state)
	AND (:agency_id = 0 OR e.agency_id = :agency_id) AND (:asked_by = 0 OR e.asked_by = :asked_by)
	AND (:plan_id IS NULL OR e.plan_id = :plan_id)
	AND (:late_before = 0 OR e.state IN (1, 3) AND e.due < :late_before)
ORDER BY e.explain_no DESC
LIMIT :row_limit;

-- name: remind_count_explains
-- columns: state, n, n_late
-- params: plan_id int?, from_us int, until_us int, today int
SELECT state, COUNT(*) AS n, SUM(CASE WHEN due < :today AND state IN (1, 3) THEN 1 ELSE 0 END) AS n_late
FROM remind_explain
WHERE commune_id = :commune_id AND (:plan_id IS NULL OR plan_id = :plan_id) AND asked_us >= :from_us AND asked_us < :until_us
GROUP BY state
ORDER BY state;

-- name: remind_all_explains
-- columns: explain_no, plan_id, task_no, piece_id, agency_id, label, path, asked_by, asked_us, state, original_due, due, answered_us, answered_by, version
-- params: plan_id int, task_no int
SELECT explain_no, plan_id, task_no, piece_id, agency_id, label, path, asked_by, asked_us, state, original_due, due, answered_us,
	answered_by, version
FROM remind_explain
WHERE commune_id = :commune_id AND (:plan_id = 0 OR plan_id = :plan_id) AND (:task_no = 0 OR task_no = :task_no)
ORDER BY explain_no;

-- name: remind_redact_explains
-- params: plan_id int, task_no int
UPDATE remind_explain SET label = 'Bí mật nhà nước', path = '/'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: remind_redact_explain_entries
-- params: plan_id int, task_no int
UPDATE remind_explain_entry SET body = CASE body WHEN '' THEN '' ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND explain_no IN (
	SELECT x.explain_no FROM remind_explain x
	WHERE x.commune_id = :commune_id AND x.plan_id = :plan_id AND (:task_no = 0 OR x.task_no = :task_no));

-- name: remind_list_explain_entries
-- hot
-- columns: entry_no, kind, at_us, person_id, name, body, due
-- params: explain_no int
SELECT entry_no, kind, at_us, person_id, name, body, due FROM remind_explain_entry
WHERE commune_id = :commune_id AND explain_no = :explain_no ORDER BY entry_no;

-- name: remind_insert_feed
-- columns: feed_no
-- params: person_id int, token_hash bytes, created_us int
INSERT INTO remind_feed (commune_id, feed_no, person_id, token_hash, created_us, revoked_us)
VALUES (:commune_id, (SELECT COALESCE(MAX(f.feed_no), 0) + 1 FROM remind_feed f WHERE f.commune_id = :commune_id),
	:person_id, :token_hash, :created_us, NULL)
RETURNING feed_no;

-- Of somebody whose accounts are all disabled it counts no more.
-- name: remind_find_feed
-- hot
-- columns: feed_no, person_id, name
-- params: token_hash bytes
SELECT f.feed_no, f.person_id, p.name
FROM remind_feed f
JOIN identity_person p ON p.commune_id = f.commune_id AND p.person_id = f.person_id
WHERE f.commune_id = :commune_id AND f.token_hash = :token_hash AND f.revoked_us IS NULL AND EXISTS (
	SELECT 1 FROM identity_account a
	WHERE a.commune_id = f.commune_id AND a.person_id = f.person_id AND a.disabled_us IS NULL);

-- name: remind_list_feeds
-- hot
-- columns: feed_no, created_us, revoked_us
-- params: person_id int
SELECT feed_no, created_us, revoked_us FROM remind_feed
WHERE commune_id = :commune_id AND person_id = :person_id ORDER BY feed_no DESC;

-- name: remind_revoke_feed
-- params: feed_no int, person_id int, now_us int
UPDATE remind_feed SET revoked_us = :now_us
WHERE commune_id = :commune_id AND feed_no = :feed_no AND person_id = :person_id AND revoked_us IS NULL;

-- name: remind_all_feeds
-- columns: feed_no, person_id, revoked
SELECT feed_no, person_id, CASE WHEN revoked_us IS NULL THEN 0 ELSE 1 END AS revoked
FROM remind_feed WHERE commune_id = :commune_id ORDER BY feed_no;

-- Pieces that are a person's: given by name, or to nobody in particular of a unit whose head this is.
-- name: remind_feed_pieces
-- hot
-- columns: piece_id, due, original_due, n_extensions, last_us, state, no, name, part, agency, stage
-- params: person_id int, row_limit int
SELECT p.piece_id, p.due, p.original_due, p.n_extensions, p.last_us, p.state, t.no, t.name, p.part, a.name AS agency, p.stage
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
WHERE p.commune_id = :commune_id AND p.person_id = :person_id AND p.stage IN (1, 2) AND p.due IS NOT NULL
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;

-- name: remind_feed_unit_pieces
-- hot
-- columns: piece_id, due, original_due, n_extensions, last_us, state, no, name, part, agency, stage
-- params: agency_id int, row_limit int
SELECT p.piece_id, p.due, p.original_due, p.n_extensions, p.last_us, p.state, t.no, t.name, p.part, a.name AS agency, p.stage
FROM work_piece p
JOIN plan l ON l.commune_id = p.commune_id AND l.plan_id = p.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
WHERE p.commune_id = :commune_id AND p.agency_id = :agency_id AND p.person_id = 0 AND p.stage IN (1, 2) AND p.due IS NOT NULL
ORDER BY p.due_key, p.piece_id
LIMIT :row_limit;
