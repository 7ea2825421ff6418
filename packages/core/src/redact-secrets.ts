const marker = '[secret]';
const shortestSecret = 6;
const shortestLine = 16;

/**
 * Returns a function that replaces every known secret in a text. The list may grow: what is read
 * from the store later is left out from then on.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  let known = longestFirst(secrets);
  let seen = secrets.length;
  return (text) => {
    if (secrets.length !== seen) {
      known = longestFirst(secrets);
      seen = secrets.length;
    }
    return known.reduce((redacted, secret) => redacted.replaceAll(secret, marker), text);
  };
}

/** Returns a secret and, where it has lines as a private key has, each long one of them. */
export function secretForms(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return lines.length === 1
    ? [secret]
    : [secret, ...lines.filter(({ length }) => length >= shortestLine)];
}

/** The longest first, so that a secret inside another leaves no remainder. */
function longestFirst(secrets: readonly string[]): string[] {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length);
}
