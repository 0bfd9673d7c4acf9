-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a commune begins with: roles …
-- name: identity_seed_roles
INSERT INTO identity_role (commune_id, role, name, position)
SELECT :commune_id, v.column1, v.column2, v.column3
FROM (VALUES
	('quan-tri', 'Quản trị hệ thống', 1),
	('thuong-truc', 'Cơ quan thường trực', 2),
	('lanh-dao', 'Lãnh đạo', 3),
	('truong-don-vi', 'Thủ trưởng cơ quan, đơn vị', 4),
	('chu-tri', 'Đơn vị chủ trì', 5),
	('phoi-hop', 'Đơn vị phối hợp', 6),
	('kiem-tra', 'Kiểm tra, giám sát', 7),
	('mat-tran', 'Mặt trận Tổ quốc và đoàn thể', 8),
	('cap-tren', 'Cơ quan cấp trên', 9),
	('cong-khai', 'Chỉ xem phần công khai', 10)) AS v
WHERE true
ON CONFLICT (commune_id, role) DO NOTHING;

-- … and what each of them may. Whoever manages accounts decides nothing about plans; whoever inspects changes nothing.
-- name: identity_seed_permissions
INSERT INTO identity_role_permission (commune_id, role, permission)
SELECT :commune_id, v.column1, v.column2
FROM (VALUES
	('quan-tri', 'read'), ('quan-tri', 'accounts'), ('quan-tri', 'system'), ('quan-tri', 'ledger'),
	('thuong-truc', 'read'), ('thuong-truc', 'download'), ('thuong-truc', 'import'), ('thuong-truc', 'review'),
	('thuong-truc', 'publish'),
	('thuong-truc', 'calendar'), ('thuong-truc', 'assign'), ('thuong-truc', 'update'), ('thuong-truc', 'accept'),
	('lanh-dao', 'accept'), ('lanh-dao', 'decide'), ('truong-don-vi', 'update'), ('chu-tri', 'update'),
	('phoi-hop', 'update'),
	('lanh-dao', 'read'), ('lanh-dao', 'download'), ('lanh-dao', 'ledger'),
	('truong-don-vi', 'read'), ('truong-don-vi', 'download'), ('truong-don-vi', 'review'),
	('chu-tri', 'read'), ('chu-tri', 'download'),
	('phoi-hop', 'read'), ('phoi-hop', 'download'),
	('kiem-tra', 'read'), ('kiem-tra', 'download'), ('kiem-tra', 'ledger'), ('kiem-tra', 'system'),
	('mat-tran', 'read'), ('mat-tran', 'download'),
	('cap-tren', 'read'), ('cap-tren', 'download'),
	('cong-khai', 'read')) AS v
WHERE true
ON CONFLICT (commune_id, role, permission) DO NOTHING;

-- name: identity_seed_rules
INSERT INTO identity_rule (commune_id, rule, value, name, source, position)
SELECT :commune_id, v.column1, v.column2, v.column3, v.column4, v.column5
FROM (VALUES
	('idle_minutes', 15, 'Số phút không thao tác thì phải đăng nhập lại', 'TCVN 14423, cấp độ 2', 1),
	('admin_idle_minutes', 5, 'Như trên, với tài khoản quản trị', 'TCVN 14423, cấp độ 2', 2),
	('session_hours', 12, 'Số giờ một phiên được dùng dài nhất', 'Mặc định của chương trình', 3),
	('failures_max', 5, 'Số lần đăng nhập sai thì khóa', 'TCVN 14423, cấp độ 2', 4),
	('lock_minutes', 15, 'Số phút khóa sau khi sai quá số lần', 'Mặc định của chương trình', 5),
	('unused_days', 45, 'Số ngày không dùng thì tài khoản ngừng', 'TCVN 14423, cấp độ 2', 6),
	('password_length', 14, 'Độ dài mật khẩu khi không có xác thực hai lớp', 'TCVN 14423, cấp độ 2', 7),
	('password_length_totp', 8, 'Độ dài mật khẩu khi có xác thực hai lớp', 'TCVN 14423, cấp độ 2', 8),
	('password_history', 10, 'Số mật khẩu gần nhất không được dùng lại', 'TCVN 14423, cấp độ 3', 9)) AS v
WHERE true
ON CONFLICT (commune_id, rule) DO NOTHING;

-- name: identity_list_rules
-- columns: rule, value, name, source
SELECT rule, value, name, source FROM identity_rule WHERE commune_id = :commune_id ORDER BY position;

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
-- params: account_id int, role text, now int
INSERT INTO identity_grant (commune_id, account_id, role, granted_us)
VALUES (:commune_id, :account_id, :role, :now)
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

-- name: identity_account_permissions
-- hot
-- columns: permission
-- params: account_id int
SELECT DISTINCT p.permission
FROM identity_grant g
JOIN identity_role_permission p ON p.commune_id = g.commune_id AND p.role = g.role
WHERE g.commune_id = :commune_id AND g.account_id = :account_id;

-- name: identity_insert_session
-- columns: session_id
-- params: token_hash bytes, account_id int, now int, address text, agent text
INSERT INTO identity_session (commune_id, session_id, token_hash, account_id, created_us, used_us, address, agent, revoked_us)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(s.session_id), 0) + 1 FROM identity_session s WHERE s.commune_id = :commune_id),
	:token_hash, :account_id, :now, :now, :address, :agent, NULL)
RETURNING session_id;

-- Asked for every request: a session that was not ended, of an account that may sign in.
-- name: identity_find_session
-- hot
-- columns: session_id, account_id, created_us, used_us, person_id, kind, must_change, has_totp, name, idle_minutes, session_hours
-- params: token_hash bytes
SELECT s.session_id, s.account_id, s.created_us, s.used_us, a.person_id, a.kind, a.must_change,
	CASE WHEN a.totp_secret IS NULL THEN 0 ELSE 1 END AS has_totp, p.name,
	(SELECT r.value FROM identity_rule r WHERE r.commune_id = s.commune_id
		AND r.rule = CASE WHEN a.kind = 1 THEN 'admin_idle_minutes' ELSE 'idle_minutes' END) AS idle_minutes,
	(SELECT r.value FROM identity_rule r WHERE r.commune_id = s.commune_id AND r.rule = 'session_hours') AS session_hours
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
-- params: account_id int, now int, address text, agent text, result int
INSERT INTO identity_signin (commune_id, signin_id, account_id, at_us, address, agent, result)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(s.signin_id), 0) + 1 FROM identity_signin s WHERE s.commune_id = :commune_id),
	:account_id, :now, :address, :agent, :result);

-- name: identity_list_signins
-- hot
-- columns: at_us, address, agent, result
-- params: account_id int, row_limit int
SELECT at_us, address, agent, result
FROM identity_signin
WHERE commune_id = :commune_id AND account_id = :account_id
ORDER BY signin_id DESC
LIMIT :row_limit;
