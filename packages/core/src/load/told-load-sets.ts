import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { Database } from '../store/database.ts';

const { auditEntries } = tables;
const toldEvent = 'load.team_told';
const figureSchema = z.object({ id: z.string(), value: z.number(), people: z.number() });
const detailSchema = z.object({ people: z.array(z.string()), figures: z.array(figureSchema) });

/** A figure as it was told first. */
export type ToldFigure = z.infer<typeof figureSchema>;

/** People whose middle figures of a week were told. */
export interface ToldLoad {
  people: ReadonlySet<string>;
  figures: readonly ToldFigure[];
}

function subjectOf(week: string): string {
  return `load:${week}`;
}

/** Returns what was told of a week, the first first: every answer can be held against every other. */
export async function readToldLoad(
  database: Database,
  workspaceId: string,
  week: string,
): Promise<ToldLoad[]> {
  const rows = await database
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, subjectOf(week)),
        eq(auditEntries.event, toldEvent),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  return rows.map(({ detail }) => {
    const { people, figures } = detailSchema.parse(detail);
    return { people: new Set(people), figures };
  });
}

export interface LoadAnswer {
  week: string;
  people: ReadonlySet<string>;
  told: readonly ToldFigure[];
}

/**
 * Records what is told of whom, once.
 * @throws AdjutantError `Conflict` where something else was told of the week meanwhile
 */
export async function recordLoadAnswer(
  { store, workspaceId, viewer, clock, teamId }: ReadContext,
  known: readonly ToldLoad[],
  { week, people, told }: LoadAnswer,
): Promise<void> {
  const news = told.filter(({ id }) => toldBefore(known, people, id) === null);
  if (news.length === 0) return;
  await store.transaction(async (transaction) => {
    const present = await readToldLoad(transaction, workspaceId, week);
    if (present.length !== known.length) {
      throw new AdjutantError('Conflict', 'Somebody asked about the same week meanwhile.', {
        hint: 'Ask again.',
      });
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: toldEvent,
      subject: subjectOf(week),
      detail: { teamId, figures: news, people: [...people].toSorted() },
    });
  });
}

/**
 * Returns a figure of exactly these people as it was told first; null where it was not. It stays as it
 * was: what came in later, or who was merged since, would otherwise show in the difference.
 */
export function toldBefore(
  known: readonly ToldLoad[],
  people: ReadonlySet<string>,
  id: string,
): ToldFigure | null {
  const same = known.filter(
    ({ people: before }) =>
      before.size === people.size && [...people].every((person) => before.has(person)),
  );
  return same.flatMap(({ figures }) => figures).find((figure) => figure.id === id) ?? null;
}
