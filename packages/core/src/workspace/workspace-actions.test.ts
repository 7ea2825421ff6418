import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineAction } from '../actions/define-action.ts';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { WorkspaceHandle } from './handle.ts';

const sent: string[] = [];

/** A visible, reversible change of nothing but this file's list. */
const post = defineAction({
  id: 'example.post',
  title: 'Post a line',
  risk: 'medium',
  reversible: true,
  effectClass: 'keyed',
  inputSchema: z.strictObject({ line: z.string().min(1) }),
  prepare: async (_, { line }) => ({
    target: { source: 'example', externalId: '1', ref: 'board', url: null },
    preconditions: { board: 'open' },
    facts: [{ label: 'Board', value: 'open', tone: 'plain' }],
    recipients: ['everybody'],
    content: line,
    conditions: {},
    excludedAccounts: [],
  }),
  observe: async () => ({ board: 'open' }),
  async execute(_, { payload }) {
    sent.push(payload.line);
    return { outcome: 'applied', result: { lines: sent.length } };
  },
});

const terminal = { kind: 'terminal', operatingSystemUser: 'somebody' } as const;

let adjutant: Adjutant;
let owner: WorkspaceHandle;
let agent: WorkspaceHandle;
const stop = new AbortController();
beforeEach(async () => {
  sent.length = 0;
  adjutant = await createAdjutant({ store: ':memory:', actions: async () => [post] });
  const viewer = await adjutant.owner();
  owner = adjutant.workspace().as(viewer);
  const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
  agent = adjutant.workspace().as({ kind: 'agent', name: 'mcp', sponsorPersonId });
});
afterEach(async () => {
  await adjutant.close();
});

const proposal = {
  type: 'example.post',
  payload: { line: 'hello' },
  idempotencyKey: 'one-greeting',
};

/** Works beside what the test does, as `adjutant serve` does. */
async function whileWorking<Result>(work: () => Promise<Result>): Promise<Result> {
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: AbortSignal.any([stop.signal, ended.signal]) });
  try {
    return await work();
  } finally {
    ended.abort();
    await working;
  }
}

describe('actions of a workspace', () => {
  it('go from proposal through a decision to the effect', async () => {
    const heard: string[] = [];
    for (const event of ['action.pending', 'action.approved', 'action.executed'] as const) {
      adjutant.on(event, ({ subjectId }) => {
        heard.push(`${event} ${subjectId}`);
      });
    }
    const { id } = await agent.actions.propose(proposal);
    expect((await agent.actions.worker()).running).toBe(false);
    const settled = await whileWorking(async () => {
      const pending = await owner.actions.await(id, { maxWaitMs: 10_000, until: 'prepared' });
      expect(pending).toMatchObject({ status: 'pending', mode: 'ask', assurance: 'cooperative' });
      expect((await agent.actions.worker()).running).toBe(true);
      await owner.actions.decide({
        actionId: id,
        revision: pending.revision,
        payloadHash: pending.payloadHash ?? '',
        verdict: 'approve',
        proof: terminal,
      });
      const last = await owner.actions.await(id, { maxWaitMs: 10_000, until: 'settled' });
      await vi.waitFor(() => expect(heard).toHaveLength(3), { timeout: 60_000 });
      return last;
    });
    expect(heard).toEqual([
      `action.pending ${id}`,
      `action.approved ${id}`,
      `action.executed ${id}`,
    ]);
    expect(settled).toMatchObject({ status: 'executed', outcome: { results: [{ lines: 1 }] } });
    expect(sent).toEqual(['hello']);
  });

  it('are counted: how long people took, how often they said no, how many needed nobody', async () => {
    const { id } = await agent.actions.propose(proposal);
    await whileWorking(async () => {
      const pending = await owner.actions.await(id, { maxWaitMs: 10_000, until: 'prepared' });
      await owner.actions.decide({
        actionId: id,
        revision: pending.revision,
        payloadHash: pending.payloadHash ?? '',
        verdict: 'decline',
        proof: terminal,
      });
      const note = { title: 'Monday', body: 'Ask about reviews.' };
      const kept = { type: 'note.draft', payload: note, idempotencyKey: 'a note' };
      const { id: noteId } = await owner.actions.propose(kept);
      await owner.actions.await(noteId, { maxWaitMs: 10_000, until: 'settled' });
    });
    expect(await owner.actions.statistics()).toEqual({
      approvalLatencyMs: [expect.any(Number)],
      approvalOverrideRate: 1,
      autoVsHitlCounts: { auto: 1, hitl: 1 },
    });
    const before = { from: 0, to: 1 };
    expect((await owner.actions.statistics(before)).approvalOverrideRate).toBeNull();
    const backwards = owner.actions.statistics({ from: 1, to: 0 });
    await expect(backwards).rejects.toMatchObject({ code: 'InvalidInput' });
    await adjutant.owner('other');
    const other = adjutant.workspace('other').as(await adjutant.owner('other'));
    expect((await other.actions.statistics()).autoVsHitlCounts).toEqual({ auto: 0, hitl: 0 });
  });

  it('that keep a note are read back, and one trace leads from the proposal to the note', async () => {
    const note = { title: 'Monday', body: 'Ask about reviews.' };
    const kept = { type: 'note.draft', payload: note, idempotencyKey: 'a note' };
    const { id, traceId } = await owner.actions.propose(kept);
    await whileWorking(() => owner.actions.await(id, { maxWaitMs: 10_000, until: 'settled' }));
    expect(await owner.noteDrafts()).toMatchObject([{ ...note, actionId: id }]);
    const { items } = await owner.audit.list({ traceId });
    const events = items.map(({ event }) => event);
    expect(events).toEqual(expect.arrayContaining(['action.proposed', 'note.drafted']));
    await expect(owner.noteDrafts({ limit: 0 })).rejects.toMatchObject({ code: 'InvalidInput' });
    await adjutant.owner('other');
    const other = adjutant.workspace('other').as(await adjutant.owner('other'));
    expect(await other.noteDrafts()).toEqual([]);
  });

  it('are not decided by an assistant, not even through its person', async () => {
    const { id } = await agent.actions.propose(proposal);
    await whileWorking(async () => {
      const pending = await agent.actions.await(id, { maxWaitMs: 10_000, until: 'prepared' });
      const decision = {
        actionId: id,
        revision: pending.revision,
        payloadHash: pending.payloadHash ?? '',
        verdict: 'approve',
        proof: terminal,
      } as const;
      await expect(agent.actions.decide(decision)).rejects.toMatchObject({ code: 'Permission' });
    });
    expect((await owner.actions.get(id)).status).toBe('pending');
    expect(sent).toEqual([]);
  });

  it('take an answer to a form as an ordinary yes', async () => {
    const { id } = await agent.actions.propose(proposal);
    const settled = await whileWorking(async () => {
      const pending = await agent.actions.await(id, { maxWaitMs: 10_000, until: 'prepared' });
      await agent.actions.noteElicitedAnswer({
        actionId: id,
        revision: pending.revision,
        payloadHash: pending.payloadHash ?? '',
        verdict: 'approve',
        client: 'a client',
      });
      return agent.actions.await(id, { maxWaitMs: 10_000, until: 'settled' });
    });
    expect(settled.status).toBe('executed');
    expect(settled.decisions).toMatchObject([{ surface: 'elicitation', assurance: 'cooperative' }]);
  });

  it('are of one workspace only', async () => {
    const { id } = await agent.actions.propose(proposal);
    await adjutant.owner('other');
    const other = adjutant.workspace('other').as(await adjutant.owner('other'));
    await expect(other.actions.get(id)).rejects.toMatchObject({ code: 'NotFound' });
    await expect(other.actions.withdraw(id)).rejects.toMatchObject({ code: 'NotFound' });
  });
});
