import { termsOf } from '@adjutant/core';

/** Words that questions and documents about software use for the same, a group in each line. */
const groups = `
remove delete drop erase unset omit strip exclude clear discard
add append insert include attach register
create make generate build produce construct
show print display output render draw write log
start begin launch run execute invoke call trigger
stop end cancel abort quit exit terminate kill halt close
wait pause delay sleep hold suspend block
continue resume proceed
change modify edit update alter replace mutate transform
get read fetch retrieve obtain access load
set assign configure define specify provide pass
check verify validate test ensure assert
find search look locate discover detect
error failure exception fault crash fail throw
folder directory
picture image graph diagram drawing
limit restrict cap maximum bound max
allow permit enable accept support
forbid deny disable prevent disallow refuse reject block
skip ignore bypass omit leave
copy clone duplicate
rename alias
default fallback
option setting flag parameter argument property
required mandatory compulsory
hyphen dash
hide mask conceal suppress silence mute quiet
secret password token credential key
parallel concurrent simultaneous concurrency
order sequence priority sort
count number amount
big large huge long
small short little
fast quick speed performance
save store persist cache keep
undo revert restore reset rollback
restart reload retry again
answer response reply result
question prompt query ask
message notification event
listen subscribe watch observe handle
send emit publish dispatch post
server host backend
browser client
website site page
join merge combine concatenate
split separate divide
convert turn parse translate
compare diff match
user person
timeout deadline expiry expire
redirect forward
install setup
upgrade migrate migration
old legacy previous outdated deprecated
example sample demo
nested deep depth
whole entire complete full
once single
every each all
several multiple many
own custom
type kind
text string
list array
file document
compress gzip minify
background worker
colour color
login signin authenticate authorize
logout signout
sign signature
encrypt cipher
hash digest checksum fingerprint
encode escape serialize stringify
decode unescape deserialize parse
header metadata
body payload content
url address link uri href
route path endpoint
connection socket
connect open
disconnect close
upload send
stream pipe chunk
memory heap ram
process subprocess child spawn fork
command script cli shell terminal console
environment env
function method callback handler hook
class constructor instance
module package library dependency
import require load
export publish release
version release tag
bundle build compile pack
lint inspect
format pretty style layout
test spec suite
mock stub fake simulate intercept inject
benchmark measure timing
trace debug diagnose inspect
warn warning deprecate
catch recover handle
attempt try again
interval period frequency
schedule cron timer
date time timestamp
number integer float numeric
character letter
empty blank null undefined missing none
collection list array
map dictionary object record hash
key name id identifier
value entry item element
unique distinct duplicate
filter select pick choose
match pattern regex glob wildcard
prefix begin leading
suffix end trailing
space whitespace
quote quotation
separator delimiter
comment annotation
language locale
parent ancestor root
child descendant nested
cycle circular loop
queue job task
throttle rate limit
lock mutex
table database
column field attribute
index position offset
backup snapshot
permission right scope role access
private internal
public external
immutable readonly frozen
safe secure security sanitize
dangerous unsafe vulnerable attack risk
cookie session
static asset
template view
truncate shorten cut trim
wrap fold
progress spinner loading
menu choice select
confirm approve
interrupt signal kill
platform system
plugin extension addon
override replace extend
lazy deferred demand
async asynchronous promise await
sync synchronous blocking
status state
source origin
target destination goal
raw original unprocessed
average mean
share reuse common
inform tell notify report
wrong invalid incorrect malformed broken
correct valid right
help usage documentation guide
purpose reason why
difference compare versus
support compatible work
possible able can
`;

let known: ReadonlyMap<string, ReadonlySet<string>> | null = null;

/** Returns the terms that may stand in a text where another one was asked for. */
export function termsAlike(term: string): readonly string[] {
  known ??= readGroups();
  return [...(known.get(term) ?? [])];
}

function readGroups(): Map<string, Set<string>> {
  const alike = new Map<string, Set<string>>();
  for (const group of groups.trim().split('\n')) {
    const terms = termsOf(group);
    for (const term of terms) {
      const others = alike.get(term) ?? new Set<string>();
      alike.set(term, others);
      for (const other of terms) if (other !== term) others.add(other);
    }
  }
  return alike;
}
