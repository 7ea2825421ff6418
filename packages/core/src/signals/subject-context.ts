import { sql } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { readColumns } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import { keyText } from './subjects/key-text.ts';
import { weekdayHours } from '../calendar/weekday-hours.ts';

const hourMs = 3_600_000;

/** A repository as subjects name it. */
export interface KnownRepository {
  /** Fit to be part of a key. */
  name: string;
  /** As its source writes it in full: acme/shop. */
  fullName: string | null;
  defaultBranch: string | null;
  teamId: string | null;
}

/** Who stands behind an account. */
export interface KnownAccount {
  personId: string | null;
  /** A service bot or a coding agent. */
  isBot: boolean;
}

/** What the loaders of all subjects share in one pass; read once, when it is first asked for. */
export interface SubjectContext {
  read: ReadContext;
  /** The instant of the pass. */
  now: number;
  /** Whether that is a past one: subjects are then told as they were, as far as history is kept. */
  isPast: boolean;
  /**
   * Whether weeks of history are wanted too. A pass after a sync does without, unless a rule of its kind
   * needs them: fields that tell of weeks are then null.
   */
  withHistory: boolean;
  /**
   * Whether what has been over for days is left out, unless a finding is open of it: so in a pass after a
   * sync. The first pass of a day looks at all of it.
   */
  onlyRecent: boolean;
  /**
   * The instant that rows of a source are judged for: now, or when it was last read, where that is more
   * than an hour ago. Nobody is said to have kept others waiting while we did not look.
   */
  asOf(source: string): number;
  /** Sources that the configuration names, or that ever were read. */
  repositories(): Promise<ReadonlyMap<string, KnownRepository>>;
  accounts(): Promise<ReadonlyMap<string, KnownAccount>>;
  /** `source\nexternalId` of repositories that another source shows better: their rows do not count. */
  followers(): Promise<ReadonlySet<string>>;
  /** Hours between two instants; null where the first is not known. @unit hours */
  hoursSince(at: number | null, until: number): number | null;
  weekdayHoursSince(at: number | null, until: number): number | null;
}

/** Returns the key under which rows of a source are kept in the maps of a pass. */
export function keyOf(source: string, externalId: string | null): string {
  return `${source}\n${externalId ?? ''}`;
}

/** Returns what one pass over the subjects of a workspace needs, as of an instant. */
export async function createSubjectContext(
  read: ReadContext,
  now: number,
  { isPast = false }: { isPast?: boolean } = {},
): Promise<SubjectContext> {
  const readAt = await lastReadings(read);
  const { timeZone } = read.settings;
  const repositories = once(() => loadRepositories(read));
  const accounts = once(() => loadAccounts(read));
  const followers = once(() => loadFollowers(read));
  return {
    read,
    now,
    isPast,
    withHistory: true,
    onlyRecent: false,
    asOf(source) {
      const at = readAt.get(source);
      return isPast || at === undefined || now - at <= hourMs ? now : at;
    },
    repositories,
    accounts,
    followers,
    hoursSince: (at, until) => (at === null ? null : Math.max(0, until - at) / hourMs),
    weekdayHoursSince: (at, until) => (at === null ? null : weekdayHours(at, until, timeZone)),
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** When each source was last read to the end, by the stream that was read last. */
async function lastReadings({ store, workspaceId }: ReadContext): Promise<Map<string, number>> {
  const rows = await queryTuples<[string, number]>(
    store.read,
    sql`select source, max(last_finished_at) from sync_cursors
      where workspace_id = ${workspaceId} and last_finished_at is not null group by source`,
  );
  return new Map(rows);
}

async function loadRepositories({ store, workspaceId }: ReadContext) {
  const rows = await queryTuples<
    [string, string, string, string | null, string | null, string | null]
  >(
    store.read,
    // The short name, as everywhere; the whole one where two owners have one of the same name.
    sql`select r.source, r.external_id,
        case when exists (select 1 from repositories o where o.workspace_id = r.workspace_id
          and o.source = r.source and o.name = r.name and o.external_id <> r.external_id)
          then coalesce(r.full_name, r.name) else r.name end,
        r.full_name,
        r.default_branch, t.team_id
      from repositories r left join repository_teams t on t.workspace_id = r.workspace_id
        and t.source = r.source and t.repository_external_id = r.external_id
      where r.workspace_id = ${workspaceId}`,
  );
  return new Map(
    rows.map(
      ([source, externalId, name, fullName, defaultBranch, teamId]): [string, KnownRepository] => [
        keyOf(source, externalId),
        { name: keyText(name), fullName, defaultBranch, teamId },
      ],
    ),
  );
}

async function loadAccounts({ store, workspaceId }: ReadContext) {
  const columns = await readColumns(
    store.read,
    ['source', 'externalId', 'isBot', 'kind', 'personId'],
    sql`select a.source, a.external_id as "externalId", a.is_bot as "isBot", a.kind,
        coalesce(p.merged_into_person_id, p.id) as "personId"
      from accounts a left join person_accounts l on l.workspace_id = a.workspace_id
        and l.account_source = a.source and l.account_external_id = a.external_id
      left join people p on p.id = l.person_id and p.workspace_id = a.workspace_id
      where a.workspace_id = ${workspaceId}`,
  );
  const [sources = [], externalIds = [], bots = [], kinds = [], people = []] = columns;
  return new Map(
    externalIds.map((externalId, at): [string, KnownAccount] => [
      keyOf(String(sources[at]), String(externalId)),
      {
        personId: people[at] === null || people[at] === undefined ? null : String(people[at]),
        isBot: bots[at] === 1 || kinds[at] !== 'human',
      },
    ]),
  );
}

async function loadFollowers({ store, workspaceId }: ReadContext) {
  const rows = await queryTuples<[string, string]>(
    store.read,
    sql`select source, repository_external_id from repository_leads where workspace_id = ${workspaceId}`,
  );
  return new Set(rows.map(([source, externalId]) => keyOf(source, externalId)));
}
