import { describe, expect, it } from 'vitest';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { workItemSubject } from '../testing/work-subjects.ts';
import { sensitiveWorkItemTitle } from './sensitive-work-item-title.ts';

const holding = (...sensitiveKinds: string[]) =>
  workItemSubject({ title: 'Renew ghp_0123 for ada@example.com', sensitiveKinds });

describe('sensitive title of a work item', () => {
  it('is found, severe for a secret, and never repeated', () => {
    const found = judgeRule(sensitiveWorkItemTitle, holding('personal_data', 'secret'));
    expect(found).toMatchObject({
      severity: 'high',
      since: now - 9 * dayMs,
      sentence:
        'The title of PAY-1 holds what looks like personal data and what looks like a secret.',
    });
    expect(JSON.stringify(found)).not.toMatch(/ghp_|ada/);
    expect(judgeRule(sensitiveWorkItemTitle, holding('personal_data'))).toMatchObject({
      severity: 'medium',
    });
  });

  it('is over once the title holds nothing of it', () => {
    expect(judgeRule(sensitiveWorkItemTitle, holding(), { isOpen: true })).toBeNull();
  });

  it('leaves data of persons out where it is told to', () => {
    const rule = sensitiveWorkItemTitle.withParams({ personalData: false });
    expect(judgeRule(rule, holding('personal_data'))).toBeNull();
    expect(judgeRule(rule, holding('secret'))).not.toBeNull();
  });
});
