import { expect, test } from 'vitest';
import { redact, secretsOf } from './known-secrets.ts';

const key = 'c2VjcmV0LWtleS1vZi10aGlydHktdHdvLWJ5dGVzLiE=';

test('each key of ours is left out by itself, and its id is not', () => {
  const secrets = secretsOf({ ADJUTANT_KEYS: `k1:${key}, k2:${key.toLowerCase()}` });
  const text = redact(`k1 ${key} k2 ${key.toLowerCase()}`, secrets);
  expect(text).toBe('k1 [secret] k2 [secret]');
});

test('what looks like a secret by its name is left out, the rest stays', () => {
  const secrets = secretsOf({ GITHUB_TOKEN: 'abcdefgh', LANG: 'en_GB.UTF-8', EMPTY_TOKEN: '' });
  expect(redact('abcdefgh en_GB.UTF-8', secrets)).toBe('[secret] en_GB.UTF-8');
});
