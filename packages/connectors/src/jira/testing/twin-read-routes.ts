import { z } from 'zod';
import type { TwinIssue } from './jira-records.ts';
import { twinStatuses } from './jira-records.ts';
import { keyOf } from './jira-data.ts';
import { runJql } from './twin-jql.ts';
import { type JiraTwinRequest, problem, type TwinAnswer, type TwinSite } from './twin-request.ts';
import { customFieldViews } from './twin-views.ts';

type Route = (site: TwinSite, request: JiraTwinRequest, match: readonly string[]) => TwinAnswer;

const searchSchema = z.strictObject({
  jql: z.string(),
  fields: z.array(z.string()).optional(),
  maxResults: z.number().int().min(0).max(5_000).optional(),
  nextPageToken: z.string().optional(),
  expand: z.string().optional(),
  fieldsByKeys: z.boolean().optional(),
  properties: z.array(z.string()).max(5).optional(),
  reconcileIssues: z.array(z.number()).max(50).optional(),
});
const changelogSchema = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(1_000),
  fieldIds: z.array(z.string()).max(10).optional(),
  maxResults: z.number().int().min(1).max(10_000).optional(),
  nextPageToken: z.string().optional(),
});
const bulkFetchSchema = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(100),
  fields: z.array(z.string()).optional(),
  expand: z.array(z.string()).optional(),
  fieldsByKeys: z.boolean().optional(),
  properties: z.array(z.string()).optional(),
});

/** What can be read, by method and path. */
export const readRoutes: readonly [method: string, path: RegExp, route: Route][] = [
  ['GET', /^\/rest\/api\/3\/myself$/, ({ views }, { by }) => ok(views.user(by))],
  ['GET', /^\/rest\/api\/3\/mypermissions$/, myPermissions],
  ['GET', /^\/rest\/api\/3\/project\/search$/, projects],
  ['GET', /^\/rest\/api\/3\/field$/, () => ok(customFieldViews)],
  ['GET', /^\/rest\/api\/3\/status$/, ({ views }) => ok(twinStatuses.map(views.status))],
  ['GET', /^\/rest\/api\/3\/user\/assignable\/multiProjectSearch$/, assignableUsers],
  ['POST', /^\/rest\/api\/3\/search\/jql$/, search],
  // Gone since 2025: whoever still asks it must hear so.
  ['POST', /^\/rest\/api\/3\/search$/, () => problem(410, 'The requested API has been removed.')],
  ['POST', /^\/rest\/api\/3\/changelog\/bulkfetch$/, changelogs],
  ['POST', /^\/rest\/api\/3\/issue\/bulkfetch$/, bulkFetch],
  ['GET', /^\/rest\/agile\/1\.0\/board$/, boards],
  ['GET', /^\/rest\/agile\/1\.0\/board\/(\d+)\/configuration$/, boardConfiguration],
  ['GET', /^\/rest\/agile\/1\.0\/board\/(\d+)\/sprint$/, boardSprints],
  ['GET', /^\/rest\/agile\/1\.0\/sprint\/(\d+)$/, sprint],
];

function ok(body: unknown): TwinAnswer {
  return { status: 200, body };
}

function myPermissions({ denied }: TwinSite, { query }: JiraTwinRequest): TwinAnswer {
  const names = (query.get('permissions') ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) return problem(400, 'The permissions query parameter is required.');
  const permissions = Object.fromEntries(
    names.map((key) => [
      key,
      {
        id: '1',
        key,
        name: key,
        type: 'GLOBAL',
        description: '',
        havePermission: !denied.has(key),
      },
    ]),
  );
  return ok({ permissions });
}

function projects({ data, views }: TwinSite, { query }: JiraTwinRequest): TwinAnswer {
  const keys = query.getAll('keys');
  const ids = query.getAll('id');
  const found = data.projects.filter(
    (one) =>
      !one.isHidden &&
      (keys.length === 0 || keys.includes(one.key)) &&
      (ids.length === 0 || ids.includes(String(one.id))),
  );
  return ok(paged(found.map(views.project), query, 50));
}

function paged(all: readonly unknown[], query: URLSearchParams, most: number) {
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(most, Number(query.get('maxResults') ?? most));
  const values = all.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= all.length;
  return { startAt, maxResults, total: all.length, isLast, values };
}

function assignableUsers(site: TwinSite, { query }: JiraTwinRequest): TwinAnswer {
  if (site.denied.has('USER_PICKER')) return problem(403, 'You may not browse users.');
  const keys = (query.get('projectKeys') ?? '').split(',');
  const isKnown = keys.every((key) => site.data.projects.some((project) => project.key === key));
  if (!isKnown) return problem(404, 'No project could be found.');
  const startAt = Number(query.get('startAt') ?? 0);
  const most = Math.min(1_000, Number(query.get('maxResults') ?? 50));
  const assignable = site.data.users.filter(({ accountType }) => accountType !== 'customer');
  return ok(assignable.slice(startAt, startAt + most).map(site.views.user));
}

function search(site: TwinSite, { body }: JiraTwinRequest): TwinAnswer {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'Invalid request payload.');
  const { jql, fields = [], maxResults = 50, nextPageToken } = parsed.data;
  const found = runJql(site.data, jql, site);
  if (!found.ok) return problem(400, found.message);
  const isOfIds = fields.length === 0 || (fields.length === 1 && fields[0] === 'id');
  const most = Math.min(maxResults, isOfIds ? 5_000 : site.limits.issuesPerPage);
  const at = nextPageToken === undefined ? 0 : Number(nextPageToken.split(':')[1]);
  if (!Number.isInteger(at)) return problem(400, 'The provided next page token is invalid.');
  const issues = found.issues.slice(at, at + most);
  const next = at + issues.length;
  const isLast = next >= found.issues.length;
  if (site.repeatsTokens) {
    return ok({
      issues: issues.map((issue) => site.views.issue(issue, fields)),
      nextPageToken: `page:${at}`,
      isLast: false,
    });
  }
  return ok({
    issues: issues.map((issue) => site.views.issue(issue, fields)),
    isLast,
    ...(isLast ? {} : { nextPageToken: `page:${next}` }),
  });
}

function changelogs(site: TwinSite, { body }: JiraTwinRequest): TwinAnswer {
  const parsed = changelogSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'Invalid request payload.');
  const { issueIdsOrKeys, fieldIds = [], maxResults = 1_000, nextPageToken } = parsed.data;
  const wanted = new Set(issueIdsOrKeys);
  const all = [...site.data.issues.values()]
    .filter(
      (issue) => !isHidden(issue) && (wanted.has(String(issue.id)) || wanted.has(keyOf(issue))),
    )
    .flatMap((issue) =>
      issue.changes
        .filter(({ items }) =>
          items.some(({ fieldId }) => fieldIds.length === 0 || fieldIds.includes(fieldId)),
        )
        .map((change) => ({ issue, change })),
    )
    .toSorted((one, other) => one.change.at - other.change.at || one.issue.id - other.issue.id);
  const at = nextPageToken === undefined ? 0 : Number(nextPageToken.split(':')[1]);
  const page = all.slice(at, at + Math.min(maxResults, site.limits.historiesPerPage));
  const ids = [...new Set(page.map(({ issue }) => issue.id))];
  const next = at + page.length;
  return ok({
    issueChangeLogs: ids.map((id) => ({
      issueId: String(id),
      changeHistories: page
        .filter(({ issue }) => issue.id === id)
        .map(({ change }) => site.views.history(change, fieldIds)),
    })),
    ...(next >= all.length ? {} : { nextPageToken: `log:${next}` }),
  });
}

function bulkFetch(site: TwinSite, { body }: JiraTwinRequest): TwinAnswer {
  const parsed = bulkFetchSchema.safeParse(body);
  if (!parsed.success) return problem(400, 'Invalid request payload.');
  const { issueIdsOrKeys, fields = ['*all'] } = parsed.data;
  const found = issueIdsOrKeys.flatMap((named) => findIssue(site, named) ?? []);
  return ok({ issues: found.map((issue) => site.views.issue(issue, fields)), issueErrors: [] });
}

/** What may not be seen is answered like what is not there. */
export function findIssue({ data }: TwinSite, named: string): TwinIssue | null {
  const issue = [...data.issues.values()].find(
    (one) => String(one.id) === named || keyOf(one) === named,
  );
  return issue === undefined || isHidden(issue) ? null : issue;
}

function isHidden(issue: TwinIssue): boolean {
  return issue.isHidden || issue.project.isHidden;
}

function boards({ data, views }: TwinSite, { query }: JiraTwinRequest): TwinAnswer {
  const named = query.get('projectKeyOrId');
  const project = data.projects.find(({ id, key }) => String(id) === named || key === named);
  if (named !== null && project === undefined) return problem(400, 'No project could be found.');
  const found = data.boards.filter(
    ({ projectId }) => project === undefined || projectId === project.id,
  );
  return ok(paged(found.map(views.board), query, 50));
}

function boardConfiguration(
  { data, views }: TwinSite,
  _: JiraTwinRequest,
  [id]: readonly string[],
): TwinAnswer {
  const board = data.boards.find((one) => String(one.id) === id);
  if (board === undefined) return problem(404, 'The requested board cannot be viewed.');
  return ok(views.boardConfiguration(board));
}

function boardSprints(
  { data, views }: TwinSite,
  { query }: JiraTwinRequest,
  [id]: readonly string[],
): TwinAnswer {
  const board = data.boards.find((one) => String(one.id) === id);
  if (board === undefined) return problem(404, 'The requested board cannot be viewed.');
  if (board.type === 'kanban') return problem(400, 'The board does not support sprints');
  const states = query.get('state')?.split(',') ?? [];
  const found = data.sprints.filter(
    ({ boardId, state }) => boardId === board.id && (states.length === 0 || states.includes(state)),
  );
  return ok(paged(found.map(views.sprint), query, 50));
}

function sprint(
  { data, views }: TwinSite,
  _: JiraTwinRequest,
  [id]: readonly string[],
): TwinAnswer {
  const found = data.sprints.find((one) => String(one.id) === id);
  return found === undefined
    ? problem(404, 'The requested sprint cannot be viewed.')
    : ok(views.sprint(found));
}
