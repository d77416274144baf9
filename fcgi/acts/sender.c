#include "fcgi/acts/sender.h"

#include "domain/access/audit.h"
#include "domain/messaging/dkim.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/messages.h"

const char *const record_state_names[] = {"", "asked", "good", "missing", "wrong", NULL};

static enum err load(struct work *w, struct sender_kept *kept, struct chosen_row **row);
static enum err save(struct work *w, const struct sender_kept *kept, uint64_t id, uint32_t version);
static enum err fresh_key(struct work *w, uint64_t id, struct str *public_key);
static struct str domain_of(struct str address);
static struct str envelope_domain(struct work *w);
static enum record_state state_of(uint32_t kept);

static enum err
load(struct work *w, struct sender_kept *kept, struct chosen_row **row)
{
	*kept = (struct sender_kept){0};
	TRY(sql_chosen_of(w->db, SETTING_SENDER, STR(""), w->arena, row));
	return *row == NULL ? OK : shape_read(&sender_kept_shape, (*row)->body, w->arena, kept, &w->fault);
}

static struct str
domain_of(struct str address)
{
	struct str host = STR("");

	(void)str_cut(address, '@', &host);
	return host;
}

/* SPF speaks of the envelope, and that is the house's: what comes back comes to us. */
static struct str
envelope_domain(struct work *w)
{
	const struct str in = str_of(w->house->config->mail_in);
	struct str name, address;

	if (in.n > 0)
		return in;
	return mail_split(str_of(w->house->config->mail_from), &name, &address) ? domain_of(address) : STR("");
}

static enum record_state
state_of(uint32_t kept)
{
	return kept > 0 && kept < RECORD_STATES ? (enum record_state)kept : RECORD_STATE_ASKED;
}

enum err
act_sender(struct work *w, struct sender *out)
{
	struct sender_kept kept;
	struct chosen_row *row;

	TRY(load(w, &kept, &row));
	*out = (struct sender){.address = kept.address, .good = kept.good, .checked_at = kept.checked_at,
	    .house = str_of(w->house->config->mail_from), .version = row != NULL ? row->version : 0};
	if (kept.address.n == 0)
		return OK;
	const struct str domain = domain_of(kept.address);

	out->records = arena_array(w->arena, struct sender_record, SENDER_RECORDS);
	out->records_n = SENDER_RECORDS;
	out->records[0] = (struct sender_record){STR("dkim"), str_printf(w->arena, "%.*s._domainkey.%.*s", STR_ARG(kept.selector), STR_ARG(domain)),
	    dkim_record(w->arena, kept.public_key), kept.dkim_found, state_of(kept.dkim)};
	out->records[1] = (struct sender_record){STR("dmarc"), str_printf(w->arena, "_dmarc.%.*s", STR_ARG(domain)),
	    STR("v=DMARC1; p=none"), kept.dmarc_found, state_of(kept.dmarc)};
	out->records[2] = (struct sender_record){STR("spf"), envelope_domain(w), STR(""), kept.spf_found, state_of(kept.spf)};
	return OK;
}

enum err
act_sender_set(struct work *w, const struct sender_set *in)
{
	const struct str address = str_lower(w->arena, str_trim(in->address)), domain = domain_of(address);
	struct sender_kept kept;
	struct chosen_row *row;
	uint64_t id;

	if (address.n > 0 && (!mail_address_valid(address) || !dkim_domain(domain)))
		return fail(&w->fault, E_INVALID, "address", "This is not an e-mail address.");
	TRY(load(w, &kept, &row));
	if ((row != NULL ? row->version : 0) != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	if (row != NULL && str_eq(kept.address, address))
		return OK;
	const bool moves = !str_eq(domain_of(kept.address), domain);

	id = row != NULL ? row->id : work_id(w);
	kept.address = address;
	if (moves) {
		kept = (struct sender_kept){.address = address};
		/* A name of its own for each key: an old record may stay while the next one is put. */
		kept.selector = str_printf(w->arena, "pool%lld", (long long)w->now);
	}
	if (row == NULL)
		TRY(save(w, &kept, id, 0));
	if (moves && address.n > 0) {
		TRY(fresh_key(w, id, &kept.public_key));
		TRY(save(w, &kept, id, row != NULL ? row->version : 1));
		TRY(tell_once(w, "sender_check", str_printf(w->arena, "sender:%.*s", STR_ARG(kept.selector)), &sender_kept_shape, &kept, w->now));
	} else if (row != NULL) {
		TRY(save(w, &kept, id, row->version));
	}
	return audit(w, "company.sender", "setting", id, address);
}

static enum err
save(struct work *w, const struct sender_kept *kept, uint64_t id, uint32_t version)
{
	struct buf b = buf_open(w->arena, 2048, 16000);

	shape_write(&sender_kept_shape, kept, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A message does not fit.");
	return version == 0 ? sql_chosen_insert(w->db, id, SETTING_SENDER, STR(""), buf_str(&b)) : sql_chosen_change(w->db, id, buf_str(&b), version);
}

static enum err
fresh_key(struct work *w, uint64_t id, struct str *public_key)
{
	uint8_t secret[RSA_SECRET_MAX], open_half[RSA_PUBLIC_MAX];
	struct buf b = buf_open(w->arena, 500, 600);
	size_t secret_n, open_n;
	struct str sealed;
	uint64_t changed;

	if (crypto_rsa_make(secret, &secret_n, open_half, &open_n) != OK)
		return fail(&w->fault, E_AWAY, NULL, "The house is busy. Please try again.");
	TRY(work_seal(w, KEY_PROVIDER, "setting", "secret", id, (struct str){(const char *)secret, secret_n}, &sealed));
	explicit_bzero(secret, sizeof(secret));
	TRY(sql_chosen_secret_put(w->db, id, (struct maybe_str){true, sealed}, &changed));
	mail_base64(&b, open_half, open_n);
	*public_key = buf_str(&b);
	return OK;
}

enum err
act_sender_check(struct work *w)
{
	struct sender_kept kept;
	struct chosen_row *row;

	TRY(load(w, &kept, &row));
	if (kept.address.n == 0)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return tell(w, "sender_check", &sender_kept_shape, &kept);
}

enum err
act_sender_ask(struct work *w, struct sender_ask *out)
{
	struct sender is;
	struct sender_kept kept;
	struct chosen_row *row;

	*out = (struct sender_ask){0};
	TRY(load(w, &kept, &row));
	TRY(act_sender(w, &is));
	for (size_t i = 0; i < is.records_n; i++)
		out->name[i] = is.records[i].name;
	out->public_key = kept.public_key;
	return OK;
}

enum err
act_sender_found(struct work *w, const struct sender_found *f)
{
	struct sender_kept kept;
	struct chosen_row *row;
	bool was;

	TRY(load(w, &kept, &row));
	if (row == NULL || kept.address.n == 0)
		return OK;
	was = kept.good;
	kept.dkim = f->state[0], kept.dmarc = f->state[1], kept.spf = f->state[2];
	kept.dkim_found = audit_cut(w->arena, f->found[0], 600);
	kept.dmarc_found = audit_cut(w->arena, f->found[1], 600);
	kept.spf_found = audit_cut(w->arena, f->found[2], 600);
	kept.good = f->state[0] == RECORD_STATE_GOOD;
	kept.checked_at = (struct maybe_i64){true, w->now};
	TRY(save(w, &kept, row->id, row->version));
	if (was != kept.good)
		TRY(audit(w, kept.good ? "company.sender_on" : "company.sender_off", "setting", row->id, kept.address));
	return tell_live(w);
}
