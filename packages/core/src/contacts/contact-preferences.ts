import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { canonicalPerson } from '../actions/who-counts.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { grantOf } from '../privacy/visibility.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ContactPreferences, ContactWishes } from './handle.ts';

const { contactPreferences, people } = tables;

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is written 22:00');
const daySchema = z.iso.date('is a day, such as 2026-01-31');

const wishesSchema = z.strictObject({
  optedOut: z.boolean().default(false),
  timeZone: z.string().max(80).refine(isTimeZone, 'is no time zone').nullable().default(null),
  quietHours: z
    .strictObject({ from: timeSchema, to: timeSchema })
    .refine(({ from, to }) => from !== to, 'begin and end at the same time')
    .nullable()
    .default(null),
  absence: z
    .strictObject({ fromDay: daySchema, toDay: daySchema.nullable() })
    .refine(({ fromDay, toDay }) => toDay === null || toDay >= fromDay, 'ends before it begins')
    .nullable()
    .default(null),
});

/** Returns what people of a workspace wish, for one viewer. */
export function createContactPreferences(context: ReadContext): ContactPreferences {
  return {
    get: (personId) => readWishes(context, personId),
    set: (personId, wishes) => writeWishes(context, personId, wishes),
  };
}

async function readWishes(context: ReadContext, personId: string): Promise<ContactWishes> {
  const { workspaceId, store } = context;
  const present = await permittedPerson(store.read, context, personId);
  const [row] = await store.read
    .select()
    .from(contactPreferences)
    .where(keyOf(workspaceId, present));
  const { optedOut = false, timeZone = null, quietFrom = null, quietTo = null } = row ?? {};
  const { absentFromDay = null, absentToDay = null } = row ?? {};
  return {
    optedOut,
    timeZone,
    quietHours: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    absence: absentFromDay === null ? null : { fromDay: absentFromDay, toDay: absentToDay },
  };
}

async function writeWishes(
  context: ReadContext,
  personId: string,
  input: Partial<ContactWishes>,
): Promise<ContactWishes> {
  const wishes = parseInput(wishesSchema, input);
  const { workspaceId, store, viewer, clock } = context;
  const { optedOut, timeZone, quietHours, absence } = wishes;
  const columns = {
    optedOut,
    timeZone,
    quietFrom: quietHours?.from ?? null,
    quietTo: quietHours?.to ?? null,
    absentFromDay: absence?.fromDay ?? null,
    absentToDay: absence?.toDay ?? null,
  };
  await store.transaction(async (transaction) => {
    const present = await permittedPerson(transaction, context, personId);
    await transaction
      .insert(contactPreferences)
      .values({ workspaceId, personId: present, ...columns })
      .onConflictDoUpdate({
        target: [contactPreferences.workspaceId, contactPreferences.personId],
        set: columns,
      });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'people.contact_preferences_set',
      subject: present,
      // When somebody sleeps and is away is theirs: it can be erased, the chain keeps a digest.
      personal: { wishes: JSON.stringify(wishes) },
    });
  });
  return wishes;
}

/** Returns whom an id means after all merges, where the viewer may speak for them. */
async function permittedPerson(
  database: Database,
  { workspaceId, viewer }: ReadContext,
  personId: string,
): Promise<string> {
  const present = await canonicalPerson(database, workspaceId, personId);
  const isKeeper = grantOf(viewer, 'contact_wishes', 'change') === 'shown';
  const isSelf = viewer.kind === 'person' && viewer.personId === present;
  if (!isKeeper && !isSelf) {
    throw new AdjutantError('Permission', 'Only they themselves, a lead or an administrator may.', {
      hint: 'Ask the person whom it is about.',
    });
  }
  const [known] = await database
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, present)));
  if (known !== undefined) return present;
  throw new AdjutantError('NotFound', 'There is no such person in this workspace.', {
    hint: 'findPeople() lists everybody with their ids.',
  });
}

function keyOf(workspaceId: string, personId: string) {
  return and(
    eq(contactPreferences.workspaceId, workspaceId),
    eq(contactPreferences.personId, personId),
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
