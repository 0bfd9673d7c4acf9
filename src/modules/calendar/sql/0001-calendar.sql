-- SPDX-License-Identifier: GPL-3.0-or-later
-- Years of which a commune keeps the calendar itself. Such a year is there as a whole.

CREATE TABLE calendar_year (
	commune_id BIGINT NOT NULL,
	year INTEGER NOT NULL,
	is_projected INTEGER NOT NULL, -- 1: expected, not announced yet
	changed_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, year),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Days that are not what their weekday says.
CREATE TABLE calendar_day (
	commune_id BIGINT NOT NULL,
	year INTEGER NOT NULL,
	day INTEGER NOT NULL,          -- days since 1970
	kind INTEGER NOT NULL,         -- CalendarKind
	name TEXT NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, year, day),
	FOREIGN KEY (commune_id, year) REFERENCES calendar_year (commune_id, year)
);
