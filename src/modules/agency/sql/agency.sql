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

-- A unit that gets a part in a plan after it came in; one that the plan does not name stands behind the others.
-- name: agency_part_add
-- columns: rank
-- params: plan_id int, agency_id int, lead_tasks int, coordinating_tasks int
INSERT INTO agency_part (commune_id, plan_id, agency_id, rank, lead_tasks, coordinating_tasks, lead_indicators,
	coordinating_indicators, duties)
VALUES (:commune_id, :plan_id, :agency_id, (SELECT COALESCE(MAX(p.rank), 0) + 1 FROM agency_part p
	WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id), :lead_tasks, :coordinating_tasks, 0, 0, 0)
ON CONFLICT (commune_id, plan_id, agency_id) DO UPDATE SET lead_tasks = agency_part.lead_tasks + excluded.lead_tasks,
	coordinating_tasks = agency_part.coordinating_tasks + excluded.coordinating_tasks
RETURNING rank;

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

-- Kinds of bodies of the commune; before any was stored, those that every commune begins with.
-- name: agency_kind_list
-- columns: kind, name, by_state, by_party, position, valid_from, valid_to, source, is_stored
SELECT kind, name, by_state, by_party, position, valid_from, valid_to, source, 1
FROM agency_kind
WHERE commune_id = :commune_id
UNION ALL
SELECT v.column1, v.column2, v.column3, v.column4, v.column5, 0, NULL, v.column6, 0
FROM (VALUES
	('dang', 'Cơ quan của Đảng', 0, 1, 1, 'Mặc định của chương trình'),
	('lanh-dao', 'Hội đồng nhân dân, Ủy ban nhân dân', 1, 1, 2, 'Mặc định của chương trình'),
	('phong-ban', 'Phòng, văn phòng thuộc Ủy ban nhân dân', 1, 1, 3, 'Nghị định 150/2025/NĐ-CP, Nghị định 370/2025/NĐ-CP'),
	('mat-tran', 'Mặt trận Tổ quốc và đoàn thể', 0, 1, 4, 'Mặc định của chương trình'),
	('su-nghiep', 'Đơn vị sự nghiệp công lập', 1, 1, 5, 'Nghị định 150/2025/NĐ-CP, Nghị định 370/2025/NĐ-CP'),
	('cong-an-quan-su', 'Công an, Ban Chỉ huy Quân sự', 1, 1, 6, 'Mặc định của chương trình'),
	('truong-tram', 'Trường học, trạm y tế', 1, 1, 7, 'Mặc định của chương trình'),
	('thon-to', 'Thôn, ấp, tổ dân phố', 1, 1, 8, 'Mặc định của chương trình'),
	('to-doi', 'Tổ công nghệ số cộng đồng, tổ giúp việc', 1, 1, 9, 'Mặc định của chương trình'),
	('ban-chi-dao', 'Ban Chỉ đạo, hội đồng, đoàn kiểm tra', 0, 1, 10, 'Mặc định của chương trình'),
	('cap-tren', 'Cơ quan cấp trên', 0, 0, 11, 'Mặc định của chương trình'),
	('doanh-nghiep', 'Doanh nghiệp, hợp tác xã, tổ chức ngoài nhà nước', 0, 0, 12, 'Mặc định của chương trình'),
	('khac', 'Khác', 0, 0, 13, 'Mặc định của chương trình')) AS v
WHERE NOT EXISTS (SELECT 1 FROM agency_kind k WHERE k.commune_id = :commune_id)
ORDER BY 5, 1;

-- name: agency_kind_insert
-- params: kind text, name text, by_state int, by_party int, position int, valid_from int, source text
INSERT INTO agency_kind (commune_id, kind, name, by_state, by_party, position, valid_from, valid_to, source)
VALUES (:commune_id, :kind, :name, :by_state, :by_party, :position, :valid_from, NULL, :source);

-- name: agency_kind_end
-- params: kind text, valid_to int, source text
UPDATE agency_kind SET valid_to = :valid_to, source = :source WHERE commune_id = :commune_id AND kind = :kind;

-- What most communes have, to begin with where there is no plan yet; short names are what people write.
-- name: agency_standard_list
-- columns: name, short_name, kind
SELECT v.column1, v.column2, v.column3
FROM (VALUES
	('Đảng ủy', '', 'dang'),
	('Văn phòng Đảng ủy', 'VPĐU', 'dang'),
	('Ban Xây dựng Đảng', 'BXDĐ', 'dang'),
	('Ủy ban Kiểm tra Đảng ủy', 'UBKT', 'dang'),
	('Hội đồng nhân dân', 'HĐND', 'lanh-dao'),
	('Ủy ban nhân dân', 'UBND', 'lanh-dao'),
	('Văn phòng HĐND và UBND', 'VP', 'phong-ban'),
	('Phòng Kinh tế', 'KT', 'phong-ban'),
	('Phòng Văn hóa - Xã hội', 'VH-XH', 'phong-ban'),
	('Trung tâm Phục vụ hành chính công', 'TTPVHCC', 'phong-ban'),
	('Trung tâm Dịch vụ sự nghiệp công', 'TTDVSNC', 'su-nghiep'),
	('Ủy ban Mặt trận Tổ quốc Việt Nam', 'MTTQ', 'mat-tran'),
	('Công an', 'CA', 'cong-an-quan-su'),
	('Ban Chỉ huy Quân sự', 'QS', 'cong-an-quan-su'),
	('Trạm Y tế', 'TYT', 'truong-tram')) AS v
WHERE EXISTS (SELECT 1 FROM commune c WHERE c.commune_id = :commune_id);

-- Withdrawn is what was made by hand, and that was undone.
-- name: agency_unit_list
-- columns: agency_id, name, is_generic, is_higher, is_withdrawn
SELECT a.agency_id, a.name, a.is_generic, a.is_higher,
	CASE WHEN EXISTS (SELECT 1 FROM agency_version v
		JOIN agency_change c ON c.commune_id = v.commune_id AND c.change_no = v.change_no
		WHERE v.commune_id = a.commune_id AND v.agency_id = a.agency_id AND v.version_no = 1
			AND c.undone_by IS NOT NULL AND (c.kind = 2 OR (c.kind IN (5, 6) AND v.valid_from > 0)))
	THEN 1 ELSE 0 END AS is_withdrawn
FROM agency a
WHERE a.commune_id = :commune_id
ORDER BY a.agency_id;

-- Beginnings of folded names, and what kind of body is called so; the first that fits.
-- name: agency_guess_list
-- columns: begins, kind
SELECT v.column1, v.column2
FROM (VALUES
	('van phong dang uy', 'dang', 1), ('van phong', 'phong-ban', 2), ('phong', 'phong-ban', 3),
	('dang uy', 'dang', 4), ('dang bo', 'dang', 5), ('chi bo', 'dang', 6), ('cac chi bo', 'dang', 7),
	('ban xay dung dang', 'dang', 8), ('ban tuyen giao', 'dang', 9), ('ban to chuc', 'dang', 10),
	('uy ban kiem tra', 'dang', 11), ('thuong truc dang uy', 'dang', 12), ('ban thuong vu', 'dang', 13),
	('ban chi dao', 'ban-chi-dao', 14), ('doan kiem tra', 'ban-chi-dao', 15), ('hoi dong nhan dan', 'lanh-dao', 16),
	('thuong truc hdnd', 'lanh-dao', 17), ('hdnd', 'lanh-dao', 18), ('uy ban nhan dan', 'lanh-dao', 19),
	('ubnd', 'lanh-dao', 20), ('uy ban mttq', 'mat-tran', 21), ('uy ban mat tran', 'mat-tran', 22),
	('mat tran', 'mat-tran', 23), ('mttq', 'mat-tran', 24), ('doan thanh nien', 'mat-tran', 25),
	('hoi nong dan', 'mat-tran', 26), ('hoi lien hiep', 'mat-tran', 27), ('hoi cuu chien binh', 'mat-tran', 28),
	('cong doan', 'mat-tran', 29), ('cac to chuc chinh tri', 'mat-tran', 30),
	('trung tam phuc vu hanh chinh', 'phong-ban', 31), ('trung tam y te', 'cap-tren', 32),
	('trung tam', 'su-nghiep', 33), ('cong an', 'cong-an-quan-su', 34), ('ban chi huy quan su', 'cong-an-quan-su', 35),
	('dong bien phong', 'cong-an-quan-su', 36), ('tram y te', 'truong-tram', 37), ('truong', 'truong-tram', 38),
	('cac truong', 'truong-tram', 39), ('thon', 'thon-to', 40), ('cac thon', 'thon-to', 41), ('ap', 'thon-to', 42),
	('to dan pho', 'thon-to', 43), ('cac to dan pho', 'thon-to', 44), ('khu pho', 'thon-to', 45),
	('to cong nghe so', 'to-doi', 46), ('to giup viec', 'to-doi', 47), ('to', 'to-doi', 48),
	('so', 'cap-tren', 49), ('bo', 'cap-tren', 50), ('tinh uy', 'cap-tren', 51), ('thanh uy', 'cap-tren', 52),
	('doanh nghiep', 'doanh-nghiep', 53), ('hop tac xa', 'doanh-nghiep', 54)) AS v
WHERE EXISTS (SELECT 1 FROM commune c WHERE c.commune_id = :commune_id)
ORDER BY v.column3;

-- name: agency_version_list
-- columns: agency_id, version_no, change_no, valid_from, name, short_name, code, kind, parent_id, is_generic, is_higher, is_ended
SELECT v.agency_id, v.version_no, v.change_no, v.valid_from, v.name, v.short_name, v.code, v.kind, v.parent_id,
	v.is_generic, v.is_higher, v.is_ended
FROM agency_version v
JOIN agency_change c ON c.commune_id = v.commune_id AND c.change_no = v.change_no
WHERE v.commune_id = :commune_id AND c.undone_by IS NULL
ORDER BY v.agency_id, v.valid_from, v.version_no;

-- name: agency_link_list
-- columns: change_no, old_id, new_id, is_same, day
SELECT l.change_no, l.old_id, l.new_id, l.is_same, c.day
FROM agency_link l
JOIN agency_change c ON c.commune_id = l.commune_id AND c.change_no = l.change_no
WHERE l.commune_id = :commune_id AND c.undone_by IS NULL
ORDER BY l.change_no, l.old_id, l.new_id;

-- name: agency_change_list
-- columns: change_no, kind, day, decision, decision_day, note, at_us, actor, undone_by
SELECT change_no, kind, day, decision, decision_day, note, at_us, actor, undone_by
FROM agency_change
WHERE commune_id = :commune_id
ORDER BY change_no;

-- Which units a change concerns, whether it counts or not.
-- name: agency_change_units
-- columns: change_no, agency_id
SELECT change_no, agency_id FROM agency_version WHERE commune_id = :commune_id
UNION
SELECT change_no, old_id FROM agency_link WHERE commune_id = :commune_id
UNION
SELECT change_no, new_id FROM agency_link WHERE commune_id = :commune_id
ORDER BY 1, 2;

-- name: agency_change_insert
-- columns: change_no
-- params: kind int, day int, decision text, decision_day int?, note text, at_us int, actor text
INSERT INTO agency_change (commune_id, change_no, kind, day, decision, decision_day, note, at_us, actor, undone_by)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(c.change_no), 0) + 1 FROM agency_change c WHERE c.commune_id = :commune_id),
	:kind, :day, :decision, :decision_day, :note, :at_us, :actor, NULL)
RETURNING change_no;

-- name: agency_change_undo
-- params: change_no int, undone_by int
UPDATE agency_change SET undone_by = :undone_by
WHERE commune_id = :commune_id AND change_no = :change_no AND undone_by IS NULL;

-- name: agency_version_insert
-- params: agency_id int, change_no int, valid_from int, name text, short_name text, code text, kind text, parent_id int?, is_generic int, is_higher int, is_ended int
INSERT INTO agency_version (commune_id, agency_id, version_no, change_no, valid_from, name, short_name, code, kind,
	parent_id, is_generic, is_higher, is_ended)
VALUES (:commune_id, :agency_id,
	(SELECT COALESCE(MAX(v.version_no), 0) + 1 FROM agency_version v
	 WHERE v.commune_id = :commune_id AND v.agency_id = :agency_id),
	:change_no, :valid_from, :name, :short_name, :code, :kind, :parent_id, :is_generic, :is_higher, :is_ended);

-- name: agency_link_insert
-- params: change_no int, old_id int, new_id int, is_same int
INSERT INTO agency_link (commune_id, change_no, old_id, new_id, is_same)
VALUES (:commune_id, :change_no, :old_id, :new_id, :is_same);

-- What the plans give to units, a row for each plan and unit.
-- name: agency_part_of_all
-- columns: plan_id, agency_id, lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties
SELECT plan_id, agency_id, lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties
FROM agency_part
WHERE commune_id = :commune_id
ORDER BY plan_id, agency_id;

-- ---- state secrets ----

-- name: agency_redact_duties
-- params: plan_id int, task_no int
UPDATE agency_duty SET body = 'Bí mật nhà nước'
WHERE commune_id = :commune_id AND plan_id = :plan_id AND :task_no = 0;
