-- SPDX-License-Identifier: GPL-3.0-or-later

-- Newest first: what the plan switcher shows.
-- name: plan_list
-- columns: plan_id, document_id, version, is_current, family, number, type, issuer, issued_on, title, signer, signer_role, is_plan, task_count, indicator_count, duty_count, error_count, warning_count, info_count, added_at
SELECT plan_id, document_id, version, is_current, family, number, type, issuer, issued_on, title, signer,
	signer_role, is_plan, task_count, indicator_count, duty_count, error_count, warning_count, info_count, added_at
FROM plan
WHERE commune_id = :commune_id
ORDER BY plan_id DESC;

-- name: plan_find_identity
-- columns: plan_id, version, document_id
-- params: identity text
SELECT plan_id, version, document_id
FROM plan
WHERE commune_id = :commune_id AND identity = :identity
ORDER BY version DESC
LIMIT 1;

-- name: plan_find_document
-- columns: plan_id, version
-- params: document_id int
SELECT plan_id, version FROM plan WHERE commune_id = :commune_id AND document_id = :document_id
ORDER BY plan_id DESC
LIMIT 1;

-- name: plan_insert
-- columns: plan_id
-- params: document_id int, identity text, version int, family int, number text?, type text?, issuer text?, place text?, issued_on text?, title text?, signer text?, signer_role text?, is_plan int, task_count int, indicator_count int, duty_count int, error_count int, warning_count int, info_count int, added_at int
INSERT INTO plan (commune_id, plan_id, document_id, identity, version, is_current, family, number, type, issuer,
	place, issued_on, title, signer, signer_role, is_plan, task_count, indicator_count, duty_count, error_count,
	warning_count, info_count, added_at)
VALUES (:commune_id, (SELECT COALESCE(MAX(p.plan_id), 0) + 1 FROM plan p WHERE p.commune_id = :commune_id),
	:document_id, :identity, :version, 1, :family, :number, :type, :issuer, :place, :issued_on, :title, :signer,
	:signer_role, :is_plan, :task_count, :indicator_count, :duty_count, :error_count, :warning_count, :info_count,
	:added_at)
RETURNING plan_id;

-- name: plan_retire
-- params: identity text
UPDATE plan SET is_current = 0 WHERE commune_id = :commune_id AND identity = :identity;

-- name: plan_annex_insert
-- params: plan_id int, annex_no int, kind int, label text, title text?, line int
INSERT INTO plan_annex (commune_id, plan_id, annex_no, kind, label, title, line)
VALUES (:commune_id, :plan_id, :annex_no, :kind, :label, :title, :line);

-- name: plan_annex_list
-- columns: annex_no, kind, label, title
-- params: plan_id int
SELECT annex_no, kind, label, title
FROM plan_annex
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY annex_no;

-- name: plan_column_insert
-- params: plan_id int, annex_no int, column_no int, kind int, title text, year int
INSERT INTO plan_column (commune_id, plan_id, annex_no, column_no, kind, title, year)
VALUES (:commune_id, :plan_id, :annex_no, :column_no, :kind, :title, :year);

-- name: plan_column_list
-- columns: annex_no, kind, title, year
-- params: plan_id int
SELECT annex_no, kind, title, year
FROM plan_column
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY annex_no, column_no;

-- name: plan_group_insert
-- params: plan_id int, group_no int, annex_no int, parent_no int, level int, no text?, title text
INSERT INTO plan_group (commune_id, plan_id, group_no, annex_no, parent_no, level, no, title)
VALUES (:commune_id, :plan_id, :group_no, :annex_no, :parent_no, :level, :no, :title);

-- name: plan_group_list
-- columns: group_no, annex_no, parent_no, level, no, title
-- params: plan_id int, first int, last int
SELECT group_no, annex_no, parent_no, level, no, title
FROM plan_group
WHERE commune_id = :commune_id AND plan_id = :plan_id AND group_no BETWEEN :first AND :last
ORDER BY group_no;

-- name: plan_finding_insert
-- params: plan_id int, finding_no int, severity int, rule text, message text, line int, block_no int
INSERT INTO plan_finding (commune_id, plan_id, finding_no, severity, rule, message, line, block_no)
VALUES (:commune_id, :plan_id, :finding_no, :severity, :rule, :message, :line, :block_no);

-- name: plan_finding_list
-- columns: finding_no, severity, rule, message, line, block_no
-- params: plan_id int, severity int?, rule text?, after int, row_limit int
SELECT finding_no, severity, rule, message, line, block_no
FROM plan_finding
WHERE commune_id = :commune_id AND plan_id = :plan_id AND finding_no > :after
	AND (:severity IS NULL OR severity = :severity)
	AND (:rule IS NULL OR rule = :rule)
ORDER BY finding_no
LIMIT :row_limit;

-- name: plan_finding_of_blocks
-- columns: finding_no, severity, rule, message, block_no
-- params: plan_id int, first int, last int
SELECT finding_no, severity, rule, message, block_no
FROM plan_finding
WHERE commune_id = :commune_id AND plan_id = :plan_id AND block_no BETWEEN :first AND :last
ORDER BY block_no, finding_no;

-- name: plan_finding_tally
-- columns: severity, rule, finding_count
-- params: plan_id int
SELECT severity, rule, COUNT(*) AS finding_count
FROM plan_finding
WHERE commune_id = :commune_id AND plan_id = :plan_id
GROUP BY severity, rule
ORDER BY severity DESC, rule;

-- name: plan_finding_place_insert
-- params: plan_id int, finding_no int, place_no int, line int, block_no int
INSERT INTO plan_finding_place (commune_id, plan_id, finding_no, place_no, line, block_no)
VALUES (:commune_id, :plan_id, :finding_no, :place_no, :line, :block_no);

-- name: plan_finding_place_list
-- columns: finding_no, line, block_no
-- params: plan_id int, first int, last int
SELECT finding_no, line, block_no
FROM plan_finding_place
WHERE commune_id = :commune_id AND plan_id = :plan_id AND finding_no BETWEEN :first AND :last
ORDER BY finding_no, place_no;

-- name: plan_citation_insert
-- params: plan_id int, citation_no int, relation int, type text?, number text?, issuer text?, issued_on text?
INSERT INTO plan_citation (commune_id, plan_id, citation_no, relation, type, number, issuer, issued_on)
VALUES (:commune_id, :plan_id, :citation_no, :relation, :type, :number, :issuer, :issued_on);

-- name: plan_citation_list
-- columns: relation, type, number, issuer, issued_on
-- params: plan_id int
SELECT relation, type, number, issuer, issued_on
FROM plan_citation
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY citation_no;

-- What the ledger notes of each plan.
-- name: plan_noted
-- columns: plan_id, identity, version, file_name, sha256, task_count, indicator_count, duty_count, error_count, warning_count
-- params: from_id int
SELECT p.plan_id, p.identity, p.version, d.file_name, d.sha256, p.task_count, p.indicator_count, p.duty_count,
	p.error_count, p.warning_count
FROM plan p
JOIN document d ON d.commune_id = p.commune_id AND d.document_id = p.document_id
WHERE p.commune_id = :commune_id AND p.plan_id >= :from_id
ORDER BY p.plan_id;

-- ---- state secrets: number and date stay ----

-- name: plan_redact
-- params: plan_id int, task_no int
UPDATE plan
SET identity = 'mật|' || CAST(plan_id AS TEXT), type = NULL, issuer = NULL, place = NULL, title = 'Bí mật nhà nước', signer = NULL,
	signer_role = NULL, error_count = 0, warning_count = 0, info_count = 0
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- name: plan_redact_counts
-- params: plan_id int, task_no int
UPDATE plan SET error_count = 0, warning_count = 0, info_count = 0
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no >= 0;

-- name: plan_redact_annexes
-- params: plan_id int, task_no int
UPDATE plan_annex SET title = NULL WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- name: plan_redact_columns
-- params: plan_id int, task_no int
UPDATE plan_column SET title = '' WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- name: plan_redact_groups
-- params: plan_id int, task_no int
UPDATE plan_group SET title = 'Bí mật nhà nước' WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;

-- name: plan_redact_places
-- params: plan_id int, task_no int
DELETE FROM plan_finding_place WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no >= 0;

-- name: plan_redact_findings
-- params: plan_id int, task_no int
DELETE FROM plan_finding WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no >= 0;

-- name: plan_redact_citations
-- params: plan_id int, task_no int
DELETE FROM plan_citation WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;
