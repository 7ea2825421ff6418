import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { chatThreadSubject } from '../testing/work-subjects.ts';
import { blockerInThread } from './blocker-in-thread.ts';

const open = (hours: number, fields = {}) =>
  chatThreadSubject({
    namesBlocker: true,
    startedAt: now - hours * hourMs,
    workingHours: hours,
    quietWorkingHours: hours,
    ...fields,
  });
const answered = (quiet: number, fields = {}) =>
  open(50, {
    isAnswered: true,
    answeredAt: now - 40 * hourMs,
    lastReplyAt: now - quiet * hourMs,
    quietWorkingHours: quiet,
    ...fields,
  });

describe('blocker in a thread', () => {
  it('is found where nobody has answered for half a day', () => {
    expect(judgeRule(blockerInThread, open(5))).toMatchObject({
      severity: 'medium',
      since: now - 5 * hourMs,
      sentence:
        '#pay 2026-11-18 11:00 names a blocker, and nobody has answered for 5 working hours.',
    });
    expect(judgeRule(blockerInThread, open(9))).toMatchObject({ severity: 'high' });
  });

  it('is found where an answer was the last word for a day', () => {
    expect(judgeRule(blockerInThread, answered(9))).toMatchObject({
      severity: 'low',
      since: now - 9 * hourMs,
    });
  });

  it('is over with an answer, and with the mark', () => {
    expect(judgeRule(blockerInThread, answered(1), { isOpen: true })).toBeNull();
    expect(
      judgeRule(blockerInThread, open(30, { isMarkedDone: true }), { isOpen: true }),
    ).toBeNull();
  });

  it.each([
    ['was asked just now', open(4)],
    ['was answered and closed', answered(60, { isMarkedDone: true })],
    ['ended with the word of who asked', answered(60, { authorHadLastWord: true })],
    ['a program wrote', open(30, { isByBot: true })],
    ['only asks', open(30, { namesBlocker: false })],
    ['was asked before a weekend', open(2, { startedAt: now - 3 * dayMs, weekdayHours: 18 })],
    ['was asked in the evening', open(1, { startedAt: now - 17 * hourMs, weekdayHours: 17 })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(blockerInThread, subject)).toBeNull();
  });

  it('cannot be told where replies are not shown', () => {
    expect(judgeRule(blockerInThread, open(30, { isAnswered: null }))).toHaveProperty('unknown');
  });

  it('proposes a reply in the thread that calls nobody', () => {
    const [proposal] = blockerInThread.suggest(open(5), { now, isOpen: true, timeZone: 'UTC' });
    expect(proposal?.payload).toMatchObject({ channel: 'C0PAY', threadTs: '1700000000.000100' });
    expect(proposal?.payload).not.toHaveProperty('mentions');
  });
});
