import { shortId } from '../answer/short-id.ts';
import { fakeId } from './fake-rows.ts';

/** One good input per tool that needs any, for the tests and the pages of the tools. */
export const exampleInputs: Readonly<Record<string, Record<string, unknown>>> = {
  list_signals: { at_least: 'high' },
  get_brief: { kind: 'today' },
  list_work: { kind: 'pull_request', state: 'open' },
  get_work: { id: shortId(fakeId(0)) },
  get_metric: { metric_id: 'lead_time' },
  compare_metric: {
    metric_id: 'lead_time',
    before_from: '2026-09-01',
    before_to: '2026-10-01',
    after_from: '2026-10-01',
    after_to: '2026-10-29',
  },
  forecast_delivery: { items: 20, until: '2026-11-15' },
  get_sync_status: { refresh: true },
  find_people: { text: 'mira' },
  propose_action: {
    type: 'issue.create.low',
    payload: { repository: 'acme/billing-api', title: 'Retry failed webhooks' },
    idempotency_key: 'retry-webhooks-1',
    rationale: 'Three incidents had this cause.',
  },
  await_approval: { action_id: shortId(fakeId(900)), max_wait_s: 25 },
  get_actions: { action_id: shortId(fakeId(900)) },
  withdraw_action: { action_id: shortId(fakeId(900)), reason: 'already fixed' },
};
