-- SPDX-License-Identifier: GPL-3.0-or-later
-- Agencies as units with a history (docs/adr/0021-units-with-history.md): nothing is overwritten, nothing deleted.

-- Kinds of bodies: who may be given work, and who may only be asked.
CREATE TABLE agency_kind (
	commune_id BIGINT NOT NULL,
	kind TEXT NOT NULL,           -- "phong-ban"
	name TEXT NOT NULL,
	by_state INTEGER NOT NULL,    -- 1: the people's committee gives it work; 0: it may only ask
	by_party INTEGER NOT NULL,    -- the same for the Party committee
	position INTEGER NOT NULL,    -- in lists
	valid_from INTEGER NOT NULL,  -- day number; 0: since ever
	valid_to INTEGER,             -- its last day; NULL: still
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, kind),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- One act on one unit or several: a merger, a correction, the undoing of another.
CREATE TABLE agency_change (
	commune_id BIGINT NOT NULL,
	change_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,        -- AgencyChangeKind
	day INTEGER NOT NULL,         -- the first day on which it counts; 0: since ever
	decision TEXT NOT NULL,       -- "12/QĐ-UBND"; ''
	decision_day INTEGER,
	note TEXT NOT NULL,
	at_us BIGINT NOT NULL,
	actor TEXT NOT NULL,
	undone_by INTEGER,            -- the change that undid it; NULL: it counts
	PRIMARY KEY (commune_id, change_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- What a unit is from a day on, until its next row: the one with the greatest day up to a date counts on it, of the same
-- day the later one. Rows of a change that was undone do not count.
CREATE TABLE agency_version (
	commune_id BIGINT NOT NULL,
	agency_id INTEGER NOT NULL,
	version_no INTEGER NOT NULL,  -- 1, 2, … of the unit
	change_no INTEGER NOT NULL,
	valid_from INTEGER NOT NULL,  -- day number; 0: since ever
	name TEXT NOT NULL,
	short_name TEXT NOT NULL,
	code TEXT NOT NULL,           -- QĐ 20/2020/QĐ-TTg, at most 35 characters; ''
	kind TEXT NOT NULL,           -- of agency_kind; '' not known
	parent_id INTEGER,
	is_generic INTEGER NOT NULL,
	is_higher INTEGER NOT NULL,
	is_ended INTEGER NOT NULL,    -- 1: from that day on it is no more
	PRIMARY KEY (commune_id, agency_id, version_no),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id),
	FOREIGN KEY (commune_id, parent_id) REFERENCES agency (commune_id, agency_id),
	FOREIGN KEY (commune_id, change_no) REFERENCES agency_change (commune_id, change_no)
);

-- What became of a unit, by a merger or a split; or that two entries are one unit.
CREATE TABLE agency_link (
	commune_id BIGINT NOT NULL,
	change_no INTEGER NOT NULL,
	old_id INTEGER NOT NULL,
	new_id INTEGER NOT NULL,
	is_same INTEGER NOT NULL,     -- 1: old_id is another spelling of new_id, on every day
	PRIMARY KEY (commune_id, change_no, old_id, new_id),
	FOREIGN KEY (commune_id, change_no) REFERENCES agency_change (commune_id, change_no),
	FOREIGN KEY (commune_id, old_id) REFERENCES agency (commune_id, agency_id),
	FOREIGN KEY (commune_id, new_id) REFERENCES agency (commune_id, agency_id)
);
