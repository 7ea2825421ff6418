import { expect, it } from 'vitest';
import type { ActionRow } from './action-rows.ts';
import { nextStepOf } from './next-step.ts';
import type { OutcomeReason } from './outcome-reason.ts';

const row = (change: Partial<ActionRow>): ActionRow => ({
  id: '01a1feaa-2d55-7000-8000-0317b35b33b6',
  workspaceId: 'default',
  type: 'pr.merge',
  idempotencyKey: 'key',
  status: 'pending',
  revision: 1,
  requester: 'agent:assistant for person:ada',
  requesterKind: 'agent',
  sponsorPersonId: 'ada',
  targetSource: null,
  targetExternalId: null,
  targetRef: null,
  risk: 'high',
  mode: 'require_approval',
  effectClass: 'keyed',
  quorum: 1,
  declineThreshold: 1,
  assurance: 'presence',
  policyHash: null,
  policyReason: null,
  traceId: 'trace',
  modelVersion: null,
  costUsdMicros: 0,
  escalationLevel: 0,
  nextEscalationAt: null,
  expiresAt: null,
  executeBy: null,
  notBefore: null,
  fence: 0,
  leaseExpiresAt: null,
  attemptCount: 0,
  outcome: null,
  decidedBy: null,
  decidedAt: null,
  settledAt: null,
  createdAt: 0,
  updatedAt: 0,
  ...change,
});

const failed: OutcomeReason[] = [
  'budget_exhausted',
  'not_in_ledger',
  'payload_changed',
  'target_changed',
];
it.each(failed)('an action that failed because of %s says what to do', (reason) => {
  const step = nextStepOf(row({ status: 'failed', outcome: { reason } })) ?? '';
  expect(step).not.toContain(reason);
  expect(step).toMatch(/propose it again/i);
});

const open: OutcomeReason[] = ['looked_for_in_vain', 'half_done', 'target_changed'];
it.each(open)('a person is told how to settle what stands open because of %s', (reason) => {
  const step = nextStepOf(row({ status: 'needs_human', outcome: { reason } })) ?? '';
  expect(step).not.toContain(reason);
  expect(step).toContain(`adjutant actions resolve ${row({}).id} happened|did-not-happen`);
});

it('a database that was changed from outside is named as such', () => {
  const step = nextStepOf(row({ status: 'failed', outcome: { reason: 'payload_changed' } }));
  expect(step).toContain('adjutant audit verify');
});

it('what waits leads to where it can be decided', () => {
  expect(nextStepOf(row({ assurance: 'cooperative' }))).toContain(
    'adjutant approvals approve 01a1',
  );
  expect(nextStepOf(row({}))).toContain('adjutant approvals link');
  expect(nextStepOf(row({ assurance: 'separate' }))).toContain('other than its sponsor');
  const waits = row({ status: 'approved', outcome: { waits: 'quiet_hours' } });
  expect(nextStepOf(waits)).toContain('quiet hours');
});

it('what is over and well needs nothing', () => {
  expect(nextStepOf(row({ status: 'executed' }))).toBeNull();
  expect(nextStepOf(row({ status: 'declined', outcome: { reason: 'declined' } }))).toBeNull();
  expect(nextStepOf(row({ status: 'revoked', outcome: { reason: 'withdrawn' } }))).toBeNull();
});

it('a reason that this version does not know is not printed either', () => {
  const step = nextStepOf(row({ status: 'needs_human', outcome: { reason: 'from_the_future' } }));
  expect(step).not.toContain('from_the_future');
  expect(step).toContain('adjutant actions resolve');
});
