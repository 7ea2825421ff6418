import { AdjutantError, type JsonObject } from '@adjutant/core';
import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import { onCallSchema, serviceSchema } from '../payloads.ts';

/** Whether the configured integration key is one of the service, as far as PagerDuty shows. */
export type KeyBelongs = { belongs: 'yes'; integration: string } | { belongs: 'unknown' };

/** Somebody who is on call, at a level of the escalation policy. */
export interface OnCallPerson {
  id: string;
  name: string;
  level: number;
}

/** Whom a page to a service reaches, as it stands now. */
export interface PageTarget {
  id: string;
  name: string;
  url: string | null;
  status: string;
  policy: { id: string; name: string } | null;
  urgency: string;
  key: KeyBelongs;
  /** Stands for the integration key, and gives nothing of it away; null where there is none. */
  keyHash: string | null;
  onCall: readonly OnCallPerson[];
}

const urgencyRuleSchema = z
  .object({ type: z.string(), urgency: z.string().nullish() })
  .nullish()
  .catch(null);

const pagedServiceSchema = z.object({
  service: serviceSchema.extend({
    incident_urgency_rule: urgencyRuleSchema,
    integrations: z
      .array(
        z.object({
          summary: z.string().nullish().catch(null),
          integration_key: z.string().nullish().catch(null),
        }),
      )
      .nullish()
      .catch(null),
  }),
});
type PagedService = z.infer<typeof pagedServiceSchema>['service'];

/** Returns the service as it is now, with who is on call for it. @throws AdjutantError */
export async function readPageTarget(
  access: RestAccess,
  serviceId: string,
  routingKey: string | null,
): Promise<PageTarget> {
  const { service } = await access.read(
    {
      method: 'GET',
      path: `/services/${encodeURIComponent(serviceId)}`,
      query: { 'include[]': 'integrations' },
    },
    pagedServiceSchema,
    'this service',
  );
  if (service.status === 'disabled') throw disabled(service.id);
  const policy = service.escalation_policy ?? null;
  return {
    id: service.id,
    name: service.name ?? service.summary ?? service.id,
    url: service.html_url ?? null,
    status: service.status ?? 'unknown',
    policy: policy === null ? null : { id: policy.id, name: policy.summary ?? policy.id },
    urgency: urgencyOf(service),
    key: keyOf(service, routingKey),
    keyHash: routingKey === null ? null : shortHash(routingKey),
    onCall: policy === null ? [] : await readOnCall(access, policy.id),
  };
}

/** What the decision is bound to. Whether incidents are open is another matter: a page may add one. */
export function boundOf({ id, status, policy, key, keyHash }: PageTarget): JsonObject {
  const isTaking = ['active', 'warning', 'critical'].includes(status);
  return {
    serviceId: id,
    status: isTaking ? 'taking incidents' : status,
    escalationPolicyId: policy?.id ?? null,
    // Whom an event pages is decided by the key alone.
    keyHash,
    keyBelongs: key.belongs,
  };
}

function urgencyOf({ incident_urgency_rule: rule }: PagedService): string {
  if (rule === null || rule === undefined) return 'unknown';
  if (rule.type === 'use_support_hours') return 'by the support hours of the service';
  if (rule.urgency === 'severity_based') return 'by the severity of the event';
  return rule.urgency ?? 'unknown';
}

/** The key stays in this process: it is compared with those that PagerDuty shows of the service. */
function keyOf({ id, integrations }: PagedService, routingKey: string | null): KeyBelongs {
  const shown = (integrations ?? []).filter(
    ({ integration_key: key }) => typeof key === 'string' && /^[A-Za-z0-9]{32}$/.test(key),
  );
  if (routingKey === null || shown.length === 0) return { belongs: 'unknown' };
  const found = shown.find(({ integration_key: key }) => key === routingKey);
  if (found !== undefined) return { belongs: 'yes', integration: found.summary ?? 'unnamed' };
  throw new AdjutantError(
    'InvalidInput',
    `The configured integration key is none of service ${id}: it would page somebody else.`,
    {
      source: 'pagerduty',
      hint: 'Propose it for the service of the key, or configure an integration key of this one.',
    },
  );
}

const onCallsSchema = z.object({ oncalls: z.array(z.unknown()) });

async function readOnCall(access: RestAccess, policyId: string): Promise<OnCallPerson[]> {
  const { oncalls } = await access.read(
    {
      method: 'GET',
      path: '/oncalls',
      query: { 'escalation_policy_ids[]': policyId, limit: 100 },
    },
    onCallsSchema,
    'who is on call',
  );
  const people = new Map<string, OnCallPerson>();
  for (const turn of oncalls) {
    const parsed = onCallSchema.safeParse(turn);
    // A turn that names nobody calls nobody.
    if (!parsed.success || parsed.data.escalation_policy.id !== policyId) continue;
    const { user, escalation_level: level } = parsed.data;
    const present = people.get(user.id);
    const name = neutralText(user.summary ?? user.id, 120);
    people.set(user.id, { id: user.id, name, level: Math.min(level, present?.level ?? level) });
  }
  return [...people.values()].toSorted((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1));
}

function disabled(id: string): AdjutantError {
  return new AdjutantError('InvalidInput', `Service ${id} is disabled: it makes no incident.`, {
    source: 'pagerduty',
    hint: 'Enable it in PagerDuty first, or page another service.',
  });
}
