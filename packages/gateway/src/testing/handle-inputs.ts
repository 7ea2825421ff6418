import type { ActionDetail, WorkspaceHandle } from '@adjutant/core';

type Plain = 'workspaceId' | 'timeZone' | 'viewer';

/** A type with every member that may be left out named as well, so that none is forgotten here. */
export type Whole<Value> = Value extends (...words: never[]) => unknown
  ? Value
  : Value extends Uint8Array | AbortSignal
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Whole<Item>[]
      : Value extends object
        ? { [Name in keyof Value]-?: Whole<Exclude<Value[Name], undefined>> }
        : Value;

/** For each call of something, what it is made with: once or, where there are several forms, in each. */
export type InputsOf<Value> = Value extends (...words: infer Words) => unknown
  ? readonly { [Index in keyof Words]-?: Whole<Exclude<Words[Index], undefined>> }[]
  : { readonly [Name in keyof Value]: InputsOf<Value[Name]> };

export type HandleInputs = InputsOf<Omit<WorkspaceHandle, Plain>>;

/** Rows of the world that inputs name. */
export interface KnownRows {
  personId: string;
  otherPersonId: string;
  workId: string;
  signalId: string;
  sprintId: string;
  incidentId: string;
  citationId: string;
  action: ActionDetail;
  now: number;
}

const day = '2026-10-20';

/**
 * Every call of a workspace's handle with every field of what it takes, as the types have them: a call or
 * a field that is added does not compile without its place here. `{n}` is another number each time.
 */
export function handleInputs(known: KnownRows): HandleInputs {
  const { personId, otherPersonId, workId, signalId, sprintId, incidentId, now } = known;
  const { action } = known;
  const window = { from: now - 20 * 86_400_000, to: now };
  const filter = {
    service: 'widgets',
    labels: ['bug'],
    workTypes: ['bug' as const],
    people: [personId],
    authors: ['people' as const],
  };
  const question = {
    metricId: 'throughput',
    window,
    timeZone: 'UTC',
    repository: 'widgets',
    filter,
  };
  const page = { limit: 5, cursor: 'none' };
  const account = { source: 'forge', externalId: 'flo' };
  const proof = { kind: 'host_session' as const, subject: 'somebody', method: 'a password' };
  const passkey = { kind: 'passkey' as const, challengeId: 'none', response: { id: 'none' } };
  const decided = {
    actionId: action.id,
    revision: action.revision,
    payloadHash: action.payloadHash ?? '',
    verdict: 'decline' as const,
    reason: 'too early',
  };
  const report = { day, did: 'One.', next: 'Two.', blockers: 'None.', via: 'sdk' as const };
  const parts = {
    repositories: [{ source: 'forge', externalId: 'widgets' }],
    boards: [{ source: 'forge', externalId: 'board' }],
    services: ['widgets'],
  };
  return {
    forTeam: [['default']],
    teams: [[]],
    overview: [[{ window, timeZone: 'UTC', filter, withDetails: false }]],
    repositories: [[]],
    listWork: [
      [
        {
          kind: 'pull_request',
          state: 'open',
          repository: 'widgets',
          withAiEvidence: true,
          ...page,
        },
      ],
    ],
    getWork: [[workId]],
    listMetrics: [[]],
    metric: [[question]],
    explainMetric: [[{ ...question, ...page }]],
    explainCitation: [[known.citationId, page]],
    compareMetric: [
      [
        {
          metricId: 'throughput',
          before: { from: window.from, to: window.from + 86_400_000 },
          after: { from: window.from + 86_400_000, to: now },
          repository: 'widgets',
          timeZone: 'UTC',
          filter,
          withInterval: false,
        },
      ],
    ],
    forecast: [
      [{ items: 5, until: now + 10 * 86_400_000, repository: 'widgets', history: window, seed: 1 }],
    ],
    syncStatus: [[{ rowCounts: true }]],
    requestRefresh: [[]],
    findPeople: [[{ text: 'ada', ...page }]],
    identitySuggestions: [[]],
    identityReview: {
      plan: [
        [{ kind: 'merge', fromPersonId: personId, toPersonId: otherPersonId }],
        [{ kind: 'confirm', account, personId }],
        [{ kind: 'split', personId, accounts: [account] }],
        [{ kind: 'mark_bot', personId, accounts: [account] }],
        [{ kind: 'undo', changeId: 'none' }],
        [{ kind: 'set_role', personId, role: 'lead' }],
      ],
      unmatched: [[{ source: 'forge', limit: 5 }]],
      mergeable: [[{ above: 0.9 }]],
      merge: [[{ above: 0.9, shown: [{ fromPersonId: personId, toPersonId: otherPersonId }] }]],
      markBot: [
        [personId, [account], proof],
        [personId, [account], passkey],
      ],
      confirmAccount: [[account, personId, proof]],
      setRole: [[personId, 'member', proof]],
    },
    identityChanges: [[]],
    mergePeople: [[personId, otherPersonId, proof]],
    splitPerson: [[personId, [account], proof]],
    undoIdentityChange: [['none', proof]],
    teamProposals: {
      list: [[]],
      accept: [['none']],
      dismiss: [['none']],
      decisions: [[]],
      undo: [['none']],
    },
    projects: {
      list: [[]],
      get: [['none']],
      create: [[{ key: 'W{n}', name: 'Widgets', ...parts }]],
      update: [['WID', { key: 'WID', name: 'Gears', ...parts }]],
      delete: [['none']],
    },
    aiImpact: {
      compare: [[{ window, repository: 'widgets' }]],
      adoption: [[{ window, repository: 'widgets' }]],
    },
    sprints: { list: [[page]], report: [[sprintId]], velocity: [[{ last: 3 }]] },
    signals: {
      list: [
        [
          {
            state: 'open',
            atLeast: 'low',
            ruleId: 'stale-pull-request',
            subjectId: workId,
            assignedPersonId: personId,
            withHidden: true,
            ...page,
          },
        ],
      ],
      get: [[signalId]],
      rules: [[]],
      subjects: [['pull_request']],
      evaluate: [[{ everything: false }]],
      replay: [[{ rule: 'stale-pull-request', since: now - 86_400_000, every: 'day' }]],
      snooze: [[signalId, null]],
      assign: [[signalId, personId]],
      mute: [[{ ruleId: 'stale-pull-request', subjectId: 'work-{n}', reason: 'known' }]],
      unmute: [[{ ruleId: 'stale-pull-request', subjectId: workId }]],
    },
    history: {
      deployment: [['none']],
      commitsBetween: [[{ from: 'none', to: 'none' }]],
      incident: [[incidentId]],
      workItem: [['none']],
    },
    reviewers: { suggest: [[[workId]]] },
    incidents: {
      list: [[{ limit: 5 }]],
      course: [[incidentId]],
      setRole: [[incidentId, 'lead', personId]],
      addFollowUp: [[incidentId, { reference: 'PAY-{n}', ownerPersonId: personId, dueDay: day }]],
      removeFollowUp: [[incidentId, 'none']],
    },
    rollups: {
      read: [
        [
          {
            metricId: 'throughput',
            scope: { kind: 'repository', key: 'widgets' },
            from: 0,
            to: now,
          },
        ],
      ],
    },
    contactPreferences: {
      get: [[personId]],
      set: [
        [
          personId,
          {
            optedOut: true,
            timeZone: 'UTC',
            quietHours: { from: '20:00', to: '08:00' },
            absence: { fromDay: day, toDay: day },
          },
        ],
      ],
    },
    noteDrafts: [[{ limit: 5 }]],
    knowledge: {
      ask: [[{ question: 'roll back', repository: 'widgets', limit: 5 }]],
      search: [[{ text: 'roll back', kinds: ['document'], repository: 'widgets', limit: 5 }]],
      whoKnows: [['README.md']],
      indexLag: [[]],
    },
    audit: {
      list: [
        [
          {
            event: 'action.proposed',
            subject: action.id,
            actor: 'system',
            traceId: action.traceId,
            since: 0,
            until: now,
            ...page,
          },
        ],
      ],
      show: [['none']],
      verify: [],
      export: [[{ withPersonalData: false }]],
      checkpoint: [],
      erasePersonalData: [[{ entryId: 'none' }], [{ personId: 'nobody' }]],
    },
    privacy: { report: [[]], refusals: [] },
    reports: {
      submit: [[{ ...report, visibility: 'team' }]],
      get: [['none']],
      ofDay: [[day]],
      list: [
        [{ of: { personId }, fromDay: day, toDay: day, visibility: 'team', ...page }],
        [{ of: 'me', fromDay: day, toDay: day, visibility: 'team', ...page }],
      ],
      edit: [['none', report]],
      share: [['none', 'team']],
      delete: [['none']],
      shared: [[{ fromDay: day, toDay: day }]],
      reminders: { get: [[]], ask: [[{ atTime: '16:00', weekdays: [1] }]], stop: [[]] },
      search: [[{ text: 'one', limit: 5 }]],
      indexLag: [[]],
    },
    load: {
      mine: [[]],
      team: [[{ week: '2026-10-19' }]],
      hours: {
        get: [[]],
        declare: [[{ fromTime: '09:00', toTime: '17:00', weekdays: [1], timeZone: 'UTC' }]],
        withdraw: [[]],
      },
    },
    actions: {
      propose: [
        [
          {
            type: 'note.ask',
            payload: { text: 'hello' },
            idempotencyKey: 'a-key-of-its-own-{n}',
            rationale: 'because',
            modelVersion: 'a-model-1',
            traceId: 'a-trace',
            outsideTexts: { total: 1, texts: [{ from: 'acme/widgets#7', text: 'Please.' }] },
          },
        ],
      ],
      get: [[action.id]],
      list: [[{ status: ['pending'], ...page }]],
      await: [[action.id, { maxWaitMs: 0, until: 'decided', signal: AbortSignal.abort() }]],
      withdraw: [['none', 'no need']],
      decide: [
        [{ ...decided, proof }],
        [{ ...decided, proof: passkey }],
        [{ ...decided, proof: { kind: 'terminal', operatingSystemUser: 'somebody' } }],
        [{ ...decided, proof: { kind: 'page_session', sessionId: 'none' } }],
        [{ ...decided, proof: { kind: 'elicitation', client: 'a client' } }],
        [
          {
            ...decided,
            proof: {
              kind: 'signed_click',
              source: 'slack',
              request: { headers: { 'x-slack-signature': 'none' }, body: new Uint8Array() },
            },
          },
        ],
      ],
      modify: [
        [
          {
            actionId: action.id,
            revision: action.revision,
            payload: { text: 'other' },
            reason: 'shorter',
          },
        ],
      ],
      resolve: [[action.id, 'happened', 'seen']],
      stop: [['note.ask', 'too many']],
      resume: [['note.ask']],
      stops: [[]],
      types: [[]],
      worker: [[]],
      noteElicitedAnswer: [
        [
          {
            actionId: action.id,
            revision: action.revision,
            payloadHash: action.payloadHash ?? '',
            verdict: 'decline',
            client: 'a client',
          },
        ],
      ],
      statistics: [[window]],
    },
  };
}
