-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: indicator_insert
-- params: plan_id int, indicator_no int, item text, no text?, name text, unit text?, output text?, lead text, coordinating text, annex_no int, group_no int, section text?, confidence int, line int
INSERT INTO indicator (commune_id, plan_id, indicator_no, item, no, name, unit, output, lead, coordinating, annex_no,
	group_no, section, confidence, line)
VALUES (:commune_id, :plan_id, :indicator_no, :item, :no, :name, :unit, :output, :lead, :coordinating, :annex_no,
	:group_no, :section, :confidence, :line);

-- name: indicator_target_insert
-- params: plan_id int, indicator_no int, target_no int, year int, comparator int, value_micro int?, high_micro int?, raw text
INSERT INTO indicator_target (commune_id, plan_id, indicator_no, target_no, year, comparator, value_micro, high_micro,
	raw)
VALUES (:commune_id, :plan_id, :indicator_no, :target_no, :year, :comparator, :value_micro, :high_micro, :raw);

-- name: indicator_agency_insert
-- params: plan_id int, indicator_no int, role int, position int, agency_id int
INSERT INTO indicator_agency (commune_id, plan_id, indicator_no, role, position, agency_id)
VALUES (:commune_id, :plan_id, :indicator_no, :role, :position, :agency_id);

-- A page of the list in the order of the plan; only those with a target in `year`, or of one agency, where given.
-- name: indicator_list
-- columns: indicator_no, item, no, name, unit, output, lead, coordinating, annex_no, group_no, confidence
-- params: plan_id int, year int?, agency_id int?, role int, annex_no int?, after int, row_limit int
SELECT i.indicator_no, i.item, i.no, i.name, i.unit, i.output, i.lead, i.coordinating, i.annex_no, i.group_no,
	i.confidence
FROM indicator i
WHERE i.commune_id = :commune_id AND i.plan_id = :plan_id AND i.indicator_no > :after
	AND (:annex_no IS NULL OR i.annex_no = :annex_no)
	AND (:year IS NULL OR EXISTS (
		SELECT 1 FROM indicator_target g
		WHERE g.commune_id = i.commune_id AND g.plan_id = i.plan_id AND g.year = :year
			AND g.indicator_no = i.indicator_no))
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM indicator_agency a
		WHERE a.commune_id = i.commune_id AND a.plan_id = i.plan_id AND a.agency_id = :agency_id
			AND a.role = :role AND a.indicator_no = i.indicator_no))
ORDER BY i.indicator_no
LIMIT :row_limit;

-- name: indicator_count
-- columns: indicator_count
-- params: plan_id int, year int?, agency_id int?, role int, annex_no int?
SELECT COUNT(*) AS indicator_count
FROM indicator i
WHERE i.commune_id = :commune_id AND i.plan_id = :plan_id
	AND (:annex_no IS NULL OR i.annex_no = :annex_no)
	AND (:year IS NULL OR EXISTS (
		SELECT 1 FROM indicator_target g
		WHERE g.commune_id = i.commune_id AND g.plan_id = i.plan_id AND g.year = :year
			AND g.indicator_no = i.indicator_no))
	AND (:agency_id IS NULL OR EXISTS (
		SELECT 1 FROM indicator_agency a
		WHERE a.commune_id = i.commune_id AND a.plan_id = i.plan_id AND a.agency_id = :agency_id
			AND a.role = :role AND a.indicator_no = i.indicator_no));

-- name: indicator_agency_list
-- columns: role, agency_id
-- params: plan_id int, indicator_no int
SELECT role, agency_id
FROM indicator_agency
WHERE commune_id = :commune_id AND plan_id = :plan_id AND indicator_no = :indicator_no
ORDER BY role, position;

-- name: indicator_target_list
-- columns: indicator_no, year, comparator, value_micro, high_micro, raw
-- params: plan_id int, first int, last int
SELECT indicator_no, year, comparator, value_micro, high_micro, raw
FROM indicator_target
WHERE commune_id = :commune_id AND plan_id = :plan_id AND indicator_no BETWEEN :first AND :last
ORDER BY indicator_no, target_no;

-- name: indicator_year_list
-- columns: year, indicator_count
-- params: plan_id int
SELECT year, COUNT(DISTINCT indicator_no) AS indicator_count
FROM indicator_target
WHERE commune_id = :commune_id AND plan_id = :plan_id
GROUP BY year
ORDER BY year;

-- ---- state secrets ----

-- name: indicator_redact_targets
-- params: plan_id int, task_no int
UPDATE indicator_target SET comparator = 0, value_micro = NULL, high_micro = NULL, raw = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- name: indicator_redact
-- params: plan_id int, task_no int
UPDATE indicator
SET name = 'Bí mật nhà nước', unit = NULL, output = NULL, lead = '', coordinating = '', section = NULL
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- By a decision: the target of a year that is there.
-- name: indicator_target_set
-- params: plan_id int, indicator_no int, year int, comparator int, value_micro int?, high_micro int?, raw text
UPDATE indicator_target SET comparator = :comparator, value_micro = :value_micro, high_micro = :high_micro, raw = :raw
WHERE commune_id = :commune_id AND plan_id = :plan_id AND indicator_no = :indicator_no AND year = :year;
