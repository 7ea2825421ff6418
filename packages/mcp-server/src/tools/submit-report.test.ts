import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, it } from 'vitest';
import { assistantHandle } from '../assistant-handle.ts';
import { callFake } from '../testing/call-fake.ts';
import { exampleInputs } from '../testing/example-inputs.ts';
import { submitReport } from './submit-report.ts';

it('keeps a report and tells what is known of the day', async () => {
  const answer = await callFake('submit_report', exampleInputs['submit_report']);
  expect(submitReport.outputSchema.parse(answer.structured)).toEqual(answer.structured);
  expect(answer.structured).toMatchObject({
    revision: 1,
    visibility: 'private',
    work: { commits: 3, opened: 1, merged: 0, reviewed: 1, moved: 0, unmapped_accounts: 0 },
  });
});

it('takes no field that it does not know', async () => {
  const answer = await callFake('submit_report', { did: 'x', author: 'somebody else' });
  expect(answer.isError).toBe(true);
  expect(answer.text).toContain('author');
});

it('writes for the person it works for, private, a revision each time, and shares nothing', async () => {
  const adjutant = await createAdjutant({ store: ':memory:', clock: createFakeClock() });
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new TypeError('The owner is a person.');
  const viewer = { kind: 'agent', name: 'helper', sponsorPersonId: owner.personId } as const;
  const handle = assistantHandle(adjutant.workspace().as(viewer));
  const first = await callFake('submit_report', { did: 'Read the logs' }, handle);
  expect(first.structured).toMatchObject({
    day: '2026-09-14',
    revision: 1,
    visibility: 'private',
    gap_codes: ['author_unmapped'],
    synced_at: null,
    work: { commits: null, unmapped_accounts: 0 },
  });
  const shared = await callFake('submit_report', { did: 'For all', share: true }, handle);
  expect(shared.isError).toBe(true);
  expect(shared.text).toContain('share');
  const second = await callFake('submit_report', { did: 'Fixed it' }, handle);
  expect(second.structured).toMatchObject({ revision: 2, visibility: 'private' });
  const { items } = await adjutant.workspace().as(owner).reports.list({ of: 'me' });
  expect(items).toMatchObject([
    { did: 'Fixed it', submittedVia: 'mcp', visibility: 'private', isOwn: true },
  ]);
  const empty = await callFake('submit_report', {}, handle);
  expect(empty.isError).toBe(true);
  expect(empty.text).toContain('at least one of did, next and blockers');
  await adjutant.close();
});
