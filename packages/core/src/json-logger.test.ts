import { expect, test } from 'vitest';
import { createJsonLogger } from './json-logger.ts';
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
