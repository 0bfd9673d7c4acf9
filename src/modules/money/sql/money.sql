-- SPDX-License-Identifier: GPL-3.0-or-later

-- The sources of money of a day. Basis of what comes with the program: the parts of plans about means (ngân sách nhà nước
-- và các nguồn hợp pháp khác).
-- name: money_sources
-- columns: source, title, position, basis
-- params: day int
SELECT source, title, position, basis
FROM money_source
WHERE commune_id = :commune_id AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
UNION ALL
SELECT v.column1, v.column2, v.column3, v.column4
FROM (VALUES
	('xa', 'Ngân sách xã', 1, 'Phần kinh phí của kế hoạch'),
	('cap-tren', 'Ngân sách cấp trên bổ sung', 2, 'Phần kinh phí của kế hoạch'),
	('long-ghep', 'Lồng ghép chương trình, đề án khác', 3, 'Phần kinh phí của kế hoạch'),
	('xa-hoi-hoa', 'Xã hội hóa', 4, 'Phần kinh phí của kế hoạch'),
	('khac', 'Nguồn hợp pháp khác', 9, 'Phần kinh phí của kế hoạch')) AS v
WHERE NOT EXISTS (SELECT 1 FROM money_source own WHERE own.commune_id = :commune_id AND own.source = v.column1)
ORDER BY position, source;

-- name: money_put_source
-- params: source text, title text, position int, valid_from int, valid_to int?, basis text
INSERT INTO money_source (commune_id, source, title, position, valid_from, valid_to, basis)
VALUES (:commune_id, :source, :title, :position, :valid_from, :valid_to, :basis)
ON CONFLICT (commune_id, source) DO UPDATE SET title = excluded.title, position = excluded.position,
	valid_from = excluded.valid_from, valid_to = excluded.valid_to, basis = excluded.basis;

-- name: money_own_sources
-- columns: source, title, valid_from, valid_to, basis
SELECT source, title, valid_from, valid_to, basis FROM money_source WHERE commune_id = :commune_id ORDER BY source;

-- name: money_insert
-- columns: entry_id
-- params: plan_id int, task_no int, kind int, source text, year int, agency_id int, amount int, day int, doc_number text, note text, corrects_id int?, person_id int, name text?, at_us int
INSERT INTO money_entry (commune_id, entry_id, plan_id, task_no, kind, source, year, agency_id, amount, day, doc_number,
	note, corrects_id, person_id, name, at_us)
SELECT :commune_id, COALESCE(MAX(entry_id), 0) + 1, :plan_id, :task_no, :kind, :source, :year, :agency_id, :amount, :day,
	:doc_number, :note, :corrects_id, :person_id, :name, :at_us
FROM money_entry
WHERE commune_id = :commune_id
RETURNING entry_id;

-- name: money_find
-- hot
-- columns: entry_id, plan_id, task_no, kind, source, year, agency_id, amount, day, doc_number, note, corrects_id, name, at_us, agency, corrected_by
-- params: entry_id int
SELECT e.entry_id, e.plan_id, e.task_no, e.kind, e.source, e.year, e.agency_id, e.amount, e.day, e.doc_number, e.note,
	e.corrects_id, e.name, e.at_us, a.name, c.entry_id
FROM money_entry e
LEFT JOIN agency a ON a.commune_id = e.commune_id AND a.agency_id = e.agency_id
LEFT JOIN money_entry c ON c.commune_id = e.commune_id AND c.corrects_id = e.entry_id
WHERE e.commune_id = :commune_id AND e.entry_id = :entry_id;

-- The same columns as money_find.
-- name: money_of_task
-- hot
-- columns: entry_id, plan_id, task_no, kind, source, year, agency_id, amount, day, doc_number, note, corrects_id, name, at_us, agency, corrected_by
-- params: plan_id int, task_no int
SELECT e.entry_id, e.plan_id, e.task_no, e.kind, e.source, e.year, e.agency_id, e.amount, e.day, e.doc_number, e.note,
	e.corrects_id, e.name, e.at_us, a.name, c.entry_id
FROM money_entry e
LEFT JOIN agency a ON a.commune_id = e.commune_id AND a.agency_id = e.agency_id
LEFT JOIN money_entry c ON c.commune_id = e.commune_id AND c.corrects_id = e.entry_id
WHERE e.commune_id = :commune_id AND e.plan_id = :plan_id AND e.task_no = :task_no
ORDER BY e.entry_id DESC;

-- What counts, added up as finely as anybody asks.
-- name: money_totals
-- columns: plan_id, task_no, agency_id, source, year, kind, total, last_day
-- params: plan_id int?, task_no int?, agency_id int?, source text?, year int?
SELECT e.plan_id, e.task_no, e.agency_id, e.source, e.year, e.kind, CAST(SUM(e.amount) AS BIGINT), MAX(e.day)
FROM money_entry e
WHERE e.commune_id = :commune_id AND (:plan_id IS NULL OR e.plan_id = :plan_id)
	AND (:task_no IS NULL OR e.task_no = :task_no) AND (:agency_id IS NULL OR e.agency_id = :agency_id)
	AND (:source IS NULL OR e.source = :source) AND (:year IS NULL OR e.year = :year)
	AND NOT EXISTS (SELECT 1 FROM money_entry c WHERE c.commune_id = e.commune_id AND c.corrects_id = e.entry_id)
GROUP BY e.plan_id, e.task_no, e.agency_id, e.source, e.year, e.kind
ORDER BY e.plan_id, e.task_no, e.year, e.source, e.agency_id, e.kind;

-- name: money_all_entries
-- columns: entry_id, plan_id, task_no, kind, source, year, agency_id, amount, day, doc_number, note, corrects_id
-- params: plan_id int, task_no int
SELECT entry_id, plan_id, task_no, kind, source, year, agency_id, amount, day, doc_number, note, corrects_id
FROM money_entry
WHERE commune_id = :commune_id AND (:plan_id = 0 OR plan_id = :plan_id) AND (:task_no = 0 OR task_no = :task_no)
ORDER BY entry_id;

-- --- entries that follow their task ---

-- The entry itself goes to where it stands now; what it was stays in money_carry.
-- name: money_move
-- params: entry_id int, plan_id int, task_no int
UPDATE money_entry SET plan_id = :plan_id, task_no = :task_no
WHERE commune_id = :commune_id AND entry_id = :entry_id;

-- name: money_insert_carry
-- params: entry_id int, from_plan_id int, from_task_no int, to_plan_id int, to_task_no int, reason text, name text?, at_us int
INSERT INTO money_carry (commune_id, entry_id, carry_no, from_plan_id, from_task_no, to_plan_id, to_task_no, reason, name, at_us)
SELECT :commune_id, :entry_id, COALESCE(MAX(carry_no), 0) + 1, :from_plan_id, :from_task_no, :to_plan_id, :to_task_no, :reason,
	:name, :at_us
FROM money_carry
WHERE commune_id = :commune_id AND entry_id = :entry_id;

-- Of the entries that stand at a task (of all with 0): by which way they came there.
-- name: money_carries
-- columns: entry_id, carry_no, from_plan_id, from_task_no, to_plan_id, to_task_no, reason, name, at_us
-- params: plan_id int, task_no int
SELECT c.entry_id, c.carry_no, c.from_plan_id, c.from_task_no, c.to_plan_id, c.to_task_no, c.reason, c.name, c.at_us
FROM money_entry e
JOIN money_carry c ON c.commune_id = e.commune_id AND c.entry_id = e.entry_id
WHERE e.commune_id = :commune_id AND (:plan_id = 0 OR e.plan_id = :plan_id) AND (:task_no = 0 OR e.task_no = :task_no)
ORDER BY c.entry_id, c.carry_no;

-- The entries that stood at a task and stand elsewhere now, that count; by where they are.
-- name: money_carried_away
-- hot
-- columns: plan_id, task_no, no, name, entry_count
-- params: plan_id int, task_no int
SELECT e.plan_id, e.task_no, t.no, t.name, COUNT(*)
FROM money_entry e
JOIN task t ON t.commune_id = e.commune_id AND t.plan_id = e.plan_id AND t.task_no = e.task_no
WHERE e.commune_id = :commune_id AND e.entry_id IN (
		SELECT c.entry_id FROM money_carry c
		WHERE c.commune_id = :commune_id AND c.from_plan_id = :plan_id AND c.from_task_no = :task_no)
	AND NOT (e.plan_id = :plan_id AND e.task_no = :task_no)
	AND NOT EXISTS (SELECT 1 FROM money_entry n WHERE n.commune_id = e.commune_id AND n.corrects_id = e.entry_id)
GROUP BY e.plan_id, e.task_no, t.no, t.name
ORDER BY e.plan_id, e.task_no;

-- name: money_move_finding
-- params: finding_id int, plan_id int, task_no int
UPDATE money_finding SET plan_id = :plan_id, task_no = :task_no
WHERE commune_id = :commune_id AND finding_id = :finding_id;

-- What a total is called.
-- name: money_names
-- columns: plan_id, task_no, no, name
-- params: plan_id int?
SELECT DISTINCT t.plan_id, t.task_no, t.no, t.name
FROM money_entry e
JOIN task t ON t.commune_id = e.commune_id AND t.plan_id = e.plan_id AND t.task_no = e.task_no
WHERE e.commune_id = :commune_id AND (:plan_id IS NULL OR e.plan_id = :plan_id)
ORDER BY t.plan_id, t.task_no;

-- name: money_agency_names
-- columns: agency_id, name
SELECT DISTINCT a.agency_id, a.name
FROM money_entry e
JOIN agency a ON a.commune_id = e.commune_id AND a.agency_id = e.agency_id
WHERE e.commune_id = :commune_id
ORDER BY a.name, a.agency_id;

-- The units of a task, leads first.
-- name: money_task_agencies
-- columns: agency_id, name, role
-- params: plan_id int, task_no int
SELECT g.agency_id, a.name, g.role
FROM task_agency g
JOIN agency a ON a.commune_id = g.commune_id AND a.agency_id = g.agency_id AND a.is_generic = 0
WHERE g.commune_id = :commune_id AND g.plan_id = :plan_id AND g.task_no = :task_no
ORDER BY g.role, g.position;

-- --- where progress, money and product disagree ---

-- name: money_put_finding
-- columns: finding_id
-- params: plan_id int, task_no int, rule text, facts text, state int, opened_day int, changed_us int
INSERT INTO money_finding (commune_id, finding_id, plan_id, task_no, rule, facts, state, opened_day, changed_us, reason)
SELECT :commune_id, COALESCE(MAX(finding_id), 0) + 1, :plan_id, :task_no, :rule, :facts, :state, :opened_day, :changed_us, ''
FROM money_finding
WHERE commune_id = :commune_id
RETURNING finding_id;

-- name: money_set_finding
-- params: finding_id int, facts text, state int, opened_day int, changed_us int, reason text, name text?
UPDATE money_finding SET facts = :facts, state = :state, opened_day = :opened_day, changed_us = :changed_us,
	reason = :reason, name = :name
WHERE commune_id = :commune_id AND finding_id = :finding_id;

-- name: money_find_finding
-- hot
-- columns: finding_id, plan_id, task_no, rule, facts, state, opened_day, changed_us, reason, name, no, task
-- params: finding_id int
SELECT f.finding_id, f.plan_id, f.task_no, f.rule, f.facts, f.state, f.opened_day, f.changed_us, f.reason, f.name, t.no, t.name
FROM money_finding f
JOIN task t ON t.commune_id = f.commune_id AND t.plan_id = f.plan_id AND t.task_no = f.task_no
WHERE f.commune_id = :commune_id AND f.finding_id = :finding_id;

-- The same columns as money_find_finding.
-- name: money_list_findings
-- hot
-- columns: finding_id, plan_id, task_no, rule, facts, state, opened_day, changed_us, reason, name, no, task
-- params: state int, after int, row_limit int, plan_id int?, rule text?
SELECT f.finding_id, f.plan_id, f.task_no, f.rule, f.facts, f.state, f.opened_day, f.changed_us, f.reason, f.name, t.no, t.name
FROM money_finding f
JOIN plan l ON l.commune_id = f.commune_id AND l.plan_id = f.plan_id AND l.is_current = 1
JOIN task t ON t.commune_id = f.commune_id AND t.plan_id = f.plan_id AND t.task_no = f.task_no
WHERE f.commune_id = :commune_id AND f.state = :state AND f.finding_id > :after
	AND (:plan_id IS NULL OR f.plan_id = :plan_id) AND (:rule IS NULL OR f.rule = :rule)
ORDER BY f.finding_id
LIMIT :row_limit;

-- The same columns as money_find_finding.
-- name: money_findings_of_task
-- hot
-- columns: finding_id, plan_id, task_no, rule, facts, state, opened_day, changed_us, reason, name, no, task
-- params: plan_id int, task_no int
SELECT f.finding_id, f.plan_id, f.task_no, f.rule, f.facts, f.state, f.opened_day, f.changed_us, f.reason, f.name, t.no, t.name
FROM money_finding f
JOIN task t ON t.commune_id = f.commune_id AND t.plan_id = f.plan_id AND t.task_no = f.task_no
WHERE f.commune_id = :commune_id AND f.plan_id = :plan_id AND f.task_no = :task_no
ORDER BY f.finding_id;

-- The same columns as money_find_finding.
-- name: money_all_findings
-- columns: finding_id, plan_id, task_no, rule, facts, state, opened_day, changed_us, reason, name, no, task
-- params: plan_id int?
SELECT f.finding_id, f.plan_id, f.task_no, f.rule, f.facts, f.state, f.opened_day, f.changed_us, f.reason, f.name, t.no, t.name
FROM money_finding f
JOIN task t ON t.commune_id = f.commune_id AND t.plan_id = f.plan_id AND t.task_no = f.task_no
WHERE f.commune_id = :commune_id AND (:plan_id IS NULL OR f.plan_id = :plan_id)
ORDER BY f.finding_id;

-- --- state secrets: the day stays, the amount does not ---

-- name: money_redact_entries
-- params: plan_id int, task_no int
UPDATE money_entry
SET amount = 0, doc_number = '', note = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: money_redact_findings
-- params: plan_id int, task_no int
UPDATE money_finding
SET facts = 'Bí mật nhà nước', reason = CASE reason WHEN '' THEN '' ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: money_redact_carries
-- params: plan_id int, task_no int
UPDATE money_carry
SET reason = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND EXISTS (
	SELECT 1 FROM money_entry e
	WHERE e.commune_id = :commune_id AND e.entry_id = money_carry.entry_id AND e.plan_id = :plan_id
		AND (:task_no = 0 OR e.task_no = :task_no));
