import { defineStream } from '@adjutant/core';
import type { PagerdutyConfig } from '../config.ts';
import { mapOnCall } from '../map/map-people.ts';
import { type OnCallPayload, onCallPayloadSchema, onCallSchema } from '../payloads.ts';
import { type PeopleList, readPeopleList } from '../reading/people-list.ts';
import { isServiceScope } from '../scopes.ts';
import { type Session, sessionOf } from '../session.ts';

/** Somebody may take over at any time; asked for every hour, and whenever a turn ends. */
const freshForMs = 3_600_000;
const mostPoliciesAsked = 100;

/** Who is on call now, by escalation policy. */
export const onCalls = defineStream<PagerdutyConfig, OnCallPayload>({
  id: 'on_calls',
  title: 'Who is on call now, by escalation policy',
  payloadSchema: onCallPayloadSchema,
  appliesTo: (scope) => !isServiceScope(scope),
  read(context, request) {
    const session = sessionOf(context);
    return readPeopleList(listOf(session, context.config), session, request);
  },
  map: mapOnCall,
});

function listOf({ services }: Session, config: PagerdutyConfig): PeopleList {
  const policies = [
    ...new Set((services ?? []).flatMap((service) => service.escalation_policy?.id ?? [])),
  ];
  // Of the policies of configured services; of all where all services are read.
  const isNarrow = config.services !== undefined && policies.length <= mostPoliciesAsked;
  return {
    query: {
      path: '/oncalls',
      key: 'oncalls',
      what: 'who is on call',
      ...(isNarrow && policies.length > 0
        ? { query: { 'escalation_policy_ids[]': policies } }
        : {}),
    },
    plural: 'who is on call',
    freshForMs,
    toRecords,
  };
}

/** Returns the records of a list of turns: each person once for a policy, at the first level. */
function toRecords(items: readonly unknown[]): ReturnType<PeopleList['toRecords']> {
  const policies = new Map<string, OnCallPayload>();
  let lost = 0;
  let changesAt: number | null = null;
  for (const item of items) {
    const turn = onCallSchema.safeParse(item);
    if (!turn.success) {
      lost += 1;
      continue;
    }
    const { escalation_policy: policy, escalation_level: level, user, end } = turn.data;
    const endsAt = Date.parse(end ?? '');
    if (!Number.isNaN(endsAt)) changesAt = Math.min(changesAt ?? endsAt, endsAt);
    const record = policies.get(policy.id) ?? {
      id: policy.id,
      name: policy.summary ?? null,
      members: [],
    };
    const present = record.members.find((member) => member.user.id === user.id);
    if (present === undefined) record.members.push({ user, level });
    else present.level = Math.min(present.level, level);
    policies.set(policy.id, record);
  }
  const records = [...policies.values()].map((policy) => ({
    externalId: policy.id,
    // The order in which PagerDuty lists them says nothing.
    payload: {
      ...policy,
      members: policy.members.toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1)),
    },
  }));
  return { records, lost, changesAt };
}
