import type { HandlePath, InformationClass, WorkspaceHandle } from '@adjutant/core';
import type { MetricFilter, Window } from '@adjutant/core/domain';

/** What a call came to: what it is about was told or done, was left out of the answer, or was refused. */
export type Outcome = 'given' | 'untold' | 'refused';

/** What one call is made with. */
export interface CaseWorld {
  handle: WorkspaceHandle;
  /** Whom a question about one person is about: the viewer, where the relation is `self`. */
  subject: string;
  window: Window;
  before: Window;
  after: Window;
  /** Six people, or half of a small workspace. */
  set: readonly string[];
  /** An action that waits for a decision, proposed by somebody else. */
  action: { id: string; revision: number; payloadHash: string };
  /** An entry of the ledger with personal data. */
  entryId: string;
  /** A report that somebody keeps private: the subject's. */
  reportOf: (personId: string) => string;
  /** A row of work. */
  workId: string;
}

/** A call; where its answer is judged by what is in it, it comes to an outcome, else to anything. */
export type Case = (world: CaseWorld) => Promise<unknown>;

interface Figure {
  value: number | null;
}

const told = ({ value }: Figure): Outcome => (value === null ? 'untold' : 'given');
const metricId = 'throughput';

type Filtered = 'delivery_figures' | 'figures_on_people' | 'chosen_set' | 'own_view';

/** The filter that makes a question one of a class. */
export function filterFor(of: Filtered, { set, subject }: CaseWorld): MetricFilter | undefined {
  if (of === 'delivery_figures') return undefined;
  if (of === 'figures_on_people') return { labels: ['bug'] };
  return { people: of === 'chosen_set' ? [...set] : [subject] };
}

/** A call whose answer may leave out what it is about. */
function judged<Answer>(
  call: (world: CaseWorld) => Promise<Answer>,
  outcome: (answer: Answer) => Outcome,
): Case {
  return async (world) => outcome(await call(world));
}

/** A call that gives figures, made once for each class of them. */
function figures<Answer>(
  call: (world: CaseWorld, filter: { filter?: MetricFilter | undefined }) => Promise<Answer>,
  outcome: (answer: Answer) => Outcome,
): Record<Filtered, Case> {
  const caseOf = (of: Filtered): Case =>
    judged((world) => call(world, { filter: filterFor(of, world) }), outcome);
  return {
    delivery_figures: caseOf('delivery_figures'),
    figures_on_people: caseOf('figures_on_people'),
    chosen_set: caseOf('chosen_set'),
    own_view: caseOf('own_view'),
  };
}

async function drained(lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  for await (const _ of lines) count += 1;
  return count;
}

const terminal = { kind: 'terminal', operatingSystemUser: 'somebody' } as const;
const decided = ({ action }: CaseWorld) => ({
  actionId: action.id,
  revision: action.revision,
  payloadHash: action.payloadHash,
  verdict: 'decline' as const,
});

/** How each call of a handle is made, once for each class that the surface says it is about. */
export const handleCases: Readonly<Record<HandlePath, Partial<Record<InformationClass, Case>>>> = {
  forTeam: { delivery_figures: async ({ handle }) => handle.forTeam('none').teams() },
  teams: { settings: ({ handle }) => handle.teams() },
  overview: figures(
    ({ handle, window }, filter) => handle.overview({ window, ...filter }),
    ({ metrics }) => (metrics.some(({ value }) => value !== null) ? 'given' : 'untold'),
  ),
  listWork: { work: ({ handle }) => handle.listWork() },
  getWork: { work: ({ handle, workId }) => handle.getWork(workId) },
  listMetrics: { settings: async ({ handle }) => handle.listMetrics() },
  metric: figures(
    ({ handle, window }, filter) => handle.metric({ metricId, window, ...filter }),
    told,
  ),
  explainMetric: figures(
    ({ handle, window }, filter) => handle.explainMetric({ metricId, window, ...filter }),
    ({ value }) => told(value),
  ),
  explainCitation: {
    delivery_figures: judged(
      ({ handle, window }) => citationOf(handle, { metricId, window }),
      told,
    ),
    figures_on_people: judged(
      ({ handle, window }) => citationOf(handle, { metricId: 'review_load', window }),
      told,
    ),
  },
  compareMetric: figures(
    ({ handle, before, after }, filter) =>
      handle.compareMetric({ metricId, before, after, withInterval: false, ...filter }),
    ({ after }) => told(after),
  ),
  forecast: { delivery_figures: ({ handle }) => handle.forecast({ items: 5 }) },
  syncStatus: { settings: ({ handle }) => handle.syncStatus() },
  requestRefresh: { proposals: ({ handle }) => handle.requestRefresh() },
  findPeople: { identity: ({ handle }) => handle.findPeople() },
  identitySuggestions: { identity: ({ handle }) => handle.identitySuggestions() },
  'identityReview.unmatched': { identity: ({ handle }) => handle.identityReview.unmatched() },
  'identityReview.mergeable': {
    identity: ({ handle }) => handle.identityReview.mergeable({ above: 0.9 }),
  },
  'identityReview.markBot': {
    identity: ({ handle }) => handle.identityReview.markBot('nobody'),
  },
  'identityReview.plan': {
    identity: ({ handle }) => handle.identityReview.plan({ kind: 'undo', changeId: 'none' }),
  },
  'identityReview.merge': {
    identity: ({ handle }) => handle.identityReview.merge({ above: 0.9, shown: [] }),
  },
  'identityReview.confirmAccount': {
    identity: ({ handle }) =>
      handle.identityReview.confirmAccount({ source: 'none', externalId: 'none' }, 'nobody'),
  },
  'identityReview.setRole': {
    roles: ({ handle }) => handle.identityReview.setRole('nobody', 'lead'),
  },
  identityChanges: { identity: ({ handle }) => handle.identityChanges() },
  mergePeople: { identity: ({ handle }) => handle.mergePeople('nobody', 'none') },
  splitPerson: { identity: ({ handle }) => handle.splitPerson('nobody', []) },
  undoIdentityChange: { identity: ({ handle }) => handle.undoIdentityChange('none') },
  'teamProposals.list': { identity: ({ handle }) => handle.teamProposals.list() },
  'teamProposals.accept': { identity: ({ handle }) => handle.teamProposals.accept('none') },
  'teamProposals.dismiss': { identity: ({ handle }) => handle.teamProposals.dismiss('none') },
  'teamProposals.decisions': { identity: ({ handle }) => handle.teamProposals.decisions() },
  'teamProposals.undo': { identity: ({ handle }) => handle.teamProposals.undo('none') },
  'projects.list': { settings: ({ handle }) => handle.projects.list() },
  'projects.get': { settings: ({ handle }) => handle.projects.get('none') },
  'projects.create': {
    settings: ({ handle }) => handle.projects.create({ key: 'shop', name: 'Shop' }),
  },
  'projects.update': { settings: ({ handle }) => handle.projects.update('none', { name: 'One' }) },
  'projects.delete': { settings: ({ handle }) => handle.projects.delete('none') },
  'aiImpact.compare': {
    figures_on_people: judged(
      ({ handle, window }) => handle.aiImpact.compare({ window }),
      ({ coverage }: { coverage: { classes: unknown } }) =>
        coverage.classes === null ? 'untold' : 'given',
    ),
  },
  'aiImpact.adoption': {
    figures_on_people: judged(
      ({ handle, window }) => handle.aiImpact.adoption({ window }),
      ({ weeks }: { weeks: { classes: unknown; merged: number }[] }) =>
        weeks.some(({ classes, merged }) => merged > 0 && classes !== null) ? 'given' : 'untold',
    ),
  },
  'knowledge.ask': { work: ({ handle }) => handle.knowledge.ask({ question: 'roll back' }) },
  'knowledge.search': { work: ({ handle }) => handle.knowledge.search({ text: 'roll back' }) },
  'knowledge.whoKnows': { work: ({ handle }) => handle.knowledge.whoKnows('README.md') },
  'knowledge.indexLag': { settings: ({ handle }) => handle.knowledge.indexLag() },
  'reports.submit': {
    reports: ({ handle }) => handle.reports.submit({ did: 'Something.', via: 'sdk' }),
    report_sharing: ({ handle }) =>
      handle.reports.submit({ did: 'Something.', visibility: 'team', via: 'sdk' }),
  },
  'reports.get': {
    reports: ({ handle }) => handle.reports.get('none'),
    private_reports: ({ handle, subject, reportOf }) => handle.reports.get(reportOf(subject)),
  },
  'reports.ofDay': { reports: ({ handle }) => handle.reports.ofDay('2026-01-05') },
  'reports.list': {
    reports: ({ handle }) => handle.reports.list(),
    private_reports: ({ handle, subject }) =>
      handle.reports.list({ of: { personId: subject }, visibility: 'private' }),
  },
  'reports.edit': {
    reports: ({ handle }) => handle.reports.edit('none', { did: 'Something.', via: 'sdk' }),
    private_reports: ({ handle, subject, reportOf }) =>
      handle.reports.edit(reportOf(subject), { did: 'Something else.', via: 'sdk' }),
  },
  'reports.share': { report_sharing: ({ handle }) => handle.reports.share('none') },
  'reports.delete': { report_sharing: ({ handle }) => handle.reports.delete('none') },
  'reports.shared': {
    reports: ({ handle }) => handle.reports.shared({ fromDay: '2026-01-05', toDay: '2026-01-09' }),
  },
  'reports.reminders': { own_load: ({ handle }) => handle.reports.reminders.get() },
  'reports.search': { reports: ({ handle }) => handle.reports.search({ text: 'something' }) },
  'reports.indexLag': { settings: ({ handle }) => handle.reports.indexLag() },
  'load.mine': { own_load: ({ handle }) => handle.load.mine() },
  'load.team': {
    figures_on_people: judged(
      ({ handle, window }) =>
        handle.load.team({ week: new Date(window.from).toISOString().slice(0, 10) }),
      ({ figures: all }) => (all.some(({ value }) => value !== null) ? 'given' : 'untold'),
    ),
  },
  'load.hours': { own_load: ({ handle }) => handle.load.hours.get() },
  repositories: { work: ({ handle }) => handle.repositories() },
  'signals.list': { signals: ({ handle }) => handle.signals.list() },
  'signals.get': { signals: ({ handle }) => handle.signals.get('none') },
  'signals.rules': { signal_rules: ({ handle }) => handle.signals.rules() },
  'signals.subjects': { work: ({ handle }) => handle.signals.subjects('pull_request') },
  'signals.replay': {
    signal_trials: ({ handle }) => handle.signals.replay({ rule: 'none', since: 0 }),
  },
  'signals.evaluate': { signals: ({ handle }) => handle.signals.evaluate() },
  'signals.snooze': { signals: ({ handle }) => handle.signals.snooze('none', null) },
  'signals.assign': { signals: ({ handle }) => handle.signals.assign('none', null) },
  'signals.mute': {
    signals: ({ handle }) => handle.signals.mute({ ruleId: 'none', subjectId: 'none' }),
    signal_rules: ({ handle }) => handle.signals.mute({ ruleId: 'none' }),
  },
  'signals.unmute': {
    signals: ({ handle }) => handle.signals.unmute({ ruleId: 'none', subjectId: 'none' }),
    signal_rules: ({ handle }) => handle.signals.unmute({ ruleId: 'none' }),
  },
  'sprints.list': { delivery_figures: ({ handle }) => handle.sprints.list() },
  'sprints.report': { work: ({ handle }) => handle.sprints.report('none') },
  'sprints.velocity': { delivery_figures: ({ handle }) => handle.sprints.velocity() },
  'history.deployment': { work: ({ handle }) => handle.history.deployment('none') },
  'history.commitsBetween': {
    work: ({ handle }) => handle.history.commitsBetween({ to: 'none' }),
  },
  'history.incident': { work: ({ handle }) => handle.history.incident('none') },
  'history.workItem': { work: ({ handle }) => handle.history.workItem('none') },
  'incidents.list': { work: ({ handle }) => handle.incidents.list() },
  'incidents.course': {
    work: ({ handle }) => handle.incidents.course('none'),
    incident_care: ({ handle }) => handle.incidents.course('none'),
  },
  'incidents.setRole': {
    incident_care: ({ handle }) => handle.incidents.setRole('none', 'lead', null),
  },
  'incidents.addFollowUp': {
    incident_care: ({ handle }) => handle.incidents.addFollowUp('none', { reference: 'PAY-1' }),
  },
  'incidents.removeFollowUp': {
    incident_care: ({ handle }) => handle.incidents.removeFollowUp('none', 'none'),
  },
  'reviewers.suggest': { work: ({ handle }) => handle.reviewers.suggest(['none']) },
  'rollups.read': { delivery_figures: ({ handle }) => handle.rollups.read({ metricId }) },
  'contactPreferences.get': {
    contact_wishes: ({ handle, subject }) => handle.contactPreferences.get(subject),
  },
  'contactPreferences.set': {
    contact_wishes: ({ handle, subject }) => handle.contactPreferences.set(subject, {}),
  },
  noteDrafts: { drafts: ({ handle }) => handle.noteDrafts() },
  'audit.list': { ledger: ({ handle }) => handle.audit.list() },
  'audit.show': {
    ledger: ({ handle, entryId }) => handle.audit.show(entryId),
    ledger_personal: judged(
      ({ handle, entryId }) => handle.audit.show(entryId),
      ({ personal }: { personal: { state: string }[] }) =>
        personal.some(({ state }) => state === 'shown') ? 'given' : 'untold',
    ),
  },
  'audit.verify': { ledger: ({ handle }) => handle.audit.verify() },
  'audit.export': { ledger_upkeep: ({ handle }) => drained(handle.audit.export()) },
  'audit.checkpoint': {
    ledger_upkeep: ({ handle }) => handle.audit.checkpoint({ signingKey: 'none' as never, to: '' }),
  },
  'audit.erasePersonalData': {
    ledger_personal: ({ handle }) => handle.audit.erasePersonalData({ personId: 'nobody' }),
  },
  'actions.propose': {
    proposals: ({ handle }) =>
      handle.actions.propose({
        type: 'note.draft',
        payload: { title: 'One', body: 'Two' },
        idempotencyKey: JSON.stringify(handle.viewer),
      }),
  },
  'actions.get': { actions: ({ handle, action }) => handle.actions.get(action.id) },
  'actions.list': { actions: ({ handle }) => handle.actions.list() },
  'actions.await': {
    actions: ({ handle, action }) => handle.actions.await(action.id, { maxWaitMs: 0 }),
  },
  'actions.withdraw': { withdrawals: ({ handle, action }) => handle.actions.withdraw(action.id) },
  'actions.decide': {
    decisions: (world) => world.handle.actions.decide({ ...decided(world), proof: terminal }),
  },
  'actions.modify': {
    decisions: ({ handle, action: { id, revision } }) =>
      handle.actions.modify({
        actionId: id,
        revision,
        payload: { line: 'other' },
        reason: 'shorter',
      }),
  },
  'actions.resolve': {
    outcomes: ({ handle, action }) => handle.actions.resolve(action.id, 'happened', 'seen'),
  },
  'actions.stop': { stops: ({ handle }) => handle.actions.stop('none.such') },
  'actions.resume': { stops: ({ handle }) => handle.actions.resume('none.such') },
  'actions.stops': { stops: ({ handle }) => handle.actions.stops() },
  'actions.types': { policy: ({ handle }) => handle.actions.types() },
  'actions.worker': { settings: ({ handle }) => handle.actions.worker() },
  'actions.noteElicitedAnswer': {
    form_answers: (world) =>
      world.handle.actions.noteElicitedAnswer({ ...decided(world), client: 'test' }),
  },
  'actions.statistics': { delivery_figures: ({ handle }) => handle.actions.statistics() },
  'privacy.report': { privacy_report: ({ handle }) => handle.privacy.report() },
  'privacy.refusals': { privacy_refusals: ({ handle }) => handle.privacy.refusals() },
};

async function citationOf(
  handle: WorkspaceHandle,
  asked: { metricId: string; window: Window },
): Promise<Figure> {
  const { citationId, value } = await handle.metric(asked);
  const { now } = await handle.explainCitation(citationId);
  return now ?? { value };
}
