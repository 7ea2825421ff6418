import { z } from 'zod';
import {
  calendarDaySchema,
  instantSchema,
  metricFilterSchema,
  personRoleSchema,
} from '../../domain.ts';
import { signalSubjectSchemas } from '../../domain/signal-subjects/index.ts';
import { identityOperationSchema } from '../../identity/identity-operation.ts';
import { type CallPath, plainObject } from './call-path.ts';

/** What a call takes, each argument by its name, in order. */
export type CallInputs = readonly (readonly [name: string, schema: z.ZodType])[];

const id = z.string().min(1).max(400);
const words = z.string().max(100_000);
const limit = z.number().int().min(1).optional();
const cursor = z.string().max(2_000).optional();
const page = { limit, cursor };
const window = plainObject({ from: instantSchema, to: instantSchema });
const day = calendarDaySchema;
const zone = z.string().min(1).max(100).optional();
const flag = z.boolean().optional();
const account = plainObject({ source: id, externalId: z.string().min(1).max(500) });
const accounts = z.array(account).max(1_000);
const filter = metricFilterSchema.optional();
const question = {
  metricId: id,
  window: window.optional(),
  timeZone: zone,
  repository: id.optional(),
  filter,
};
const someObject = plainObject({});
const proof = plainObject({ kind: id });
/** What verification takes: texts of checkpoints, or files as they were read. */
export const verifyOptions = plainObject({
  checkpoints: z
    .array(z.union([z.string(), plainObject({ path: z.string(), text: z.string() })]))
    .optional(),
}).optional();
const project = plainObject({ key: words, name: words });
const revision = z.number().int();

const shares = plainObject({ window: window.optional(), repository: id.optional() });
const mute = { ruleId: id, subjectId: id.optional() };

const subjectKinds = Object.keys(signalSubjectSchemas);

const noInput = [] as const;
const one = <Schema extends z.ZodType>(name: string, schema: Schema) => [[name, schema]] as const;
const query = <Schema extends z.ZodType>(schema: Schema) => one('query', schema);
const byId = (name: string) => one(name, id);

/**
 * What each call of a workspace's handle takes, as far as types go: what was meant is for the call to
 * say. A call that is added to the handle does not compile without its line here.
 */
export const callInputs = {
  forTeam: byId('teamId'),
  teams: noInput,
  overview: query(
    plainObject({
      window: window.optional(),
      timeZone: zone,
      filter,
      withDetails: flag,
    }).optional(),
  ),
  repositories: noInput,
  listWork: query(
    plainObject({
      kind: id.optional(),
      state: id.optional(),
      repository: id.optional(),
      withAiEvidence: flag,
      ...page,
    }).optional(),
  ),
  getWork: byId('id'),
  listMetrics: noInput,
  metric: query(plainObject(question)),
  explainMetric: query(plainObject({ ...question, ...page })),
  explainCitation: [
    ['citationId', id],
    ['page', plainObject(page).optional()],
  ],
  compareMetric: query(
    plainObject({
      metricId: id,
      before: window,
      after: window,
      repository: id.optional(),
      timeZone: zone,
      filter,
      withInterval: flag,
    }),
  ),
  forecast: query(someObject),
  syncStatus: query(plainObject({ rowCounts: flag }).optional()),
  requestRefresh: noInput,
  findPeople: query(plainObject({ text: words.optional(), ...page }).optional()),
  identitySuggestions: noInput,
  'identityReview.plan': one('operation', identityOperationSchema),
  'identityReview.unmatched': query(plainObject({ source: id.optional(), limit }).optional()),
  'identityReview.mergeable': query(plainObject({ above: z.number() })),
  'identityReview.merge': query(
    plainObject({
      above: z.number(),
      shown: z.array(plainObject({ fromPersonId: id, toPersonId: id })).max(10_000),
    }),
  ),
  'identityReview.markBot': [
    ['personId', id],
    ['accounts', accounts.optional()],
    ['proof', proof.optional()],
  ],
  'identityReview.confirmAccount': [
    ['account', account],
    ['personId', id],
    ['proof', proof.optional()],
  ],
  'identityReview.setRole': [
    ['personId', id],
    ['role', personRoleSchema],
    ['proof', proof.optional()],
  ],
  identityChanges: noInput,
  mergePeople: [
    ['fromPersonId', id],
    ['toPersonId', id],
    ['proof', proof.optional()],
  ],
  splitPerson: [
    ['personId', id],
    ['accounts', accounts],
    ['proof', proof.optional()],
  ],
  undoIdentityChange: [
    ['changeId', id],
    ['proof', proof.optional()],
  ],
  'teamProposals.list': noInput,
  'teamProposals.accept': byId('proposalId'),
  'teamProposals.dismiss': byId('proposalId'),
  'teamProposals.decisions': noInput,
  'teamProposals.undo': byId('decisionId'),
  'projects.list': noInput,
  'projects.get': byId('key'),
  'projects.create': one('project', project),
  'projects.update': [
    ['key', id],
    ['changes', plainObject({ key: words.optional(), name: words.optional() })],
  ],
  'projects.delete': byId('key'),
  'aiImpact.compare': query(shares.optional()),
  'aiImpact.adoption': query(shares.optional()),
  'sprints.list': query(someObject.optional()),
  'sprints.report': byId('sprintId'),
  'sprints.velocity': query(someObject.optional()),
  'signals.list': query(
    plainObject({
      state: id.optional(),
      atLeast: id.optional(),
      ruleId: id.optional(),
      subjectId: id.optional(),
      assignedPersonId: id.optional(),
      withHidden: flag,
      ...page,
    }).optional(),
  ),
  'signals.get': byId('findingId'),
  'signals.rules': noInput,
  'signals.subjects': one('kind', z.literal(subjectKinds)),
  'signals.evaluate': one('options', plainObject({ everything: flag }).optional()),
  'signals.replay': query(
    plainObject({
      rule: z.union([id, plainObject({ id })]),
      since: instantSchema,
      every: z.enum(['day', 'hour']).optional(),
    }),
  ),
  'signals.snooze': [
    ['findingId', id],
    ['until', instantSchema.nullable()],
  ],
  'signals.assign': [
    ['findingId', id],
    ['personId', id.nullable()],
  ],
  'signals.mute': one('mute', plainObject({ ...mute, reason: words.optional() })),
  'signals.unmute': one('mute', plainObject(mute)),
  'history.deployment': byId('id'),
  'history.commitsBetween': query(someObject),
  'history.incident': byId('id'),
  'history.workItem': byId('id'),
  'reviewers.suggest': one('pullRequestIds', z.array(id).max(1_000)),
  'incidents.list': query(someObject.optional()),
  'incidents.course': byId('id'),
  'incidents.setRole': [
    ['incidentId', id],
    ['role', id],
    ['personId', id.nullable()],
  ],
  'incidents.addFollowUp': [
    ['incidentId', id],
    ['followUp', someObject],
  ],
  'incidents.removeFollowUp': [
    ['incidentId', id],
    ['followUpId', id],
  ],
  'rollups.read': query(
    plainObject({
      metricId: id,
      scope: plainObject({ kind: id }).optional(),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
    }),
  ),
  'contactPreferences.get': byId('personId'),
  'contactPreferences.set': [
    ['personId', id],
    ['preferences', someObject],
  ],
  noteDrafts: query(plainObject({ limit }).optional()),
  'knowledge.ask': query(plainObject({ question: words, repository: id.optional(), limit })),
  'knowledge.search': query(
    plainObject({
      text: words,
      kinds: z.array(id).max(20).optional(),
      repository: id.optional(),
      limit,
    }),
  ),
  'knowledge.whoKnows': one('path', words),
  'knowledge.indexLag': noInput,
  'audit.list': query(
    plainObject({
      event: id.optional(),
      subject: id.optional(),
      actor: id.optional(),
      traceId: id.optional(),
      since: instantSchema.optional(),
      until: instantSchema.optional(),
      ...page,
    }).optional(),
  ),
  'audit.show': byId('entryId'),
  'audit.verify': one('options', verifyOptions),
  'audit.export': one('options', plainObject({ withPersonalData: flag }).optional()),
  'audit.checkpoint': one('options', someObject),
  'audit.erasePersonalData': one(
    'of',
    z.union([plainObject({ entryId: id }), plainObject({ personId: id })]),
  ),
  'privacy.report': noInput,
  'privacy.refusals': query(someObject.optional()),
  'reports.submit': one('report', someObject),
  'reports.get': byId('id'),
  'reports.ofDay': one('day', day),
  'reports.list': query(someObject.optional()),
  'reports.edit': [
    ['id', id],
    ['report', someObject],
  ],
  'reports.share': [
    ['id', id],
    ['visibility', id.optional()],
  ],
  'reports.delete': byId('id'),
  'reports.shared': query(someObject.optional()),
  'reports.reminders.get': noInput,
  'reports.reminders.ask': one('wish', someObject),
  'reports.reminders.stop': noInput,
  'reports.search': query(plainObject({ text: words, limit })),
  'reports.indexLag': noInput,
  'load.mine': noInput,
  'load.team': query(someObject.optional()),
  'load.hours.get': noInput,
  'load.hours.declare': one('hours', someObject),
  'load.hours.withdraw': noInput,
  'actions.propose': one('proposal', plainObject({ type: id, payload: someObject })),
  'actions.get': byId('actionId'),
  'actions.list': query(plainObject({ ...page }).optional()),
  'actions.await': [
    ['actionId', id],
    ['options', plainObject({ signal: z.instanceof(AbortSignal).optional() }).optional()],
  ],
  'actions.withdraw': [
    ['actionId', id],
    ['reason', words.optional()],
  ],
  'actions.decide': one(
    'decision',
    plainObject({ actionId: id, revision, payloadHash: z.string(), verdict: id, proof }),
  ),
  'actions.modify': one(
    'modification',
    plainObject({ actionId: id, revision, payload: someObject, reason: words }),
  ),
  'actions.resolve': [
    ['actionId', id],
    ['verdict', id],
    ['reason', words],
  ],
  'actions.stop': [
    ['stopped', id.optional()],
    ['reason', words.optional()],
  ],
  'actions.resume': one('stopped', id.optional()),
  'actions.stops': noInput,
  'actions.types': noInput,
  'actions.worker': noInput,
  'actions.noteElicitedAnswer': one(
    'answer',
    plainObject({ actionId: id, revision, payloadHash: z.string(), verdict: id, client: id }),
  ),
  'actions.statistics': one('window', window.optional()),
} as const satisfies Readonly<Record<CallPath, CallInputs>>;
