/*
 * fcgi/http/metrics.h -- figures that all processes of the house add to, printed for Prometheus.
 *
 * One file per kind of process, run_dir/<kind>.metrics, mapped shared: each worker adds with atomic
 * adds, and any one worker prints all kinds. Counters live as long as the file; a file of another
 * layout is begun afresh. Without a run_dir (plain CGI, tests) the figures stay in the process.
 */
#ifndef FCGI_HTTP_METRICS_H
#define FCGI_HTTP_METRICS_H

#include <stdint.h>

#include "domain/base/str.h"
#include "fcgi/http/request.h"

enum metric {
	METRIC_SQL = 0,        /* statements                                       */
	METRIC_RETRIES,        /* works run again after a lost race                */
	METRIC_REPLAYS,        /* answers given again for an Idempotency-Key       */
	METRIC_WORKERS_BORN,
	METRIC_WORKERS_DIED,   /* not by our wish                                  */
	METRIC_JOBS_DONE,
	METRIC_JOBS_LATER,     /* failed for now, will be tried again              */
	METRIC_JOBS_PARKED,
	METRIC_JOBS_DROPPED,
	METRIC_SWEPT,          /* companies that the net of the jobs has looked at */
	METRICS
};

/* metrics_open -- kind: "web", "auth", "jobs"; run_dir empty or not writable: figures stay in the
 * process */
void metrics_open(const char *run_dir, const char *kind);
void metrics_add(enum metric m, uint64_t n);
void metrics_request(enum surface s, int status, int64_t us);

/* metrics_print -- all kinds' figures, in the text format of Prometheus 0.0.4 */
void metrics_print(const char *run_dir, struct buf *out);

#endif
