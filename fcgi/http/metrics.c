#include "fcgi/http/metrics.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLASSES 6 /* of status: [2] = 2xx; [0] is not used */
#define BUCKETS 12
#define LAYOUT UINT64_C(0x706f6f6c00000001) /* "pool", layout 1: change it with struct page */

struct page {
	uint64_t layout;
	uint64_t metric[METRICS];
	uint64_t requests[SURFACES][CLASSES];
	uint64_t bucket[SURFACES][BUCKETS]; /* the last: slower than all */
	uint64_t sum_us[SURFACES];
};

static const int64_t bucket_us[BUCKETS - 1] = {
    1000, 2000, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000};
static const char *const kinds[] = {"web", "auth", "jobs", "cgi", NULL};
static const struct {
	const char *name, *help;
} metrics[METRICS] = {
	[METRIC_SQL] = {"sql_statements_total", "SQL statements sent"},
	[METRIC_RETRIES] = {"retries_total", "works run again after a lost race"},
	[METRIC_REPLAYS] = {"replays_total", "answers given again for an Idempotency-Key"},
	[METRIC_WORKERS_BORN] = {"workers_born_total", "workers started"},
	[METRIC_WORKERS_DIED] = {"workers_died_total", "workers that ended without being told to"},
	[METRIC_JOBS_DONE] = {"jobs_done_total", "jobs done"},
	[METRIC_JOBS_LATER] = {"jobs_later_total", "jobs that failed and will be tried again"},
	[METRIC_JOBS_PARKED] = {"jobs_parked_total", "jobs parked with a reason"},
	[METRIC_JOBS_DROPPED] = {"jobs_dropped_total", "jobs that had nothing left to do"},
	[METRIC_SWEPT] = {"swept_total", "companies looked at once a minute, whether there was a hint or not"},
};

/* The figures of this process: private until metrics_open finds a shared place. */
static struct page own;
static struct page *page = &own;

static bool page_path(const char *run_dir, const char *kind, char *out, size_t size);
static struct page *page_map(int fd, int protection);
static void add(uint64_t *to, uint64_t n);
static uint64_t read_figure(const uint64_t *from);
static void print_metrics(const struct page *p, const char *kind, struct buf *out);
static void print_requests(const struct page *p, const char *kind, struct buf *out);
static void print_times(const struct page *p, enum surface s, const char *kind, struct buf *out);

void
metrics_open(const char *run_dir, const char *kind)
{
	char path[200];
	struct page *shared;
	int fd;

	if (!page_path(run_dir, kind, path, sizeof(path)))
		return;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd < 0)
		return;
	if (ftruncate(fd, sizeof(struct page)) == 0) {
		shared = page_map(fd, PROT_READ | PROT_WRITE);
		if (shared != NULL) {
			if (shared->layout != LAYOUT) {
				memset(shared, 0, sizeof(*shared));
				shared->layout = LAYOUT;
			}
			page = shared;
		}
	}
	close(fd);
}

static bool
page_path(const char *run_dir, const char *kind, char *out, size_t size)
{
	int n;

	if (run_dir == NULL || run_dir[0] == '\0')
		return false;
	n = snprintf(out, size, "%s/%s.metrics", run_dir, kind);
	return n > 0 && (size_t)n < size;
}

static struct page *
page_map(int fd, int protection)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st) != 0 || st.st_size != (off_t)sizeof(struct page))
		return NULL;
	p = mmap(NULL, sizeof(struct page), protection, MAP_SHARED, fd, 0);
	return p == MAP_FAILED ? NULL : p;
}

static void
add(uint64_t *to, uint64_t n)
{
	__atomic_fetch_add(to, n, __ATOMIC_RELAXED);
}

static uint64_t
read_figure(const uint64_t *from)
{
	return __atomic_load_n(from, __ATOMIC_RELAXED);
}

void
metrics_add(enum metric m, uint64_t n)
{
	if ((unsigned)m < METRICS)
		add(&page->metric[m], n);
}

void
metrics_request(enum surface s, int status, int64_t us)
{
	unsigned bucket = 0;

	if ((unsigned)s >= SURFACES || status < 100 || status > 599)
		return;
	while (bucket < BUCKETS - 1 && us > bucket_us[bucket])
		bucket++;
	add(&page->requests[s][status / 100], 1);
	add(&page->bucket[s][bucket], 1);
	add(&page->sum_us[s], (uint64_t)(us < 0 ? 0 : us));
}

void
metrics_print(const char *run_dir, struct buf *out)
{
	size_t k, m;

	for (m = 0; m < METRICS; m++)
		buf_printf(out, "# HELP poolhouse_%s %s\n# TYPE poolhouse_%s counter\n",
		    metrics[m].name, metrics[m].help, metrics[m].name);
	buf_add(out,
	    STR("# HELP poolhouse_requests_total requests answered\n"
		"# TYPE poolhouse_requests_total counter\n"
		"# HELP poolhouse_request_seconds time from accepting a request to its answer\n"
		"# TYPE poolhouse_request_seconds histogram\n"));
	for (k = 0; kinds[k] != NULL; k++) {
		char path[200];
		struct page *p;
		int fd;

		if (!page_path(run_dir, kinds[k], path, sizeof(path)))
			continue;
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd < 0)
			continue;
		p = page_map(fd, PROT_READ);
		close(fd);
		if (p == NULL)
			continue;
		print_metrics(p, kinds[k], out);
		print_requests(p, kinds[k], out);
		munmap(p, sizeof(*p));
	}
}

static void
print_metrics(const struct page *p, const char *kind, struct buf *out)
{
	size_t m;

	for (m = 0; m < METRICS; m++)
		buf_printf(out, "poolhouse_%s{kind=\"%s\"} %llu\n", metrics[m].name, kind,
		    (unsigned long long)read_figure(&p->metric[m]));
}

static void
print_requests(const struct page *p, const char *kind, struct buf *out)
{
	unsigned s, class;

	for (s = OFFICE; s < SURFACES; s++) {
		bool any = false;

		for (class = 1; class < CLASSES; class++) {
			uint64_t n = read_figure(&p->requests[s][class]);

			if (n == 0)
				continue;
			any = true;
			buf_printf(out,
			    "poolhouse_requests_total{kind=\"%s\",surface=\"%s\",status=\"%uxx\"} "
			    "%llu\n",
			    kind, surface_name((enum surface)s), class, (unsigned long long)n);
		}
		if (any)
			print_times(p, (enum surface)s, kind, out);
	}
}

static void
print_times(const struct page *p, enum surface s, const char *kind, struct buf *out)
{
	uint64_t sum = read_figure(&p->sum_us[s]), n = 0;
	unsigned b;

	for (b = 0; b < BUCKETS; b++) {
		n += read_figure(&p->bucket[s][b]);
		buf_printf(out, "poolhouse_request_seconds_bucket{kind=\"%s\",surface=\"%s\",le=\"",
		    kind, surface_name(s));
		if (b < BUCKETS - 1)
			buf_printf(out, "%g", (double)bucket_us[b] / 1e6);
		else
			buf_add(out, STR("+Inf"));
		buf_printf(out, "\"} %llu\n", (unsigned long long)n);
	}
	buf_printf(out, "poolhouse_request_seconds_sum{kind=\"%s\",surface=\"%s\"} %llu.%06llu\n",
	    kind, surface_name(s), (unsigned long long)(sum / 1000000),
	    (unsigned long long)(sum % 1000000));
	buf_printf(out, "poolhouse_request_seconds_count{kind=\"%s\",surface=\"%s\"} %llu\n", kind,
	    surface_name(s), (unsigned long long)n);
}
