-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who has which role in a plan, what one person may not be at once, and the half-yearly look through all of it.

-- Who has a role in one plan. Nothing is deleted: a role that ended keeps its row.
CREATE TABLE identity_plan_role (
	commune_id BIGINT NOT NULL,
	plan_role_no BIGINT NOT NULL, -- 1, 2, … in the commune
	plan_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	who INTEGER NOT NULL,         -- IdentityWho
	agency_id INTEGER,            -- whose people, or for whom the account acts; NULL: nobody
	account_id BIGINT,            -- NULL: the agency's people
	valid_from INTEGER NOT NULL,  -- day number, the first day
	valid_to INTEGER,             -- the last day; NULL: no end
	source TEXT NOT NULL,         -- the plan's words, or the decision
	item TEXT NOT NULL,           -- mark in the document; ''
	standing INTEGER NOT NULL,    -- IdentityStanding
	set_us BIGINT NOT NULL,       -- when it was given, or proposed
	set_by TEXT NOT NULL,
	PRIMARY KEY (commune_id, plan_role_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id),
	FOREIGN KEY (commune_id, role) REFERENCES identity_role (commune_id, role),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id),
	FOREIGN KEY (commune_id, account_id) REFERENCES identity_account (commune_id, account_id)
);

-- Used by identity_list_plan_roles.
CREATE INDEX identity_plan_role_by_plan ON identity_plan_role (commune_id, plan_id, role, plan_role_no);

-- Used by identity_account_grants, for every request.
CREATE INDEX identity_plan_role_by_account ON identity_plan_role (commune_id, account_id, standing);
CREATE INDEX identity_plan_role_by_agency ON identity_plan_role (commune_id, agency_id, standing);

-- What one person may not be at once.
CREATE TABLE identity_duty (
	commune_id BIGINT NOT NULL,
	duty_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,        -- AppDutyKind (app/plan_access.h)
	first TEXT NOT NULL,
	second TEXT NOT NULL,
	decider TEXT NOT NULL,        -- who decides about an exception
	source TEXT NOT NULL,
	valid_from INTEGER NOT NULL,  -- day number
	valid_to INTEGER,             -- the last day; NULL: no end
	PRIMARY KEY (commune_id, duty_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- By what words a plan gives a role to an agency.
CREATE TABLE identity_role_hint (
	commune_id BIGINT NOT NULL,
	hint_no INTEGER NOT NULL,
	place INTEGER NOT NULL,       -- IdentityHintPlace
	phrase TEXT NOT NULL,         -- folded
	role TEXT NOT NULL,
	PRIMARY KEY (commune_id, hint_no),
	FOREIGN KEY (commune_id, role) REFERENCES identity_role (commune_id, role)
);

-- Who looked a grant through, and what came of it. plan_role_no 0: a role for the commune as a whole.
CREATE TABLE identity_review (
	commune_id BIGINT NOT NULL,
	review_no BIGINT NOT NULL,    -- 1, 2, … in the commune
	account_id BIGINT NOT NULL,   -- 0: a role that an agency has in a plan
	role TEXT NOT NULL,
	plan_role_no BIGINT NOT NULL,
	result INTEGER NOT NULL,      -- IdentityReviewResult
	at_us BIGINT NOT NULL,
	by_person BIGINT NOT NULL,    -- 0: from a shell
	by_name TEXT NOT NULL,
	PRIMARY KEY (commune_id, review_no),
	FOREIGN KEY (commune_id, role) REFERENCES identity_role (commune_id, role)
);

-- Used by identity_list_review_items.
CREATE INDEX identity_review_by_grant ON identity_review (commune_id, account_id, role, plan_role_no, at_us);

-- 1: whoever has a post in an agency has the role, for the rows that name the agency; 2: its head has it; 0: nobody does.
ALTER TABLE identity_role ADD COLUMN by_post INTEGER NOT NULL DEFAULT 0;
UPDATE identity_role SET by_post = 1 WHERE role IN ('chu-tri', 'phoi-hop');
UPDATE identity_role SET by_post = 2 WHERE role = 'truong-don-vi';

-- '': given before this was kept here; the ledger knows.
ALTER TABLE identity_grant ADD COLUMN granted_by TEXT NOT NULL DEFAULT '';

-- Communes that have their roles already get the new ones; a new commune is given the same by identity.sql.
INSERT INTO identity_role (commune_id, role, name, position)
SELECT DISTINCT r.commune_id, v.column1, v.column2, v.column3
FROM identity_role r
CROSS JOIN (VALUES
	('tong-hop', 'Đơn vị tổng hợp', 11),
	('quyet-dinh', 'Người quyết định điều chỉnh', 12),
	('ban-chi-dao', 'Ban Chỉ đạo', 13),
	('giup-viec', 'Tổ giúp việc', 14),
	('danh-gia', 'Đơn vị đánh giá, chấm điểm', 15)) AS v
WHERE true
ON CONFLICT (commune_id, role) DO NOTHING;

INSERT INTO identity_role_permission (commune_id, role, permission)
SELECT r.commune_id, r.role, v.column2
FROM identity_role r
JOIN (VALUES
	('quan-tri', 'roles'),
	('thuong-truc', 'operate'), ('thuong-truc', 'consolidate'), ('thuong-truc', 'propose'), ('thuong-truc', 'accept'),
	('lanh-dao', 'roles'),
	('truong-don-vi', 'approve'), ('truong-don-vi', 'propose'),
	('chu-tri', 'update'), ('chu-tri', 'propose'),
	('phoi-hop', 'contribute'),
	('tong-hop', 'read'), ('tong-hop', 'download'), ('tong-hop', 'consolidate'),
	('quyet-dinh', 'read'), ('quyet-dinh', 'download'), ('quyet-dinh', 'decide'),
	('ban-chi-dao', 'read'), ('ban-chi-dao', 'download'), ('ban-chi-dao', 'propose'), ('ban-chi-dao', 'accept'),
	('giup-viec', 'read'), ('giup-viec', 'download'), ('giup-viec', 'operate'),
	('danh-gia', 'read'), ('danh-gia', 'download'), ('danh-gia', 'grade'),
	('kiem-tra', 'inspect'),
	('mat-tran', 'supervise')) AS v ON v.column1 = r.role
WHERE true
ON CONFLICT (commune_id, role, permission) DO NOTHING;

INSERT INTO identity_rule (commune_id, rule, value, name, source, position)
SELECT DISTINCT r.commune_id, 'review_months', 6, 'Số tháng thì phải rà soát lại các quyền đã giao',
	'TCVN 14423, cấp độ 2', 10
FROM identity_rule r
WHERE true
ON CONFLICT (commune_id, rule) DO NOTHING;

INSERT INTO identity_duty (commune_id, duty_no, kind, first, second, decider, source, valid_from, valid_to)
SELECT r.commune_id, v.column1, v.column2, v.column3, v.column4,
	CASE v.column2 WHEN 4 THEN 'Chủ tịch UBND, là chủ quản hệ thống' ELSE 'Thường trực Đảng ủy hoặc Chủ tịch UBND' END,
	CASE v.column2 WHEN 4 THEN 'TCVN 14423: tài khoản quản trị tách khỏi tài khoản tác nghiệp'
		ELSE 'Cách phân công trong các kế hoạch thực hiện Nghị quyết 57-NQ/TW; xã sửa theo quy chế của mình' END,
	20270, NULL
FROM (SELECT DISTINCT commune_id FROM identity_role) r
CROSS JOIN (VALUES
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

INSERT INTO identity_role_hint (commune_id, hint_no, place, phrase, role)
SELECT r.commune_id, v.column1, v.column2, v.column3, v.column4
FROM (SELECT DISTINCT commune_id FROM identity_role) r
CROSS JOIN (VALUES
	(1, 1, 'uy ban kiem tra', 'kiem-tra'),
	(2, 1, 'mat tran', 'mat-tran'),
	(3, 1, 'chinh tri - xa hoi', 'mat-tran'),
	(4, 1, 'ban chi dao', 'ban-chi-dao'),
	(5, 1, 'co quan thuong truc', 'thuong-truc'),
	(6, 1, 'to giup viec', 'giup-viec'),
	(7, 1, 'thuong truc dang uy', 'quyet-dinh'),
	(8, 1, 'chu tich uy ban', 'quyet-dinh'),
	(9, 2, 'la co quan thuong truc', 'thuong-truc'),
	(10, 2, 'vai tro co quan thuong truc', 'thuong-truc'),
	(11, 2, 'nhiem vu co quan thuong truc', 'thuong-truc'),
	(12, 2, 'chuc nang co quan thuong truc', 'thuong-truc'),
	(13, 2, 'theo doi, don doc', 'thuong-truc'),
	(14, 2, 'tong hop, bao cao', 'tong-hop'),
	(15, 2, 'tong hop bao cao', 'tong-hop'),
	(16, 2, 'tong hop ket qua', 'tong-hop'),
	(17, 2, 'tong hop tinh hinh', 'tong-hop'),
	(18, 2, 'quyet dinh dieu chinh', 'quyet-dinh'),
	(19, 2, 'quyet dinh viec dieu chinh', 'quyet-dinh'),
	(20, 2, 'danh gia, xep loai', 'danh-gia')) AS v
WHERE true
ON CONFLICT (commune_id, hint_no) DO NOTHING;
