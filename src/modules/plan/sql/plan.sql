-- SPDX-License-Identifier: GPL-3.0-or-later

-- Newest first: what the plan switcher shows.
-- name: plan_list
-- columns: plan_id, document_id, version, is_current, family, number, type, issuer, issued_on, title, signer, signer_role, is_plan, task_count, indicator_count, duty_count, error_count, warning_count, info_count, added_at, replaced_by, replaced_from
SELECT p.plan_id, p.document_id, p.version, p.is_current, p.family, p.number, p.type, p.issuer, p.issued_on, p.title, p.signer,
	p.signer_role, p.is_plan, p.task_count, p.indicator_count, p.duty_count, p.error_count, p.warning_count, p.info_count,
	p.added_at, COALESCE(s.new_plan_id, 0), s.from_day
FROM plan p
LEFT JOIN plan_succession s ON s.commune_id = p.commune_id AND s.old_plan_id = p.plan_id AND s.kind <> 2
WHERE p.commune_id = :commune_id
ORDER BY p.plan_id DESC;

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

-- The plan counts no more; it stays readable.
-- name: plan_supersede
-- params: plan_id int
UPDATE plan SET is_current = 0 WHERE commune_id = :commune_id AND plan_id = :plan_id;

-- name: plan_succession_insert
-- columns: succession_no
-- params: old_plan_id int, new_plan_id int, kind int, from_day int, at_us int, name text
INSERT INTO plan_succession (commune_id, succession_no, old_plan_id, new_plan_id, kind, from_day, at_us, name)
VALUES (:commune_id, (SELECT COALESCE(MAX(s.succession_no), 0) + 1 FROM plan_succession s WHERE s.commune_id = :commune_id),
	:old_plan_id, :new_plan_id, :kind, :from_day, :at_us, :name)
RETURNING succession_no;

-- All of the commune, the newest first.
-- name: plan_succession_list
-- columns: succession_no, old_plan_id, new_plan_id, kind, from_day, at_us, name
SELECT succession_no, old_plan_id, new_plan_id, kind, from_day, at_us, name
FROM plan_succession
WHERE commune_id = :commune_id
ORDER BY succession_no DESC;

-- name: plan_line_insert
-- params: succession_no int, line_no int, what int, old_no int, new_no int, change int
INSERT INTO plan_line (commune_id, succession_no, line_no, what, old_no, new_no, change)
VALUES (:commune_id, :succession_no, :line_no, :what, :old_no, :new_no, :change);

-- name: plan_line_list
-- columns: line_no, what, old_no, new_no, change
-- params: succession_no int
SELECT line_no, what, old_no, new_no, change
FROM plan_line
WHERE commune_id = :commune_id AND succession_no = :succession_no
ORDER BY line_no;

-- From what a row came.
-- name: plan_line_before
-- hot
-- columns: succession_no, line_no, kind, from_day, plan_id, row_no, change
-- params: plan_id int, what int, row_no int
SELECT s.succession_no, l.line_no, s.kind, s.from_day, s.old_plan_id, l.old_no, l.change
FROM plan_succession s
JOIN plan_line l ON l.commune_id = s.commune_id AND l.succession_no = s.succession_no
WHERE s.commune_id = :commune_id AND s.new_plan_id = :plan_id AND l.what = :what AND l.new_no = :row_no
ORDER BY s.succession_no DESC;

-- What became of a row.
-- name: plan_line_after
-- hot
-- columns: succession_no, line_no, kind, from_day, plan_id, row_no, change
-- params: plan_id int, what int, row_no int
SELECT s.succession_no, l.line_no, s.kind, s.from_day, s.new_plan_id, l.new_no, l.change
FROM plan_succession s
JOIN plan_line l ON l.commune_id = s.commune_id AND l.succession_no = s.succession_no
WHERE s.commune_id = :commune_id AND s.old_plan_id = :plan_id AND l.what = :what AND l.old_no = :row_no
ORDER BY s.succession_no DESC;

-- name: plan_line_field_insert
-- params: succession_no int, line_no int, field_no int, field text, title text, year int, old_text text, new_text text
INSERT INTO plan_line_field (commune_id, succession_no, line_no, field_no, field, title, year, old_text, new_text)
VALUES (:commune_id, :succession_no, :line_no, :field_no, :field, :title, :year, :old_text, :new_text);

-- name: plan_line_field_list
-- hot
-- columns: line_no, field, title, year, old_text, new_text
-- params: succession_no int, first int, last int
SELECT line_no, field, title, year, old_text, new_text
FROM plan_line_field
WHERE commune_id = :commune_id AND succession_no = :succession_no AND line_no BETWEEN :first AND :last
ORDER BY line_no, field_no;

-- name: plan_change_insert
-- columns: change_no
-- params: plan_id int, what int, row_no int, version int, field text, title text, year int, old_text text, new_text text, from_day int, doc_number text, doc_day int, at_us int, name text, source text
INSERT INTO plan_change (commune_id, change_no, plan_id, what, row_no, version, field, title, year, old_text, new_text,
	from_day, doc_number, doc_day, at_us, name, source)
VALUES (:commune_id, (SELECT COALESCE(MAX(c.change_no), 0) + 1 FROM plan_change c WHERE c.commune_id = :commune_id),
	:plan_id, :what, :row_no, :version, :field, :title, :year, :old_text, :new_text, :from_day, :doc_number, :doc_day,
	:at_us, :name, :source)
RETURNING change_no;

-- name: plan_change_list
-- hot
-- columns: change_no, version, field, title, year, old_text, new_text, from_day, doc_number, doc_day, at_us, name, source
-- params: plan_id int, what int, row_no int
SELECT change_no, version, field, title, year, old_text, new_text, from_day, doc_number, doc_day, at_us, name, source
FROM plan_change
WHERE commune_id = :commune_id AND plan_id = :plan_id AND what = :what AND row_no = :row_no
ORDER BY change_no;

-- The whole store, for verifying.
-- name: plan_change_all
-- columns: change_no, plan_id, what, row_no, version, field, title, year, old_text, new_text, from_day, doc_number, doc_day, at_us, name, source
-- params: plan_id int, task_no int
SELECT change_no, plan_id, what, row_no, version, field, title, year, old_text, new_text, from_day, doc_number, doc_day, at_us,
	name, source
FROM plan_change
WHERE commune_id = :commune_id AND (:plan_id = 0 OR plan_id = :plan_id)
	AND (:task_no = 0 OR (what = 2 AND row_no = :task_no))
ORDER BY change_no;

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

-- Of a task: what 2.
-- name: plan_redact_changes
-- params: plan_id int, task_no int
UPDATE plan_change
SET old_text = 'Bí mật nhà nước', new_text = 'Bí mật nhà nước', doc_number = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND (:task_no = 0 OR (what = 2 AND row_no = :task_no));

-- Lines of both sides: what one plan says, the other mostly says too.
-- name: plan_redact_line_fields
-- params: plan_id int, task_no int
UPDATE plan_line_field
SET old_text = 'Bí mật nhà nước', new_text = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND EXISTS (
	SELECT 1 FROM plan_succession s
	JOIN plan_line l ON l.commune_id = s.commune_id AND l.succession_no = s.succession_no
	WHERE s.commune_id = :commune_id AND s.succession_no = plan_line_field.succession_no
		AND l.line_no = plan_line_field.line_no
		AND ((s.old_plan_id = :plan_id AND (:task_no = 0 OR (l.what = 2 AND l.old_no = :task_no)))
			OR (s.new_plan_id = :plan_id AND (:task_no = 0 OR (l.what = 2 AND l.new_no = :task_no)))));
