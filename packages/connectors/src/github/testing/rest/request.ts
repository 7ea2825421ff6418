import type { GithubData } from '../data/github-data.ts';
import type { TwinActor, TwinRepository } from '../data/records.ts';
import { errorAnswer, type HttpAnswer } from '../http/answer.ts';
import type { Caller, TwinTokens } from '../http/tokens.ts';
import type { GithubTwinLimits } from '../limits.ts';
import type { GithubTwinQuota } from '../quota.ts';
import type { Places } from './representations.ts';

export interface RestRequest {
  method: string;
  /** Without host, `/api/v3` and query. */
  path: string;
  query: URLSearchParams;
  accept: string;
  caller: Caller;
  data: GithubData;
  quota: GithubTwinQuota;
  limits: GithubTwinLimits;
  denied: ReadonlySet<string>;
  tokens: TwinTokens;
  places: Places;
  now: number;
  /** Undefined where it is no JSON. */
  body: unknown;
  /** Keeps a text on the host of reports and returns its signed link. */
  publishReport: (text: string) => string;
  /** Who changes something. */
  writer: () => TwinActor;
}

export type RestHandler = (request: RestRequest, match: readonly string[]) => HttpAnswer;

export const notFoundAnswer = (): HttpAnswer => errorAnswer(404, 'Not Found');

/** Says loudly that there is no answer, so that nobody takes the twin's silence for GitHub's. */
export function notImitatedAnswer(what: string): HttpAnswer {
  const message = `The GitHub twin does not imitate ${what}.`;
  return { status: 501, headers: { 'x-twin-not-imitated': what }, body: { message } };
}

const defaultPageSize = 30;
const largestPageSize = 100;

/** Cuts a page out of a list and links to the others. */
export function paged(request: RestRequest): {
  slice: <Item>(items: readonly Item[]) => readonly Item[];
  headers: (total: number) => Record<string, string>;
} {
  const { query, places, path } = request;
  const size = Math.min(largestPageSize, Number(query.get('per_page') ?? defaultPageSize) || 30);
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const linkTo = (number: number, rel: string): string => {
    const target = new URLSearchParams(query);
    target.set('page', String(number));
    return `<${places.api}${path}?${target.toString()}>; rel="${rel}"`;
  };
  return {
    slice: (items) => items.slice((page - 1) * size, page * size),
    headers: (total) => {
      const last = Math.max(1, Math.ceil(total / size));
      const links = [
        ...(page > 1 ? [linkTo(page - 1, 'prev')] : []),
        ...(page < last ? [linkTo(page + 1, 'next'), linkTo(last, 'last')] : []),
        ...(page > 1 ? [linkTo(1, 'first')] : []),
      ];
      const headers: Record<string, string> = {};
      if (links.length > 0) headers['link'] = links.join(', ');
      return headers;
    },
  };
}

/** Runs a handler on the repository that a path names; former names answer with a redirect. */
export function onRepository(
  handle: (request: RestRequest, repository: TwinRepository, rest: readonly string[]) => HttpAnswer,
): { byName: RestHandler; byId: RestHandler } {
  return {
    byName: (request, [owner = '', name = '', ...rest]) => {
      const visible = request.data.repositories.filter(({ isAccessible }) => isAccessible);
      const asked = `${owner}/${name}`;
      const found = visible.find((one) => same(`${one.owner.login}/${one.name}`, asked));
      if (found !== undefined) return handle(request, found, rest);
      const former = visible.find(({ formerNames }) => formerNames.some((old) => same(old, asked)));
      return former === undefined ? notFoundAnswer() : movedTo(request, former, [owner, name]);
    },
    byId: (request, [id = '', ...rest]) => {
      const found = request.data.repositories.find(
        (repository) => repository.isAccessible && String(repository.id) === id,
      );
      return found === undefined ? notFoundAnswer() : handle(request, found, rest);
    },
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === decodeURIComponent(b).toLowerCase();
}

function movedTo(
  { places, path, query }: RestRequest,
  { id }: TwinRepository,
  [owner = '', name = '']: readonly string[],
): HttpAnswer {
  const rest = path.slice(`/repos/${owner}/${name}`.length);
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  const url = `${places.api}/repositories/${id}${rest}${search}`;
  return {
    status: 301,
    headers: { location: url },
    body: { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' },
  };
}
