-- SPDX-License-Identifier: GPL-3.0-or-later



-- name: link_tasks
-- columns: item_no, no, name, more, lead, group_no, section
-- params: plan_id int
SELECT task_no, no, name, COALESCE(output, ''), lead, group_no, section_title
FROM task
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY task_no;

-- name: link_indicators
-- columns: item_no, no, name, more, lead, group_no, section
-- params: plan_id int
SELECT indicator_no, no, name, '', lead, group_no, section
FROM indicator
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY indicator_no;

-- name: link_has_both
-- columns: has_task, has_indicator
-- params: plan_id int, task_no int, indicator_no int
SELECT (SELECT COUNT(*) FROM task t WHERE t.commune_id = :commune_id AND t.plan_id = :plan_id AND t.task_no = :task_no),
	(SELECT COUNT(*) FROM indicator i WHERE i.commune_id = :commune_id AND i.plan_id = :plan_id
		AND i.indicator_no = :indicator_no)
FROM plan p
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id;

-- name: link_targets
-- columns: indicator_no, year, comparator, value_micro, raw
-- params: plan_id int
SELECT indicator_no, year, comparator, value_micro, raw
FROM indicator_target
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY indicator_no, target_no;

-- name: link_units
-- columns: indicator_no, unit
-- params: plan_id int
SELECT indicator_no, unit
FROM indicator
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY indicator_no;



-- name: link_pairs
-- columns: task_no, indicator_no, state, score, reason, person_id, name, at_us
-- params: plan_id int
SELECT task_no, indicator_no, state, score, reason, person_id, name, at_us
FROM link_pair
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY task_no, indicator_no;

-- name: link_all_pairs
-- columns: plan_id, task_no, indicator_no, state, score, reason
-- params: plan_id int, task_no int
SELECT plan_id, task_no, indicator_no, state, score, reason
FROM link_pair
WHERE commune_id = :commune_id AND (:plan_id = 0 OR plan_id = :plan_id) AND (:task_no = 0 OR task_no = :task_no)
ORDER BY plan_id, task_no, indicator_no;

-- name: link_put_pair
-- params: plan_id int, task_no int, indicator_no int, state int, score int, reason text, person_id int, name text?, at_us int
INSERT INTO link_pair (commune_id, plan_id, task_no, indicator_no, state, score, reason, person_id, name, at_us)
VALUES (:commune_id, :plan_id, :task_no, :indicator_no, :state, :score, :reason, :person_id, :name, :at_us)
ON CONFLICT (commune_id, plan_id, task_no, indicator_no) DO UPDATE SET state = excluded.state, score = excluded.score,
	reason = excluded.reason, person_id = excluded.person_id, name = excluded.name, at_us = excluded.at_us;

-- name: link_remove_pair
-- params: plan_id int, task_no int, indicator_no int
DELETE FROM link_pair
WHERE commune_id = :commune_id AND plan_id = :plan_id AND task_no = :task_no AND indicator_no = :indicator_no;

-- What a task is linked to.
-- name: link_of_task
-- hot
-- columns: item_no, no, name
-- params: plan_id int, task_no int
SELECT i.indicator_no, i.no, i.name
FROM link_pair p
JOIN indicator i ON i.commune_id = p.commune_id AND i.plan_id = p.plan_id AND i.indicator_no = p.indicator_no
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id AND p.task_no = :task_no AND p.state = 1
ORDER BY i.indicator_no;

-- Uses link_pair_by_indicator.
-- name: link_of_indicator
-- hot
-- columns: item_no, no, name
-- params: plan_id int, indicator_no int
SELECT t.task_no, t.no, t.name
FROM link_pair p
JOIN task t ON t.commune_id = p.commune_id AND t.plan_id = p.plan_id AND t.task_no = p.task_no
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id AND p.indicator_no = :indicator_no AND p.state = 1
ORDER BY t.task_no;

-- How many tasks and how many indicators are linked to something.
-- name: link_count
-- columns: tasks, indicators
-- params: plan_id int
SELECT COUNT(DISTINCT task_no) AS tasks, COUNT(DISTINCT indicator_no) AS indicators
FROM link_pair
WHERE commune_id = :commune_id AND plan_id = :plan_id AND state = 1;



-- name: link_documents
-- columns: document_no, number, number_key, type, issuer, title, issued_day, valid_from, valid_to, replaced_by, source, is_removed
SELECT document_no, number, number_key, type, issuer, title, issued_day, valid_from, valid_to, replaced_by, source, is_removed
FROM link_document
WHERE commune_id = :commune_id
ORDER BY document_no;

-- name: link_next_document
-- columns: document_no
SELECT COALESCE(MAX(document_no), 0) + 1 AS document_no FROM link_document WHERE commune_id = :commune_id;

-- name: link_put_document
-- params: document_no int, number text, number_key text, type text, issuer text, title text, issued_day int?, valid_from int?, valid_to int?, replaced_by text, source text, is_removed int
INSERT INTO link_document (commune_id, document_no, number, number_key, type, issuer, title, issued_day, valid_from, valid_to,
	replaced_by, source, is_removed)
VALUES (:commune_id, :document_no, :number, :number_key, :type, :issuer, :title, :issued_day, :valid_from, :valid_to,
	:replaced_by, :source, :is_removed)
ON CONFLICT (commune_id, document_no) DO UPDATE SET number = excluded.number, number_key = excluded.number_key,
	type = excluded.type, issuer = excluded.issuer, title = excluded.title, issued_day = excluded.issued_day,
	valid_from = excluded.valid_from, valid_to = excluded.valid_to, replaced_by = excluded.replaced_by,
	source = excluded.source, is_removed = excluded.is_removed;

-- What a plan rests on (PlanRelation 0).
-- name: link_bases
-- columns: type, number, issuer, issued_on
-- params: plan_id int
SELECT type, number, issuer, issued_on
FROM plan_citation
WHERE commune_id = :commune_id AND plan_id = :plan_id AND relation = 0
ORDER BY citation_no;



-- name: link_highers
-- columns: higher_id, sha256, file_name, number, type, issuer, title, issued_on, duty_count, target_count, is_removed, at_us
SELECT higher_id, sha256, file_name, number, type, issuer, title, issued_on, duty_count, target_count, is_removed, at_us
FROM link_higher
WHERE commune_id = :commune_id
ORDER BY higher_id;

-- name: link_next_higher
-- columns: higher_id
SELECT COALESCE(MAX(higher_id), 0) + 1 AS higher_id FROM link_higher WHERE commune_id = :commune_id;

-- name: link_put_higher
-- params: higher_id int, sha256 text, file_name text, number text?, type text?, issuer text?, title text?, issued_on text?, duty_count int, target_count int, is_removed int, at_us int
INSERT INTO link_higher (commune_id, higher_id, sha256, file_name, number, type, issuer, title, issued_on, duty_count,
	target_count, is_removed, at_us)
VALUES (:commune_id, :higher_id, :sha256, :file_name, :number, :type, :issuer, :title, :issued_on, :duty_count,
	:target_count, :is_removed, :at_us)
ON CONFLICT (commune_id, higher_id) DO UPDATE SET is_removed = excluded.is_removed;

-- name: link_put_higher_row
-- params: higher_id int, row_no int, kind int, no text?, name text, agency text, deadline text, unit text?, year int, comparator int, value_micro int?, raw text
INSERT INTO link_higher_row (commune_id, higher_id, row_no, kind, no, name, agency, deadline, unit, year, comparator, value_micro, raw)
VALUES (:commune_id, :higher_id, :row_no, :kind, :no, :name, :agency, :deadline, :unit, :year, :comparator, :value_micro, :raw);

-- name: link_higher_rows
-- columns: row_no, kind, no, name, agency, deadline, unit, year, comparator, value_micro, raw
-- params: higher_id int
SELECT row_no, kind, no, name, agency, deadline, unit, year, comparator, value_micro, raw
FROM link_higher_row
WHERE commune_id = :commune_id AND higher_id = :higher_id
ORDER BY row_no;

-- name: link_matches
-- columns: higher_id, row_no, plan_id, item_no, state, name
-- params: higher_id int?
SELECT higher_id, row_no, plan_id, item_no, state, name
FROM link_match
WHERE commune_id = :commune_id AND (:higher_id IS NULL OR higher_id = :higher_id)
ORDER BY higher_id, row_no, plan_id, item_no;

-- name: link_put_match
-- params: higher_id int, row_no int, plan_id int, item_no int, state int, person_id int, name text?, at_us int
INSERT INTO link_match (commune_id, higher_id, row_no, plan_id, item_no, state, person_id, name, at_us)
VALUES (:commune_id, :higher_id, :row_no, :plan_id, :item_no, :state, :person_id, :name, :at_us)
ON CONFLICT (commune_id, higher_id, row_no, plan_id, item_no) DO UPDATE SET state = excluded.state,
	person_id = excluded.person_id, name = excluded.name, at_us = excluded.at_us;

-- name: link_remove_match
-- params: higher_id int, row_no int, plan_id int, item_no int
DELETE FROM link_match
WHERE commune_id = :commune_id AND higher_id = :higher_id AND row_no = :row_no AND plan_id = :plan_id AND item_no = :item_no;

-- State secrets. What stands in the papers of others is found by the words themselves.
-- name: link_redact_pairs
-- params: plan_id int, task_no int
UPDATE link_pair SET reason = CASE reason WHEN '' THEN '' ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR task_no = :task_no);

-- name: link_redact_rows
-- params: words text
UPDATE link_higher_row
SET no = NULL, name = 'Bí mật nhà nước', agency = '', deadline = '', unit = NULL, comparator = 0, value_micro = NULL, raw = ''
WHERE commune_id = :commune_id AND REPLACE(name, :words, '') <> name;

-- name: link_redact_highers
-- params: words text
UPDATE link_higher SET title = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND REPLACE(title, :words, '') <> title;

-- name: link_redact_documents
-- params: words text
UPDATE link_document SET title = 'Bí mật nhà nước', source = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND (REPLACE(title, :words, '') <> title OR REPLACE(source, :words, '') <> source);
