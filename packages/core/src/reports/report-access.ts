import { and, eq, inArray, isNull } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { InformationClass } from '../privacy/visibility.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { SearchAccess } from '../search/search-index.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { memberships, people, progressReports } = tables;

export type ReportRow = typeof progressReports.$inferSelect;

/**
 * Returns whose reports the viewer's own are: those of the very person who is signed in, or for whom
 * an assistant works. Other names of the same person do not count: whoever may merge people could
 * otherwise read what somebody kept to themselves.
 */
export function selfOf({ viewer }: ReadContext): string | null {
  if (viewer.kind === 'person') return viewer.personId;
  return viewer.kind === 'agent' ? viewer.sponsorPersonId : null;
}

/** Returns who writes. @throws AdjutantError `Permission` where nobody does */
export function requireSelf(context: ReadContext): string {
  const self = selfOf(context);
  if (self !== null) return self;
  throw new AdjutantError('Permission', 'A report is written by somebody.', {
    hint: 'Ask through the handle of a person, or of an assistant that works for one.',
  });
}

/** Returns whose shared reports the viewer may read; null for everybody's. */
export async function readableAuthors(context: ReadContext): Promise<string[] | null> {
  const { store, workspaceId } = context;
  const narrowed = context.teamId === null ? null : await membersOf(context, [context.teamId]);
  if (await leads(context)) return narrowed;
  const self = requireSelf(context);
  const present = await store.read
    .select({ personId: memberships.personId, teamId: memberships.teamId })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), isNull(memberships.toDay)));
  const own = new Set(present.flatMap((row) => (row.personId === self ? [row.teamId] : [])));
  // Without a team of one's own everybody here is a colleague: the workspace is the one team.
  if (own.size === 0) return narrowed;
  const teamless = await teamlessPeople(context, new Set(present.map(({ personId }) => personId)));
  const colleagues = new Set([
    ...teamless,
    ...present.flatMap((row) => (own.has(row.teamId) ? [row.personId] : [])),
  ]);
  return narrowed === null ? [...colleagues] : narrowed.filter((id) => colleagues.has(id));
}

async function teamlessPeople(
  { store, workspaceId }: ReadContext,
  inTeams: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await store.read
    .select({ id: people.id })
    .from(people)
    .where(eq(people.workspaceId, workspaceId));
  return rows.flatMap(({ id }) => (inTeams.has(id) ? [] : [id]));
}

/** Returns the people who are in one of some teams now. */
export async function membersOf(
  { store, workspaceId }: ReadContext,
  teamIds: readonly string[],
): Promise<string[]> {
  const rows = await store.read
    .selectDistinct({ personId: memberships.personId })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        inArray(memberships.teamId, [...teamIds]),
        isNull(memberships.toDay),
      ),
    );
  return rows.map(({ personId }) => personId);
}

async function leads({ store, workspaceId, viewer }: ReadContext): Promise<boolean> {
  if (viewer.kind === 'person') return viewer.role !== 'member';
  if (viewer.kind === 'system') return false;
  const [sponsor] = await store.read
    .select({ role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, viewer.sponsorPersonId)));
  return sponsor !== undefined && sponsor.role !== 'member';
}

/** Returns what the search index may show the viewer. */
export async function searchAccessOf(context: ReadContext): Promise<SearchAccess> {
  const { store, workspaceId } = context;
  const personId = selfOf(context);
  const seesEveryTeam = personId === null || (await leads(context));
  if (personId === null) return { personId, teamIds: [], seesEveryTeam };
  const own = await store.read
    .select({ teamId: memberships.teamId })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.personId, personId),
        isNull(memberships.toDay),
      ),
    );
  // Without a team of one's own everybody here is a colleague.
  return {
    personId,
    teamIds: own.map(({ teamId }) => teamId),
    seesEveryTeam: seesEveryTeam || own.length === 0,
  };
}

/** Returns a report by id. @throws AdjutantError `NotFound` */
export async function findReport(
  database: Database,
  { workspaceId }: ReadContext,
  reportId: string,
): Promise<ReportRow> {
  const [row] = await database
    .select()
    .from(progressReports)
    .where(and(eq(progressReports.workspaceId, workspaceId), eq(progressReports.id, reportId)));
  if (row !== undefined) return row;
  throw new AdjutantError('NotFound', 'There is no such report in this workspace.', {
    hint: 'List the reports to see their ids.',
  });
}

/** Has it noted that something was refused, not of whose report, and returns the error to throw. */
export function refuseReport(
  { noteRefusal }: Pick<ReadContext, 'noteRefusal'>,
  reason: RefusalReason,
): AdjutantError {
  const [of, message, hint] = refusals[reason];
  noteRefusal?.({ class: of, reason: 'role' });
  return new AdjutantError('Permission', message, { hint });
}

type RefusalReason = 'private' | 'not_author' | 'assistant' | 'other_team' | 'nobody';

const refusals: Readonly<Record<RefusalReason, readonly [InformationClass, string, string]>> = {
  private: [
    'private_reports',
    'The report is private: only its author reads it, whatever role somebody has.',
    'Ask its author to share it.',
  ],
  not_author: [
    'report_sharing',
    'Only its author changes, shares or deletes a report.',
    'Ask its author.',
  ],
  assistant: [
    'report_sharing',
    'An assistant writes reports for the person it works for; it says of none who may read it, and deletes none.',
    'The person does that: adjutant report share, adjutant report delete.',
  ],
  nobody: [
    'reports',
    'Reports are between people: the system, which is nobody, neither reads nor writes them.',
    'Ask through the handle of a person, or of an assistant that works for one.',
  ],
  other_team: [
    'reports',
    'The report was shared with the author’s own team.',
    'Ask its author, or somebody who leads.',
  ],
};

/** Returns a report of the viewer's own. @throws AdjutantError `NotFound`, `Permission` */
export async function requireOwnReport(
  context: ReadContext,
  reportId: string,
  attempt: 'edit' | 'share' | 'delete',
): Promise<ReportRow> {
  // What somebody wrote can be exposed or lost by either, and words that an assistant reads elsewhere
  // may tell it to. It is refused whether the report exists or not, so that it learns neither.
  if (context.viewer.kind === 'agent' && attempt !== 'edit') {
    throw refuseReport(context, 'assistant');
  }
  const row = await findReport(context.store.read, context, reportId);
  if (row.authorPersonId !== selfOf(context)) {
    throw refuseReport(context, 'not_author');
  }
  return row;
}

/** Returns a report that the viewer may read. @throws AdjutantError `NotFound`, `Permission` */
export async function requireReadableReport(
  context: ReadContext,
  reportId: string,
): Promise<ReportRow> {
  const row = await findReport(context.store.read, context, reportId);
  if (row.authorPersonId === selfOf(context)) return row;
  if (row.visibility === 'private') throw refuseReport(context, 'private');
  const authors = await readableAuthors(context);
  if (authors !== null && !authors.includes(row.authorPersonId))
    throw refuseReport(context, 'other_team');
  return row;
}
