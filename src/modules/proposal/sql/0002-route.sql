-- SPDX-License-Identifier: GPL-3.0-or-later
-- Routes that a commune sets itself: until when, and who set them. set_us 0: it came with the program.

ALTER TABLE proposal_route ADD COLUMN valid_to INTEGER; -- its last day; before valid_from: it never held
ALTER TABLE proposal_route ADD COLUMN set_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proposal_route ADD COLUMN set_by TEXT NOT NULL DEFAULT '';
