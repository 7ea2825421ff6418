/** Columns of a sealed table whose values no seal covers, each with the reason. */
type Exceptions = Readonly<Record<string, string>>;

const delivery =
  'says how far its delivery has come; what is delivered, and under which id, is sealed';

/**
 * The tables on which something that was decided or executed rests. Every column of theirs is sealed,
 * those that a later version adds too, but the ones named here.
 */
export const sealedTables: Readonly<Record<string, Exceptions>> = {
  access_tokens: { last_used_at: 'says when it was shown, to the hour; nothing is allowed by it' },
  accounts: {},
  action_attempts: {},
  action_decisions: {},
  action_revisions: {},
  actions: {
    lease_expires_at:
      'is moved on while an effect runs; a worker that is late is told by "fence", which is sealed',
  },
  approver_grants: {},
  authenticator_requests: {},
  authenticators: {},
  budget_reservations: {},
  challenges: {},
  contact_preferences: {},
  data_keys: {},
  erasure_marks: {},
  identity_changes: {},
  identity_mappings: {},
  kill_switches: {},
  login_links: {},
  memberships: {},
  note_drafts: {},
  outbox: {
    attempts: delivery,
    dead_at: delivery,
    delivered_at: delivery,
    last_error: delivery,
    next_attempt_at: delivery,
  },
  outward_contacts: {},
  page_sessions: {},
  people: {},
  person_accounts: {},
  policy_versions: {},
  progress_report_revisions: {},
  progress_reports: {},
  retired_keys: {},
  secrets: {},
  team_decisions: {},
};

const vendor =
  'shows work as its source does; what an action binds of it is read again before it is sent';
const derived = 'is made of other rows, and made anew from them';
const passing =
  'says what is to be done or read next; whatever is done by it is judged by its own rows';
const ledger = 'is the ledger, or its seals, which verification checks by themselves';
const settings =
  'says how work is grouped, and who is shown it; nothing is decided, sent or carried out by it';
const words = 'holds what people wrote or noted about work; no action was agreed to by it';

/** The tables that no seal covers, each with the reason. */
export const unsealedTables: Readonly<Record<string, string>> = {
  account_group_members: vendor,
  account_groups: vendor,
  ai_evidence: vendor,
  ai_usage_days: vendor,
  audit_entries: ledger,
  audit_heads: ledger,
  audit_personal_data: ledger,
  audit_seals: ledger,
  chat_channels: vendor,
  chat_threads: vendor,
  cited_evidence: derived,
  commit_parents: vendor,
  commits: vendor,
  declared_hours: settings,
  delivery_followers: derived,
  deployment_changes: vendor,
  deployments: vendor,
  dirty_subjects: passing,
  document_texts: vendor,
  document_vectors: derived,
  documents: vendor,
  gaps: vendor,
  incident_deployments: vendor,
  incident_events: vendor,
  incident_follow_ups: words,
  incident_roles: words,
  incident_teams: words,
  incidents: vendor,
  job_schedules: passing,
  jobs: passing,
  leases: passing,
  metric_citations: derived,
  metric_rollup_gaps: derived,
  metric_rollups: derived,
  pipeline_jobs: vendor,
  pipeline_runs: vendor,
  project_definitions: settings,
  project_parts: settings,
  pull_request_commits: vendor,
  pull_request_events: vendor,
  pull_request_facts: derived,
  pull_request_files: vendor,
  pull_request_keys: vendor,
  pull_request_work_items: vendor,
  pull_requests: vendor,
  raw_records: vendor,
  refresh_requests: passing,
  release_commits: vendor,
  releases: vendor,
  report_reminders: settings,
  repositories: vendor,
  repository_leads: derived,
  repository_origins: settings,
  repository_owners: vendor,
  repository_teams: settings,
  rollup_marks: derived,
  rollup_states: derived,
  row_seals: ledger,
  schema_version: 'names the migrations that were run; each is checked when the store is opened',
  scopes: settings,
  search_entries: derived,
  search_marks: passing,
  search_states: derived,
  search_words: derived,
  search_words_config: derived,
  search_words_data: derived,
  search_words_docsize: derived,
  search_words_idx: derived,
  service_repositories: settings,
  services: settings,
  signal_findings: derived,
  signal_history: words,
  signal_mutes: settings,
  signal_rule_runs: derived,
  source_passes: passing,
  sources: settings,
  sprints: vendor,
  sync_cursors: passing,
  team_groups: settings,
  teams: settings,
  webhook_hints: passing,
  work_item_changes: vendor,
  work_item_links: vendor,
  work_items: vendor,
  workspaces:
    'holds a name, and a mark that only the transaction which deletes it sets; nothing heeds it later',
};

/** The tables that the ledger and its seals are kept in. */
export const ledgerTables: readonly string[] = Object.keys(unsealedTables).filter(
  (table) => unsealedTables[table] === ledger,
);
