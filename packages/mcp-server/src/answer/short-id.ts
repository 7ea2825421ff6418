const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const short = /^[A-Za-z0-9_-]{22}$/;

// What a list shows is what is asked for next.
const shortOf = new Map<string, string>();
const longOf = new Map<string, string>();
const mostKept = 2_000;

/**
 * Returns an own id the short way: a UUID in 22 characters, which costs a model 15 tokens instead
 * of 24. Any other id stays as it is.
 */
export function shortId(id: string): string {
  const known = shortOf.get(id);
  if (known !== undefined) return known;
  if (!uuid.test(id)) return id;
  const made = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  keep(id, made);
  return made;
}

/** Returns the own id that a short one stands for; long and foreign ones stay as they are. */
export function longId(id: string): string {
  const known = longOf.get(id);
  if (known !== undefined) return known;
  if (!short.test(id)) return id;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const long = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
  // Only what shortId makes is undone: another 22 characters are an id of somebody else's.
  return shortId(long) === id ? long : id;
}

function keep(long: string, made: string): void {
  if (shortOf.size >= mostKept) {
    shortOf.clear();
    longOf.clear();
  }
  shortOf.set(long, made);
  longOf.set(made, long);
}
