import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { incidentSubject } from '../testing/work-subjects.ts';
import { incidentOpenPastTarget } from './incident-open-past-target.ts';

const open = (hours: number, fields = {}) =>
  incidentSubject({ createdAt: now - hours * hourMs, openHours: hours, ...fields });

describe('incident open past its target', () => {
  it('is found by the target of its severity, though somebody has taken it', () => {
    expect(judgeRule(incidentOpenPastTarget, open(5))).toMatchObject({
      severity: 'high',
      since: now - 5 * hourMs,
      sentence: 'Incident Q1ABC has been open for 5 hours; its target is 4 hours.',
    });
    expect(judgeRule(incidentOpenPastTarget, open(25, { isSevere: false }))).toMatchObject({
      severity: 'medium',
    });
  });

  it('is over once it is resolved', () => {
    expect(
      judgeRule(incidentOpenPastTarget, open(9, { isOpen: false }), { isOpen: true }),
    ).toBeNull();
  });

  it.each([
    ['is within its target', open(4)],
    ['is not severe and of today', open(20, { isSevere: false })],
    ['came from outside', open(90, { isExternal: true })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(incidentOpenPastTarget, subject)).toBeNull();
  });
});
