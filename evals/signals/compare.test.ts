import { describe, expect, it } from 'vitest';
import { addUp, compare } from './compare.ts';
import type { Label } from './label.ts';
import type { Stretch } from './live-through.ts';
import { dayMs } from './working-time.ts';

const rule = 'stale-pull-request';
const to = 90 * dayMs;

function label(more: Partial<Label> = {}): Label {
  const times = { mayFrom: 10 * dayMs, mustBy: 15 * dayMs, until: 20 * dayMs };
  return { rule, key: 'shop#1', kind: 'firing', what: 'as planted', ...times, ...more };
}

function stretch(
  openedDay: number,
  closedDay: number | null,
  more: Partial<Stretch> = {},
): Stretch {
  const closedAt = closedDay === null ? null : closedDay * dayMs;
  const said = { fingerprint: 'one', sentence: 'It is so.' };
  return { rule, key: 'shop#1', ...said, openedAt: openedDay * dayMs, closedAt, ...more };
}

function figures(labels: Label[], stretches: Stretch[]) {
  const [only] = compare(labels, stretches, { rules: [rule], to, seed: 1 });
  const { problems, ...rest } = only ?? { problems: [] };
  return { ...rest, problems: problems.length };
}

describe('what was found beside what is true', () => {
  it('is right where it opens and closes within its time', () => {
    expect(figures([label()], [stretch(12, 20)])).toMatchObject({ found: 1, right: 1, wrong: 0 });
  });

  it('is wrong before its time, and where it stays long after the end', () => {
    expect(figures([label()], [stretch(9, 20)])).toMatchObject({ found: 0, wrong: 1, problems: 2 });
    expect(figures([label()], [stretch(12, 25)])).toMatchObject({ found: 0, wrong: 1 });
  });

  it('is no find where it comes too late, and nothing wrong either', () => {
    expect(figures([label()], [stretch(18, 20)])).toMatchObject({ found: 0, right: 1, wrong: 0 });
  });

  it('is missed where nothing was told', () => {
    expect(figures([label()], [])).toMatchObject({ planted: 1, found: 0, problems: 1 });
  });

  it('is wrong of what only looks so, and of what nobody planted', () => {
    const none = label({ kind: 'lookAlike' });
    expect(figures([none], [stretch(12, 14)])).toMatchObject({ lookAlikes: 1, wrong: 1 });
    expect(figures([], [stretch(12, 14)])).toMatchObject({ wrong: 1 });
  });

  it('counts neither way where people would differ, or where the end comes before it has to be found', () => {
    const either = label({ kind: 'either' });
    expect(figures([either], [stretch(12, 14)])).toMatchObject({ either: 1, wrong: 0, right: 0 });
    const late = label({ mustBy: to, until: to });
    expect(figures([late], [stretch(12, null)])).toMatchObject({ planted: 0, either: 1, wrong: 0 });
  });

  it('tells of a finding that comes again without a reason', () => {
    const twice = [stretch(12, 13), stretch(14, 20)];
    expect(figures([label()], twice)).toMatchObject({ flaps: 1 });
    const again = label({ mayFrom: 30 * dayMs, mustBy: 35 * dayMs, until: 40 * dayMs });
    const apart = [stretch(12, 20), stretch(32, 40)];
    expect(figures([label(), again], apart)).toMatchObject({ found: 2, flaps: 0 });
  });

  it('takes a key with a star for all that begin so', () => {
    const many = label({ key: 'shop*' });
    expect(figures([many], [stretch(12, 20)])).toMatchObject({ found: 1, wrong: 0 });
  });

  it('adds worlds up', () => {
    const one = compare([label()], [stretch(12, 20)], { rules: [rule], to, seed: 1 });
    const other = compare([label()], [], { rules: [rule], to, seed: 2 });
    expect(addUp([one, other])).toMatchObject([{ planted: 2, found: 1, right: 1 }]);
  });
});
