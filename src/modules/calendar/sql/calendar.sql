-- SPDX-License-Identifier: GPL-3.0-or-later

-- The years that the program brings along: day, year, kind (1 public holiday, 2 day off in exchange, 3 worked in exchange),
-- name, source, 1 where it is a projection.
-- name: calendar_known
-- columns: day, year, kind, name, source, is_projected
SELECT v.column1, v.column2, v.column3, v.column4, v.column5, v.column6
FROM (VALUES
	(20089, 2025, 1, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20115, 2025, 1, 'Tết Nguyên đán Ất Tỵ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20116, 2025, 1, 'Tết Nguyên đán Ất Tỵ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20117, 2025, 1, 'Tết Nguyên đán Ất Tỵ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20118, 2025, 1, 'Tết Nguyên đán Ất Tỵ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20119, 2025, 1, 'Tết Nguyên đán Ất Tỵ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20185, 2025, 1, 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20204, 2025, 3, 'Làm bù cho ngày 02/5/2025', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20208, 2025, 1, 'Ngày Chiến thắng 30/4', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20209, 2025, 1, 'Ngày Quốc tế Lao động', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20210, 2025, 2, 'Nghỉ hoán đổi, làm bù ngày 26/4/2025', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20332, 2025, 1, 'Quốc khánh (ngày liền kề)', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20333, 2025, 1, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2025 (chép theo tin báo, cần đối chiếu)', 0),
	(20454, 2026, 1, 'Tết Dương lịch', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20455, 2026, 2, 'Nghỉ hoán đổi, làm bù ngày 10/01/2026', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20463, 2026, 3, 'Làm bù cho ngày 02/01/2026', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20500, 2026, 1, 'Tết Nguyên đán Bính Ngọ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20501, 2026, 1, 'Tết Nguyên đán Bính Ngọ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20502, 2026, 1, 'Tết Nguyên đán Bính Ngọ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20503, 2026, 1, 'Tết Nguyên đán Bính Ngọ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20504, 2026, 1, 'Tết Nguyên đán Bính Ngọ', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20569, 2026, 1, 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20570, 2026, 1, 'Nghỉ bù Giỗ Tổ Hùng Vương', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20573, 2026, 1, 'Ngày Chiến thắng 30/4', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20574, 2026, 1, 'Ngày Quốc tế Lao động', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20687, 2026, 3, 'Làm bù cho ngày 31/8/2026', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20696, 2026, 2, 'Nghỉ hoán đổi, làm bù ngày 22/8/2026', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20697, 2026, 1, 'Quốc khánh (ngày liền kề)', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20698, 2026, 1, 'Quốc khánh', 'Bộ luật Lao động 2019, Điều 112; thông báo nghỉ lễ, Tết năm 2026 (chép theo tin báo, cần đối chiếu)', 0),
	(20819, 2027, 1, 'Tết Dương lịch', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20854, 2027, 1, 'Tết Nguyên đán Đinh Mùi', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20855, 2027, 1, 'Tết Nguyên đán Đinh Mùi', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20856, 2027, 1, 'Tết Nguyên đán Đinh Mùi', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20857, 2027, 1, 'Tết Nguyên đán Đinh Mùi', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20858, 2027, 1, 'Tết Nguyên đán Đinh Mùi', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20859, 2027, 1, 'Nghỉ bù Tết Nguyên đán', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20860, 2027, 1, 'Nghỉ bù Tết Nguyên đán', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20924, 2027, 1, 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20938, 2027, 1, 'Ngày Chiến thắng 30/4', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20939, 2027, 1, 'Ngày Quốc tế Lao động', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(20941, 2027, 1, 'Nghỉ bù Ngày Quốc tế Lao động', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(21063, 2027, 1, 'Quốc khánh', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1),
	(21064, 2027, 1, 'Quốc khánh (ngày liền kề)', 'Dự kiến tính từ Bộ luật Lao động 2019, Điều 112 và âm lịch; chờ thông báo chính thức', 1)) AS v
WHERE v.column2 NOT IN (SELECT y.year FROM calendar_year y WHERE y.commune_id = :commune_id)
ORDER BY v.column1;

-- name: calendar_list_years
-- columns: year, is_projected
SELECT year, is_projected FROM calendar_year WHERE commune_id = :commune_id ORDER BY year;

-- name: calendar_list_days
-- columns: day, year, kind, name, source, is_projected
SELECT d.day, d.year, d.kind, d.name, d.source, y.is_projected
FROM calendar_day d
JOIN calendar_year y ON y.commune_id = d.commune_id AND y.year = d.year
WHERE d.commune_id = :commune_id
ORDER BY d.year, d.day;

-- name: calendar_put_year
-- params: year int, is_projected int, changed_us int
INSERT INTO calendar_year (commune_id, year, is_projected, changed_us)
VALUES (:commune_id, :year, :is_projected, :changed_us)
ON CONFLICT (commune_id, year) DO UPDATE SET is_projected = excluded.is_projected, changed_us = excluded.changed_us;

-- name: calendar_clear_year
-- params: year int
DELETE FROM calendar_day WHERE commune_id = :commune_id AND year = :year;

-- name: calendar_put_day
-- params: year int, day int, kind int, name text, source text
INSERT INTO calendar_day (commune_id, year, day, kind, name, source)
VALUES (:commune_id, :year, :day, :kind, :name, :source);
