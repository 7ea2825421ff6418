import { describe, expect, test } from 'vitest';
import { createJsonLogger, redactingLogger } from './json-logger.ts';
import { createFakeClock } from './testing/fake-clock.ts';

test('each line is one JSON object, above the level, without known secrets', () => {
  const lines: string[] = [];
  const logger = createJsonLogger({
    write: (line) => lines.push(line),
    secrets: ['canary-secret', 'canary-secret-longer'],
    clock: createFakeClock(0),
  });
  logger.log('debug', 'not this');
  logger.log('warn', 'with canary-secret-longer inside', {
    header: 'Bearer canary-secret',
    tries: 2,
  });
  expect(lines).toEqual([
    '{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"with [secret] inside","header":"Bearer [secret]","tries":2}\n',
  ]);
});

describe('what reads like a secret or like something about a person', () => {
  const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');

  function lineOf(fields: Record<string, unknown>, redaction?: 'off'): unknown {
    const lines: string[] = [];
    const options = { write: (line: string) => lines.push(line), clock: createFakeClock(0) };
    const logger = createJsonLogger(redaction === undefined ? options : { ...options, redaction });
    logger.log('info', 'done', fields);
    return JSON.parse(lines.join(''));
  }

  test('is masked in a line, which stays JSON', () => {
    expect(lineOf({ error: `"${token}"\\`, mail: ['mira@example.com'], count: 12 })).toMatchObject({
      error: '"[secret]"\\',
      mail: ['[e-mail]'],
      count: 12,
    });
  });

  test('is masked by the name of its field, and as a number', () => {
    const fields = { apiToken: 'plain', passwordFile: '/run/x', card: 4_111_111_111_111_111 };
    expect(lineOf(fields)).toMatchObject({
      apiToken: '[secret]',
      passwordFile: '/run/x',
      card: '[card]',
    });
  });

  test('stays, if it is about a person and the host says so', () => {
    expect(lineOf({ mail: 'mira@example.com', token }, 'off')).toMatchObject({
      mail: 'mira@example.com',
      token: '[secret]',
    });
  });

  test('is masked for the logger of a host, if it is a secret', () => {
    const seen: unknown[] = [];
    const host = { log: (...call: unknown[]) => void seen.push(call) };
    redactingLogger(host, ['canary-secret']).log('info', `${token} canary-secret`, { at: token });
    expect(seen).toEqual([['info', '[secret] [secret]', { at: '[secret]' }]]);
  });
});
