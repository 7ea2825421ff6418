import { describe, expect, it } from 'vitest';
import { workspaceSubject } from '../testing/delivery-subjects.ts';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { indexLag } from './index-lag.ts';

const lag = (indexLagSeconds: number | null) =>
  workspaceSubject({ indexLagSeconds, indexWaitingSince: now - hourMs });

describe('index lag', () => {
  it('is found above two minutes, and severe above half an hour', () => {
    expect(judgeRule(indexLag, lag(200))).toMatchObject({
      since: now - hourMs,
      severity: 'medium',
      sentence: 'What is written takes 3 minutes to be found.',
    });
    expect(judgeRule(indexLag, lag(4_000))).toMatchObject({ severity: 'high' });
    expect(judgeRule(indexLag, lag(25_200))).toMatchObject({
      keepsSince: true,
      sentence: 'What is written takes 7 hours to be found.',
    });
  });

  it('is over below one, and where nothing was written for a day', () => {
    expect(judgeRule(indexLag, lag(null), { isOpen: true })).toBeNull();
    expect(judgeRule(indexLag, lag(90), { isOpen: true })).not.toBeNull();
    expect(judgeRule(indexLag, lag(60), { isOpen: true })).toBeNull();
  });

  it('is not at two minutes, and cannot be told of nothing', () => {
    expect(judgeRule(indexLag, lag(120))).toBeNull();
    expect(judgeRule(indexLag, lag(null))).toHaveProperty('unknown');
  });
});
