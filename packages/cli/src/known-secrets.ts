const secretName = /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE_KEY|API_?KEY/i;
const shortest = 6;

/** Returns values of the environment that look like secrets by the name of their variable. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortest && secretName.test(name) ? [value] : [],
  );
}

/** Returns the text with every secret replaced, the longest first so that none leaves a remainder. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .toSorted((left, right) => right.length - left.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}
