/*
 * tenancy/export.h -- a company's data out, in again as another company, and away for good.
 *
 * The archive is one ustar file that any tar opens:
 *	README.txt         what is in here and how to read it, for a person
 *	csv/<table>.csv    every table a person can use: RFC 4180, UTF-8, sealed fields in plain text
 *	sql/<table>.sql    the same tables whole, one INSERT a line
 *	sealed.bin         passwords and second factors, sealed under this house's root key
 *	files/...          photos and papers
 *	manifest.txt       `key value` lines; last, so that an archive that has it is complete
 *
 * What proves who somebody is (password hashes, second factors, recovery codes) is in no file a person
 * reads. What is only of the moment (sessions, links on their way, jobs, answers kept for repeated
 * requests) is left out: in a new company under a new address none of it would be valid.
 */
#ifndef TENANCY_EXPORT_H
#define TENANCY_EXPORT_H

#include <stdint.h>

#include "domain/base/err.h"
#include "sql/control/rows.h"
#include "tenancy/operator.h"

#define EXPORT_FORMAT 1
#define EXPORT_LINE_MAX (32u * 1024 * 1024) /* one row as text */
#define EXPORT_SECRETS_MAX (16u * 1024 * 1024)
#define EXPORT_TABLES_MAX 64
#define EXPORT_FILE_DEPTH 8

/* Where sealed.bin is at home: the old company's number, no row. */
#define EXPORT_PLACE(tenant) ((struct place){(tenant), "export", "secrets", 0})

/* export_leaves_out -- tables of the moment, and the schema's own record of its steps */
bool export_leaves_out(struct str table);

/* export_files_dir -- "<data_dir>/files/<schema>": where a company's files live */
struct str export_files_dir(struct operator *op, struct str schema);

/*
 * export_company -- write the archive; the file appears whole or not at all
 *
 * t     in  any status but gone
 * path  in  written as <path>.part with mode 0600, then renamed
 */
must_use enum err export_company(struct operator *op, const struct tenant_row *t, const char *path);

/* export_company_told -- the same; told is called behind each table and each file: how many of how many are written */
must_use enum err export_company_told(struct operator *op, const struct tenant_row *t, const char *path,
    void (*told)(void *ctx, int64_t done, int64_t all), void *ctx);

/*
 * export_import -- restore an archive as a new company under `slug`
 *
 * A fresh schema is filled in one transaction, under its own account (so that an archive can hurt nobody
 * else whatever it says), its sealed fields sealed with its new data key; only then does it go live. After
 * a kill the same command goes on; a failure leaves no company behind.
 *
 * id      out  the new company
 * Errors  E_INVALID "slug"; "archive": damaged, cut short, of a newer program
 */
must_use enum err export_import(struct operator *op, const char *path, struct str slug, uint64_t *id);

/*
 * export_delete -- status deleting, keys shredded, account and schema dropped, files removed, tombstone
 *
 * Each step may have happened before: run again, it goes on.
 */
must_use enum err export_delete(struct operator *op, const struct tenant_row *t);

#endif
