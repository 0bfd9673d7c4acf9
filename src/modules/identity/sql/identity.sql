-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a commune begins with: roles …
-- name: identity_seed_roles
INSERT INTO identity_role (commune_id, role, name, position, by_post)
SELECT :commune_id, v.column1, v.column2, v.column3, v.column4
FROM (VALUES
	('quan-tri', 'Quản trị hệ thống', 1, 0),
	('thuong-truc', 'Cơ quan thường trực', 2, 0),
	('lanh-dao', 'Lãnh đạo', 3, 0),
	('truong-don-vi', 'Thủ trưởng cơ quan, đơn vị', 4, 2),
	('chu-tri', 'Đơn vị chủ trì', 5, 1),
	('phoi-hop', 'Đơn vị phối hợp', 6, 1),
	('kiem-tra', 'Kiểm tra, giám sát', 7, 0),
	('mat-tran', 'Mặt trận Tổ quốc và đoàn thể', 8, 0),
	('cap-tren', 'Cơ quan cấp trên', 9, 0),
	('cong-khai', 'Chỉ xem phần công khai', 10, 0),
	('tong-hop', 'Đơn vị tổng hợp', 11, 0),
	('quyet-dinh', 'Người quyết định điều chỉnh', 12, 0),
	('ban-chi-dao', 'Ban Chỉ đạo', 13, 0),
	('giup-viec', 'Tổ giúp việc', 14, 0),
	('danh-gia', 'Đơn vị đánh giá, chấm điểm', 15, 0)) AS v
WHERE true
ON CONFLICT (commune_id, role) DO NOTHING;

-- … and what each of them may. Whoever manages accounts decides nothing about plans; whoever inspects changes nothing.
-- name: identity_seed_permissions
INSERT INTO identity_role_permission (commune_id, role, permission)
SELECT :commune_id, v.column1, v.column2
FROM (VALUES
	('quan-tri', 'read'), ('quan-tri', 'accounts'), ('quan-tri', 'system'), ('quan-tri', 'ledger'),
	('thuong-truc', 'read'), ('thuong-truc', 'download'), ('thuong-truc', 'import'), ('thuong-truc', 'review'),
	('thuong-truc', 'publish'), ('thuong-truc', 'evidence'), ('truong-don-vi', 'evidence'), ('chu-tri', 'evidence'),
	('phoi-hop', 'evidence'),
	('thuong-truc', 'calendar'),
	('lanh-dao', 'read'), ('lanh-dao', 'download'), ('lanh-dao', 'ledger'),
	('truong-don-vi', 'read'), ('truong-don-vi', 'download'), ('truong-don-vi', 'review'),
	('chu-tri', 'read'), ('chu-tri', 'download'),
	('phoi-hop', 'read'), ('phoi-hop', 'download'),
	('kiem-tra', 'read'), ('kiem-tra', 'download'), ('kiem-tra', 'ledger'), ('kiem-tra', 'system'),
	('mat-tran', 'read'), ('mat-tran', 'download'),
	('cap-tren', 'read'), ('cap-tren', 'download'),
	('cong-khai', 'read'),
	('quan-tri', 'roles'), ('lanh-dao', 'roles'),
	('thuong-truc', 'operate'), ('thuong-truc', 'consolidate'), ('thuong-truc', 'propose'), ('thuong-truc', 'accept'),
	('truong-don-vi', 'approve'), ('truong-don-vi', 'propose'),
	('chu-tri', 'update'), ('chu-tri', 'propose'), ('phoi-hop', 'contribute'),
	('tong-hop', 'read'), ('tong-hop', 'download'), ('tong-hop', 'consolidate'),
	('quyet-dinh', 'read'), ('quyet-dinh', 'download'), ('quyet-dinh', 'decide'),
	('ban-chi-dao', 'read'), ('ban-chi-dao', 'download'), ('ban-chi-dao', 'propose'), ('ban-chi-dao', 'accept'),
	('giup-viec', 'read'), ('giup-viec', 'download'), ('giup-viec', 'operate'),
	('danh-gia', 'read'), ('danh-gia', 'download'), ('danh-gia', 'grade'),
	('thuong-truc', 'remind'), ('giup-viec', 'remind'), ('lanh-dao', 'explain'), ('ban-chi-dao', 'explain'),
	('kiem-tra', 'inspect'), ('mat-tran', 'supervise')) AS v
WHERE true
ON CONFLICT (commune_id, role, permission) DO NOTHING;

-- The value and its source are those that a commune begins with.
-- name: identity_seed_rules
INSERT INTO identity_rule (commune_id, rule, value, name, source, position, unit, direction, value_min, value_max, zero, is_fixed)
SELECT :commune_id, v.column1, v.column2, v.column3, v.column4, v.column5, v.column6, v.column7, v.column8, v.column9, v.column10,
	v.column11
FROM (VALUES
	('idle_minutes', 15, 'Không thao tác thì phải đăng nhập lại sau', 'TCVN 14423, cấp độ 2', 1, 'phút', -1, 1, 60, '', 0),
	('admin_idle_minutes', 5, 'Như trên, với tài khoản quản trị', 'TCVN 14423, cấp độ 2', 2, 'phút', -1, 1, 60, '', 0),
	('session_hours', 12, 'Một phiên dùng được dài nhất', 'Mặc định của chương trình', 3, 'giờ', -1, 1, 24, '', 0),
	('failures_max', 5, 'Đăng nhập sai liên tiếp thì khóa sau', 'TCVN 14423, cấp độ 2', 4, 'lần', -1, 3, 10, '', 0),
	('lock_minutes', 15, 'Khóa sau khi sai quá số lần', 'Mặc định của chương trình', 5, 'phút', 1, 5, 1440, '', 0),
	('unused_days', 45, 'Tài khoản không dùng thì ngừng sau', 'TCVN 14423, cấp độ 2', 6, 'ngày', -1, 7, 365, '', 0),
	('password_length', 14, 'Độ dài mật khẩu khi không có xác thực hai lớp', 'TCVN 14423, cấp độ 2', 7, 'ký tự', 1, 8, 64, '', 0),
	('password_length_totp', 8, 'Độ dài mật khẩu khi có xác thực hai lớp', 'TCVN 14423, cấp độ 2', 8, 'ký tự', 1, 8, 64, '', 0),
	('password_history', 10, 'Không dùng lại các mật khẩu gần nhất', 'TCVN 14423, cấp độ 3', 9, 'mật khẩu', 1, 1, 24, '', 0),
	('admin_password_days', 0, 'Tài khoản quản trị phải đổi mật khẩu sau', 'Mặc định của chương trình', 10, 'ngày', -1, 7, 365,
	 'không bắt buộc', 0),
	('totp_admin', 1, 'Tài khoản quản trị phải xác thực hai lớp', 'TCVN 14423, cấp độ 2', 11, '', 1, 0, 1, '', 0),
	('totp_all', 0, 'Mọi tài khoản phải xác thực hai lớp', 'Mặc định của chương trình', 12, '', 1, 0, 1, '', 0),
	('log_months', 0, 'Giữ nhật ký và lịch sử đăng nhập', 'Chương trình không xóa nhật ký', 13, 'tháng', 1, 0, 0, 'không xóa', 1),
	('review_months', 6, 'Rà soát lại các quyền đã giao sau', 'TCVN 14423, cấp độ 2', 14, 'tháng', -1, 1, 12, '', 0)) AS v
WHERE true
ON CONFLICT (commune_id, rule) DO UPDATE SET name = excluded.name, position = excluded.position, unit = excluded.unit,
	direction = excluded.direction, value_min = excluded.value_min, value_max = excluded.value_max, zero = excluded.zero,
	is_fixed = excluded.is_fixed;

-- What one person may not be at once …
-- name: identity_seed_duties
INSERT INTO identity_duty (commune_id, duty_no, kind, first, second, decider, source, valid_from, valid_to)
SELECT :commune_id, v.column1, v.column2, v.column3, v.column4,
	CASE v.column2 WHEN 4 THEN 'Chủ tịch UBND, là chủ quản hệ thống' ELSE 'Thường trực Đảng ủy hoặc Chủ tịch UBND' END,
	CASE v.column2 WHEN 4 THEN 'TCVN 14423: tài khoản quản trị tách khỏi tài khoản tác nghiệp'
		ELSE 'Cách phân công trong các kế hoạch thực hiện Nghị quyết 57-NQ/TW; xã sửa theo quy chế của mình' END,
	20270, NULL
FROM (VALUES
	(1, 1, 'consolidate', 'grade'),
	(2, 1, 'consolidate', 'inspect'),
	(3, 1, 'consolidate', 'supervise'),
	(4, 1, 'operate', 'grade'),
	(5, 1, 'operate', 'inspect'),
	(6, 1, 'operate', 'supervise'),
	(7, 1, 'operate', 'decide'),
	(8, 1, 'publish', 'inspect'),
	(9, 1, 'publish', 'supervise'),
	(10, 1, 'accept', 'inspect'),
	(11, 1, 'decide', 'inspect'),
	(12, 1, 'decide', 'supervise'),
	(13, 2, 'propose', 'decide'),
	(14, 2, 'update', 'accept'),
	(15, 2, 'approve', 'accept'),
	(16, 3, '', 'grade'),
	(17, 3, '', 'inspect'),
	(18, 3, '', 'supervise'),
	(19, 4, 'quan-tri', 'download'),
	(20, 4, 'quan-tri', 'import'),
	(21, 4, 'quan-tri', 'review'),
	(22, 4, 'quan-tri', 'publish'),
	(23, 4, 'quan-tri', 'update'),
	(24, 4, 'quan-tri', 'contribute'),
	(25, 4, 'quan-tri', 'approve'),
	(26, 4, 'quan-tri', 'accept'),
	(27, 4, 'quan-tri', 'operate'),
	(28, 4, 'quan-tri', 'consolidate'),
	(29, 4, 'quan-tri', 'propose'),
	(30, 4, 'quan-tri', 'decide'),
	(31, 4, 'quan-tri', 'inspect'),
	(32, 4, 'quan-tri', 'supervise'),
	(33, 4, 'quan-tri', 'grade')) AS v
WHERE true
ON CONFLICT (commune_id, duty_no) DO NOTHING;

-- … and by what words plans give roles.
-- name: identity_seed_hints
INSERT INTO identity_role_hint (commune_id, hint_no, place, phrase, role)
SELECT :commune_id, v.column1, v.column2, v.column3, v.column4
FROM (VALUES
	(1, 1, 'uy ban kiem tra', 'kiem-tra'),
	(2, 1, 'mat tran', 'mat-tran'),
	(3, 1, 'mttq', 'mat-tran'),
	(4, 1, 'chinh tri - xa hoi', 'mat-tran'),
	(5, 1, 'doan tncs', 'mat-tran'),
	(6, 1, 'doan thanh nien', 'mat-tran'),
	(7, 1, 'hoi lien hiep phu nu', 'mat-tran'),
	(8, 1, 'hoi nong dan', 'mat-tran'),
	(9, 1, 'hoi cuu chien binh', 'mat-tran'),
	(10, 1, 'ban chi dao', 'ban-chi-dao'),
	(11, 1, 'co quan thuong truc', 'thuong-truc'),
	(12, 1, 'to giup viec', 'giup-viec'),
	(13, 1, 'thuong truc dang uy', 'quyet-dinh'),
	(14, 1, 'chu tich uy ban', 'quyet-dinh'),
	(15, 1, 'chu tich ubnd', 'quyet-dinh'),
	(16, 2, 'la co quan thuong truc', 'thuong-truc'),
	(17, 2, 'la don vi thuong truc', 'thuong-truc'),
	(18, 2, 'vai tro co quan thuong truc', 'thuong-truc'),
	(19, 2, 'nhiem vu co quan thuong truc', 'thuong-truc'),
	(20, 2, 'chuc nang co quan thuong truc', 'thuong-truc'),
	(21, 2, 'theo doi, don doc', 'thuong-truc'),
	(22, 2, 'tong hop, bao cao', 'tong-hop'),
	(23, 2, 'tong hop bao cao', 'tong-hop'),
	(24, 2, 'tong hop ket qua', 'tong-hop'),
	(25, 2, 'tong hop tinh hinh', 'tong-hop'),
	(26, 2, 'quyet dinh dieu chinh', 'quyet-dinh'),
	(27, 2, 'quyet dinh viec dieu chinh', 'quyet-dinh'),
	(28, 2, 'danh gia, xep loai', 'danh-gia'),
	(29, 2, 'phan bien xa hoi', 'mat-tran')) AS v
WHERE true
ON CONFLICT (commune_id, hint_no) DO NOTHING;

-- The weakest values of the levels; 0 is 01/01/1970: as long as the program knows of.
-- name: identity_seed_level_rules
INSERT INTO identity_level_rule (commune_id, rule, level, valid_from, valid_to, value, source)
SELECT :commune_id, v.column1, v.column2, 0, NULL, v.column3, v.column4
FROM (VALUES
	('idle_minutes', 2, 15, 'TCVN 14423, cấp độ 2'),
	('idle_minutes', 3, 15, 'TCVN 14423, cấp độ 3'),
	('admin_idle_minutes', 2, 5, 'TCVN 14423, cấp độ 2'),
	('admin_idle_minutes', 3, 5, 'TCVN 14423, cấp độ 3'),
	('failures_max', 2, 5, 'TCVN 14423, cấp độ 2'),
	('failures_max', 3, 5, 'TCVN 14423, cấp độ 3'),
	('unused_days', 2, 45, 'TCVN 14423, cấp độ 2'),
	('unused_days', 3, 45, 'TCVN 14423, cấp độ 3'),
	('password_length', 2, 14, 'TCVN 14423, cấp độ 2'),
	('password_length', 3, 14, 'TCVN 14423, cấp độ 3'),
	('password_length_totp', 2, 8, 'TCVN 14423, cấp độ 2'),
	('password_length_totp', 3, 8, 'TCVN 14423, cấp độ 3'),
	('password_history', 3, 10, 'TCVN 14423, cấp độ 3'),
	('admin_password_days', 3, 60, 'TCVN 14423, cấp độ 3 (2 tháng)'),
	('totp_admin', 2, 1, 'TCVN 14423, cấp độ 2'),
	('totp_admin', 3, 1, 'TCVN 14423, cấp độ 3'),
	('totp_all', 3, 1, 'TCVN 14423, cấp độ 3 (truy cập từ xa, qua Internet)'),
	('log_months', 2, 1, 'TCVN 14423, cấp độ 2'),
	('log_months', 3, 3, 'TCVN 14423, cấp độ 3'),
	('review_months', 2, 6, 'TCVN 14423, cấp độ 2'),
	('review_months', 3, 6, 'TCVN 14423, cấp độ 3')) AS v
WHERE true
ON CONFLICT (commune_id, rule, level, valid_from) DO NOTHING;

-- The level of a day.
-- name: identity_find_level
-- hot
-- columns: level, valid_from, source
-- params: day int
SELECT level, valid_from, source FROM identity_level
WHERE commune_id = :commune_id AND valid_from <= :day
ORDER BY valid_from DESC
LIMIT 1;

-- name: identity_list_levels
-- columns: valid_from, level, source
SELECT valid_from, level, source FROM identity_level WHERE commune_id = :commune_id ORDER BY valid_from;

-- name: identity_set_level
-- params: valid_from int, level int, source text
INSERT INTO identity_level (commune_id, valid_from, level, source) VALUES (:commune_id, :valid_from, :level, :source)
ON CONFLICT (commune_id, valid_from) DO UPDATE SET level = excluded.level, source = excluded.source;

-- Each rule on a day: what the commune has set for it, and what a level asks.
-- name: identity_list_rules
-- hot
-- columns: rule, name, unit, direction, value_min, value_max, zero, is_fixed, first_value, first_source, own_value, own_from
-- columns: own_source, level_value, level_source
-- params: day int, level int
SELECT r.rule, r.name, r.unit, r.direction, r.value_min, r.value_max, r.zero, r.is_fixed, r.value AS first_value,
	r.source AS first_source, o.value AS own_value, o.valid_from AS own_from, o.source AS own_source, l.value AS level_value,
	l.source AS level_source
FROM identity_rule r
LEFT JOIN identity_rule_value o ON o.commune_id = r.commune_id AND o.rule = r.rule AND o.valid_from = (
	SELECT MAX(m.valid_from) FROM identity_rule_value m
	WHERE m.commune_id = r.commune_id AND m.rule = r.rule AND m.valid_from <= :day)
LEFT JOIN identity_level_rule l ON l.commune_id = r.commune_id AND l.rule = r.rule AND l.level = :level
	AND l.valid_from <= :day AND (l.valid_to IS NULL OR l.valid_to > :day)
WHERE r.commune_id = :commune_id
ORDER BY r.position, r.rule;

-- name: identity_list_rule_values
-- columns: rule, valid_from, value, source
SELECT rule, valid_from, value, source FROM identity_rule_value WHERE commune_id = :commune_id ORDER BY rule, valid_from;

-- name: identity_set_rule_value
-- params: rule text, valid_from int, value int, source text
INSERT INTO identity_rule_value (commune_id, rule, valid_from, value, source)
VALUES (:commune_id, :rule, :valid_from, :value, :source)
ON CONFLICT (commune_id, rule, valid_from) DO UPDATE SET value = excluded.value, source = excluded.source;

-- Whom a change of the rules concerns: accounts that may sign in, with the age of their passwords.
-- name: identity_list_concerned
-- columns: account_id, kind, has_totp, password_us
SELECT a.account_id, a.kind, CASE WHEN a.totp_secret IS NULL THEN 0 ELSE 1 END AS has_totp,
	(SELECT MAX(p.set_us) FROM identity_password p WHERE p.commune_id = a.commune_id AND p.account_id = a.account_id) AS password_us
FROM identity_account a
WHERE a.commune_id = :commune_id AND a.disabled_us IS NULL
ORDER BY a.account_id;

-- name: identity_list_roles
-- columns: role, name
SELECT role, name FROM identity_role WHERE commune_id = :commune_id ORDER BY position, role;

-- name: identity_role_permissions
-- columns: permission
-- params: role text
SELECT permission FROM identity_role_permission WHERE commune_id = :commune_id AND role = :role ORDER BY permission;

-- Whether there ever was an administrator: from then on nobody comes in without signing in.
-- name: identity_has_admin
-- hot
-- columns: account_id
-- params: kind int
SELECT account_id FROM identity_account WHERE commune_id = :commune_id AND kind = :kind LIMIT 1;

-- Administrators that could sign in, but for one.
-- name: identity_count_other_admins
-- columns: n
-- params: kind int, account_id int
SELECT COUNT(*) AS n
FROM identity_account a
JOIN identity_grant g ON g.commune_id = a.commune_id AND g.account_id = a.account_id AND g.role = 'quan-tri'
WHERE a.commune_id = :commune_id AND a.kind = :kind AND a.disabled_us IS NULL AND a.account_id <> :account_id;

-- name: identity_insert_person
-- columns: person_id
-- params: name text, position text, unit text, now int
INSERT INTO identity_person (commune_id, person_id, name, position, unit, created_us)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(p.person_id), 0) + 1 FROM identity_person p WHERE p.commune_id = :commune_id),
	:name, :position, :unit, :now)
RETURNING person_id;

-- name: identity_insert_account
-- columns: account_id
-- params: person_id int, login text, kind int, password_hash text, must_change int, now int
INSERT INTO identity_account (commune_id, account_id, person_id, login, kind, password_hash, must_change, failed_count,
	locked_until_us, disabled_us, last_seen_us, totp_secret, totp_step, created_us)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(a.account_id), 0) + 1 FROM identity_account a WHERE a.commune_id = :commune_id),
	:person_id, :login, :kind, :password_hash, :must_change, 0, 0, NULL, :now, NULL, 0, :now)
RETURNING account_id;

-- name: identity_find_account
-- columns: account_id, person_id, login, kind, password_hash, must_change, failed_count, locked_until_us, disabled_us, last_seen_us
-- columns: totp_secret, totp_step, created_us, name, position, unit
-- params: account_id int
SELECT a.account_id, a.person_id, a.login, a.kind, a.password_hash, a.must_change, a.failed_count, a.locked_until_us,
	a.disabled_us, a.last_seen_us, a.totp_secret, a.totp_step, a.created_us, p.name, p.position, p.unit
FROM identity_account a
JOIN identity_person p ON p.commune_id = a.commune_id AND p.person_id = a.person_id
WHERE a.commune_id = :commune_id AND a.account_id = :account_id;

-- name: identity_find_login
-- hot
-- columns: account_id
-- params: login text
SELECT account_id FROM identity_account WHERE commune_id = :commune_id AND login = :login;

-- name: identity_list_accounts
-- columns: account_id
SELECT account_id FROM identity_account WHERE commune_id = :commune_id ORDER BY account_id;

-- name: identity_set_standing
-- params: account_id int, disabled_us int?, last_seen_us int
UPDATE identity_account
SET disabled_us = :disabled_us, last_seen_us = :last_seen_us, failed_count = 0, locked_until_us = 0
WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_set_password
-- params: account_id int, password_hash text, must_change int
UPDATE identity_account
SET password_hash = :password_hash, must_change = :must_change, failed_count = 0, locked_until_us = 0
WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_keep_password
-- params: account_id int, now int, password_hash text
INSERT INTO identity_password (commune_id, account_id, set_no, set_us, password_hash)
VALUES (:commune_id, :account_id,
	(SELECT COALESCE(MAX(p.set_no), 0) + 1 FROM identity_password p
	 WHERE p.commune_id = :commune_id AND p.account_id = :account_id),
	:now, :password_hash);

-- name: identity_list_passwords
-- columns: password_hash
-- params: account_id int, row_limit int
SELECT password_hash FROM identity_password
WHERE commune_id = :commune_id AND account_id = :account_id
ORDER BY set_no DESC
LIMIT :row_limit;

-- name: identity_password_set
-- columns: set_us
-- params: account_id int
SELECT set_us FROM identity_password
WHERE commune_id = :commune_id AND account_id = :account_id
ORDER BY set_no DESC
LIMIT 1;

-- name: identity_count_failure
-- params: account_id int, failed_count int, locked_until_us int
UPDATE identity_account SET failed_count = :failed_count, locked_until_us = :locked_until_us
WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_set_totp
-- params: account_id int, totp_secret bytes?, totp_step int
UPDATE identity_account SET totp_secret = :totp_secret, totp_step = :totp_step
WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_use_totp
-- params: account_id int, totp_step int
UPDATE identity_account SET totp_step = :totp_step
WHERE commune_id = :commune_id AND account_id = :account_id AND totp_step < :totp_step;

-- name: identity_insert_recovery
-- params: account_id int, code_hash bytes
INSERT INTO identity_recovery (commune_id, account_id, code_hash) VALUES (:commune_id, :account_id, :code_hash);

-- name: identity_use_recovery
-- params: account_id int, code_hash bytes
DELETE FROM identity_recovery WHERE commune_id = :commune_id AND account_id = :account_id AND code_hash = :code_hash;

-- name: identity_clear_recovery
-- params: account_id int
DELETE FROM identity_recovery WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_grant
-- params: account_id int, role text, now int, by_name text
INSERT INTO identity_grant (commune_id, account_id, role, granted_us, granted_by)
VALUES (:commune_id, :account_id, :role, :now, :by_name)
ON CONFLICT (commune_id, account_id, role) DO NOTHING;

-- name: identity_revoke
-- params: account_id int, role text
DELETE FROM identity_grant WHERE commune_id = :commune_id AND account_id = :account_id AND role = :role;

-- name: identity_list_grants
-- columns: role, name
-- params: account_id int
SELECT g.role, r.name
FROM identity_grant g
JOIN identity_role r ON r.commune_id = g.commune_id AND r.role = g.role
WHERE g.commune_id = :commune_id AND g.account_id = :account_id
ORDER BY r.position, g.role;

-- All roles of an account, whatever they came by (AppVia); asked for every request. A post in a unit counts for every
-- entry that is the same unit today (agency_sources()).
-- name: identity_account_grants
-- hot
-- columns: via, plan_id, agency_id, is_head, role, role_name, agency_name, permissions
-- params: account_id int, person_id int, today int
WITH RECURSIVE link AS (
	SELECT l.old_id, l.new_id
	FROM agency_link l
	JOIN agency_change c ON c.commune_id = l.commune_id AND c.change_no = l.change_no
	WHERE l.commune_id = :commune_id AND c.undone_by IS NULL AND (l.is_same = 1 OR c.day <= :today)
), later AS (
	SELECT p.agency_id, CASE p.rank WHEN 1 THEN 1 ELSE 0 END AS is_head
	FROM identity_post p
	WHERE p.commune_id = :commune_id AND p.person_id = :person_id AND p.is_void = 0
		AND p.valid_from <= :today AND COALESCE(p.valid_to, :today) >= :today
	UNION
	SELECT link.new_id, later.is_head FROM later JOIN link ON link.old_id = later.agency_id
), post AS (
	SELECT later.agency_id, later.is_head FROM later
	UNION
	SELECT link.old_id, post.is_head FROM post JOIN link ON link.new_id = post.agency_id
)
SELECT g.via, g.plan_id, g.agency_id, g.is_head, g.role, r.name AS role_name, a.name AS agency_name, COALESCE((
	SELECT GROUP_CONCAT(p.permission, ' ') FROM identity_role_permission p
	WHERE p.commune_id = :commune_id AND p.role = g.role), '') AS permissions
FROM (
	SELECT 1 AS via, 0 AS plan_id, 0 AS agency_id, 0 AS is_head, x.role
	FROM identity_grant x
	WHERE x.commune_id = :commune_id AND x.account_id = :account_id
	UNION ALL
	SELECT 2, x.plan_id, COALESCE(x.agency_id, 0), 1, x.role
	FROM identity_plan_role x
	WHERE x.commune_id = :commune_id AND x.account_id = :account_id AND x.standing = 2
		AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
	UNION ALL
	SELECT 3, x.plan_id, post.agency_id, post.is_head, x.role
	FROM post
	JOIN identity_plan_role x ON x.commune_id = :commune_id AND x.agency_id = post.agency_id AND x.standing = 2
	WHERE x.account_id IS NULL AND (x.who = 1 OR post.is_head = 1)
		AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
	UNION ALL
	SELECT 4, 0, post.agency_id, post.is_head, x.role
	FROM post
	JOIN identity_role x ON x.commune_id = :commune_id AND (x.by_post = 1 OR x.by_post = 2 AND post.is_head = 1)
) g
JOIN identity_role r ON r.commune_id = :commune_id AND r.role = g.role
LEFT JOIN agency a ON a.commune_id = :commune_id AND a.agency_id = g.agency_id
ORDER BY g.via, g.plan_id, r.position, g.agency_id;
-- pg:
WITH RECURSIVE link AS (
	SELECT l.old_id, l.new_id
	FROM agency_link l
	JOIN agency_change c ON c.commune_id = l.commune_id AND c.change_no = l.change_no
	WHERE l.commune_id = :commune_id AND c.undone_by IS NULL AND (l.is_same = 1 OR c.day <= :today)
), later AS (
	SELECT p.agency_id, CASE p.rank WHEN 1 THEN 1 ELSE 0 END AS is_head
	FROM identity_post p
	WHERE p.commune_id = :commune_id AND p.person_id = :person_id AND p.is_void = 0
		AND p.valid_from <= :today AND COALESCE(p.valid_to, :today) >= :today
	UNION
	SELECT link.new_id, later.is_head FROM later JOIN link ON link.old_id = later.agency_id
), post AS (
	SELECT later.agency_id, later.is_head FROM later
	UNION
	SELECT link.old_id, post.is_head FROM post JOIN link ON link.new_id = post.agency_id
)
SELECT g.via, g.plan_id, g.agency_id, g.is_head, g.role, r.name AS role_name, a.name AS agency_name, COALESCE((
	SELECT STRING_AGG(p.permission, ' ') FROM identity_role_permission p
	WHERE p.commune_id = :commune_id AND p.role = g.role), '') AS permissions
FROM (
	SELECT 1 AS via, 0 AS plan_id, 0 AS agency_id, 0 AS is_head, x.role
	FROM identity_grant x
	WHERE x.commune_id = :commune_id AND x.account_id = :account_id
	UNION ALL
	SELECT 2, x.plan_id, COALESCE(x.agency_id, 0), 1, x.role
	FROM identity_plan_role x
	WHERE x.commune_id = :commune_id AND x.account_id = :account_id AND x.standing = 2
		AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
	UNION ALL
	SELECT 3, x.plan_id, post.agency_id, post.is_head, x.role
	FROM post
	JOIN identity_plan_role x ON x.commune_id = :commune_id AND x.agency_id = post.agency_id AND x.standing = 2
	WHERE x.account_id IS NULL AND (x.who = 1 OR post.is_head = 1)
		AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
	UNION ALL
	SELECT 4, 0, post.agency_id, post.is_head, x.role
	FROM post
	JOIN identity_role x ON x.commune_id = :commune_id AND (x.by_post = 1 OR x.by_post = 2 AND post.is_head = 1)
) g
JOIN identity_role r ON r.commune_id = :commune_id AND r.role = g.role
LEFT JOIN agency a ON a.commune_id = :commune_id AND a.agency_id = g.agency_id
ORDER BY g.via, g.plan_id, r.position, g.agency_id;

-- name: identity_list_duties
-- hot
-- columns: duty_no, kind, first, second, decider, source
-- params: today int
SELECT duty_no, kind, first, second, decider, source
FROM identity_duty
WHERE commune_id = :commune_id AND valid_from <= :today AND COALESCE(valid_to, :today) >= :today
ORDER BY duty_no;

-- Every rule there is or was.
-- name: identity_all_duties
-- columns: duty_no, kind, first, second, decider, source, valid_from, valid_to
SELECT duty_no, kind, first, second, decider, source, valid_from, valid_to
FROM identity_duty
WHERE commune_id = :commune_id
ORDER BY duty_no;

-- name: identity_put_duty
-- params: duty_no int, kind int, first text, second text, decider text, source text, valid_from int, valid_to int?
INSERT INTO identity_duty (commune_id, duty_no, kind, first, second, decider, source, valid_from, valid_to)
VALUES (:commune_id, :duty_no, :kind, :first, :second, :decider, :source, :valid_from, :valid_to)
ON CONFLICT (commune_id, duty_no) DO UPDATE SET valid_to = excluded.valid_to, source = excluded.source;

-- name: identity_roles_with
-- columns: name
-- params: permission text
SELECT r.name
FROM identity_role_permission p
JOIN identity_role r ON r.commune_id = p.commune_id AND r.role = p.role
WHERE p.commune_id = :commune_id AND p.permission = :permission
ORDER BY r.position, r.role;

-- name: identity_insert_session
-- columns: session_id
-- params: token_hash bytes, account_id int, now int, address text, agent text, factor int
INSERT INTO identity_session (commune_id, session_id, token_hash, account_id, created_us, used_us, address, agent, revoked_us,
	factor)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(s.session_id), 0) + 1 FROM identity_session s WHERE s.commune_id = :commune_id),
	:token_hash, :account_id, :now, :now, :address, :agent, NULL, :factor)
RETURNING session_id;

-- Asked for every request: a session that was not ended, of an account that may sign in.
-- name: identity_find_session
-- hot
-- columns: session_id, account_id, created_us, used_us, factor, person_id, kind, must_change, has_totp, name, password_us
-- params: token_hash bytes
SELECT s.session_id, s.account_id, s.created_us, s.used_us, s.factor, a.person_id, a.kind, a.must_change,
	CASE WHEN a.totp_secret IS NULL THEN 0 ELSE 1 END AS has_totp, p.name,
	(SELECT w.set_us FROM identity_password w WHERE w.commune_id = a.commune_id AND w.account_id = a.account_id
	 ORDER BY w.set_no DESC LIMIT 1) AS password_us
FROM identity_session s
JOIN identity_account a ON a.commune_id = s.commune_id AND a.account_id = s.account_id
JOIN identity_person p ON p.commune_id = a.commune_id AND p.person_id = a.person_id
WHERE s.commune_id = :commune_id AND s.token_hash = :token_hash AND s.revoked_us IS NULL AND a.disabled_us IS NULL;

-- name: identity_touch_session
-- params: session_id int, now int
UPDATE identity_session SET used_us = :now WHERE commune_id = :commune_id AND session_id = :session_id AND used_us < :now;

-- name: identity_list_sessions
-- hot
-- columns: session_id, created_us, used_us, address, agent
-- params: account_id int, row_limit int
SELECT session_id, created_us, used_us, address, agent
FROM identity_session
WHERE commune_id = :commune_id AND account_id = :account_id AND revoked_us IS NULL
ORDER BY session_id DESC
LIMIT :row_limit;

-- name: identity_end_session
-- params: account_id int, session_id int, now int
UPDATE identity_session SET revoked_us = :now
WHERE commune_id = :commune_id AND account_id = :account_id AND session_id = :session_id AND revoked_us IS NULL;

-- All sessions of an account but one.
-- name: identity_end_sessions
-- params: account_id int, but int, now int
UPDATE identity_session SET revoked_us = :now
WHERE commune_id = :commune_id AND account_id = :account_id AND session_id <> :but AND revoked_us IS NULL;

-- name: identity_insert_signin
-- params: account_id int, now int, address text, agent text, result int, method int
INSERT INTO identity_signin (commune_id, signin_id, account_id, at_us, address, agent, result, method)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(s.signin_id), 0) + 1 FROM identity_signin s WHERE s.commune_id = :commune_id),
	:account_id, :now, :address, :agent, :result, :method);

-- name: identity_list_signins
-- hot
-- columns: at_us, address, agent, result, method
-- params: account_id int, row_limit int
SELECT at_us, address, agent, result, method
FROM identity_signin
WHERE commune_id = :commune_id AND account_id = :account_id
ORDER BY signin_id DESC
LIMIT :row_limit;

-- The session goes on with another token: from here on its owner has proved more.
-- name: identity_raise_session
-- params: account_id int, session_id int, token_hash bytes, factor int
UPDATE identity_session SET token_hash = :token_hash, factor = :factor
WHERE commune_id = :commune_id AND account_id = :account_id AND session_id = :session_id AND revoked_us IS NULL;

-- Second factors that were stored before there was a key to seal them with.
-- name: identity_list_unsealed
-- columns: account_id, totp_secret
-- params: len int
SELECT account_id, totp_secret FROM identity_account
WHERE commune_id = :commune_id AND totp_secret IS NOT NULL AND LENGTH(totp_secret) = :len
ORDER BY account_id;

-- name: identity_reseal_totp
-- params: account_id int, totp_secret bytes
UPDATE identity_account SET totp_secret = :totp_secret WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_find_link_by_subject
-- hot
-- columns: account_id
-- params: issuer text, subject text
SELECT account_id FROM identity_link WHERE commune_id = :commune_id AND issuer = :issuer AND subject = :subject;

-- Linked by an administrator, and not used yet.
-- name: identity_find_link_by_name
-- hot
-- columns: account_id
-- params: issuer text, name text
SELECT account_id FROM identity_link
WHERE commune_id = :commune_id AND issuer = :issuer AND name = :name AND subject IS NULL;

-- name: identity_find_link
-- hot
-- columns: issuer, name, subject, linked_us
-- params: account_id int
SELECT issuer, name, subject, linked_us FROM identity_link WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_set_link
-- params: account_id int, issuer text, name text, subject text?, now int
INSERT INTO identity_link (commune_id, account_id, issuer, name, subject, linked_us)
VALUES (:commune_id, :account_id, :issuer, :name, :subject, :now)
ON CONFLICT (commune_id, account_id) DO UPDATE SET issuer = excluded.issuer, name = excluded.name, subject = excluded.subject,
	linked_us = excluded.linked_us;

-- name: identity_drop_link
-- params: account_id int
DELETE FROM identity_link WHERE commune_id = :commune_id AND account_id = :account_id;

-- name: identity_list_links
-- columns: account_id, issuer, name, subject
SELECT account_id, issuer, name, subject FROM identity_link WHERE commune_id = :commune_id ORDER BY account_id;

-- name: identity_use_state
-- params: state_hash bytes, now int
INSERT INTO identity_oidc_state (commune_id, state_hash, used_us) VALUES (:commune_id, :state_hash, :now)
ON CONFLICT (commune_id, state_hash) DO NOTHING;

-- name: identity_forget_states
-- params: before int
DELETE FROM identity_oidc_state WHERE commune_id = :commune_id AND used_us < :before;

-- name: identity_post_insert
-- columns: post_id
-- params: person_id int, agency_id int, position text, rank int, is_main int, valid_from int, valid_to int?, from_change int?, now int
INSERT INTO identity_post (commune_id, post_id, person_id, agency_id, position, rank, is_main, valid_from, valid_to,
	is_void, from_change, to_change, created_us)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(p.post_id), 0) + 1 FROM identity_post p WHERE p.commune_id = :commune_id),
	:person_id, :agency_id, :position, :rank, :is_main, :valid_from, :valid_to, 0, :from_change, NULL, :now)
RETURNING post_id;

-- name: identity_post_update
-- params: post_id int, position text, rank int, is_main int, valid_from int, valid_to int?, is_void int, to_change int?
UPDATE identity_post
SET position = :position, rank = :rank, is_main = :is_main, valid_from = :valid_from, valid_to = :valid_to,
	is_void = :is_void, to_change = :to_change
WHERE commune_id = :commune_id AND post_id = :post_id;

-- name: identity_post_find
-- columns: post_id, person_id, agency_id, position, rank, is_main, valid_from, valid_to, is_void, from_change, to_change, person_name
-- params: post_id int
SELECT p.post_id, p.person_id, p.agency_id, p.position, p.rank, p.is_main, p.valid_from, p.valid_to, p.is_void,
	p.from_change, p.to_change, x.name
FROM identity_post p
JOIN identity_person x ON x.commune_id = p.commune_id AND x.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.post_id = :post_id;

-- name: identity_posts_of_person
-- hot
-- columns: post_id, person_id, agency_id, position, rank, is_main, valid_from, valid_to, is_void, from_change, to_change, person_name
-- params: person_id int
SELECT p.post_id, p.person_id, p.agency_id, p.position, p.rank, p.is_main, p.valid_from, p.valid_to, p.is_void,
	p.from_change, p.to_change, x.name
FROM identity_post p
JOIN identity_person x ON x.commune_id = p.commune_id AND x.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.person_id = :person_id
ORDER BY p.valid_from, p.is_main DESC, p.post_id;

-- name: identity_posts_of_agency
-- hot
-- columns: post_id, person_id, agency_id, position, rank, is_main, valid_from, valid_to, is_void, from_change, to_change, person_name
-- params: agency_id int
SELECT p.post_id, p.person_id, p.agency_id, p.position, p.rank, p.is_main, p.valid_from, p.valid_to, p.is_void,
	p.from_change, p.to_change, x.name
FROM identity_post p
JOIN identity_person x ON x.commune_id = p.commune_id AND x.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.agency_id = :agency_id
ORDER BY p.rank, p.valid_from, p.post_id;

-- name: identity_posts_all
-- columns: post_id, person_id, agency_id, position, rank, is_main, valid_from, valid_to, is_void, from_change, to_change, person_name
SELECT p.post_id, p.person_id, p.agency_id, p.position, p.rank, p.is_main, p.valid_from, p.valid_to, p.is_void,
	p.from_change, p.to_change, x.name
FROM identity_post p
JOIN identity_person x ON x.commune_id = p.commune_id AND x.person_id = p.person_id
WHERE p.commune_id = :commune_id
ORDER BY p.post_id;

-- name: identity_person_update
-- params: person_id int, name text, email text, phone text, other_contact text
UPDATE identity_person
SET name = :name, email = :email, phone = :phone, other_contact = :other_contact
WHERE commune_id = :commune_id AND person_id = :person_id;

-- The main post as words, for lists of accounts; the posts themselves are in identity_post.
-- name: identity_person_set_place
-- params: person_id int, position text, unit text
UPDATE identity_person SET position = :position, unit = :unit
WHERE commune_id = :commune_id AND person_id = :person_id;

-- name: identity_person_find
-- columns: person_id, name, email, phone, other_contact, position, unit, created_us, account_id, login, is_disabled
-- params: person_id int
SELECT p.person_id, p.name, p.email, p.phone, p.other_contact, p.position, p.unit, p.created_us, a.account_id, a.login,
	CASE WHEN a.disabled_us IS NULL THEN 0 ELSE 1 END AS is_disabled
FROM identity_person p
LEFT JOIN identity_account a ON a.commune_id = p.commune_id AND a.person_id = p.person_id
WHERE p.commune_id = :commune_id AND p.person_id = :person_id
ORDER BY a.account_id;

-- name: identity_person_list
-- columns: person_id, name, email, phone, other_contact, position, unit, created_us, account_id, login, is_disabled
SELECT p.person_id, p.name, p.email, p.phone, p.other_contact, p.position, p.unit, p.created_us, a.account_id, a.login,
	CASE WHEN a.disabled_us IS NULL THEN 0 ELSE 1 END AS is_disabled
FROM identity_person p
LEFT JOIN identity_account a ON a.commune_id = p.commune_id AND a.person_id = p.person_id
WHERE p.commune_id = :commune_id
ORDER BY p.person_id, a.account_id;

-- People without a post, those from before posts among them, whose unit is but a word.
-- name: identity_person_unplaced
-- columns: person_id
-- params: after int
SELECT p.person_id
FROM identity_person p
WHERE p.commune_id = :commune_id AND p.person_id > :after
	AND NOT EXISTS (SELECT 1 FROM identity_post x WHERE x.commune_id = p.commune_id AND x.person_id = p.person_id)
ORDER BY p.person_id
LIMIT 1;

-- name: identity_insert_plan_role
-- columns: plan_role_no
-- params: plan_id int, role text, who int, agency_id int?, account_id int?, valid_from int, valid_to int?, source text, item text, standing int, now int, by_name text
INSERT INTO identity_plan_role (commune_id, plan_role_no, plan_id, role, who, agency_id, account_id, valid_from, valid_to,
	source, item, standing, set_us, set_by)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(p.plan_role_no), 0) + 1 FROM identity_plan_role p WHERE p.commune_id = :commune_id),
	:plan_id, :role, :who, :agency_id, :account_id, :valid_from, :valid_to, :source, :item, :standing, :now, :by_name)
RETURNING plan_role_no;

-- name: identity_decide_plan_role
-- params: plan_role_no int, standing int, valid_to int?, set_us int, set_by text
UPDATE identity_plan_role
SET standing = :standing, valid_to = :valid_to, set_us = :set_us, set_by = :set_by
WHERE commune_id = :commune_id AND plan_role_no = :plan_role_no;

-- Of one plan, or of all (0); of one row, or of all (0).
-- name: identity_list_plan_roles
-- columns: plan_role_no, plan_id, role, role_name, who, agency_id, account_id, agency, account, person_id, valid_from, valid_to
-- columns: source, item, standing, set_us, set_by
-- params: plan_id int, plan_role_no int
SELECT x.plan_role_no, x.plan_id, x.role, r.name AS role_name, x.who, x.agency_id, x.account_id, a.name AS agency,
	p.name AS account, c.person_id, x.valid_from, x.valid_to, x.source, x.item, x.standing, x.set_us, x.set_by
FROM identity_plan_role x
JOIN identity_role r ON r.commune_id = x.commune_id AND r.role = x.role
LEFT JOIN agency a ON a.commune_id = x.commune_id AND a.agency_id = x.agency_id
LEFT JOIN identity_account c ON c.commune_id = x.commune_id AND c.account_id = x.account_id
LEFT JOIN identity_person p ON p.commune_id = c.commune_id AND p.person_id = c.person_id
WHERE x.commune_id = :commune_id AND (:plan_id = 0 OR x.plan_id = :plan_id)
	AND (:plan_role_no = 0 OR x.plan_role_no = :plan_role_no)
ORDER BY x.plan_id DESC, x.standing, r.position, x.plan_role_no;

-- name: identity_list_hints
-- columns: place, phrase, role
SELECT place, phrase, role FROM identity_role_hint WHERE commune_id = :commune_id ORDER BY hint_no;

-- name: identity_list_agencies
-- columns: agency_id, name
SELECT agency_id, name FROM agency WHERE commune_id = :commune_id AND is_generic = 0 ORDER BY name, agency_id;

-- Roles that may be given for one plan: those that give something there.
-- name: identity_list_roles_for_plans
-- columns: role, name
SELECT r.role, r.name
FROM identity_role r
WHERE r.commune_id = :commune_id AND r.role NOT IN ('quan-tri', 'cong-khai', 'cap-tren')
ORDER BY r.position, r.role;

-- Everything that was given to somebody, with the last time it was looked at.
-- name: identity_list_review_items
-- columns: account_id, role, plan_role_no, plan_id, role_name, given_us, given_by, reviewed_us, reviewed_by
SELECT g.account_id, g.role, g.plan_role_no, g.plan_id, r.name AS role_name, g.given_us, g.given_by,
	COALESCE(v.at_us, 0) AS reviewed_us, COALESCE(v.by_name, '') AS reviewed_by
FROM (
	SELECT x.account_id, x.role, 0 AS plan_role_no, 0 AS plan_id, x.granted_us AS given_us, x.granted_by AS given_by
	FROM identity_grant x
	WHERE x.commune_id = :commune_id
	UNION ALL
	SELECT COALESCE(x.account_id, 0), x.role, x.plan_role_no, x.plan_id, x.set_us, x.set_by
	FROM identity_plan_role x
	WHERE x.commune_id = :commune_id AND x.standing = 2
) g
JOIN identity_role r ON r.commune_id = :commune_id AND r.role = g.role
LEFT JOIN identity_review v ON v.commune_id = :commune_id AND v.review_no = (
	SELECT MAX(w.review_no) FROM identity_review w
	WHERE w.commune_id = :commune_id AND w.account_id = g.account_id AND w.role = g.role
		AND w.plan_role_no = g.plan_role_no AND w.at_us >= g.given_us)
ORDER BY g.account_id, g.plan_id, r.position, g.plan_role_no;

-- name: identity_insert_review
-- columns: review_no
-- params: account_id int, role text, plan_role_no int, result int, now int, by_person int, by_name text
INSERT INTO identity_review (commune_id, review_no, account_id, role, plan_role_no, result, at_us, by_person, by_name)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(v.review_no), 0) + 1 FROM identity_review v WHERE v.commune_id = :commune_id),
	:account_id, :role, :plan_role_no, :result, :now, :by_person, :by_name)
RETURNING review_no;

-- name: identity_list_reviews
-- columns: review_no, account_id, role, plan_role_no, result, at_us, by_person, by_name
SELECT review_no, account_id, role, plan_role_no, result, at_us, by_person, by_name
FROM identity_review
WHERE commune_id = :commune_id
ORDER BY review_no;

-- Who has a role with a permission: accounts for the commune or for a plan, and agencies in a plan (person_id 0).
-- name: identity_list_holders
-- columns: plan_id, person_id, agency_id, who
-- params: permission text, today int
SELECT 0 AS plan_id, a.person_id, 0 AS agency_id, 0 AS who
FROM identity_role_permission p
JOIN identity_grant g ON g.commune_id = p.commune_id AND g.role = p.role
JOIN identity_account a ON a.commune_id = g.commune_id AND a.account_id = g.account_id
WHERE p.commune_id = :commune_id AND p.permission = :permission AND a.disabled_us IS NULL
UNION
SELECT x.plan_id, a.person_id, 0, 0
FROM identity_role_permission p
JOIN identity_plan_role x ON x.commune_id = p.commune_id AND x.role = p.role
JOIN identity_account a ON a.commune_id = x.commune_id AND a.account_id = x.account_id
WHERE p.commune_id = :commune_id AND p.permission = :permission AND a.disabled_us IS NULL AND x.standing = 2
	AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
UNION
SELECT x.plan_id, 0, x.agency_id, x.who
FROM identity_role_permission p
JOIN identity_plan_role x ON x.commune_id = p.commune_id AND x.role = p.role
WHERE p.commune_id = :commune_id AND p.permission = :permission AND x.account_id IS NULL AND x.agency_id IS NOT NULL
	AND x.standing = 2 AND x.valid_from <= :today AND COALESCE(x.valid_to, :today) >= :today
ORDER BY 1, 2, 3, 4;

-- ---- state secrets: that a role is there stays, the plan's words do not ----

-- name: identity_redact_plan_roles
-- params: plan_id int, task_no int
UPDATE identity_plan_role SET source = 'Bí mật nhà nước', item = ''
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;
