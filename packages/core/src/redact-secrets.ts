const marker = '[secret]';
const shortestSecret = 6;

/** Returns a function that replaces every known secret in a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  // The longest first, so that a secret inside another leaves no remainder.
  const known = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length);
  return (text) => known.reduce((redacted, secret) => redacted.replaceAll(secret, marker), text);
}
