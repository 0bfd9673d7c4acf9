-- Where a commune lives. While its rows move to another store, and after they have moved, this one takes no write of it
-- (src/storage/place.h). 0: here; 1: on its way to `elsewhere`; 2: has moved there; 3: is arriving from there.
ALTER TABLE db_state ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE db_state ADD COLUMN elsewhere TEXT NOT NULL DEFAULT '';
