import type { Viewer } from '@adjutant/core/domain';
import { principalOf, type PrincipalName } from './api-principals.ts';
import type { ApiWorld, WorkspaceName } from './api-world.ts';

/** What a request of a route is made of. */
export interface Request {
  parameters?: Record<string, string>;
  query?: string;
  body?: unknown;
}

/** Who gets an answer, and what to ask for: written by hand, so that a slip in a route shows. */
export interface Entry {
  /** The least role. */
  role: 'member' | 'lead' | 'admin';
  /** The one scope with which a token may; null where none will do. */
  scope: 'read' | 'propose' | 'report' | 'write' | null;
  agents: boolean;
  status: 200 | 201 | 202 | 204;
  /** A request that is right, of something that is theirs; made anew for each time that it is sent. */
  make(world: ApiWorld, who: PrincipalName): Request | Promise<Request>;
  /** The same of the other workspace: 404 for everybody here. Null where it names nothing of one. */
  foreign: ((world: ApiWorld) => Request | Promise<Request>) | null;
}

type Way = Pick<Entry, 'role' | 'scope' | 'agents'>;
const read: Way = { role: 'member', scope: 'read', agents: true };
const propose: Way = { role: 'member', scope: 'propose', agents: true };
const report: Way = { role: 'member', scope: 'report', agents: true };
const change: Way = { role: 'member', scope: 'write', agents: false };
const leads: Way = { role: 'lead', scope: 'write', agents: false };
const decide: Way = { role: 'member', scope: null, agents: false };

const ladder = ['member', 'lead', 'admin'] as const;

/** Returns the status that somebody is to get for a request that is right. */
export function expectedOf(who: PrincipalName, { role, scope, agents, status }: Entry): number {
  if (who === 'nobody') return 401;
  if (who === 'agent') return agents && scope !== null ? status : 403;
  if (who.startsWith('token of ')) return opens(who, scope) ? status : 403;
  return ladder.findIndex((step) => step === who) >= ladder.indexOf(role) ? status : 403;
}

/** Writing what is Adjutant's own includes writing a report. */
function opens(who: PrincipalName, scope: Entry['scope']): boolean {
  return who === `token of ${scope ?? ''}` || (who === 'token of write' && scope === 'report');
}

const nothing = (): Request => ({});
let count = 0;
const next = (): string => `${(count += 1)}`.padStart(8, '0');

function plain(way: Way, query = ''): Entry {
  return { ...way, status: 200, make: () => ({ query }), foreign: null };
}

/** A route of one row: here, and of the other workspace. */
function ofRow(
  way: Way,
  find: (world: ApiWorld, workspace: WorkspaceName, who: PrincipalName) => Promise<string>,
  more: { status?: Entry['status']; body?: (world: ApiWorld) => unknown; query?: string } = {},
): Entry {
  const { status = 200, body, query = '' } = more;
  const request = async (world: ApiWorld, workspace: WorkspaceName, who: PrincipalName) => ({
    parameters: { id: await find(world, workspace, who) },
    query,
    ...(body === undefined ? {} : { body: body(world) }),
  });
  return {
    ...way,
    status,
    make: (world, who) => request(world, 'default', who),
    foreign: (world) => request(world, 'other', 'admin'),
  };
}

/** Returns who looks under a name; of nobody, whoever could. */
function viewerOf(world: ApiWorld, workspace: WorkspaceName, who: PrincipalName): Viewer {
  const cast = world.castOf(workspace);
  return (principalOf(who, cast) ?? principalOf('member', cast))?.viewer ?? { kind: 'system' };
}

type Find = Parameters<typeof ofRow>[1];
const firstWork: Find = async (world, workspace) =>
  (await world.admin(workspace).listWork({ limit: 1 })).items[0]?.id ?? '';
const firstSignal: Find = async (world, workspace) =>
  (await world.admin(workspace).signals.list({ withHidden: true })).items[0]?.id ?? '';
const firstSprint: Find = async (world, workspace) =>
  (await world.admin(workspace).sprints.list()).items[0]?.id ?? '';
const firstIncident: Find = async (world, workspace) =>
  (await world.admin(workspace).incidents.list())[0]?.id ?? '';
const newCitation: Find = async (world, workspace) =>
  (await world.admin(workspace).metric({ metricId: 'throughput' })).citationId;
const newProject: Find = async (world, workspace) =>
  (await world.admin(workspace).projects.create({ key: `P${next()}`, name: 'Widgets' })).id;
const waiting: Find = async (world, workspace) => (await world.propose(workspace)).id;
/** Proposed by whoever asks, who may take it back. */
const ownProposal: Find = async (world, workspace, who) =>
  (await world.propose(workspace, viewerOf(world, workspace, who))).id;
const ownReport: Find = async (world, workspace, who) => {
  const viewer = viewerOf(world, workspace, who);
  return (await world.as(viewer, workspace).reports.submit({ did: 'Mine.' })).id;
};

async function decision(world: ApiWorld, workspace: WorkspaceName): Promise<Request> {
  const { id, revision, payloadHash } = await world.propose(workspace);
  return { parameters: { id }, body: { decision: 'decline', revision, payloadHash } };
}

async function confirmation(world: ApiWorld, workspace: WorkspaceName): Promise<Request> {
  const person = world.admin(workspace);
  // Back to where it was, so that it can be said again.
  for (const { id, undoneAt } of await person.identityChanges()) {
    if (undoneAt === null) await person.undoIdentityChange(id);
  }
  // Of people who hold nothing: for anybody else it takes an administrator who is there.
  const { items } = await person.findPeople({ text: 'di' });
  return {
    body: { external_type: 'forge', external_id: 'flo', user_id: items[0]?.id ?? '' },
  };
}

async function merge(world: ApiWorld, workspace: WorkspaceName): Promise<Request> {
  await confirmation(world, workspace);
  const idOf = async (text: string): Promise<string> =>
    (await world.admin(workspace).findPeople({ text })).items[0]?.id ?? '';
  return { body: { fromPersonId: await idOf('ed'), toPersonId: await idOf('di') } };
}

async function undo(world: ApiWorld, workspace: WorkspaceName): Promise<Request> {
  const { body } = await merge(world, workspace);
  const { fromPersonId, toPersonId } = body as { fromPersonId: string; toPersonId: string };
  const { id } = await world.admin(workspace).mergePeople(fromPersonId, toPersonId);
  return { body: { changeId: id } };
}

function onBoth(
  way: Way,
  status: Entry['status'],
  make: (world: ApiWorld, workspace: WorkspaceName) => Request | Promise<Request>,
): Entry {
  return {
    ...way,
    status,
    make: (world) => make(world, 'default'),
    foreign: (world) => make(world, 'other'),
  };
}

const stale = { ruleId: 'stale-pull-request' };
const project = () => ({ key: `Q${next()}`, name: 'Widgets' });

/** Every route of the API by its id. What is not in it fails a test. */
export const apiTable: Readonly<Record<string, Entry>> = {
  'actions.propose': {
    ...propose,
    status: 202,
    make: () => ({
      body: { type: 'note.ask', payload: { text: 'hello' }, idempotencyKey: `table-${next()}` },
    }),
    foreign: null,
  },
  'actions.types': plain(read),
  'actions.list': plain(read, '?status=pending&status=executed&limit=5'),
  'actions.get': ofRow(read, waiting),
  'actions.withdraw': ofRow(propose, ownProposal, { body: () => ({ reason: 'no need' }) }),
  'approvals.list': plain(read, '?limit=5'),
  'approvals.get': ofRow(read, waiting),
  'approvals.challenge': onBoth(decide, 200, async (world, workspace) => {
    const { parameters = {}, body } = await decision(world, workspace);
    return { parameters, body };
  }),
  'approvals.decide': onBoth(decide, 200, decision),
  'decisions.list': plain(read),
  'projects.list': plain(read),
  'projects.create': { ...leads, status: 201, make: () => ({ body: project() }), foreign: null },
  'projects.get': ofRow(read, newProject),
  'projects.replace': ofRow(leads, newProject, { body: project }),
  'projects.update': ofRow(leads, newProject, { body: () => ({ name: 'Gadgets' }) }),
  'projects.delete': ofRow(leads, newProject, { status: 204 }),
  'identities.list': plain(read, '?text=ada'),
  'identities.create': onBoth(leads, 201, confirmation),
  'identities.merge': onBoth(leads, 201, merge),
  'identities.undo': onBoth(leads, 204, undo),
  'people.list': plain(read, '?limit=2'),
  'overview.get': plain(read, '?days=30&team=default'),
  'teams.list': plain(read),
  'repositories.list': plain(read),
  'sync.get': plain(read),
  'sync.refresh': { ...propose, status: 202, make: nothing, foreign: null },
  'load.get': plain(read),
  'work.list': plain(read, '?kind=pull_request&state=merged&repository=widgets&limit=3'),
  'work.get': ofRow(read, firstWork),
  'metrics.list': plain(read),
  'metrics.dora.lead-time': plain(read, '?from=2026-10-01&to=2026-10-20'),
  'metrics.dora.deployment-frequency': plain(read, '?days=30'),
  'metrics.dora.change-fail-rate': plain(read, '?repository=widgets'),
  'metrics.dora.mttr': plain(read, '?service=widgets'),
  'metrics.get': {
    ...plain(read),
    make: () => ({ parameters: { id: 'throughput' }, query: '?days=28' }),
  },
  'metrics.explain': {
    ...plain(read),
    make: () => ({ parameters: { id: 'throughput' }, query: '?limit=2' }),
  },
  'metrics.compare': {
    ...plain(read),
    make: () => ({
      parameters: { id: 'throughput' },
      query:
        '?beforeFrom=2026-10-05&beforeTo=2026-10-12&afterFrom=2026-10-12&afterTo=2026-10-19&withInterval=false',
    }),
  },
  'citations.get': ofRow(read, newCitation, { query: '?limit=3' }),
  'signals.list': plain(read, '?state=open&atLeast=low&withHidden=true'),
  'signals.rules': plain(read),
  'signals.mute': {
    ...change,
    status: 204,
    // Of one subject everybody may; that of all is a lead's is a test of its own.
    make: async (world) => ({
      body: { ...stale, subjectId: await firstWork(world, 'default', 'admin') },
    }),
    foreign: null,
  },
  'signals.unmute': {
    ...change,
    status: 204,
    make: async (world) => {
      const subjectId = await firstWork(world, 'default', 'admin');
      await world.admin().signals.mute({ ...stale, subjectId });
      return { body: { ...stale, subjectId } };
    },
    foreign: null,
  },
  'signals.get': ofRow(read, firstSignal),
  'signals.snooze': ofRow(change, firstSignal, {
    body: ({ clock }) => ({ until: clock.now() + 3_600_000 }),
  }),
  'signals.assign': ofRow(change, firstSignal, { body: () => ({ personId: null }) }),
  'briefs.get': { ...plain(read), make: () => ({ parameters: { kind: 'weekly' } }) },
  'reports.list': plain(read, '?of=me'),
  'reports.submit': {
    ...report,
    status: 201,
    make: () => ({ body: { did: 'Something.' } }),
    foreign: null,
  },
  'reports.get': ofRow(read, async (world, workspace) => {
    const { id } = await world.admin(workspace).reports.submit({ did: 'Shared.' });
    await world.admin(workspace).reports.share(id, 'team');
    return id;
  }),
  'reports.delete': ofRow(change, ownReport, { status: 204 }),
  'search.get': plain(read, '?text=pelican&kind=document&kind=work_item'),
  'ask.get': plain(read, '?question=How%20do%20we%20roll%20back%20widgets'),
  'sprints.list': plain(read),
  'sprints.velocity': plain(read, '?last=3'),
  'sprints.get': ofRow(read, firstSprint),
  'forecast.get': plain(read, '?items=5&until=2026-11-20'),
  'ai-impact.get': plain(read),
  'ai-impact.adoption': plain(read, '?days=60'),
  'incidents.list': plain(read, '?limit=5'),
  'incidents.get': ofRow(read, firstIncident),
  'audit.list': plain(read, '?event=action.proposed&limit=2'),
  'audit.verify': {
    role: 'lead',
    scope: 'read',
    agents: false,
    status: 200,
    make: nothing,
    foreign: null,
  },
};
