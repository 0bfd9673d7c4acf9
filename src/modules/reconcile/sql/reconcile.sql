-- SPDX-License-Identifier: GPL-3.0-or-later

-- The rules of a day. The comparison itself is asked for by the plans (lưu vết, ký số, đối soát tiến độ, giải ngân, sản
-- phẩm); the thresholds are the program's until a commune sets its own.
-- name: reconcile_rules
-- columns: rule, title, hint, unit, is_on, threshold, valid_from, source, name, position
-- params: day int
SELECT v.column1, v.column2, v.column3, v.column4, COALESCE(r.is_on, v.column5), COALESCE(r.threshold, v.column6),
	COALESCE(r.valid_from, 0), COALESCE(r.source, 'Mặc định của chương trình'), r.name, v.column7
FROM (VALUES
	('giai-ngan-khong-san-pham', 'Đã giải ngân, chưa có sản phẩm',
		'Đã giải ngân từ ngần ấy phần trăm phân bổ mà chưa có sản phẩm nào được nghiệm thu.', '% phân bổ', 1, 50, 1),
	('xong-chua-giai-ngan', 'Đã xong, chưa giải ngân',
		'Có phân bổ, mọi phần việc đã nghiệm thu quá ngần ấy ngày mà chưa giải ngân đồng nào.', 'ngày', 1, 30, 2),
	('vuot-phan-bo', 'Giải ngân vượt phân bổ',
		'Giải ngân nhiều hơn phân bổ quá ngần ấy phần trăm.', '% phân bổ', 1, 0, 3),
	('vuot-du-toan', 'Phân bổ vượt dự toán',
		'Phân bổ nhiều hơn dự toán quá ngần ấy phần trăm.', '% dự toán', 1, 0, 4),
	('du-tien-do-chua-nghiem-thu', 'Tiến độ 100 %, chưa nghiệm thu',
		'Báo tiến độ 100 % quá ngần ấy ngày mà chưa có gì được nghiệm thu.', 'ngày', 1, 10, 5),
	('chi-sau-khi-khep', 'Chi sau khi nhiệm vụ đã khép',
		'Có khoản giải ngân sau ngày nghiệm thu cuối cùng quá ngần ấy ngày.', 'ngày', 1, 30, 6),
	('lech-tien-do', 'Tiến độ và giải ngân lệch nhau',
		'Phần trăm tiến độ và phần trăm giải ngân trên phân bổ cách nhau quá ngần ấy điểm, khi nhiệm vụ chưa khép.',
		'điểm phần trăm', 1, 40, 7)) AS v
LEFT JOIN reconcile_rule r ON r.commune_id = :commune_id AND r.rule = v.column1 AND r.valid_from = (
	SELECT MAX(n.valid_from) FROM reconcile_rule n
	WHERE n.commune_id = :commune_id AND n.rule = v.column1 AND n.valid_from <= :day)
ORDER BY v.column7;

-- name: reconcile_put_rule
-- params: rule text, valid_from int, is_on int, threshold int, source text, name text?, at_us int
INSERT INTO reconcile_rule (commune_id, rule, valid_from, is_on, threshold, source, name, at_us)
VALUES (:commune_id, :rule, :valid_from, :is_on, :threshold, :source, :name, :at_us)
ON CONFLICT (commune_id, rule, valid_from) DO UPDATE SET is_on = excluded.is_on, threshold = excluded.threshold,
	source = excluded.source, name = excluded.name, at_us = excluded.at_us;

-- name: reconcile_own_rules
-- columns: rule, valid_from, is_on, threshold, source
SELECT rule, valid_from, is_on, threshold, source
FROM reconcile_rule
WHERE commune_id = :commune_id
ORDER BY rule, valid_from;
