-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: report_rule_insert
-- params: plan_id int, rule_no int, item text, cadence int, due_month int, due_day int, is_before int, sender text?, receiver text?, body text
INSERT INTO report_rule (commune_id, plan_id, rule_no, item, cadence, due_month, due_day, is_before, sender, receiver,
	body)
VALUES (:commune_id, :plan_id, :rule_no, :item, :cadence, :due_month, :due_day, :is_before, :sender, :receiver,
	:body);

-- name: report_rule_list
-- columns: rule_no, item, cadence, due_month, due_day, is_before, sender, receiver, body
-- params: plan_id int
SELECT rule_no, item, cadence, due_month, due_day, is_before, sender, receiver, body
FROM report_rule
WHERE commune_id = :commune_id AND plan_id = :plan_id
ORDER BY rule_no;

-- ---- state secrets ----

-- name: report_redact
-- params: plan_id int, task_no int
UPDATE report_rule SET sender = NULL, receiver = NULL, body = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;
