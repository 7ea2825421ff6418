import { describe, expect, test } from 'vitest';
import { createJsonLogger, redactingLogger } from './json-logger.ts';
import { createFakeClock } from './testing/fake-clock.ts';
import { inTrace } from './tracing/trace-scope.ts';

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

describe('the trace of the work in hand', () => {
  const lineOf = (work: (log: () => void) => void): unknown => {
    const lines: string[] = [];
    const logger = createJsonLogger({
      write: (line) => lines.push(line),
      clock: createFakeClock(0),
    });
    work(() => logger.log('info', 'done', { count: 1 }));
    return JSON.parse(lines.join(''));
  };
  const trace = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

  test('stands in each line, unmasked', () => {
    const uuid = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';
    expect(lineOf((log) => inTrace(trace, log))).toMatchObject({ ...trace, count: 1 });
    expect(lineOf((log) => inTrace({ traceId: uuid }, log))).toMatchObject({ traceId: uuid });
  });

  test('does not stand in lines outside of any', () => {
    expect(lineOf((log) => log())).not.toHaveProperty('traceId');
  });
});

test('a field never takes the place of what the line itself says', () => {
  const lines: string[] = [];
  const logger = createJsonLogger({ write: (line) => lines.push(line), clock: createFakeClock(0) });
  logger.log('error', 'could not be read', { message: 'No.', level: 'none', code: 'Permission' });
  expect(JSON.parse(lines.join(''))).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'error',
    message: 'could not be read',
    message_: 'No.',
    level_: 'none',
    code: 'Permission',
  });
});
