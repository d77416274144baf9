# Poolhouse: one file, no recursion, no configure.  `make help` lists the targets.
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
V ?= 0
Q_ := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '%-4s %s\n' '$(1)' '$(2)')

B      := build
CC     := gcc
LIBS   := libmariadb libsodium jansson libcurl libmaxminddb libcrypto libqrencode
WARN   := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
CPPF    = -I. -I$(B) -include domain/base/banned.h -D_GNU_SOURCE $(shell pkg-config --cflags $(LIBS))
CFLAGS ?= -O2 -g -D_FORTIFY_SOURCE=2
HARD   := -fstack-protector-strong -fstack-clash-protection -fPIE -ftrivial-auto-var-init=zero
LDLIBS  = $(shell pkg-config --libs $(LIBS)) -lfcgi
LDFLAGS ?= -pie -Wl,-z,relro,-z,now

SRC    := $(wildcard domain/*/*.c sql/*.c tenancy/*.c fcgi/*.c fcgi/*/*.c fcgi/api/*/*.c)
QUERY  := $(wildcard sql/control/queries/*.sql sql/tenant/queries/*.sql)
GEN    := $(QUERY:%.sql=$(B)/%.c)
MAINS  := fcgi/main.c tenancy/ctl.c
LIBOBJ := $(patsubst %.c,$(B)/%.o,$(filter-out $(MAINS),$(SRC))) $(GEN:.c=.o) $(B)/sql/migrations.o

all: $(B)/poold $(B)/poolctl ## build the programs

$(B)/poold: $(B)/fcgi/main.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/poolctl: $(B)/tenancy/ctl.o $(B)/libpool.a
	$(call say,LD,$@)
	$(Q_)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/libpool.a: $(LIBOBJ)
	$(call say,AR,$@)
	$(Q_)rm -f $@ && ar rcs $@ $^

$(B)/%.o: %.c
	$(call say,CC,$<)
	$(Q_)mkdir -p $(@D) && $(CC) -std=c11 $(WARN) $(HARD) $(CPPF) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)
	$(Q_)$(CC) -std=c11 $(WARN) $(HARD) $(CPPF) $(CFLAGS) -MMD -MP -c -o $@ $<

# Named SQL -> typed C: build/sql/tenant/queries/staff.{h,c}
$(B)/sql/%.c $(B)/sql/%.h &: sql/%.sql sql/gen.awk
	$(call say,SQL,$<)
	$(Q_)mkdir -p $(@D) && awk -v src=$< -v out=$(B)/sql/$* -f sql/gen.awk $<
$(patsubst %.c,$(B)/%.o,$(SRC)): | $(GEN:.c=.h)
$(GEN:.c=.o): | $(GEN:.c=.h)

# The migrations are part of the binary: it knows the step it needs.
$(B)/sql/migrations.c: $(wildcard sql/*/migrations/*.sql) sql/migrations.awk
	$(call say,SQL,sql/*/migrations)
	$(Q_)mkdir -p $(@D) && awk -f sql/migrations.awk $(sort $(wildcard sql/control/migrations/*.sql)) $(sort $(wildcard sql/tenant/migrations/*.sql)) > $@

# ---- unit tests: each tests/unit/**/x.c is a cmocka program; no services ----
UNIT := $(patsubst %.c,$(B)/%,$(shell find tests/unit -name '*.c' 2>/dev/null))
$(B)/tests/unit/%: tests/unit/%.c $(B)/libpool.a
	$(call say,CC,$<)
	$(Q_)mkdir -p $(@D) && $(CC) -std=c11 $(WARN) $(CPPF) $(CFLAGS) -MMD -MP -o $@ $< $(B)/libpool.a $(LDLIBS) -lcmocka

unit: $(UNIT) ## unit tests, no services
	$(Q_)for t in $(UNIT); do CMOCKA_MESSAGE_OUTPUT=TAP ./$$t || exit 1; done

clean: ## remove what was built
	rm -rf $(B) web/dist

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: all unit clean help
-include $(shell find $(B) -name '*.d' 2>/dev/null)
