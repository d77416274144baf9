-- Where properties lie: asked of a geocoder by the job "places" (fcgi/jobs/places.c).
-- include sql/tenant/record.h

-- The next one without a place. place_score above 0 without a place: asked in vain, put aside.
-- name: place_next :maybe struct unplaced_row
-- walks: from the cursor on, until one is found; each step begins behind the one before
-- in:   uint64_t after, enum place_source none
SELECT id, street, city, region, postcode FROM property
 WHERE id > :after AND place_source = :none AND place_score = 0 AND lat_e6 IS NULL AND archived_at IS NULL
   AND street <> '' ORDER BY id LIMIT 1;

-- The same address, asked before.
-- name: place_known :maybe struct placed_row
-- in:   struct str street, struct str city, struct str postcode, enum place_source geocoded
-- in:   enum place_source nowhere
SELECT lat_e6, lng_e6, place_score FROM property
 WHERE city = :city AND street = :street AND postcode = :postcode
   AND (place_source = :geocoded OR place_source = :nowhere) ORDER BY place_score DESC LIMIT 1;

-- Only as long as there is no place and the address is the one that was asked for. The version stays: what a person
-- has open meanwhile is not made stale by a machine.
-- name: place_set :any
-- class: own
-- in:   uint64_t id, struct maybe_i64 lat_e6, struct maybe_i64 lng_e6, enum place_source place_source
-- in:   uint32_t place_score, enum place_source none, struct str street, struct str city, struct str region
-- in:   struct str postcode
UPDATE property SET lat_e6 = :lat_e6, lng_e6 = :lng_e6, place_source = :place_source, place_score = :place_score
 WHERE id = :id AND place_source = :none AND lat_e6 IS NULL AND street = :street AND city = :city
   AND region = :region AND postcode = :postcode;

-- name: place_put_aside :any
-- class: own
-- in:   uint64_t id, enum place_source none
UPDATE property SET place_score = 1 WHERE id = :id AND place_source = :none AND lat_e6 IS NULL;
