const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const short = /^[A-Za-z0-9_-]{22}$/;

/**
 * Returns an own id the short way: a UUID in 22 characters, which costs a model 15 tokens instead
 * of 24. Any other id stays as it is.
 */
export function shortId(id: string): string {
  if (!uuid.test(id)) return id;
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/** Returns the own id that a short one stands for; long and foreign ones stay as they are. */
export function longId(id: string): string {
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
