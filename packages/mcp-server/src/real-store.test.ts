import { createAdjutant, silentLogger, type WorkspaceHandle } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool } from './call-tool.ts';
import { plainCall } from './tool-call.ts';
import { tools } from './tools/index.ts';

const inputs: Record<string, object> = {
  propose_action: {
    type: 'note.draft',
    payload: { title: 'Retro', body: 'Ask about reviews' },
    idempotency_key: 'retro-note-1',
  },
  forecast_delivery: { items: 20 },
  search_knowledge: { query: 'how do we roll back?' },
  submit_report: { did: 'Read the logs' },
  get_metric: { metric_id: 'lead_time_for_changes' },
  compare_metric: {
    metric_id: 'throughput',
    before_from: '2026-09-01',
    before_to: '2026-10-01',
    after_from: '2026-10-01',
    after_to: '2026-11-01',
  },
};

let workspace: WorkspaceHandle;
let close = async (): Promise<void> => undefined;
beforeAll(async () => {
  const adjutant = await createAdjutant({ store: ':memory:', metrics: allMetrics });
  close = () => adjutant.close();
  workspace = adjutant.workspace().as(await adjutant.owner());
});
afterAll(() => close());

function call(name: string, input: object = inputs[name] ?? {}) {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return callTool(tool, input, {
    workspace: async () => workspace,
    logger: silentLogger,
    call: plainCall(),
  });
}

describe('over the real store before the first sync', () => {
  const ofOneRow = new Set(['get_work', 'await_approval', 'withdraw_action']);
  it.each(tools.filter(({ name }) => !ofOneRow.has(name)))('$name answers', async (tool) => {
    const answer = await call(tool.name);
    expect(answer).not.toHaveProperty('isError');
    // What speaks of actions rests on no sync.
    if (!tool.name.endsWith('action') && !tool.name.endsWith('actions')) {
      expect(answer).toMatchObject({ structuredContent: { synced_at: null } });
    }
    if ('structuredContent' in answer) tool.outputSchema.parse(answer.structuredContent);
  });

  it('a figure is unknown, not 0', async () => {
    expect(await call('get_metric')).toMatchObject({
      structuredContent: { metric: { value: null, p50: null, sample_size: 0 } },
    });
  });

  it('an id of nothing, a foreign cursor and an unknown metric say what to do', async () => {
    const wrong = [
      await call('get_work', { id: 'AaGMJQnAf-yrZv_IbzjZUg' }),
      await call('list_work', { cursor: 'not-a-cursor' }),
      await call('get_metric', { metric_id: 'mood' }),
      await call('list_work', { repository: 'nowhere' }),
      await call('list_work', { team: 'nobody' }),
    ];
    for (const answer of wrong) {
      expect(answer).toMatchObject({ isError: true });
      expect(answer.content[0].text).not.toContain('adjutant doctor');
    }
  });

  it('an action is waited for, and taken back', async () => {
    const proposed = await call('propose_action');
    if (!('structuredContent' in proposed)) throw new Error('nothing was proposed');
    const { action_id: id, worker } = proposed.structuredContent;
    expect(worker).toMatchObject({ running: false, start: 'adjutant serve' });
    const waited = await call('await_approval', { action_id: id, max_wait_s: 0 });
    expect(waited).toMatchObject({ structuredContent: { status: 'preparing' } });
    const withdrawn = await call('withdraw_action', { action_id: id });
    expect(withdrawn).toMatchObject({ structuredContent: { status: 'revoked' } });
  });

  it('a refresh is kept for the worker', async () => {
    const first = await call('get_sync_status', { refresh: true });
    expect(first).toMatchObject({
      structuredContent: { refresh: 'requested', worker: { running: false } },
    });
    expect(await call('get_sync_status')).toMatchObject({
      structuredContent: { refresh: 'pending' },
    });
  });
});
