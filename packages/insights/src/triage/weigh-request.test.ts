import type { SignalFinding } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { dayMs, now, pullRequestSubject } from '../signals/testing/judge-rule.ts';
import { workItemSubject } from '../signals/testing/work-subjects.ts';
import { type RequestSurroundings, weighRequest } from './weigh-request.ts';

const nothing: RequestSurroundings = {
  findings: [],
  items: [],
  waitingItems: [],
  redPipelines: [],
};

function finding(fields: Partial<SignalFinding> = {}): SignalFinding {
  return {
    id: 'finding-1',
    fingerprint: 'f',
    ruleId: 'stale-pull-request',
    ruleVersion: 1,
    subjectKind: 'pull_request',
    subjectId: 'request-1',
    subjectKey: 'shop#1',
    subjectTitle: null,
    repository: 'shop',
    teamId: null,
    severity: 'high',
    state: 'open',
    since: now,
    openedAt: now,
    resolvedAt: null,
    openedCount: 1,
    sentence: 'Nobody has touched shop#1 for 30 days.',
    facts: {},
    evidence: ['row-1'],
    judgedAt: now,
    suggestions: [],
    snoozedUntil: null,
    isMuted: false,
    assignedPersonId: null,
    ...fields,
  };
}

const item = (key: string, blockedByKeys: string[] = []) =>
  workItemSubject({ id: `row-${key}`, key, blockedByKeys });

const texts = (...words: Parameters<typeof weighRequest>): string[] =>
  weighRequest(...words).map(({ text }) => text);

describe('the weight of a pull request', () => {
  it('names at least whose turn it is and for how long, with its rows', () => {
    const waiting = pullRequestSubject({ waitingWeekdayHours: 72, requestedReviewerCount: 0 });
    expect(weighRequest(waiting, nothing)).toMatchObject([
      {
        kind: 'waiting',
        text: 'has been waiting for a review for 3 days with nobody asked',
        evidence: ['request-1'],
      },
    ]);
  });

  it('puts what takes something back, or is a hotfix, before all else', () => {
    const reasons = weighRequest(
      pullRequestSubject({ isRevert: true, sizeLines: 1_200, waitingWeekdayHours: 200 }),
      { ...nothing, findings: [finding()] },
    );
    expect(reasons[0]).toMatchObject({ kind: 'takes_back' });
    expect(texts(pullRequestSubject({ title: '[hotfix] Pay again' }), nothing)[0]).toBe(
      'is a hotfix by its title or label',
    );
    expect(texts(pullRequestSubject({ title: 'Rename hotfix tool' }), nothing)[0]).not.toContain(
      'hotfix',
    );
  });

  it('counts what waits for it for it, and what it waits for against it', () => {
    const free = weighRequest(pullRequestSubject(), nothing);
    const sum = (reasons: typeof free): number =>
      reasons.reduce((total, { weight }) => total + weight, 0);
    const holding = weighRequest(pullRequestSubject(), {
      ...nothing,
      waitingItems: [item('PAY-2', ['PAY-1']), item('PAY-3', ['PAY-1'])],
    });
    expect(holding[0]).toMatchObject({
      text: 'holds up PAY-2 and PAY-3',
      evidence: ['request-1', 'row-PAY-2', 'row-PAY-3'],
    });
    const held = weighRequest(pullRequestSubject(), {
      ...nothing,
      items: [item('PAY-1', ['OPS-9'])],
    });
    expect(held[0]?.text).toBe('belongs to what waits for OPS-9');
    expect(sum(holding)).toBeGreaterThan(sum(free));
    expect(sum(held)).toBeLessThan(sum(free));
  });

  it('does not say twice what a rule says', () => {
    const big = pullRequestSubject({ sizeLines: 900, waitingWeekdayHours: 72 });
    expect(texts(big, nothing)).toContain('changes 900 lines');
    const told = texts(big, {
      ...nothing,
      findings: [
        finding({ ruleId: 'oversized-pull-request', sentence: 'shop#1 changes 900 lines.' }),
        finding({ ruleId: 'waiting-for-review', sentence: 'shop#1 waits.' }),
      ],
    });
    expect(told).toEqual(['shop#1 changes 900 lines.', 'shop#1 waits.']);
  });

  it('grows with age, and says nothing of what is not known', () => {
    const old = pullRequestSubject({ ageHours: 30 * 24, openedAt: now - 40 * dayMs });
    expect(texts(old, nothing)).toContain('is 30 days old');
    const unknown = pullRequestSubject({
      ageHours: null,
      sizeLines: null,
      waitingWeekdayHours: null,
    });
    expect(texts(unknown, nothing)).toEqual(['waits for a review']);
  });
});
