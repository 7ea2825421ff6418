import { expect, it } from 'vitest';
import { keysIn } from './keys-in.ts';

it.each([
  ['PAY-12: Pay twice', null, ['PAY-12']],
  ['[PAY-12] and (CORE-7)', null, ['CORE-7', 'PAY-12']],
  ['Fix pay-12', null, []],
  ['Fix it', 'feature/pay-12-fix-it', ['PAY-12']],
  ['Fix it', 'ada/PAY_X-3', ['PAY_X-3']],
  ['PAY-12 again', 'pay-12', ['PAY-12']],
  ['See xPAY-12 and PAY-12a', null, []],
  ['Not PAY-0 nor PAY-', null, []],
  ['Use UTF-8', null, ['UTF-8']],
  ['', null, []],
])('finds in "%s" on branch %s the keys %j', (title, branch, keys) => {
  expect(keysIn(title, branch)).toEqual(keys);
});

it('takes no more than anybody would name', () => {
  const title = Array.from({ length: 100 }, (_, at) => `PAY-${at + 1}`).join(' ');
  expect(keysIn(title, null)).toHaveLength(20);
});
