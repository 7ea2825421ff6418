import type { WorkspaceHandle } from '@adjutant/core';
import type { Person } from '@adjutant/core/domain';
import type { SafeHtml } from '@adjutant/insights';
import type { SignedInPerson } from '../auth/principal.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { PageQuery } from './page-query.ts';

/** What a page is given to make itself of. */
export interface PageCall {
  /** The workspace as whoever looks sees it, narrowed to the team of the query. */
  handle: WorkspaceHandle;
  person: SignedInPerson;
  /** Window, team and repository, as the address says. */
  query: PageQuery;
  /** The whole address, for what a page has beyond that. */
  url: URL;
  /** What stands in the path where the definition has a name, such as `id` of `/metrics/:id`. */
  parameters: Readonly<Record<string, string>>;
  now: number;
  gateway: GatewayContext;
}

export interface PageContent {
  /** Its own title where it has one for this very content. */
  title?: string;
  body: SafeHtml;
  /** Set where the page should look again by itself. @unit milliseconds */
  lookAgainMs?: number | undefined;
}

/** One page of the dashboard. */
export interface PageDefinition {
  /** Its address; a part such as `:id` is a parameter, and such a page is in no navigation. */
  path: string;
  /** Its title, and its name in the navigation. */
  title: string;
  /** The least role that sees it; others do not find it in the navigation either. */
  role: Person['role'];
  /** Whether window, team and repository are asked for at its top. */
  hasFilters: boolean;
  render(this: void, call: PageCall): Promise<PageContent>;
}

/** Returns the definition unchanged. */
export function definePage(definition: PageDefinition): PageDefinition {
  return definition;
}
