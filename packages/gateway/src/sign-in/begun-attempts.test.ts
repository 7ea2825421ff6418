import { expect, test } from 'vitest';
import { createBegunAttempts } from './begun-attempts.ts';

test('each is ended once, and of many the oldest are forgotten', () => {
  const begun = createBegunAttempts();
  for (let count = 0; count <= 1_000; count += 1) begun.note(`state ${count}`);
  expect([begun.end('state 0'), begun.end('state 1'), begun.end('state 1')]).toEqual([
    false,
    true,
    false,
  ]);
});
