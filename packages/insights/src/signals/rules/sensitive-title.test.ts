import { describe, expect, it } from 'vitest';
import { hourMs, judgeRule, now, pullRequestSubject } from '../testing/judge-rule.ts';
import { sensitiveTitle } from './sensitive-title.ts';

const titled = (sensitiveKinds: string[], fields = {}) =>
  pullRequestSubject({ title: 'Use AKIA0123', sensitiveKinds, ...fields });

describe('a secret or personal data in a title', () => {
  it('is found without being said again', () => {
    const found = judgeRule(sensitiveTitle, titled(['secret']));
    expect(found).toMatchObject({
      since: now - 4 * hourMs,
      severity: 'high',
      sentence: 'The title of shop#1 holds what looks like a secret.',
    });
    expect(JSON.stringify(found)).not.toContain('AKIA');
    expect(judgeRule(sensitiveTitle, titled(['personal_data']))).toMatchObject({
      severity: 'medium',
    });
  });

  it('is over once the title is another', () => {
    expect(judgeRule(sensitiveTitle, titled([]), { isOpen: true })).toBeNull();
  });

  it('is told of secrets alone where that is wanted', () => {
    const strict = sensitiveTitle.withParams({ secretsOnly: true });
    expect(judgeRule(strict, titled(['personal_data']))).toBeNull();
    expect(judgeRule(strict, titled(['secret']))).not.toBeNull();
  });
});
