<?php
// The technician's day in PHP, as its practice is: php-fpm, mysqli with a persistent connection for each company's account,
// prepared statements, JSON that is stored spliced in as it stands.
declare(strict_types=1);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

const STATES = ['', 'scheduled', 'started', 'done', 'skipped', 'cancelled', 'on_way', 'no_access'];
const KINDS = ['', 'work', 'break'];

function id(int $n): string
{
	$out = '';
	for ($i = 0; $i < 13; $i++, $n >>= 5)
		$out = '0123456789abcdefghjkmnpqrstvwxyz'[$n & 31] . $out;
	return $out;
}
function at(?int $s): ?string
{
	return $s === null ? null : gmdate('Y-m-d\TH:i:s\Z', $s);
}
function refuse(int $status): never
{
	http_response_code($status);
	exit;
}

$known = require getenv('PEERS') ?: $_SERVER['PEERS'];
$company = $known['companies'][explode(':', $_SERVER['HTTP_HOST'])[0]] ?? null;
$token = $_COOKIE['__Host-poolhouse'] ?? null;
$day = $_GET['day'] ?? '';
if ($company === null || $token === null)
	refuse(401);
$now = time();
$db = new mysqli('p:localhost', $company['account'], $company['password'], $company['schema'], 0, $known['socket']);
$hash = hash('sha256', base64_decode(strtr($token, '-_', '+/')), true);
$session = $db->execute_query('SELECT s.id, s.actor_id, s.door, s.second_factor, s.created_at, s.seen_at, s.stepped_up_at, s.version, p.language, p.role, p.role_id FROM session s JOIN staff p ON p.id = s.actor_id WHERE s.token_hash = ? AND s.actor_kind = 1 AND s.ended_at IS NULL AND s.expires_at > ? AND p.state = 2', [$hash, $now])->fetch_assoc();
if (!$session || $now - $session['seen_at'] > 30 * 86400 || $session['role'] !== 5)
	refuse(401);
$before = gmdate('Y-m-d', strtotime($day . ' UTC') - 86400);
$clock = $db->execute_query('SELECT id, kind, day, from_at, to_at, version FROM clock WHERE staff_id = ? AND day BETWEEN ? AND ? AND IF(day = ?, TRUE, to_at IS NULL AND from_at >= ?) ORDER BY from_at, id LIMIT 60', [$session['actor_id'], $before, $day, $day, $now - 16 * 3600])->fetch_all(MYSQLI_ASSOC);
$cards = $db->execute_query('SELECT id, seq, state, from_minute, to_minute, minutes, on_way_at, started_at, ended_at, confirmed_at, flag, skip_reason, note, fetched_at, visit_version, brief, progress, since, built, seen_version, version FROM stop_card WHERE tech_id = ? AND day = ? ORDER BY seq, id LIMIT 400', [$session['actor_id'], $day])->fetch_all(MYSQLI_ASSOC);
$head = array_shift($cards);
$stops = [];
foreach ($cards as $r) {
	$plain = json_encode(['id' => id($r['id']), 'seq' => $r['seq'], 'state' => STATES[$r['state']], 'from_minute' => $r['from_minute'],
		'to_minute' => $r['to_minute'], 'minutes' => $r['minutes'], 'on_way_at' => at($r['on_way_at']), 'started_at' => at($r['started_at']),
		'ended_at' => at($r['ended_at']), 'confirmed_at' => at($r['confirmed_at']), 'flag' => $r['flag'], 'skip_reason' => $r['skip_reason'],
		'note' => $r['note'], 'fetched_at' => at($r['fetched_at']), 'visit_version' => $r['visit_version']]);
	$stops[] = substr($plain, 0, -1) . ',"brief":' . $r['brief'] . ',"progress":' . $r['progress'] . '}';
}
$spans = array_map(fn ($r) => ['id' => id($r['id']), 'kind' => KINDS[$r['kind']], 'from_at' => at($r['from_at']), 'to_at' => at($r['to_at'])], $clock);
$today = (new DateTimeImmutable("@$now"))->setTimezone(new DateTimeZone($known['zone']))->format('Y-m-d');
header('Content-Type: application/json');
echo '{"day":"', $day, '","today":"', $today, '","version":', $head['version'], ',"seen_version":', $head['seen_version'],
	',"stops":[', implode(',', $stops), '],"clock":', json_encode($spans), '}';
