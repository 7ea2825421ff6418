import { blobName } from '../data/git-objects.ts';
import type { TwinRepository, TwinWorkflow } from '../data/records.ts';
import { errorAnswer, type HttpAnswer } from '../http/answer.ts';
import { repositoryOf, userOf, viewerOf, workflowOf, workflowRunOf } from './representations.ts';
import { below, get, type Route } from './route.ts';
import { copilotRoutes } from './copilot-routes.ts';
import { gitRoutes } from './git-routes.ts';
import { hookRoutes } from './hook-routes.ts';
import { runRoutes } from './run-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { writeRoutes } from './write-routes.ts';
import {
  notFoundAnswer,
  notImitatedAnswer,
  onRepository,
  paged,
  type RestHandler,
  type RestRequest,
} from './request.ts';

const viewer: RestHandler = ({ data, caller, places, writer }) =>
  // A token of an installation belongs to no user.
  caller.kind === 'installation'
    ? errorAnswer(403, 'Resource not accessible by integration')
    : { status: 200, body: viewerOf(caller.canWrite ? writer() : data.viewer, places) };

const rateLimit: RestHandler = ({ quota }) => {
  const written = ({ limit, used, remaining, resetAt }: typeof quota.core) => ({
    limit,
    used,
    remaining,
    reset: Math.ceil(resetAt / 1_000),
  });
  const core = written(quota.core);
  return {
    status: 200,
    body: { resources: { core, graphql: written(quota.graphql) }, rate: core },
  };
};

function listRepositories(request: RestRequest, all: readonly TwinRepository[]): HttpAnswer {
  const visible = all.filter(({ isAccessible }) => isAccessible);
  const { slice, headers } = paged(request);
  const body = slice(visible).map((repository) => repositoryOf(repository, request.places));
  return { status: 200, headers: headers(visible.length), body };
}

const ownFilters = new Set(['page', 'per_page', 'sort', 'direction']);

const ownRepositories: RestHandler = (request) => {
  const { data, query, caller } = request;
  if (caller.kind === 'installation') {
    return errorAnswer(403, 'Resource not accessible by integration');
  }
  const unknown = [...query.keys()].find((key) => !ownFilters.has(key));
  if (unknown !== undefined) return notImitatedAnswer(`the filter ${unknown} of repositories`);
  const sort = query.get('sort') ?? 'full_name';
  if (sort !== 'full_name' && sort !== 'pushed') return notImitatedAnswer(`sorting by ${sort}`);
  const fullNameOf = ({ owner, name }: TwinRepository) => `${owner.login}/${name}`;
  const rising = data.repositories.toSorted((one, other) =>
    sort === 'pushed'
      ? one.pushedAt - other.pushedAt
      : fullNameOf(one).localeCompare(fullNameOf(other), 'en'),
  );
  const isRising = (query.get('direction') ?? (sort === 'full_name' ? 'asc' : 'desc')) === 'asc';
  return listRepositories(request, isRising ? rising : rising.toReversed());
};

const organizationRepositories: RestHandler = (request, [login = '']) => {
  const found = request.data.organizations.find((organization) => organization.login === login);
  if (found === undefined) return notFoundAnswer();
  return listRepositories(
    request,
    request.data.repositories.filter(({ owner }) => owner === found),
  );
};

const installationRepositories: RestHandler = (request) => {
  if (request.caller.kind !== 'installation') {
    return errorAnswer(403, 'You must authenticate with an installation access token.');
  }
  const { body, ...answer } = listRepositories(request, request.data.repositories);
  const visible = request.data.repositories.filter(({ isAccessible }) => isAccessible);
  return { ...answer, body: { total_count: visible.length, repositories: body } };
};

const installationToken: RestHandler = ({ caller, tokens, now }, [id = '']) => {
  if (caller.kind !== 'app') {
    return errorAnswer(401, 'A JSON web token could not be decoded');
  }
  if (id !== String(tokens.app.installationId)) return notFoundAnswer();
  const permissions = {
    actions: 'read',
    contents: 'read',
    deployments: 'read',
    issues: 'read',
    members: 'read',
    metadata: 'read',
    pull_requests: 'read',
  };
  const issued = tokens.issueInstallationToken(now);
  return { status: 201, body: { ...issued, permissions, repository_selection: 'all' } };
};

const repository = onRepository(({ places }, found) => ({
  status: 200,
  body: repositoryOf(found, places),
}));

const workflows = onRepository((request, found) => {
  const { slice, headers } = paged(request);
  const listed = slice(found.workflows).map((one) => workflowOf(one, found, request.places));
  return {
    status: 200,
    headers: headers(found.workflows.length),
    body: { total_count: found.workflows.length, workflows: listed },
  };
});

const workflowRuns = onRepository((request, found, [id = '']) => {
  const workflow = found.workflows.find(
    (one) => String(one.id) === id || one.path.endsWith(`/${decodeURIComponent(id)}`),
  );
  if (workflow === undefined) return notFoundAnswer();
  const unknown = [...request.query.keys()].find((key) => !runFilters.has(key));
  if (unknown !== undefined) return notImitatedAnswer(`the filter ${unknown} of workflow runs`);
  const { slice, headers } = paged(request);
  const wanted = wantedRuns(workflow, request.query);
  return {
    status: 200,
    headers: headers(wanted.length),
    body: {
      total_count: wanted.length,
      workflow_runs: slice(wanted).map((run) =>
        workflowRunOf(run, workflow, found, request.places),
      ),
    },
  };
});

const runFilters = new Set(['page', 'per_page', 'created', 'branch', 'event', 'status']);

function wantedRuns({ runs }: TwinWorkflow, query: URLSearchParams) {
  const isCreated = createdFilter(query.get('created'));
  const branch = query.get('branch');
  const event = query.get('event');
  const status = query.get('status');
  return runs
    .filter(
      (run) =>
        isCreated(run.createdAt) &&
        (branch === null || run.headBranch === branch) &&
        (event === null || run.event === event) &&
        (status === null || run.status === status || run.conclusion === status),
    )
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

/** Reads `>=2026-01-01T00:00:00Z`, `from..to` and the like. */
function createdFilter(text: string | null): (at: number) => boolean {
  if (text === null) return () => true;
  const [from = '', to] = text.split('..');
  if (to !== undefined) {
    const low = from === '*' ? Number.NEGATIVE_INFINITY : Date.parse(from);
    const high = to === '*' ? Number.POSITIVE_INFINITY : endOf(to);
    return (at) => at >= low && at <= high;
  }
  const [, sign = '', value = ''] = /^(>=|<=|>|<)?(.*)$/.exec(text) ?? [];
  const at = Date.parse(value);
  if (sign === '>=') return (created) => created >= at;
  if (sign === '>') return (created) => created > at;
  if (sign === '<=') return (created) => created <= endOf(value);
  if (sign === '<') return (created) => created < at;
  return (created) => created >= at && created <= endOf(value);
}

/** A day without a time means all of it. */
function endOf(value: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return Date.parse(value) + (isDay ? 86_399_999 : 0);
}

const contents = onRepository((request, found, [path = '']) => {
  const name = decodeURIComponent(path);
  const text = found.files.get(name);
  if (text === undefined) return notFoundAnswer();
  if (request.accept.includes('raw')) {
    return { status: 200, headers: { 'content-type': 'application/vnd.github.raw' }, body: text };
  }
  const bytes = Buffer.from(text);
  const sha = blobName(text);
  return {
    status: 200,
    body: {
      type: 'file',
      name: name.split('/').at(-1),
      path: name,
      sha,
      size: bytes.length,
      encoding: 'base64',
      content: bytes.toString('base64').replaceAll(/.{60}/g, '$&\n'),
      url: `${request.places.api}${request.path}`,
    },
  };
});

const installation = onRepository(({ caller, tokens }, found) =>
  caller.kind === 'app'
    ? {
        status: 200,
        body: {
          id: tokens.app.installationId,
          app_id: tokens.app.id,
          account: { login: found.owner.login },
        },
      }
    : errorAnswer(401, 'A JSON web token could not be decoded'),
);

const routes: readonly Route[] = [
  get(/^\/user$/, viewer, '', ''),
  get(/^\/rate_limit$/, rateLimit, '', ''),
  get(/^\/user\/repos$/, ownRepositories),
  get(
    /^\/orgs\/([^/]+)$/,
    ({ data, places }, [login = '']) => {
      const found = data.organizations.find((organization) => organization.login === login);
      return found === undefined ? notFoundAnswer() : { status: 200, body: userOf(found, places) };
    },
    'metadata=read',
    'read:org',
  ),
  get(/^\/orgs\/([^/]+)\/repos$/, organizationRepositories),
  get(/^\/installation\/repositories$/, installationRepositories),
  {
    method: 'POST',
    pattern: /^\/app\/installations\/(\d+)\/access_tokens$/,
    handle: installationToken,
  },
  ...below('', repository),
  ...below('/installation', installation),
  ...below('/actions/workflows', workflows, 'actions=read'),
  ...below('/actions/workflows/([^/]+)/runs', workflowRuns, 'actions=read'),
  ...below('/contents/(.+)', contents, 'contents=read'),
  ...copilotRoutes,
  ...hookRoutes,
  ...threadRoutes,
  ...gitRoutes,
  ...runRoutes,
  ...writeRoutes,
];

/** Answers a REST request. */
export function answerRest(request: RestRequest): HttpAnswer {
  const { method, path } = request;
  for (const route of routes) {
    if (route.method !== method) continue;
    const match = route.pattern.exec(path);
    if (match === null) continue;
    const [permission = ''] = (route.permissions ?? '').split('=');
    const answer = request.denied.has(permission)
      ? errorAnswer(403, 'Resource not accessible by personal access token')
      : route.handle(request, match.slice(1));
    return { ...answer, headers: { ...rightsHeaders(route, request), ...answer.headers } };
  }
  return notImitatedAnswer(`${method} ${path.slice(0, 200)}`);
}

function rightsHeaders(route: Route, { caller }: RestRequest): Record<string, string> {
  if (caller.scopes !== null) {
    return {
      'x-oauth-scopes': caller.scopes.join(', '),
      'x-accepted-oauth-scopes': route.scopes ?? '',
    };
  }
  const { permissions = '' } = route;
  return permissions === '' ? {} : { 'x-accepted-github-permissions': permissions };
}
