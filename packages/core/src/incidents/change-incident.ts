import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { canonicalPerson } from '../actions/who-counts.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type IncidentRole, incidentRoleSchema, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { requirePerson } from '../identity/require-person.ts';
import { parseInput } from '../parse-input.ts';
import { withoutSecrets } from '../redaction/secrets-only.ts';
import { grantOf } from '../privacy/visibility.ts';
import { readIncidentHistory } from '../reads/incident-history.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import type { IncidentFollowUp, IncidentRoleHolder, Incidents } from './handle.ts';
import { readIncidentFollowUps, readRoles } from './read-care.ts';

const { incidentFollowUps, incidentRoles } = tables;
const mostFollowUps = 100;

const followUpSchema = z.strictObject({
  reference: z
    .string()
    .max(120)
    .regex(
      /^(?:[A-Za-z][A-Za-z0-9_]{0,40}-\d{1,9}|[\w.-]{1,60}(?:\/[\w.-]{1,60})?[#!]\d{1,9})$/,
      'is the key of a work item or a pull request, such as PAY-12 or shop#7',
    ),
  ownerPersonId: z.string().min(1).max(200).optional(),
  dueDay: z.iso.date('is a day, such as 2026-01-31').optional(),
});

/** @throws AdjutantError `Permission`, `NotFound` */
export async function setRole(
  context: ReadContext,
  incidentId: string,
  role: IncidentRole,
  personId: string | null,
): Promise<IncidentRoleHolder[]> {
  refuseOthers(context);
  const wanted = parseInput(incidentRoleSchema, role);
  const { store, workspaceId, clock, viewer } = context;
  const { incident } = await readIncidentHistory(context, incidentId);
  const at = clock.now();
  const givenBy = viewerLabel(viewer);
  return store.transaction(async (transaction) => {
    const present = personId === null ? null : await knownPerson(transaction, context, personId);
    const key = and(
      eq(incidentRoles.workspaceId, workspaceId),
      eq(incidentRoles.incidentId, incident.id),
      eq(incidentRoles.role, wanted),
    );
    await transaction.delete(incidentRoles).where(key);
    if (present !== null) {
      await transaction.insert(incidentRoles).values({
        workspaceId,
        incidentId: incident.id,
        role: wanted,
        personId: present,
        givenBy,
        givenAt: at,
      });
    }
    await note(transaction, context, 'incident.role_set', incident.id, {
      role: wanted,
      personId: present,
    });
    return readRoles(transaction, workspaceId, incident.id);
  });
}

/** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput`, `Conflict` */
export async function addFollowUp(
  context: ReadContext,
  incidentId: string,
  input: Parameters<Incidents['addFollowUp']>[1],
): Promise<IncidentFollowUp> {
  refuseOthers(context);
  const { ownerPersonId, dueDay, ...words } = parseInput(followUpSchema, input);
  const reference = withoutSecrets(words.reference);
  const { store, workspaceId, clock, viewer } = context;
  const { incident } = await readIncidentHistory(context, incidentId);
  return store.transaction(async (transaction) => {
    const present = await readIncidentFollowUps(transaction, workspaceId, incident.id);
    refuseSecond(present, reference);
    const owner =
      ownerPersonId === undefined ? null : await knownPerson(transaction, context, ownerPersonId);
    const id = createIdentifier();
    await transaction.insert(incidentFollowUps).values({
      id,
      workspaceId,
      incidentId: incident.id,
      reference,
      workItemId: await workItemOf(transaction, workspaceId, reference),
      ownerPersonId: owner,
      dueDay: dueDay ?? null,
      createdBy: viewerLabel(viewer),
      createdAt: clock.now(),
    });
    const detail = { followUp: id, reference, owner, dueDay: dueDay ?? null };
    await note(transaction, context, 'incident.follow_up_added', incident.id, detail);
    const after = await readIncidentFollowUps(transaction, workspaceId, incident.id);
    const added = after.find((followUp) => followUp.id === id);
    if (added === undefined) throw noFollowUp();
    return added;
  });
}

/** @throws AdjutantError `Permission`, `NotFound` */
export async function removeFollowUp(
  context: ReadContext,
  incidentId: string,
  followUpId: string,
): Promise<void> {
  refuseOthers(context);
  const { store, workspaceId } = context;
  const { incident } = await readIncidentHistory(context, incidentId);
  await store.transaction(async (transaction) => {
    const [gone] = await transaction
      .delete(incidentFollowUps)
      .where(
        and(
          eq(incidentFollowUps.workspaceId, workspaceId),
          eq(incidentFollowUps.incidentId, incident.id),
          eq(incidentFollowUps.id, followUpId),
        ),
      )
      .returning({ reference: incidentFollowUps.reference });
    if (gone === undefined) throw noFollowUp();
    const detail = { followUp: followUpId, reference: gone.reference };
    await note(transaction, context, 'incident.follow_up_removed', incident.id, detail);
  });
}

function refuseOthers({ viewer }: ReadContext): void {
  if (grantOf(viewer, 'incident_care', 'change') === 'shown') return;
  throw new AdjutantError('Permission', 'Only people say who does what about an incident.', {
    hint: 'Ask the person whom you work for.',
  });
}

function refuseSecond(present: readonly IncidentFollowUp[], reference: string): void {
  if (present.some((known) => known.reference.toLowerCase() === reference.toLowerCase())) {
    throw new AdjutantError('Conflict', 'This is a follow-up of the incident already.', {
      hint: 'Remove it first where its owner or its day is to change.',
    });
  }
  if (present.length < mostFollowUps) return;
  throw new AdjutantError('InvalidInput', `An incident has ${mostFollowUps} follow-ups at most.`);
}

function noFollowUp(): AdjutantError {
  return new AdjutantError('NotFound', 'There is no follow-up of that id in this incident.');
}

async function knownPerson(
  database: Database,
  { workspaceId }: ReadContext,
  personId: string,
): Promise<string> {
  const present = await canonicalPerson(database, workspaceId, personId);
  return requirePerson(database, workspaceId, present);
}

/** The work item of a key, where exactly one is read here. */
async function workItemOf(
  database: Database,
  workspaceId: string,
  reference: string,
): Promise<string | null> {
  const found = await queryTuples<[string]>(
    database,
    sql`select id from work_items where workspace_id = ${workspaceId}
      and lower(key) = ${reference.toLowerCase()} limit 2`,
  );
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}

async function note(
  transaction: Database,
  { workspaceId, clock, viewer }: ReadContext,
  event: string,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const actor = viewerLabel(viewer);
  await appendAuditEntry(transaction, {
    workspaceId,
    at: clock.now(),
    actor,
    event,
    subject,
    detail,
  });
}
