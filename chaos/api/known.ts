import * as fc from 'fast-check';
import { z } from 'zod';
import type { ApiWorld } from '../../packages/gateway/src/testing/api-world.ts';
import type { Known } from './values-of.ts';

const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

/** Ids by the route that lists them, taken from real answers to an administrator. */
async function idsOf(world: ApiWorld, path: string): Promise<string[]> {
  const answer = await world.ask('admin', { method: 'GET', path });
  const ids = listSchema.parse(await answer.json()).items.map(({ id }) => id);
  if (ids.length === 0) throw new Error(`${path} lists nothing.`);
  return ids;
}

const citationSchema = z.object({ citationId: z.string() });

async function citationOf(world: ApiWorld, path: string): Promise<string> {
  const answer = await world.ask('admin', { method: 'GET', path });
  return citationSchema.parse(await answer.json()).citationId;
}

let made = 0;
/** A word that nobody used yet. */
const fresh = (): string => `F${(made += 1)}`;
const oneOf = (values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const later = (place: string[]) => oneOf(place);

/**
 * Returns what each name of an operation is taken from: ids of real answers, and what is there. A name
 * without an entry is made from its schema alone.
 */
export async function knownValues(world: ApiWorld): Promise<(operationId: string) => Known> {
  const people = await idsOf(world, '/v1/people');
  const work = await idsOf(world, '/v1/work');
  const rules = await idsOf(world, '/v1/signals/rules');
  const signals = await idsOf(world, '/v1/signals');
  const incidents = await idsOf(world, '/v1/incidents');
  const actions = await idsOf(world, '/v1/actions');
  const metrics = await idsOf(world, '/v1/metrics');
  const citations = [
    await citationOf(world, '/v1/metrics/throughput'),
    await citationOf(world, '/v1/metrics/dora/mttr'),
  ];
  const shared = {
    team: oneOf(['default']),
    repository: oneOf(['widgets']),
    service: oneOf(['widgets']),
    timeZone: oneOf(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata']),
    person: fc.subarray(people, { minLength: 1 }),
    personId: oneOf([...people, null]),
    rule: oneOf(rules),
    ruleId: oneOf(rules),
    subject: oneOf(work),
    subjectId: oneOf(work),
    assigned: oneOf(people),
    incident: oneOf(incidents),
    // An opaque word that is none is refused; real ones are of the page before.
    cursor: oneOf(['eyJvZmZzZXQiOjB9', 'eyJvZmZzZXQiOjF9']),
    text: oneOf(['widgets', 'Add', 'roll back', 'job']),
    question: oneOf(['How do we roll back widgets?', 'What stops the job?', 'Where is it']),
    key: fc.nat().map(fresh),
    idempotencyKey: fc.nat().map(() => `fuzz-${fresh().padStart(8, '0')}`),
  };
  const own: Readonly<Record<string, Known>> = {
    'work.get': { id: oneOf(work) },
    'actions.get': { id: oneOf(actions) },
    'approvals.get': { id: oneOf(actions) },
    'actions.propose': {
      type: oneOf(['note.ask']),
      payload: fc.record({ text: fc.string({ minLength: 1, maxLength: 30 }) }),
    },
    'signals.get': { id: oneOf(signals) },
    'signals.assign': { id: oneOf(signals) },
    'signals.snooze': {
      id: oneOf(signals),
      until: fc.oneof(
        fc.constant(null),
        fc.nat({ max: 30 }).map((day) => world.clock.now() + (day + 2) * 86_400_000),
      ),
    },
    'sprints.get': { id: oneOf(await idsOf(world, '/v1/sprints')) },
    'incidents.get': { id: oneOf(incidents) },
    'citations.get': { id: oneOf(citations) },
    'metrics.get': { id: oneOf(metrics) },
    'metrics.explain': { id: oneOf(metrics) },
    'metrics.compare': { id: oneOf(metrics) },
    'forecast.get': { until: later(['2026-11-05', '2026-11-20', '2026-12-01']) },
    'reports.get': { id: oneOf(await idsOf(world, '/v1/reports?visibility=team')) },
    'reports.list': { of: oneOf(['me', ...people]) },
    'reports.submit': { day: later(['2026-10-26', '2026-10-27', '2026-10-28']) },
  };
  return (operationId) => ({ ...shared, ...own[operationId] });
}
