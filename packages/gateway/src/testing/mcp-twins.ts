import type { ApiWorld } from './api-world.ts';

/** How a tool is called, and the route that answers the same. */
export interface Twin {
  /** The id of the route. */
  route: string;
  /** The id of a route whose answer it gives beside that. */
  also?: string;
  input(this: void, world: ApiWorld, agent: string): Promise<Record<string, unknown>>;
}

const given = (input: Record<string, unknown>) => async () => input;
const looked = new WeakMap<ApiWorld, Promise<string>>();
/** One that is only looked at, so that all calls may look at the same. */
const waiting = (world: ApiWorld): Promise<string> => {
  const known = looked.get(world) ?? world.propose().then(({ id }) => id);
  looked.set(world, known);
  return known;
};
let keys = 0;

/** One per tool, by hand; a tool with calls that take more stands twice, with what makes them so. */
export const toolTwins: Readonly<Record<string, Twin>> = {
  get_team_overview: { route: 'overview.get', input: given({}) },
  list_signals: { route: 'signals.list', input: given({}) },
  get_brief: { route: 'briefs.get', input: given({ kind: 'today' }) },
  list_work: { route: 'work.list', input: given({}) },
  get_work: {
    route: 'work.get',
    input: async (world) => ({ id: (await world.admin().listWork({ limit: 1 })).items[0]?.id }),
  },
  get_metric: { route: 'metrics.get', input: given({ metric_id: 'throughput' }) },
  compare_metric: {
    route: 'metrics.compare',
    input: given({
      metric_id: 'throughput',
      before_from: '2026-09-01',
      before_to: '2026-10-01',
      after_from: '2026-10-01',
      after_to: '2026-10-28',
    }),
  },
  forecast_delivery: { route: 'forecast.get', input: given({ items: 5 }) },
  get_sync_status: { route: 'sync.get', input: given({}) },
  'get_sync_status refresh': {
    route: 'sync.refresh',
    also: 'sync.get',
    input: given({ refresh: true }),
  },
  find_people: { route: 'people.list', input: given({}) },
  search_knowledge: { route: 'search.get', input: given({ query: 'pelican' }) },
  propose_action: {
    route: 'actions.propose',
    input: async () => ({
      type: 'note.ask',
      payload: { text: 'Over MCP' },
      idempotency_key: `over-mcp-${(keys += 1)}`,
    }),
  },
  await_approval: {
    route: 'approvals.get',
    input: async (world) => ({ action_id: await waiting(world), max_wait_s: 0 }),
  },
  get_actions: { route: 'actions.list', input: given({}) },
  withdraw_action: {
    route: 'actions.withdraw',
    input: async (world, agent) => {
      const sponsorPersonId = world.castOf('default').member;
      const viewer = { kind: 'agent', name: agent, sponsorPersonId } as const;
      return { action_id: (await world.propose('default', viewer)).id };
    },
  },
  submit_report: { route: 'reports.submit', input: given({ did: 'Something.' }) },
};

/** What is read by its address, and the route that answers the same. */
export const resourceTwins: Readonly<
  Record<string, { route: string; uri(this: void, world: ApiWorld): Promise<string> }>
> = {
  'adjutant://team': { route: 'teams.list', uri: async () => 'adjutant://team' },
  'adjutant://metrics/{id}': {
    route: 'metrics.list',
    uri: async () => 'adjutant://metrics/throughput',
  },
  'adjutant://actions/{id}': {
    route: 'actions.get',
    uri: async (world) => `adjutant://actions/${await waiting(world)}`,
  },
};
