-- SPDX-License-Identifier: GPL-3.0-or-later
-- People: how they are reached, and which posts they hold where, from when to when. A person may have no account.

ALTER TABLE identity_person ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_person ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_person ADD COLUMN other_contact TEXT NOT NULL DEFAULT '';

-- One person may hold several at once. Ended by its last day; what was entered by mistake is void, and stays.
CREATE TABLE identity_post (
	commune_id BIGINT NOT NULL,
	post_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	agency_id INTEGER NOT NULL,   -- the unit as it was then; agency_successors() says who that is today
	position TEXT NOT NULL,       -- "Trưởng phòng"; ''
	rank INTEGER NOT NULL,        -- IdentityRank
	is_main INTEGER NOT NULL,     -- 0: concurrent (kiêm nhiệm)
	valid_from INTEGER NOT NULL,  -- first day; 0: not known since when
	valid_to INTEGER,             -- last day; NULL: still
	is_void INTEGER NOT NULL,     -- 1: entered by mistake
	from_change INTEGER,          -- the change of units by which it began, and by which it ended; NULL
	to_change INTEGER,
	created_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, post_id),
	FOREIGN KEY (commune_id, person_id) REFERENCES identity_person (commune_id, person_id),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id),
	FOREIGN KEY (commune_id, from_change) REFERENCES agency_change (commune_id, change_no),
	FOREIGN KEY (commune_id, to_change) REFERENCES agency_change (commune_id, change_no)
);

-- Used by identity_posts_of_person.
CREATE INDEX identity_post_by_person ON identity_post (commune_id, person_id, valid_from);

-- Used by identity_posts_of_agency.
CREATE INDEX identity_post_by_agency ON identity_post (commune_id, agency_id, valid_from);
