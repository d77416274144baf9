/*
 * tenancy/ctl_ledger.c -- poolctl ledger: is a company's money as it was sealed, night for night?
 */
#include <fcntl.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/id.h"
#include "sql/control/queries/due.h"
#include "sql/tenant/queries/dayseals.h"
#include "tenancy/ctl.h"
#include "tenancy/dayseal.h"
#include "tenancy/files.h"

struct asked {
	struct str file; /* the bytes of the seals */
	uint64_t posting; /* 0: none is asked for */
};

static enum err ledger(struct operator* op, struct words w);
static enum err map_file(struct operator* op, const char *path, struct str *out);
static enum err look(struct work *w, const struct asked *a);
static enum err prove(struct work *w, const struct asked *a);

const struct command command_ledger = {"ledger", "COMPANY [--seals FILE] [--posting ID]",
    "Compare a company's ledger, documents and audit log with what each night sealed of them; FILE: the copy of ledger.seals that left "
    "the house. --posting: prove by its night's seal that a posting stands as it was written.",
    NEEDS_CONTROL, ledger};

static enum err
ledger(struct operator* op, struct words w)
{
	const char *file = words_value(&w, "--seals"), *posting = words_value(&w, "--posting");
	struct desk desk = {.arena = op->arena};
	const struct tenant *tenant;
	struct asked a = {0};
	struct tenant_row row;
	struct house *house;
	struct cdb *control;
	struct work work;
	enum err e;

	TRY(words_done(op, &w, 1));
	if (w.n == 0)
		return fail(op->fault, E_INVALID, "words", "Which company?");
	if (posting != NULL && !id_read(str_of(posting), &a.posting))
		return fail(op->fault, E_INVALID, "posting", "There is nothing here.");
	TRY(ctl_tenant(op, w.word[0], &row));
	TRY(house_open(op->config, op->proc, &house, op->fault));
	now_read(&desk.now, &desk.now_ms);
	desk.house = house;
	TRY(house_control(house, &control, op->fault));
	TRY(tenant_of_id(house->tenants, control, row.id, desk.now, &tenant, op->fault));
	if (file == NULL)
		file = str_printf(op->proc, "%.*s/" DAYSEAL_FILE, STR_ARG(files_dir(op->proc, op->config, str_of(tenant->schema)))).p;
	TRY(map_file(op, file, &a.file));
	e = work_open(&desk, tenant, DB_READ_ONLY, &work);
	if (e == OK)
		e = work_close(&work, a.posting != 0 ? prove(&work, &a) : look(&work, &a));
	if (e != OK)
		*op->fault = work.fault;
	house_close(house);
	return e;
}

static enum err
map_file(struct operator* op, const char *path, struct str *out)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd >= 0)
		close(fd);
	if (p == MAP_FAILED)
		return fail(op->fault, E_AWAY, NULL, "The file %s cannot be read.", path);
	*out = (struct str){p, (size_t)st.st_size}; /* as long as the program */
	return OK;
}

static enum err
look(struct work *w, const struct asked *a)
{
	struct dayseal_sum sum;

	TRY(dayseal_compare(w, a->file, &sum));
	printf("valid: %s, %" PRIu64 " nights: %" PRIu64 " entries, %" PRIu64 " documents, %" PRIu64 " lines of the audit log are what was sealed\n",
	    w->tenant->slug, sum.nights, sum.entries, sum.documents, sum.lines);
	return OK;
}

/* By the seal's root alone: the way from each entry up to it. */
static enum err
prove(struct work *w, const struct asked *a)
{
	struct str rest = a->file, text;

	while (dayseal_next(&rest, &text)) {
		struct dayseal_way *ways;
		struct proof_file p;
		struct dayseal s;
		uint8_t root[HASH_BYTES];
		size_t n, got;

		TRY(proof_read(text, &p, &w->fault));
		TRY(proof_verify_here(&p, w->house->keys, w->arena, &w->fault));
		if (!dayseal_read(p.body, &s) || !str_unhex(s.root, root, sizeof(root), &got) || id_ms(a->posting) < s.from_ms ||
		    id_ms(a->posting) >= s.until_ms)
			continue;
		TRY(dayseal_posting(w, &s, a->posting, &ways, &n));
		for (size_t i = 0; i < n; i++) {
			uint8_t leaf[HASH_BYTES];

			dayseal_leaf(&ways[i].entry, leaf);
			if (!merkle_leads(&ways[i].path, leaf, root))
				return fail(&w->fault, E_INVALID, "entries", "Night %lld: the entries of the ledger are not those that were sealed.",
				    (long long)s.seq);
			printf("entry %" PRIu64 " of %" PRIu64 " in night %" PRIu64 ", account %d, %" PRId64 " cents: %zu bytes of proof lead to %.*s\n",
			    ways[i].path.at + 1, ways[i].path.n, s.seq, (int)ways[i].entry.account, ways[i].entry.cents,
			    ways[i].path.steps * HASH_BYTES, STR_ARG(s.root));
		}
		return OK;
	}
	return fail(&w->fault, E_NOT_FOUND, "posting", "There is nothing here.");
}
