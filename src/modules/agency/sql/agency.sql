-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: agency_find_alias
-- columns: agency_id
-- params: alias_fold text
SELECT agency_id FROM agency_alias WHERE commune_id = :commune_id AND alias_fold = :alias_fold;

-- name: agency_insert
-- columns: agency_id
-- params: name text, is_generic int, is_higher int
INSERT INTO agency (commune_id, agency_id, name, is_generic, is_higher)
VALUES (:commune_id, (SELECT COALESCE(MAX(a.agency_id), 0) + 1 FROM agency a WHERE a.commune_id = :commune_id),
	:name, :is_generic, :is_higher)
RETURNING agency_id;

-- name: agency_alias_insert
-- params: alias_fold text, agency_id int, alias text
INSERT INTO agency_alias (commune_id, alias_fold, agency_id, alias)
VALUES (:commune_id, :alias_fold, :agency_id, :alias)
ON CONFLICT DO NOTHING;

-- name: agency_alias_list
-- columns: alias
-- params: agency_id int
SELECT alias FROM agency_alias WHERE commune_id = :commune_id AND agency_id = :agency_id ORDER BY alias;

-- What a reading may be corrected by: agencies with a name of their own, the newest first.
-- name: agency_name_list
-- columns: name
-- params: row_limit int
SELECT name
FROM agency
WHERE commune_id = :commune_id AND is_generic = 0
ORDER BY agency_id DESC
LIMIT :row_limit;

-- name: agency_part_insert
-- params: plan_id int, agency_id int, rank int, lead_tasks int, coordinating_tasks int, lead_indicators int, coordinating_indicators int, duties int
INSERT INTO agency_part (commune_id, plan_id, agency_id, rank, lead_tasks, coordinating_tasks, lead_indicators,
	coordinating_indicators, duties)
VALUES (:commune_id, :plan_id, :agency_id, :rank, :lead_tasks, :coordinating_tasks, :lead_indicators,
	:coordinating_indicators, :duties);

-- name: agency_list
-- columns: agency_id, name, is_generic, is_higher, rank, lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties
-- params: plan_id int
SELECT a.agency_id, a.name, a.is_generic, a.is_higher, p.rank, p.lead_tasks, p.coordinating_tasks, p.lead_indicators,
	p.coordinating_indicators, p.duties
FROM agency_part p
JOIN agency a ON a.commune_id = p.commune_id AND a.agency_id = p.agency_id
WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id
ORDER BY p.rank;

-- name: agency_duty_insert
-- params: plan_id int, duty_no int, agency_id int, body text, item text
INSERT INTO agency_duty (commune_id, plan_id, duty_no, agency_id, body, item)
VALUES (:commune_id, :plan_id, :duty_no, :agency_id, :body, :item);

-- name: agency_duty_list
-- columns: body, item
-- params: plan_id int, agency_id int
SELECT body, item
FROM agency_duty
WHERE commune_id = :commune_id AND plan_id = :plan_id AND agency_id = :agency_id
ORDER BY duty_no;
