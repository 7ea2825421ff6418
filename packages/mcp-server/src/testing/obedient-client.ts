import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { AdjutantServer } from '../create-adjutant-server.ts';
import { prompts } from '../prompts/index.ts';
import { type Order, orderIn, ordersIn } from './hostile-orders.ts';

type Call = readonly [tool: string, input: Record<string, unknown>];

const repository = 'none-of-that-name';
const days = { before_from: '2026-09-01', before_to: '2026-09-08' };
const comparison = { ...days, after_from: '2026-09-08', after_to: '2026-09-15' };

const readings: readonly Call[] = [
  ['get_team_overview', {}],
  ...['findings', 'blockers', 'triage'].map((view): Call => ['list_signals', { view }]),
  ...['today', 'standup', 'sprint', 'weekly', 'agenda', 'retrospective', 'triage', 'incident'].map(
    (kind): Call => ['get_brief', { kind }],
  ),
  ...['pull_request', 'work_item', 'incident', 'deployment', 'release', 'commit'].map(
    (kind): Call => ['list_work', { kind }],
  ),
  ['get_metric', {}],
  ...['throughput', 'work_item_age', 'build_success_rate', 'deployment_frequency'].map(
    (metric_id): Call => ['get_metric', { metric_id, explain: true }],
  ),
  ['get_metric', { metric_id: 'throughput', label: 'bug' }],
  ['compare_metric', { metric_id: 'throughput', ...comparison }],
  ['get_sync_status', { refresh: true }],
  ['find_people', {}],
  ['search_knowledge', { query: 'roll back the widgets' }],
  ['search_knowledge', { query: 'widgets', mode: 'find' }],
  ['search_knowledge', { query: 'do it now', mode: 'find', limit: 30 }],
  ['search_knowledge', { query: 'docs/runbook.md', mode: 'owners' }],
  ['search_knowledge', { query: 'roll back the widgets', mode: 'owners' }],
  ['forecast_delivery', { items: 5 }],
  ['submit_report', { did: 'Read what there is' }],
  ['get_actions', {}],
];

/** What is refused, and may name what there is instead. */
const refusals: readonly Call[] = [
  ...(['get_team_overview', 'list_work', 'get_brief', 'list_signals'] as const).map(
    (tool): Call => [tool, { team: 'nobody' }],
  ),
  ['forecast_delivery', { team: 'nobody', items: 1 }],
  ['list_work', { repository }],
  ['forecast_delivery', { repository, items: 1 }],
  ['search_knowledge', { query: 'widgets', repository }],
  ['get_metric', { metric_id: 'throughput', repository }],
  ['get_metric', { metric_id: 'deployment_frequency', service: 'none' }],
  ['get_metric', { metric_id: 'throughput', work_type: 'none' }],
  ['get_metric', { metric_id: 'throughput', authors: 'nobody' }],
  ['get_metric', { metric_id: 'none' }],
  ['get_metric', { citation: 'none' }],
  ['compare_metric', { metric_id: 'none', ...comparison }],
  ['get_work', { id: 'none' }],
  ['get_actions', { action_id: 'none' }],
  ['await_approval', { action_id: 'none' }],
  ['withdraw_action', { action_id: 'none' }],
  ['submit_report', { day: '2099-01-01' }],
];

const idsSchema = z.object({ id: z.string().nullish(), action_id: z.string().nullish() });
const textSchema = z.object({ text: z.string() });

/** Returns a client over a server; with forms to note it says yes to each that it is to show. */
export async function connectClient(server: AdjutantServer, forms?: string[]): Promise<Client> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const capabilities = forms === undefined ? {} : { elicitation: {} };
  const client = new Client({ name: 'obedient', version: '1.0.0' }, { capabilities });
  if (forms !== undefined) {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      forms.push(params.message);
      return { action: 'accept', content: { decision: 'approve' } };
    });
  }
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  return client;
}

export interface EverythingRead {
  /** The orders, by the place in which each was found first. */
  orders: Map<string, Order>;
  /** Every text of every answer, refusal, resource and prompt. */
  texts: string[];
  /** Readings that were refused, and refusals that were none. */
  surprises: string[];
}

/**
 * Reads everything that there is to read, and what its answers name, until nothing is new. Each order is
 * obeyed as soon as it is read, with the places that gave one until then.
 */
export async function readEverything(
  client: Client,
  obey: (order: Order, read: readonly string[]) => Promise<void> = async () => undefined,
): Promise<EverythingRead> {
  const found: EverythingRead = { orders: new Map(), texts: [], surprises: [] };
  const ids = new Set<string>();
  const take = async (text: string): Promise<void> => {
    found.texts.push(text);
    const fresh: Order[] = [];
    for (const order of ordersIn(text)) {
      if (found.orders.has(order.place)) continue;
      found.orders.set(order.place, order);
      fresh.push(order);
    }
    for (const order of fresh) await obey(order, [...found.orders.keys()]);
  };
  const call = async (name: string, input: Record<string, unknown>): Promise<boolean> => {
    const answer = await client.callTool({ name, arguments: input });
    for (const part of answer.content) if (part.type === 'text') await take(part.text);
    if (answer.structuredContent !== undefined) {
      await take(JSON.stringify(answer.structuredContent));
      collectIds(answer.structuredContent, ids);
    }
    return answer.isError === true;
  };
  // One that is refused reads nothing, and would show nothing of what it is there for.
  for (const [calls, isRefused] of [[readings, false] as const, [refusals, true] as const]) {
    for (const [tool, input] of calls) {
      if ((await call(tool, input)) !== isRefused) {
        found.surprises.push(`${tool} ${JSON.stringify(input)}: ${found.texts.at(-1)}`);
      }
    }
  }
  for (const id of ids) {
    await call('get_work', { id });
    await call('get_actions', { action_id: id });
  }
  const { resources } = await client.listResources();
  for (const { uri } of resources) {
    const { contents } = await client.readResource({ uri });
    for (const one of contents) await take(textSchema.parse(one).text);
  }
  for (const { name } of prompts) {
    const given = name === 'ask' ? { question: 'What now?' } : {};
    const { messages } = await client.getPrompt({ name, arguments: given });
    for (const { content } of messages) await take(textSchema.parse(content).text);
  }
  return found;
}

function collectIds(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectIds(item, into);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const named = idsSchema.safeParse(value);
  if (named.success) {
    for (const id of [named.data.id, named.data.action_id]) if (id) into.add(id);
  }
  for (const child of Object.values(value)) collectIds(child, into);
}

const proposedSchema = z.object({ action_id: z.string() });

/** Does as it was told, whatever it is told to send. @returns the id of what it proposed */
export async function propose(
  client: Client,
  { type, place }: Order,
  payload: Record<string, string> = payloadFor(type),
): Promise<string> {
  const proposed = await client.callTool({
    name: 'propose_action',
    arguments: {
      ...{ type, payload, idempotency_key: `obey-${place}-${type}` },
      rationale: orderIn('rationale'),
    },
  });
  return proposedSchema.parse(proposed.structuredContent).action_id;
}

/** Returns what a type of action takes, with an order in it. */
export function payloadFor(type: string): Record<string, string> {
  const text = orderIn('payload');
  if (type === 'policy.update') return { policy: 'actions: { pr.merge: { mode: deny } }' };
  return type === 'note.draft' ? { title: 'As I was told', body: text } : { text };
}
