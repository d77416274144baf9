/*
 * fcgi/press/press.h -- what can be pressed; and what the press and its caller agree on.
 */
#ifndef FCGI_PRESS_PRESS_H
#define FCGI_PRESS_PRESS_H

#include "domain/base/arena.h"
#include "domain/base/str.h"

/* Forty million pixels on a busy machine; below the lease of the job that waits for it. */
#define PRESS_SECONDS 100

enum press_end { PRESS_MADE = 0, PRESS_FAILED = 1, PRESS_DAMAGED = 65 }; /* sysexits' EX_DATAERR */

/*
 * photo_main -- the picture on standard input, the right way up, no larger than needed, and without what was hidden in it
 *
 * large, small  in  paths; each file is written beside its place and moved
 *
 * Returns an enum press_end; "WIDTH HEIGHT BYTES" of the large one is on standard output
 */
int photo_main(const char *large, const char *small);

/*
 * paper_main -- the documents on standard input (domain/billing/sheet.h), each as a PDF below `dir`
 *
 * Returns an enum press_end; how many were made is on standard output
 */
int paper_main(const char *dir);

/*
 * mail_main -- the mail on standard input, read: `to` is what letter_write makes of it (domain/messaging/letter.h), and each
 * part that is kept lies at `to` with its number behind it: "<to>.0", "<to>.1"
 *
 * Returns an enum press_end; how many parts were kept is on standard output
 */
int mail_main(const char *to);
/* mail_read -- the same of bytes in memory; to: NULL writes nothing, kept parts are only counted. All of `out` is in `a` */
struct letter;
enum press_end mail_read(struct arena *a, struct str raw, const char *to, struct letter *out, unsigned *kept);

#endif
