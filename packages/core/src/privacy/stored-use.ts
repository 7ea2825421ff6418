import type { StoredTables } from './stored-table.ts';

/** What Adjutant keeps of its own: reading, the ledger, work that waits, figures. */
export const storedOfUse = {
  rawRecords: {
    holds:
      'what the source said, reduced to the fields that are used; deliveries of webhooks about selected repositories, and events that were sent, with their very text, for thirty days',
    personal: 'names, addresses, times and text as in the source',
    data: {
      fields: ['payload', 'headers'],
      of: 'everybody_seen',
      origin: 'source',
      purpose: 'tracing',
      seenAs: 'settings',
      retention: 'deliveries',
    },
  },
  sources: {
    holds: 'sources that were read, and what each can show',
    personal: 'none',
    data: null,
  },
  sourcePasses: {
    holds: 'how the last pass over each source went: requests, quota left, what stopped it',
    personal: 'none',
    data: null,
  },
  scopes: {
    holds: 'repositories, boards and the like that streams are read from',
    personal: 'local paths, which may contain a user name',
    data: {
      fields: ['name', 'detail'],
      of: 'users',
      origin: 'configuration',
      purpose: 'reading',
      seenAs: 'settings',
      retention: 'until_deleted',
    },
  },
  webhookHints: { holds: 'streams that a webhook says to look at', personal: 'none', data: null },
  syncCursors: {
    holds: 'where each stream stands, last error; hashes of addresses that were looked up',
    personal: 'digests of addresses',
    data: {
      fields: ['state'],
      of: 'everybody_seen',
      origin: 'computed',
      purpose: 'reading',
      seenAs: 'settings',
      retention: 'until_deleted',
    },
  },
  gaps: { holds: 'what is known to be missing', personal: 'none', data: null },
  pullRequestKeys: {
    holds: 'keys of work items that pull requests name',
    personal: 'none',
    data: null,
  },
  dirtySubjects: { holds: 'facts to compute again', personal: 'none', data: null },
  pullRequestFacts: {
    holds: 'durations and counts of reviews of each pull request',
    personal: 'times of work on one change, without its author',
    data: {
      fields: ['mergedAt', 'openedAt'],
      of: 'contributors',
      origin: 'computed',
      purpose: 'figures',
      seenAs: 'delivery_figures',
      retention: 'until_deleted',
    },
  },
  leases: {
    holds: 'who is syncing what now',
    personal: 'process identity',
    data: {
      fields: ['holder'],
      of: 'users',
      origin: 'use',
      purpose: 'reading',
      seenAs: 'settings',
      retention: 'until_deleted',
    },
  },
  refreshRequests: {
    holds: 'requests for fresh data',
    personal: 'who asked',
    data: {
      fields: ['requestedBy'],
      of: 'users',
      origin: 'use',
      purpose: 'accountability',
      seenAs: 'ledger',
      retention: 'until_deleted',
    },
  },
  auditEntries: {
    holds: 'append-only record of what changed something',
    personal: 'who did it; ids of a chosen set of people whose figures were told',
    data: {
      fields: ['actor', 'subject', 'detail', 'at'],
      of: 'users',
      origin: 'use',
      purpose: 'accountability',
      seenAs: 'ledger',
      retention: 'until_deleted',
    },
  },
  auditHeads: { holds: 'the end of each chain of the ledger', personal: 'none', data: null },
  auditPersonalData: {
    holds: 'what of a ledger entry is personal or free text; can be erased',
    personal: 'whatever it says',
    data: {
      fields: ['value'],
      of: 'users',
      origin: 'use',
      purpose: 'accountability',
      seenAs: 'ledger_personal',
      retention: 'erasable',
    },
  },
  jobs: { holds: 'work that waits for a worker: ids only', personal: 'none', data: null },
  jobSchedules: { holds: 'what runs at which times', personal: 'none', data: null },
  outbox: { holds: 'events that wait for a listener', personal: 'none', data: null },
  metricCitations: {
    holds: 'what figures were asked for, and what was answered',
    personal: 'none',
    data: null,
  },
  metricRollups: {
    holds: 'weekly values of metrics by team, service and repository',
    personal: 'none',
    data: null,
  },
  metricRollupGaps: { holds: 'codes of the gaps that touch them', personal: 'none', data: null },
  rollupMarks: { holds: 'days whose rows changed since', personal: 'none', data: null },
  rollupStates: { holds: 'what weekly values were computed from', personal: 'none', data: null },
  citedEvidence: {
    holds: 'ids of the rows behind them, with digests of what was read',
    personal: 'none',
    data: null,
  },
  schemaVersion: { holds: 'migrations applied', personal: 'none', data: null },
} as const satisfies Partial<StoredTables>;
