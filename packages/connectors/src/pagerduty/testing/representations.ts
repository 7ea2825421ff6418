import type {
  TwinIncident,
  TwinLogEntry,
  TwinPolicy,
  TwinService,
  TwinUser,
} from './pagerduty-data.ts';

const api = 'https://api.pagerduty.com';
const site = 'https://acme.pagerduty.com';

/** Returns what points to a thing, as PagerDuty writes it. */
function reference(kind: string, plural: string, id: string, summary: string) {
  return {
    id,
    type: `${kind}_reference`,
    summary,
    self: `${api}/${plural}/${id}`,
    html_url: `${site}/${plural}/${id}`,
  };
}

function userReference({ id, name }: TwinUser) {
  return reference('user', 'users', id, name);
}

function policyReference({ id, name }: TwinPolicy) {
  return reference('escalation_policy', 'escalation_policies', id, name);
}

function serviceReference({ id, name }: TwinService) {
  return reference('service', 'service-directory', id, name);
}

/** PagerDuty writes no fraction of a second. */
export function written(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Returns a user as REST shows one. */
export function userOf(user: TwinUser) {
  const { id, name, email } = user;
  return {
    ...userReference(user),
    type: 'user',
    id,
    name,
    email,
    time_zone: 'Etc/UTC',
    role: 'user',
    invitation_sent: false,
    job_title: null,
  };
}

/** Returns a service as REST shows one. */
export function serviceOf(service: TwinService, withIntegrations: boolean) {
  const integrations = service.integrationKeys.map((key, at) => ({
    ...reference('integration', 'integrations', `${service.id}I${at}`, `Events ${at + 1}`),
    ...(withIntegrations
      ? {
          type: 'events_api_v2_inbound_integration',
          integration_key: service.showsKeys ? key : null,
        }
      : {}),
  }));
  return {
    ...serviceReference(service),
    type: 'service',
    name: service.name,
    description: null,
    created_at: written(service.createdAt),
    status: service.status,
    escalation_policy: policyReference(service.policy),
    incident_urgency_rule: { type: 'constant', urgency: 'high' },
    integrations,
    teams: [],
  };
}

/** Returns an incident as REST shows one. */
export function incidentOf(incident: TwinIncident) {
  const { id, number, title, service, status, mergedInto, priority } = incident;
  const level = service.policy.levels[incident.level] ?? [];
  const changedAt = written(incident.changedAt);
  return {
    ...reference('incident', 'incidents', id, `[#${number}] ${title}`),
    type: 'incident',
    incident_number: number,
    title,
    created_at: written(incident.createdAt),
    updated_at: written(Math.max(incident.changedAt, incident.touchedAt)),
    status,
    incident_key: incident.incidentKey,
    service: serviceReference(service),
    assignments:
      status === 'resolved'
        ? []
        : level.map((user) => ({
            at: written(incident.createdAt),
            assignee: userReference(user),
          })),
    last_status_change_at: changedAt,
    resolved_at: status === 'resolved' ? changedAt : null,
    first_trigger_log_entry: reference('trigger_log_entry', 'log_entries', `R${id}`, 'Triggered.'),
    escalation_policy: policyReference(service.policy),
    teams: [],
    alerts: [],
    acknowledgements: incident.acknowledgements.map(({ at, by }) => ({
      at: written(at),
      acknowledger: userReference(by),
    })),
    last_status_change_by:
      incident.changedBy === null ? serviceReference(service) : userReference(incident.changedBy),
    priority:
      priority === null
        ? null
        : { ...reference('priority', 'priorities', 'P1', priority), name: priority },
    resolve_reason:
      mergedInto === null
        ? null
        : {
            type: 'merge_resolve_reason',
            incident: reference('incident', 'incidents', mergedInto.id, mergedInto.title),
          },
    urgency: incident.urgency,
  };
}

/** Returns an entry of a history as REST shows one. */
export function logEntryOf({ id, type, at, incident, by, text }: TwinLogEntry) {
  return {
    ...reference(type, 'log_entries', id, `${type} of ${incident.title}`),
    type,
    html_url: null,
    created_at: written(at),
    agent: by === null ? serviceReference(incident.service) : userReference(by),
    channel:
      text === undefined
        ? { type: by === null ? 'auto' : 'website' }
        : { type: 'note', summary: text },
    incident: reference('incident', 'incidents', incident.id, incident.title),
    teams: [],
    event_details: type === 'trigger_log_entry' ? { description: incident.title } : {},
  };
}

/** Returns the turns of a policy as REST shows them. */
export function onCallsOf(policy: TwinPolicy) {
  const end = policy.turnEndsAt === null ? null : written(policy.turnEndsAt);
  return policy.levels.flatMap((people, at) =>
    people.map((user) => ({
      escalation_policy: policyReference(policy),
      escalation_level: at + 1,
      schedule: null,
      user: userReference(user),
      start: null,
      end,
    })),
  );
}
