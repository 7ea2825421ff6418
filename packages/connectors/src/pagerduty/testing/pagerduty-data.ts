/** What stands behind a twin: users, services, incidents and what happened to them. */
export interface TwinUser {
  id: string;
  name: string;
  email: string;
}

export interface TwinPolicy {
  id: string;
  name: string;
  /** Who is on call at each level, first level first. */
  levels: TwinUser[][];
  /** When the turn ends; null for one without an end. */
  turnEndsAt: number | null;
}

export interface TwinService {
  id: string;
  name: string;
  createdAt: number;
  status: string;
  policy: TwinPolicy;
  /** Integration keys of the Events API. */
  integrationKeys: string[];
  /** Whether whoever reads sees the integration keys. */
  showsKeys: boolean;
}

export interface TwinIncident {
  id: string;
  number: number;
  title: string;
  service: TwinService;
  createdAt: number;
  status: 'triggered' | 'acknowledged' | 'resolved';
  urgency: 'high' | 'low';
  priority: string | null;
  incidentKey: string;
  changedAt: number;
  /** When anything happened to it last, a note too. */
  touchedAt: number;
  /** Which level of its policy has it. */
  level: number;
  changedBy: TwinUser | null;
  acknowledgements: { at: number; by: TwinUser }[];
  mergedInto: TwinIncident | null;
  /** Nobody may see it any more. */
  isHidden: boolean;
}

export interface TwinLogEntry {
  id: string;
  type: string;
  at: number;
  incident: TwinIncident;
  by: TwinUser | null;
  /** Text of a note. */
  text?: string;
}

export interface NewIncident {
  createdAt: number;
  title?: string;
  urgency?: TwinIncident['urgency'];
  priority?: string;
  incidentKey?: string;
}

export interface PagerdutyData {
  users: TwinUser[];
  policies: TwinPolicy[];
  services: TwinService[];
  incidents: TwinIncident[];
  entries: TwinLogEntry[];
  addUser(name: string): TwinUser;
  addPolicy(name: string, levels: TwinUser[][]): TwinPolicy;
  addService(name: string, policy: TwinPolicy, createdAt: number): TwinService;
  addIncident(service: TwinService, incident: NewIncident): TwinIncident;
  acknowledge(incident: TwinIncident, by: TwinUser, at: number): void;
  /** Its acknowledgement timed out. */
  letGo(incident: TwinIncident, at: number): void;
  resolve(incident: TwinIncident, by: TwinUser, at: number): void;
  reopen(incident: TwinIncident, by: TwinUser, at: number): void;
  /** The same is told of it once more. */
  triggerAgain(incident: TwinIncident, at: number): void;
  escalate(incident: TwinIncident, by: TwinUser | null, at: number): void;
  addNote(incident: TwinIncident, text: string, by: TwinUser, at: number): void;
  merge(incident: TwinIncident, into: TwinIncident, by: TwinUser, at: number): void;
}

/** Returns an empty account. */
export function createPagerdutyData(): PagerdutyData {
  let count = 0;
  const nextId = (prefix: string): string => {
    count += 1;
    return `${prefix}${count.toString(36).toUpperCase().padStart(6, '0')}`;
  };
  const data: PagerdutyData = {
    users: [],
    policies: [],
    services: [],
    incidents: [],
    entries: [],
    addUser(name) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
      return added(data.users, { id: nextId('PU'), name, email });
    },
    addPolicy: (name, levels) =>
      added(data.policies, { id: nextId('PE'), name, levels, turnEndsAt: null }),
    addService: (name, policy, createdAt) =>
      added(data.services, {
        id: nextId('PS'),
        name,
        createdAt,
        status: 'active',
        policy,
        integrationKeys: [],
        showsKeys: true,
      }),
    addIncident(service, { createdAt, title = 'It broke', urgency = 'high', ...more }) {
      const incident: TwinIncident = {
        id: nextId('Q'),
        number: data.incidents.length + 1,
        title,
        service,
        createdAt,
        status: 'triggered',
        urgency,
        priority: more.priority ?? null,
        incidentKey: more.incidentKey ?? nextId('K').toLowerCase(),
        changedAt: createdAt,
        touchedAt: createdAt,
        level: 0,
        changedBy: null,
        acknowledgements: [],
        mergedInto: null,
        isHidden: false,
      };
      data.incidents.push(incident);
      note(incident, 'trigger', createdAt, null);
      note(incident, 'assign', createdAt, null);
      note(incident, 'notify', createdAt + 1_000, null);
      note(incident, 'notify', createdAt + 2_000, null);
      return incident;
    },
    acknowledge(incident, by, at) {
      change(incident, 'acknowledged', by, at);
      incident.acknowledgements = [{ at, by }];
      note(incident, 'acknowledge', at, by);
    },
    letGo(incident, at) {
      change(incident, 'triggered', null, at);
      note(incident, 'unacknowledge', at, null);
    },
    resolve(incident, by, at) {
      change(incident, 'resolved', by, at);
      note(incident, 'resolve', at, by);
    },
    reopen(incident, by, at) {
      change(incident, 'triggered', by, at);
      note(incident, 'reopen', at, by);
    },
    triggerAgain(incident, at) {
      note(incident, 'trigger', at, null);
    },
    escalate(incident, by, at) {
      incident.level = Math.min(incident.level + 1, incident.service.policy.levels.length - 1);
      note(incident, 'escalate', at, by);
      note(incident, 'assign', at, by);
    },
    addNote(incident, text, by, at) {
      note(incident, 'annotate', at, by, text);
    },
    merge(incident, into, by, at) {
      data.resolve(incident, by, at);
      incident.mergedInto = into;
    },
  };
  const note = (
    incident: TwinIncident,
    kind: string,
    at: number,
    by: TwinUser | null,
    text?: string,
  ): void => {
    const entry = { id: nextId('R'), type: `${kind}_log_entry`, at, incident, by };
    data.entries.push(text === undefined ? entry : { ...entry, text });
    if (kind !== 'notify') incident.touchedAt = Math.max(incident.touchedAt, at);
  };
  return data;
}

function change(
  incident: TwinIncident,
  status: TwinIncident['status'],
  by: TwinUser | null,
  at: number,
): void {
  incident.status = status;
  incident.changedAt = at;
  incident.changedBy = by;
  // Only those who hold it now are named.
  incident.acknowledgements = [];
}

function added<Item>(list: Item[], item: Item): Item {
  list.push(item);
  return item;
}
