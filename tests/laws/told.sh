#!/usr/bin/env bash
# What the company may rule is told by somebody: each occasion of its table stands in an order of some act.
. "$(dirname "$0")/lib.sh"

# told TABLE ACTS... -- the ruled occasions of that table that no act orders
told() {
	local table=$1 o
	shift
	grep -oE '\{OCCASION_[A-Z_]+, "[a-z_]+", true' "$table" | grep -oE 'OCCASION_[A-Z_]+' | grep . > "$seed/ruled" ||
		{ echo "$table: no occasion is ruled"; return 1; }
	while read -r o; do
		tr '\n' ' ' < <(cat "$@") | grep -qE "(\.occasion = |say_url\(w, )[^;,]*\b$o\b" || echo "$o: no act tells of it"
	done < "$seed/ruled"
}
plant domain/t.c <<< '	{OCCASION_LATE, "late", true, false}, {OCCASION_RATE, "rate", true, true}, {OCCASION_WORD, "word", .values = {0}},'
plant acts/a.c <<< 'tell_fact(w, &(struct fact_order){.occasion = OCCASION_LATE, .id = 1}, now);
static const int topic[] = {[OCCASION_RATE] = 1}; case OCCASION_RATE: return;'
catches "told: an occasion of the table that is never ordered" "OCCASION_RATE: no act tells of it" told "$seed/domain/t.c" "$seed/acts/a.c"
catches "told: a table without occasions" "no occasion is ruled" told "$seed/acts/a.c" "$seed/acts/a.c"
plant acts/a.c <<< 'x = (struct o){.occasion = late ? OCCASION_LATE
	: OCCASION_RATE, .id = 1};'
holds "told: each one is" told "$seed/domain/t.c" "$seed/acts/a.c"
holds "what the table of rules promises is told by some act" told domain/messaging/occasions.c $(house_files '^fcgi/acts/.*\.c$')
exit "$law_status"
