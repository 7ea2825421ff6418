import { createHash } from 'node:crypto';
import { AdjutantError } from '../errors.ts';
import { createTextRedactor } from './create-text-redactor.ts';

const secretsOnly = createTextRedactor({ level: 'off' });

/**
 * Returns words from outside as they may be kept for good, such as a name in the ledger: each secret
 * replaced by `[secret]`, everything else as it was.
 */
export function withoutSecrets(words: string): string {
  return secretsOnly.redact(words);
}

/**
 * Returns a question from outside with each secret taken out: nothing that is kept holds one, and what
 * stands in its place elsewhere would be found instead.
 * @throws AdjutantError `InvalidInput` where nothing else is asked
 */
export function questionWithoutSecrets(words: string): string {
  const found = secretsOnly.find(words);
  if (found.length === 0) return words;
  let rest = '';
  let from = 0;
  for (const { start, end } of found) {
    rest += `${words.slice(from, start)} `;
    from = Math.max(from, end);
  }
  rest += words.slice(from);
  if (rest.trim() !== '') return rest;
  throw new AdjutantError('InvalidInput', 'A secret cannot be looked for: none is kept.', {
    hint: 'Ask with the name of what it opens. A real secret that was sent here is best replaced.',
  });
}

/**
 * Returns a key from outside as it may be kept. One that holds a secret becomes a digest of the whole:
 * two keys stay two, and the same key stays the same.
 */
export function keyWithoutSecrets(key: string): string {
  if (secretsOnly.find(key).length === 0) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/**
 * Returns an error as it may be told. Errors quote what was asked for, such as a name that is not there,
 * and what was asked for may be a secret in the wrong field.
 */
export function errorWithoutSecrets(error: unknown): unknown {
  if (!AdjutantError.isInstance(error)) return error;
  const message = withoutSecrets(error.message);
  const hint = error.hint === null ? null : withoutSecrets(error.hint);
  if (message === error.message && hint === error.hint) return error;
  const { code, retryable, audience, retryAfterMs, source, status } = error;
  return new AdjutantError(code, message, {
    retryable,
    audience,
    ...(hint === null ? {} : { hint }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(source === null ? {} : { source }),
    ...(status === null ? {} : { status }),
  });
}

/** Returns plain data with every text in it as it may be kept, names of members too. */
export function dataWithoutSecrets<Data>(data: Data): Data {
  if (typeof data === 'string') return withoutSecrets(data) as Data;
  if (Array.isArray(data)) return data.map((item: unknown) => dataWithoutSecrets(item)) as Data;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, member]) => [
      withoutSecrets(name),
      dataWithoutSecrets<unknown>(member),
    ]),
  ) as Data;
}

/**
 * Refuses a secret where nothing can be put in its place, as in a key that others write.
 * @throws AdjutantError `InvalidInput`
 */
export function refuseSecret(field: string, words: string): void {
  if (secretsOnly.find(words).length === 0) return;
  throw new AdjutantError('InvalidInput', `${field}: holds a secret, which is kept nowhere`, {
    hint: 'Take it out and try again. A real secret that stood in a text is best replaced.',
  });
}
