import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { reportDoorSchema, reportVisibilitySchema, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { readDayWork } from './day-work.ts';
import { dropRevisions } from './drop-revisions.ts';
import type { ReportInput, SubmittedReport } from './handle.ts';
import { refuseReport, type ReportRow, requireOwnReport, requireSelf } from './report-access.ts';
import { indexReports, markReport } from './report-index.ts';
import { toSummary } from './report-summary.ts';
import { maskSecrets, type ReportTexts, reportTextsSchema } from './report-text.ts';
import { reportDay, zoneOf } from './report-zone.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';

const { progressReports, progressReportRevisions, people } = tables;

const inputSchema = z.strictObject({
  day: z.iso.date('is a day, such as 2026-01-31').optional(),
  ...reportTextsSchema.shape,
  visibility: reportVisibilitySchema.optional(),
  via: reportDoorSchema.default('sdk'),
});
const changesSchema = z.strictObject({
  did: reportTextsSchema.shape.did.optional(),
  next: reportTextsSchema.shape.next.optional(),
  blockers: reportTextsSchema.shape.blockers.optional(),
  via: reportDoorSchema.default('sdk'),
});

/** Keeps what somebody says of a day: the one function behind every door. */
export async function submitReport(
  context: ReadContext,
  input: ReportInput,
): Promise<SubmittedReport> {
  const authorPersonId = requireSelf(context);
  const { day: named, visibility, via, ...given } = parseInput(inputSchema, input);
  const { texts, maskedSecrets } = maskSecrets(requireWords(given));
  const timeZone = await zoneOf(context, authorPersonId);
  const at = context.clock.now();
  const day = reportDay(named, at, timeZone);
  const row = await clearingTransaction(context.store, async (transaction) => {
    const [before] = await transaction
      .select()
      .from(progressReports)
      .where(
        and(
          eq(progressReports.workspaceId, context.workspaceId),
          eq(progressReports.authorPersonId, authorPersonId),
          eq(progressReports.day, day),
        ),
      );
    // Who may read it is for the person to say: an assistant may only name what is so anyway.
    const isShown = before?.visibility ?? 'private';
    const kept = visibility ?? isShown;
    if (context.viewer.kind === 'agent' && kept !== isShown) return null;
    if (before === undefined) {
      await requirePerson(transaction, context, authorPersonId);
      const first = { authorPersonId, day, timeZone, visibility: kept } as const;
      return begin(transaction, context, { ...first, ...texts, submittedVia: via, createdAt: at });
    }
    return revise(transaction, context, before, { ...texts, visibility: kept, via, at });
  });
  if (row === null) {
    throw refuseReport(context, 'assistant');
  }
  return submitted(context, row, maskedSecrets);
}

/** Changes some of what a report says. */
export async function editReport(
  context: ReadContext,
  reportId: string,
  input: Pick<ReportInput, 'did' | 'next' | 'blockers' | 'via'>,
): Promise<SubmittedReport> {
  const { via, ...changes } = parseInput(changesSchema, input);
  const { id } = await requireOwnReport(context, reportId, 'edit');
  let masked = 0;
  const row = await clearingTransaction(context.store, async (transaction) => {
    const [before] = await transaction
      .select()
      .from(progressReports)
      .where(and(eq(progressReports.workspaceId, context.workspaceId), eq(progressReports.id, id)));
    if (before === undefined) throw gone();
    const { did, next, blockers } = before;
    const merged = {
      did: changes.did === undefined ? did : changes.did,
      next: changes.next === undefined ? next : changes.next,
      blockers: changes.blockers === undefined ? blockers : changes.blockers,
    };
    const { texts, maskedSecrets } = maskSecrets(requireWords(merged));
    masked = maskedSecrets;
    const { visibility } = before;
    return revise(transaction, context, before, {
      ...texts,
      visibility,
      via,
      at: context.clock.now(),
    });
  });
  return submitted(context, row, masked);
}

function gone(): AdjutantError {
  return new AdjutantError('NotFound', 'The report was deleted meanwhile.');
}

async function submitted(
  context: ReadContext,
  row: ReportRow,
  maskedSecrets: number,
): Promise<SubmittedReport> {
  await indexReports(context);
  const { authorPersonId: personId, day, timeZone } = row;
  return {
    ...(await toSummary(context, row)),
    isNew: row.revision === 1,
    maskedSecrets,
    work: await readDayWork(context, { personId, day, timeZone }),
  };
}

function requireWords(texts: ReportTexts): ReportTexts {
  if (Object.values(texts).some((text) => text !== null)) return texts;
  throw new AdjutantError('InvalidInput', 'A report says something.', {
    hint: 'Give at least one of did, next and blockers.',
  });
}

/** A host may sign in whom identity does not know; what nobody can be shown as the author of is not kept. */
async function requirePerson(
  transaction: Database,
  { workspaceId }: ReadContext,
  personId: string,
): Promise<void> {
  const [known] = await transaction
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (known !== undefined) return;
  throw new AdjutantError('NotFound', 'There is no such person in this workspace.', {
    hint: 'findPeople() lists everybody with their ids.',
  });
}

type First = Pick<
  ReportRow,
  'authorPersonId' | 'day' | 'timeZone' | 'visibility' | 'submittedVia' | 'createdAt'
> &
  ReportTexts;

async function begin(
  transaction: Database,
  context: ReadContext,
  first: First,
): Promise<ReportRow> {
  const row: ReportRow = {
    id: createIdentifier(),
    workspaceId: context.workspaceId,
    ...first,
    revision: 1,
    updatedAt: first.createdAt,
  };
  await transaction.insert(progressReports).values(row);
  await told(transaction, context, row, 'report.submitted');
  await markReport(transaction, context, row.id);
  return row;
}

interface Revised extends ReportTexts {
  visibility: ReportRow['visibility'];
  via: ReportRow['submittedVia'];
  at: number;
}

/** What a report said before must be gone with it: the transaction clears what it replaces. */
async function revise(
  transaction: Database,
  context: ReadContext,
  before: ReportRow,
  { via, at, ...changed }: Revised,
): Promise<ReportRow> {
  const { workspaceId } = context;
  const { id, revision, did, next, blockers, submittedVia } = before;
  await transaction.insert(progressReportRevisions).values({
    workspaceId,
    reportId: id,
    revision,
    did,
    next,
    blockers,
    submittedVia,
    writtenAt: before.updatedAt,
  });
  await dropRevisions(transaction, context, id);
  const row: ReportRow = {
    ...before,
    ...changed,
    revision: revision + 1,
    submittedVia: via,
    updatedAt: at,
  };
  const { id: _, workspaceId: __, ...columns } = row;
  await transaction
    .update(progressReports)
    .set(columns)
    .where(and(eq(progressReports.workspaceId, workspaceId), eq(progressReports.id, id)));
  await told(transaction, context, row, 'report.revised');
  await markReport(transaction, context, row.id);
  return row;
}

/** The ledger tells that something was written and who may read it; never a word of it, nor of which day. */
async function told(
  transaction: Database,
  { workspaceId, viewer }: ReadContext,
  { id, revision, visibility, submittedVia, updatedAt }: ReportRow,
  event: 'report.submitted' | 'report.revised',
): Promise<void> {
  await appendAuditEntry(transaction, {
    workspaceId,
    at: updatedAt,
    actor: viewerLabel(viewer),
    event,
    subject: id,
    detail: { revision, visibility, via: submittedVia },
  });
}
