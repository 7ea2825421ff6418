import { expect, test } from 'vitest';
import { createJsonLogger, redactingLogger } from './json-logger.ts';
import { createRedactor, secretForms } from './redact-secrets.ts';

test('a secret that becomes known later is left out from then on', () => {
  const secrets: string[] = [];
  const redact = createRedactor(secrets);
  expect(redact('token abcdefgh')).toBe('token abcdefgh');
  secrets.push('abcdefgh');
  expect(redact('token abcdefgh')).toBe('token [secret]');
});

test('a logger leaves it out too, in messages and fields', () => {
  const secrets: string[] = [];
  const lines: string[] = [];
  const logger = redactingLogger(createJsonLogger({ write: (line) => lines.push(line) }), secrets);
  secrets.push(
    ...secretForms('-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwxyz\n-----END KEY-----'),
  );
  logger.log('info', 'sent abcdefghijklmnopqrstuvwxyz', {
    key: '-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwxyz\n-----END KEY-----',
  });
  expect(lines).toHaveLength(1);
  expect(lines.join('')).not.toContain('abcdefghijkl');
});
