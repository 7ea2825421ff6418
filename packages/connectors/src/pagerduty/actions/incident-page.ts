import {
  type ActionContext,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type Preparation,
  type PreviewFact,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { outgoingLineSchema, outgoingTextSchema } from '../../writing/outgoing-text-schema.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { idSchema, type PagerdutyConfig } from '../config.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { createEventsAccess, createReadAccess, routingKeyOf } from '../writing/access.ts';
import { boundOf, type PageTarget, readPageTarget } from '../writing/read-page-target.ts';

const payloadSchema = z.strictObject({
  /** Id of the service that is paged. */
  service: idSchema,
  summary: outgoingLineSchema(1_024),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  details: outgoingTextSchema(10_000).optional(),
});
type Payload = z.infer<typeof payloadSchema>;

const unknownKey =
  'the integration key decides whom it pages; PagerDuty does not show whether it is one of this service';

/** An event waits in a queue before it is an incident that can be found. */
const quietPeriodMs = 120_000;

/** Pages whoever is on call for a service, by an event that makes an incident. */
export function incidentPage(config: PagerdutyConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'incident.page',
    title: 'Page somebody',
    risk: 'high',
    reversible: false,
    // The same key again is the same alert only while it is open: afterwards it would page anew.
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      return previewOf(
        payload,
        await read(config, context, payload),
        await credentialFacts(createEventsAccess(config, context), 'Integration key'),
      );
    },
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(config, context, payload))),
    execute: async (context, effect) => await execute(config, context, effect),
    probe: async (context, effect) => await probe(config, context, effect),
  });
}

async function read(
  config: PagerdutyConfig,
  context: ActionContext,
  { service }: Payload,
): Promise<PageTarget> {
  // What is wrong with the key is shown as a fact; it is not what reading fails of.
  const routingKey = await routingKeyOf(config).catch(() => null);
  return await readPageTarget(createReadAccess(config, context), service, routingKey);
}

function previewOf(
  payload: Payload,
  target: PageTarget,
  troubles: readonly PreviewFact[],
): Preparation {
  const { id, name, url, policy, onCall } = target;
  const policyName = neutralText(policy?.name ?? 'none', 120);
  const shownName = neutralText(name, 120);
  return {
    target: { source: 'pagerduty', externalId: id, ref: shownName, url },
    preconditions: boundOf(target),
    facts: [
      warning(
        'Pages',
        onCall.length === 0 ? 'nobody is on call now' : `${onCall.length} on call now`,
      ),
      plain('Service', `${shownName} (${id})`),
      statusFact(target),
      routingFact(target),
      plain('Escalation policy', policyName),
      plain('Urgency', target.urgency),
      plain('Severity', payload.severity),
      plain('Summary', neutralText(payload.summary, 1_024)),
      plain('Taken back', 'it cannot be: whoever is called has been called'),
      ...troubles,
    ],
    recipients:
      onCall.length === 0
        ? [`whoever comes on call for ${policyName}`]
        : onCall.map((person) => `${person.name} (on call, level ${person.level})`),
    content:
      payload.details === undefined ? payload.summary : `${payload.summary}\n\n${payload.details}`,
    conditions: {},
    excludedAccounts: [],
    ...(target.key.belongs === 'yes' ? {} : { raisedRisk: { risk: 'high', reason: unknownKey } }),
  };
}

function statusFact({ status }: PageTarget): PreviewFact {
  if (status === 'maintenance')
    return warning('Status', 'in maintenance: it makes no incident now');
  return status === 'active' ? plain('Status', status) : warning('Status', neutralText(status));
}

function routingFact({ key }: PageTarget): PreviewFact {
  return key.belongs === 'yes'
    ? plain('Routing', `the integration key is that of "${neutralText(key.integration, 80)}" here`)
    : warning('Routing', unknownKey);
}

/** The same for every attempt, so that PagerDuty makes one alert of them. */
function dedupKeyOf({ effectKey }: Pick<ApprovedEffect<Payload>, 'effectKey'>): string {
  return `adjutant-${shortHash(effectKey)}`;
}

const otherKey =
  'The integration key is another one than when this was approved, and may page somebody else. Propose it anew.';

async function execute(
  config: PagerdutyConfig,
  context: ActionContext,
  { payload, effectKey, target, preconditions }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const dedupKey = dedupKeyOf({ effectKey });
  const routingKey = await routingKeyOf(config).catch(() => null);
  if (routingKey !== null && shortHash(routingKey) !== preconditions['keyHash']) {
    return { outcome: 'refused', reason: otherKey };
  }
  const sent = await createEventsAccess(config, context).send({
    method: 'POST',
    path: '/v2/enqueue',
    body: {
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: dedupKey,
      client: 'Adjutant',
      payload: {
        summary: payload.summary,
        severity: payload.severity,
        source: target.ref,
        class: 'page',
        ...(payload.details === undefined ? {} : { custom_details: { details: payload.details } }),
      },
    },
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: { dedupKey } };
}

const incidentsSchema = z.object({
  incidents: z.array(z.object({ id: z.string(), html_url: z.string().nullish() })),
});

/** An incident of ours is found by its key, also once it is resolved. */
async function probe(
  config: PagerdutyConfig,
  context: ActionContext,
  effect: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const dedupKey = dedupKeyOf(effect);
  const { incidents } = await createReadAccess(config, context).read(
    {
      method: 'GET',
      path: '/incidents',
      query: { incident_key: dedupKey, date_range: 'all', limit: 1 },
    },
    incidentsSchema,
    'incidents',
  );
  const [found] = incidents;
  if (found === undefined) return { outcome: 'absent' };
  return {
    outcome: 'applied',
    result: { dedupKey, incidentId: found.id, url: found.html_url ?? null },
  };
}
