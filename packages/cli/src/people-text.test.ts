import type { IdentityChangeSummary } from '@adjutant/core';
import { expect, test } from 'vitest';
import { changesText } from './people-text.ts';

const change: IdentityChangeSummary = {
  id: 'change',
  kind: 'split',
  fromPersonId: 'yan',
  toPersonId: 'yan',
  fromName: 'Yan',
  toName: 'Yan',
  accounts: [['git', 'yan@example.com']],
  actor: 'person:owner',
  isAutomatic: false,
  at: Date.UTC(2026, 8, 14),
  undoneAt: null,
};

test('an account that stays where it is was confirmed, not split off', () => {
  expect(changesText([change])).toMatch(/confirmed as Yan’s \(git:yan@example\.com\)/);
  expect(changesText([{ ...change, fromPersonId: 'yann' }])).toContain('Yan was split off Yan');
});
