#include "fcgi/jobs/spool.h"

#include "fcgi/acts/mails.h"
#include "tenancy/log.h"
#include "tenancy/spool.h"

static enum err
hand_over(struct runner *r, const struct spooled *m, bool *known)
{
	struct desk d;
	enum err e;

	runner_desk(r, 0, &d);
	e = house_control(d.house, &d.control, &d.fault);
	if (e == OK)
		e = act_mail_arrive(&d, m->to, m->from, m->raw, known);
	if (r->house->control)
		cdb_fault(r->house->control, NULL);
	return e;
}

bool
spool_run(struct runner *r)
{
	if (r->house->config->mail_in[0] == '\0')
		return false;
	for (unsigned n = 0; n < SPOOL_RUN; n++) {
		struct spooled m;
		struct str path;
		bool known = false;
		int file;

		arena_reset(r->arena);
		if (spool_take(r->arena, r->house->config, &m, &file, &path) != OK || file < 0)
			return false;
		if (hand_over(r, &m, &known) != OK) {
			spool_leave(file);
			return false;
		}
		if (!known)
			log_note("mail.dropped", "no company has this address", 0);
		spool_done(file, path);
	}
	return true;
}
