import { z } from 'zod';
import { keyOf } from './jira-data.ts';
import { twinStatuses, twinTypes } from './jira-records.ts';
import { findIssue } from './twin-read-routes.ts';
import { isInternal } from './twin-views.ts';
import { type JiraTwinRequest, problem, type TwinAnswer, type TwinSite } from './twin-request.ts';

type Route = (site: TwinSite, request: JiraTwinRequest, match: readonly string[]) => TwinAnswer;

const propertySchema = z.object({ key: z.string(), value: z.unknown() });
const commentSchema = z.strictObject({
  body: z.object({ type: z.literal('doc'), version: z.literal(1), content: z.array(z.unknown()) }),
  properties: z.array(propertySchema).optional(),
});
const issueSchema = z.strictObject({
  fields: z.looseObject({
    project: z.union([z.strictObject({ id: z.string() }), z.strictObject({ key: z.string() })]),
    summary: z.string().min(1).max(255),
    issuetype: z.union([z.strictObject({ id: z.string() }), z.strictObject({ name: z.string() })]),
    description: z.unknown().optional(),
  }),
  properties: z.array(propertySchema).optional(),
});
const transitionSchema = z.strictObject({ transition: z.strictObject({ id: z.string() }) });
const assigneeSchema = z.strictObject({ accountId: z.string().nullable() });

/** What an action reads and changes, by method and path. */
export const writeRoutes: readonly [method: string, path: RegExp, route: Route][] = [
  ['GET', /^\/rest\/api\/3\/issue\/([^/]+)$/, issue],
  ['GET', /^\/rest\/api\/3\/issue\/([^/]+)\/transitions$/, transitions],
  ['POST', /^\/rest\/api\/3\/issue\/([^/]+)\/transitions$/, transition],
  ['PUT', /^\/rest\/api\/3\/issue\/([^/]+)\/assignee$/, assign],
  ['GET', /^\/rest\/api\/3\/issue\/([^/]+)\/comment$/, comments],
  ['POST', /^\/rest\/api\/3\/issue\/([^/]+)\/comment$/, comment],
  ['POST', /^\/rest\/api\/3\/issue$/, createIssue],
  ['GET', /^\/rest\/api\/3\/issue\/([^/]+)\/properties\/([^/]+)$/, property],
  ['GET', /^\/rest\/api\/3\/user$/, user],
  ['GET', /^\/rest\/api\/3\/project\/([^/]+)$/, project],
  ['GET', /^\/rest\/api\/3\/user\/assignable\/search$/, assignable],
];

const missing = problem(404, 'Issue does not exist or you do not have permission to see it.');

function issue(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const { query } = request;
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  const fields = query.getAll('fields').flatMap((list) => list.split(','));
  return { status: 200, body: site.views.issue(found, fields.length === 0 ? ['*all'] : fields) };
}

function transitions(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  // From every status to every other one, as in the workflow that Jira begins with; and none at all
  // for whoever may not transition issues.
  const to = request.mayWrite ? twinStatuses.filter(({ id }) => id !== found.status.id) : [];
  return {
    status: 200,
    body: {
      expand: 'transitions',
      transitions: to.map((status) => ({
        id: transitionId(status.id),
        name: status.name,
        to: site.views.status(status),
        hasScreen: false,
        isGlobal: true,
        isInitial: false,
        isConditional: false,
        isAvailable: true,
      })),
    },
  };
}

function transitionId(statusId: string): string {
  return String(Number(statusId) - 9_989);
}

function transition(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const { body, by } = request;
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  const wanted = transitionSchema.safeParse(body).data?.transition.id;
  const status = twinStatuses.find(({ id }) => transitionId(id) === wanted);
  if (status === undefined || status.id === found.status.id) {
    return problem(400, 'It seems that you have tried to perform an illegal workflow operation.');
  }
  site.data.transition(found, status.name, { at: site.now(), by });
  return { status: 204 };
}

function assign(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const { body, by } = request;
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  const parsed = assigneeSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'Invalid request payload.');
  const { accountId } = parsed.data;
  const assignee = site.data.users.find((one) => one.accountId === accountId) ?? null;
  if (accountId !== null && (assignee === null || !assignee.active)) {
    return {
      status: 400,
      body: { errorMessages: [], errors: { assignee: 'User does not exist.' } },
    };
  }
  site.data.assign(found, assignee, { at: site.now(), by });
  return { status: 204 };
}

function comments(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const { query } = request;
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(site.limits.commentsPerPage, Number(query.get('maxResults') ?? 50));
  const expandsProperties = query.get('expand') === 'properties';
  // What is internal, customers do not see, nor does an account that is no agent.
  const shown = found.comments.filter((one) => request.mayWrite || !isInternal(one));
  const ordered = shown.toSorted((one, other) =>
    query.get('orderBy') === '-created' ? other.id - one.id : one.id - other.id,
  );
  const page = ordered.slice(startAt, startAt + maxResults);
  return {
    status: 200,
    body: {
      startAt,
      maxResults,
      total: shown.length,
      comments: page.map((one) => site.views.comment(one, expandsProperties)),
    },
  };
}

function comment(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '']: readonly string[],
): TwinAnswer {
  const { body, by } = request;
  const found = findIssue(site, named, request);
  if (found === null) return missing;
  const parsed = commentSchema.safeParse(body);
  if (!parsed.success) {
    return {
      status: 400,
      body: { errorMessages: [], errors: { comment: 'Comment body is not valid!' } },
    };
  }
  const made = {
    id: found.id * 100 + found.comments.length,
    author: by,
    createdAt: site.now(),
    body: parsed.data.body,
    properties: parsed.data.properties ?? [],
  };
  found.comments.push(made);
  found.updatedAt = Math.max(found.updatedAt, made.createdAt);
  return { status: 201, body: site.views.comment(made, false) };
}

function createIssue(site: TwinSite, { body, by }: JiraTwinRequest): TwinAnswer {
  const parsed = issueSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'Invalid request payload.');
  const { fields, properties = [] } = parsed.data;
  const { project: named, issuetype } = fields;
  const target = site.data.projects.find((one) =>
    'id' in named ? String(one.id) === named.id : one.key === named.key,
  );
  if (target === undefined || target.isHidden) {
    return {
      status: 400,
      body: { errorMessages: [], errors: { project: 'Specify a valid project ID or key' } },
    };
  }
  const type = typeNames.find((name) =>
    'id' in issuetype
      ? twinTypes[name].id === issuetype.id
      : twinTypes[name].name === issuetype.name,
  );
  if (type === undefined) {
    return {
      status: 400,
      body: { errorMessages: [], errors: { issuetype: 'Specify a valid issue type' } },
    };
  }
  const made = site.data.addIssue(target, { summary: fields.summary, at: site.now(), by, type });
  made.description = fields.description;
  for (const { key, value } of properties) made.properties.set(key, value);
  const id = String(made.id);
  return {
    status: 201,
    body: { id, key: keyOf(made), self: site.views.issue(made, ['summary']).self },
  };
}

const typeNames = ['story', 'bug', 'task', 'epic', 'subtask'] as const;

function property(
  site: TwinSite,
  request: JiraTwinRequest,
  [named = '', key = '']: readonly string[],
): TwinAnswer {
  const found = findIssue(site, named, request);
  const name = decodeURIComponent(key);
  if (found === null || !found.properties.has(name)) return problem(404, 'No such property.');
  return { status: 200, body: { key: name, value: found.properties.get(name) } };
}

function user(site: TwinSite, { query }: JiraTwinRequest): TwinAnswer {
  const found = site.data.users.find(({ accountId }) => accountId === query.get('accountId'));
  return found === undefined
    ? problem(404, 'The user was not found.')
    : { status: 200, body: site.views.user(found) };
}

function assignable(site: TwinSite, request: JiraTwinRequest): TwinAnswer {
  const { query } = request;
  const found = findIssue(site, query.get('issueKey') ?? '', request);
  if (found === null) return missing;
  const id = query.get('accountId');
  const users = site.data.users.filter(
    ({ accountId, active, accountType }) =>
      active && accountType !== 'customer' && (id === null || accountId === id),
  );
  return { status: 200, body: users.map(site.views.user) };
}

function project(site: TwinSite, _: JiraTwinRequest, [named = '']: readonly string[]): TwinAnswer {
  const found = site.data.projects.find(
    ({ id, key, isHidden }) => !isHidden && (String(id) === named || key === named),
  );
  if (found === undefined) return problem(404, 'No project could be found with that key or id.');
  const issueTypes = typeNames.map((name) => ({
    self: '',
    description: '',
    iconUrl: '',
    ...twinTypes[name],
  }));
  return { status: 200, body: { ...site.views.project(found), issueTypes } };
}
