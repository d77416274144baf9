# lib.sh -- what the laws share: TAP, and seeded trespasses. Sourced, never run.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
law_status=0

# ok NAME / not_ok NAME [why...]
ok() { echo "ok - $1"; }
not_ok() {
	echo "not ok - $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/# /'
	law_status=1
}

# holds NAME COMMAND... -- the law holds if the command says nothing and ends well; else its words are shown
holds() {
	local name=$1 said
	shift
	if said=$("$@" 2>&1) && [ -z "$said" ]; then ok "$name"; else not_ok "$name" "${said:-ended with an error}"; fi
}

# catches NAME WORDS COMMAND... -- a seeded trespass: the command must complain, with WORDS in its complaint
catches() {
	local name=$1 words=$2 said
	shift 2
	said=$("$@" 2>&1)
	if [ $? -eq 0 ] && [ -z "$said" ]; then
		not_ok "$name: not caught"
	elif ! grep -qF -- "$words" <<< "$said"; then
		not_ok "$name: caught for another reason" "$said"
	else
		ok "$name"
	fi
}

# house_files PATTERN -- the files of the house whose path matches (extended regular expression): what git has or would
# take; without git, what is there. Finding none is an error: a law over nothing would always hold.
house_files() {
	{ git ls-files -co --exclude-standard 2> /dev/null || find . -type f -not -path './build/*' -not -path '*/node_modules/*' \
		-not -path './.git/*' -not -path './web/dist/*' -printf '%P\n'; } | grep -E "$1" | sort -u |
		while read -r f; do [ -f "$f" ] && echo "$f"; done | grep . || { echo "no file matches $1" >&2; return 1; }
}
product='^(domain|sql|tenancy|fcgi)/.*\.[ch]$'

# A folder for seeded trees, gone at the end.
seed=$(mktemp -d "${TMPDIR:-/tmp}/laws-XXXXXX")
trap 'rm -rf "$seed"' EXIT
# plant PATH < text -- a file of the seeded tree
plant() { mkdir -p "$seed/$(dirname "$1")" && cat > "$seed/$1"; }
