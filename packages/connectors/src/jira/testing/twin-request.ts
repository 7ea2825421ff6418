import type { JiraData } from './jira-data.ts';
import type { TwinUser } from './jira-records.ts';
import type { TwinViews } from './twin-views.ts';

/** A request as a route sees it. */
export interface JiraTwinRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  /** Whose token it came with. */
  by: TwinUser;
  /** Whether it is the token for writing: that of an agent, who may transition, and sees more. */
  mayWrite: boolean;
}

export interface TwinAnswer {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** What routes work on. */
export interface TwinSite {
  data: JiraData;
  views: TwinViews;
  now: () => number;
  /** Minutes that the token's account is ahead of UTC: how dates in JQL are read. */
  timeZoneOffsetMs: number;
  limits: { issuesPerPage: number; historiesPerPage: number; commentsPerPage: number };
  /** The answers repeat the token of the page before, as a stale search does. */
  repeatsTokens: boolean;
  /** Global permissions that the account lacks. */
  denied: ReadonlySet<string>;
}

/** Returns the answer of Jira to something that is wrong. */
export function problem(status: number, ...errorMessages: string[]): TwinAnswer {
  return { status, body: { errorMessages, errors: {} } };
}
