/*
 * fcgi/jobs/company.c -- the job "company_mirror": the control schema learns what changed in the
 * company's own row. It may run twice: it copies what stands there then.
 */
#include "fcgi/acts/company.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	(void)t;
	return act_company_mirror(w);
}

const struct job job_company_mirror = {
    .kind = "company_mirror",
    .unpaid = true,
    .tries = 20,
    .backoff_s = 5,
    .run = run,
    .help = "Carry a company's name, country, zone, currency and language to the control schema.",
};
