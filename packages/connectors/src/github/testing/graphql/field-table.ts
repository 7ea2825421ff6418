import type { GithubData } from '../data/github-data.ts';
import type { TwinActor, TwinPullRequest, TwinRepository } from '../data/records.ts';
import type { GithubTwinQuota } from '../quota.ts';

/** What one GraphQL request carries through its fields. */
export interface TwinContext {
  data: GithubData;
  now: () => number;
  quota: GithubTwinQuota;
  cost: number;
  nodes: number;
  /** Scopes of a classic token; null for another credential. */
  scopes: readonly string[] | null;
  /** Permissions that the credential lacks. */
  denied: ReadonlySet<string>;
  /** What has been loaded so far, in the measure of `limits.weight`. */
  weight: number;
  /** Null where the account is taken to be gone. */
  actorOf: <Actor extends { type: string } = TwinActor>(
    actor: Actor | null,
    subject: string,
  ) => Actor | null;
  /** Pages of pull requests that this request read and that more follow. */
  openPages: { repository: TwinRepository; orderedBy: string; page: readonly TwinPullRequest[] }[];
}

/** Arguments of a field; graphql-js has checked them against the published schema. */
export interface FieldArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  skip?: number | null;
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null;
  states?: readonly string[] | null;
  labels?: readonly string[] | null;
  itemTypes?: readonly string[] | null;
  environments?: readonly string[] | null;
  userLogins?: readonly string[] | null;
  filterBy?: Readonly<Record<string, unknown>> | null;
  baseRefName?: string | null;
  headRefName?: string | null;
  refPrefix?: string | null;
  membership?: string | null;
  role?: string | null;
  author?: unknown;
  since?: string | null;
  until?: string | null;
  id?: string;
  ids?: readonly string[];
  owner?: string;
  name?: string;
  login?: string;
  slug?: string;
  number?: number;
  tagName?: string;
  oid?: string | null;
  expression?: string | null;
  qualifiedName?: string;
  followRenames?: boolean | null;
  immediateOnly?: boolean | null;
  rootTeamsOnly?: boolean | null;
  includeClosedPrs?: boolean | null;
}

export type Resolve<Source> = (
  source: Source,
  args: FieldArguments,
  context: TwinContext,
) => unknown;

export interface FieldEntry<Source> {
  /** Arguments that are honoured. Another one in a request is refused. */
  accepts: readonly string[];
  resolve: Resolve<Source>;
}

/** The fields of one type that the twin answers. */
export type FieldTable = Readonly<Record<string, FieldEntry<never>>>;

/** Writes a table: a function stands for a field without arguments. */
export function fieldsOf<Source>(
  fields: Readonly<Record<string, Resolve<Source> | FieldEntry<Source>>>,
): FieldTable {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      typeof field === 'function' ? { accepts: [], resolve: field } : field,
    ]),
  );
}

/** Fields of which the twin knows nothing, and whose type allows null. */
export function unknownFields(...names: string[]): Readonly<Record<string, () => null>> {
  return Object.fromEntries(names.map((name) => [name, () => null]));
}

/** Writes an instant as GitHub does: UTC, whole seconds. */
export function dateTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
