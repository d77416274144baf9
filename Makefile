# Poolhouse: one file, no recursion, no configure.  `make help` lists the targets.
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
V ?= 0
Q_ := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '%-4s %s\n' '$(1)' '$(2)')

SAN    ?= 0
B      := $(if $(filter 1,$(SAN)),build/san,build)
CC     := gcc
LIBS   := libmariadb libsodium jansson libcurl libmaxminddb libcrypto libqrencode
PRESS  := gdlib cairo pangocairo gmime-3.0 # large, and fed by strangers: in a program of its own (fcgi/press)
WARN   := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
CPPF    = -I. -I$(B) $(DOOR) -include domain/base/banned.h -D_GNU_SOURCE $(shell pkg-config --cflags $(LIBS) $(PRESS))
CFLAGS ?= -O2 -g -D_FORTIFY_SOURCE=2
HARD   := -fstack-protector-strong -fstack-clash-protection -fPIE -ftrivial-auto-var-init=zero
LDLIBS  = $(shell pkg-config --libs $(LIBS)) -lfcgi -lresolv -lm
LDFLAGS ?= -pie -Wl,-z,relro,-z,now,--as-needed
ifeq ($(SAN),1)  # `make SAN=1 unit`: everything again under the address and undefined-behaviour sanitisers
CFLAGS  := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DPOOL_DEBUG
HARD    := -fPIE
LDFLAGS := -pie -Wl,--as-needed -fsanitize=address,undefined
endif

SRC    := $(wildcard domain/*/*.c sql/*.c tenancy/*.c fcgi/*.c fcgi/*/*.c fcgi/api/*/*.c)
QUERY  := $(wildcard sql/control/queries/*.sql sql/tenant/queries/*.sql)
GEN    := $(QUERY:%.sql=$(B)/%.c)
MAINS  := fcgi/main.c fcgi/press/main.c fcgi/route/main.c tenancy/ctl.c
LIBOBJ := $(patsubst %.c,$(B)/%.o,$(filter-out $(MAINS),$(SRC))) $(GEN:.c=.o) $(B)/sql/migrations.o $(B)/sql/queries.o

WEB    := $(if $(wildcard web/package.json),web/dist/.built)

all: programs $(WEB) ## build everything
programs: $(B)/poold $(B)/poolctl $(B)/poolpress $(B)/poolroute

$(B)/poold: $(B)/fcgi/main.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/poolctl: $(B)/tenancy/ctl.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/poolroute: $(B)/fcgi/route/main.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/poolpress: $(B)/fcgi/press/main.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs $(PRESS) libqrencode)

$(B)/libpool.a: $(LIBOBJ)
	$(call say,AR,$@)
	$(Q_)rm -f $@ && ar rcs $@ $^

$(B)/%.o: %.c
	$(call say,CC,$<)
	$(Q_)mkdir -p $(@D) && $(CC) -std=c11 $(WARN) $(HARD) $(CPPF) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)
	$(Q_)$(CC) -std=c11 $(WARN) $(HARD) $(CPPF) $(CFLAGS) -MMD -MP -c -o $@ $<

# mysql.h names banned calls in its macros: it is read before they are banned, by the files of its door alone.
$(patsubst %.c,$(B)/%.o,$(wildcard sql/*.c)): DOOR := -include mysql.h

# Named SQL -> typed C: build/sql/tenant/queries/staff.{h,c}
$(B)/sql/%.c $(B)/sql/%.h &: sql/%.sql sql/gen.awk sql/gen_check.awk
	$(call say,SQL,$<)
	$(Q_)mkdir -p $(@D) && awk -v src=$< -v out=$(B)/sql/$* -f sql/gen.awk -f sql/gen_check.awk $<
$(patsubst %.c,$(B)/%.o,$(SRC)): | $(GEN:.c=.h)
$(GEN:.c=.o): | $(GEN:.c=.h)

# The list of all queries: for the laws.
$(B)/sql/queries.c: $(QUERY) sql/queries.awk
	$(Q_)mkdir -p $(@D) && awk -f sql/queries.awk $(sort $(QUERY)) > $@

# The migrations are part of the binary: it knows the step it needs.
$(B)/sql/migrations.c: $(wildcard sql/*/migrations/*.sql) sql/migrations.awk
	$(call say,SQL,sql/*/migrations)
	$(Q_)mkdir -p $(@D) && awk -f sql/migrations.awk $(sort $(wildcard sql/control/migrations/*.sql)) $(sort $(wildcard sql/tenant/migrations/*.sql)) > $@

# The pages. The types of the API come from the programs, so a page that asks wrongly does not compile.
web/dist/.built: $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null) $(B)/poold
	$(call say,WEB,web/dist)
	$(Q_)ops/dev/npm.sh web && npm run --silent --prefix web build && touch $@

# ---- a running house in build/run; PORT=8080 NAME=main choose another ----
run: built ## install what is missing, build, start a house with a demonstration company; Ctrl-C stops it
	@exec ops/dev/house.sh run
up: built ## the same in the background
	@ops/dev/house.sh up
down: ## stop it
	@ops/dev/house.sh down
dev: built ## a house that is rebuilt whenever a file is saved
	@exec ops/dev/dev.sh
install: ## the Debian and npm packages that are missing
	@ops/dev/install.sh build web run
	@ops/dev/npm.sh ops/mailbox web
built: install
	$(TOGETHER) all

api: programs ## refresh web/shared/api.ts from the program's own tables
	@$(B)/poold shapes > $(B)/api.ts && cp $(B)/api.ts web/shared/api.ts

# ---- tests: each suite prints TAP; ops/dev/tally.awk sums them ----
SUITES ?= laws unit rows house browser
test: ## everything that must be green before a push; sets itself up
	@ops/dev/install.sh build web run test
	@ops/dev/npm.sh ops/mailbox web tests
	$(TOGETHER) all
	@ops/dev/test.sh $(SUITES)
test-long: ## kills, replaces under load, sanitised suites, fuzzing, certificates
	@ops/dev/install.sh build web run test long
	@ops/dev/npm.sh ops/mailbox web tests
	$(TOGETHER) all
	@ops/dev/test.sh long

# tests/unit/**/x.c is a cmocka program without services; tests/rows/*.c one with a database of its own.
# A second opinion: the days of a rule and the lines of a calendar.
$(B)/tests/unit/domain/visits/recurrence $(B)/tests/unit/domain/base/ical: JUDGE := -lical
$(B)/tests/fuzz/mime: JUDGE := $(shell pkg-config --libs gmime-3.0)
UNIT := $(patsubst %.c,$(B)/%,$(shell find tests/unit -name '*.c' 2>/dev/null))
ROWS := $(patsubst %.c,$(B)/%,$(wildcard tests/rows/*_test.c))
$(B)/tests/bench/raw $(B)/tests/bench/nowall.o: DOOR := -include mysql.h
# poold without a wall between companies, to be measured against.
NOWALL := mysql_change_user mysql_real_query
$(B)/tests/bench/nowall: $(B)/fcgi/main.o $(B)/tests/bench/nowall.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) $(NOWALL:%=-Wl,--wrap=%) -o $@ $^ $(LDLIBS)
$(B)/tests/%: tests/%.c $(B)/libpool.a
	$(call say,CC,$<)
	$(Q_)mkdir -p $(@D) && $(CC) -std=c11 $(WARN) $(CPPF) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(B)/libpool.a $(LDLIBS) $(JUDGE) -lcmocka
# The row tests share a harness, and have queries of their own on a table of their own.
$(B)/tests/rows/%.c $(B)/tests/rows/%.h &: tests/rows/%.sql sql/gen.awk sql/gen_check.awk
	$(call say,SQL,$<)
	$(Q_)mkdir -p $(@D) && awk -v src=$< -v out=$(B)/tests/rows/$* -f sql/gen.awk -f sql/gen_check.awk $<
ROWSOBJ := $(B)/tests/rows/harness.o $(B)/tests/rows/world.o $(B)/tests/rows/crowd.o $(B)/tests/rows/gadgets.o
.SECONDARY: $(B)/tests/rows/gadgets.c $(B)/tests/rows/gadgets.h
LAWC := $(B)/tests/laws/queries $(B)/tests/laws/schema $(B)/tests/laws/endpoints
LAWS := $(LAWC) $(B)/tests/water/twins $(B)/tests/rules/lives $(B)/tests/rules/papers
$(B)/tests/laws/queries: $(B)/tests/laws/judge.o
$(LAWC): $(B)/tests/rows/harness.o
$(ROWS): $(ROWSOBJ)
$(ROWSOBJ) $(ROWS) $(LAWC) $(B)/tests/laws/judge.o: DOOR := -include mysql.h
$(ROWS) $(LAWC): $(B)/tests/%: tests/%.c $(B)/libpool.a | $(B)/tests/rows/gadgets.h
	$(call say,CC,$<)
	$(Q_)mkdir -p $(@D) && $(CC) -std=c11 $(WARN) $(CPPF) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(filter %.o,$^) $(B)/libpool.a $(LDLIBS) -lcmocka
TOGETHER = @$(MAKE) --no-print-directory -j$$(nproc)
unit: ## unit tests, no services
	$(TOGETHER) $(UNIT)
	@ops/dev/unit.sh $(UNIT)
rows: ## named queries and acts against a real MariaDB
	$(TOGETHER) programs $(ROWS)
	@ops/dev/rows.sh $(ROWS)
quick: ## what must be green before landing, in a minute; the row tests must build
	$(TOGETHER) programs $(ROWS) $(UNIT) $(LAWS)
	@ops/dev/unit.sh $(UNIT)
	@ops/dev/laws.sh
house: all ## nginx, workers, MariaDB and a mailbox, over HTTP
	@ops/dev/stories.sh tests/house
browser: all ## chromium
	@ops/dev/stories.sh tests/browser
laws: ## floors, doors, banned words, SQL
	$(TOGETHER) programs $(LAWS)
	@ops/dev/laws.sh
schema: $(B)/tests/laws/schema ## refresh sql/*/schema.sql: what the migrations build
	@SCHEMA_WRITE=1 ops/dev/rows.sh $< > $(B)/schema.tap || { cat $(B)/schema.tap; exit 1; }
long: all $(B)/tests/water/twins $(B)/tests/laws/queries $(B)/tests/rules/lives $(B)/tests/rules/papers ## the slow suites alone (TAP)
	@ops/dev/long.sh
S ?= 60
fuzz: ## one libFuzzer target for a minute: make fuzz T=request S=60
	@ops/dev/install.sh long && ops/dev/fuzz.sh "$(T)" "$(S)"
fuzz-smoke: ## every libFuzzer target for a few seconds
	@ops/dev/install.sh long && ops/dev/fuzz.sh all 5
bench: all ## figures, as ratios of the same run
	@ops/dev/install.sh build web run test long bench && tests/bench/run.sh
lighthouse: all ## the technician's app as Lighthouse sees it, and on 3G; wants a quiet machine
	@ops/dev/install.sh build web run test && ops/dev/npm.sh ops/mailbox tests tests/lighthouse && node tests/run.mjs tests/lighthouse/tech.mjs
bench-routing: programs ## the route optimiser against best known values and rivals; Q=1 in some minutes, else 2 hours
	@tests/bench/routing.sh $(if $(filter 1,$(Q)),quick)

clean: ## remove what was built
	rm -rf $(B) web/dist

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: all programs built api run up down dev install test test-long quick unit rows house browser laws schema long fuzz fuzz-smoke bench bench-routing lighthouse clean help
-include $(shell find $(addprefix $(B)/,domain sql tenancy fcgi tests) -name "*.d" 2>/dev/null)
