import { describe, expect, it } from 'vitest';
import { matchesOwnerPattern } from './owner-pattern.ts';

describe('a pattern of an ownership file', () => {
  it.each([
    ['*', 'src/pay/card.ts', true],
    ['*.ts', 'src/pay/card.ts', true],
    ['*.ts', 'src/pay/card.tsx', false],
    ['/docs/', 'docs/a/b.md', true],
    ['/docs/', 'other/docs/a.md', false],
    ['/docs/', 'docs', false],
    ['docs/', 'other/docs/a.md', true],
    ['apps/', 'apps/one/main.ts', true],
    ['docs/*', 'docs/start.md', true],
    ['docs/*', 'docs/build/start.md', false],
    ['/*', 'README.md', true],
    ['/*', 'src/index.ts', false],
    ['/src/pay', 'src/pay/card.ts', true],
    ['/src/pay', 'src/payroll/card.ts', false],
    ['src/pay', 'lib/src/pay/card.ts', false],
    ['**/logs', 'build/logs/today.log', true],
    ['**/logs', 'logs', true],
    ['/src/**/card.ts', 'src/a/b/card.ts', true],
    ['/src/**/card.ts', 'src/card.ts', true],
    ['/src/**', 'src/card.ts', true],
    ['/src/**', 'src', false],
    ['/src/?.ts', 'src/a.ts', true],
    ['/src/?.ts', 'src/ab.ts', false],
    ['a\\ b.txt', 'x/a b.txt', true],
    ['/', 'any/where.ts', true],
    ['!src', 'src/a.ts', false],
    ['', 'src/a.ts', false],
    ['/SRC/', 'src/a.ts', false],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(matchesOwnerPattern(pattern, path)).toBe(matches);
  });

  it('is bounded, however hostile', () => {
    const name = 'a'.repeat(400);
    expect(matchesOwnerPattern(`${'*a'.repeat(150)}b`, name)).toBe(false);
    expect(matchesOwnerPattern('**/'.repeat(130), `${'a/'.repeat(400)}b`)).toBe(true);
    expect(matchesOwnerPattern('*'.repeat(401), 'a')).toBe(false);
  });
});
