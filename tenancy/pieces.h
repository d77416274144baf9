/*
 * tenancy/pieces.h -- a photo on its way, piece by piece: <data_dir>/files/<schema>/.pieces/<id>.<whose>
 *
 * 1. As long as the file is, so much of the photo is here: nothing else is remembered. It lies where photos lie, for all workers
 *    and machines to see, and goes with its company; no archive takes it along.
 * 2. Pieces are appended, one after the other, under a lock. One that does not begin where the file ends is not taken.
 * 3. What is here is nobody's word for it: whoever takes it for whole compares size and digest first (act_photo_piece).
 * 4. Each person has their own: the same id of somebody else is another file.
 */
#ifndef TENANCY_PIECES_H
#define TENANCY_PIECES_H

#include "tenancy/work.h"

#define PIECE_LEAST (16 * 1024) /* but for the last: a photo is no thousand requests */
#define PIECE_MOST  (128 * 1024)
#define PIECED_MAX  (4 * 1024 * 1024) /* a phone makes its photos a tenth of that */
#define PIECED_OF_PERSON  8           /* a phone sends one after the other */
#define PIECED_OF_COMPANY 200

/* pieces_here -- how much there is of it; 0: nothing. Errors  E_AWAY "file" */
must_use enum err pieces_here(struct work *w, uint64_t id, uint64_t whose, uint32_t *here);

/*
 * pieces_add -- append one if it begins where the file ends; *here is how much there is then
 *
 * Errors  E_LIMIT "file" this person, or this company, has begun too many others; E_AWAY "file" the disk
 */
must_use enum err pieces_add(struct work *w, uint64_t id, uint64_t whose, uint32_t at, struct str bytes, uint32_t *here);

/* pieces_read -- all of it, in the work's arena; pieces_drop -- there is nothing any more */
must_use enum err pieces_read(struct work *w, uint64_t id, uint64_t whose, struct str *out);
void pieces_drop(struct work *w, uint64_t id, uint64_t whose);

/* pieces_sweep -- what nobody has gone on with since */
void pieces_sweep(struct work *w, int64_t before);

#endif
