const secretName = /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE_KEY|API_?KEY/i;
/** Says where a secret goes, which people have to be told. */
const hostName = /_HOST$/;
const shortest = 6;
// User and password of an address; one slash where the address was taken for a path.
const userInAddress = /\b([a-z][a-z0-9+.-]+:\/{1,2})[^\s/]+@/gi;

const keyList = 'ADJUTANT_KEYS';

/**
 * Returns values of the environment that look like secrets by the name of their variable, and each
 * key of our own, without the id in front of it.
 */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  const keys = (env[keyList] ?? '')
    .split(',')
    .map((text) => text.slice(text.indexOf(':') + 1).trim())
    .filter(({ length }) => length >= shortest);
  const named = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortest && secretName.test(name) && !hostName.test(name)
      ? [value]
      : [],
  );
  return [...named, ...keys];
}

/**
 * Returns the text with every secret replaced, the longest first so that none leaves a remainder,
 * and without the user and password of any address in it.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .toSorted((left, right) => right.length - left.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
    .replace(userInAddress, '$1[secret]@');
}
