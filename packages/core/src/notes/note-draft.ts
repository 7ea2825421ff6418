import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import {
  type AnyActionDefinition,
  defineAction,
  type JsonObject,
} from '../actions/define-action.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { NoteDraft } from './handle.ts';

const { actions, noteDrafts } = tables;

const mostListed = 200;

const payloadSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((text) => !/\p{Cc}/u.test(text), 'is one line'),
  body: z
    .string()
    .trim()
    .min(1)
    .max(50_000)
    .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'has control characters'),
});
type Payload = z.infer<typeof payloadSchema>;

/** Writes a private note into the store: nothing leaves, and nobody is told. */
export function noteDraftAction(store: Store): AnyActionDefinition {
  const bound: JsonObject = {};
  return defineAction<Payload>({
    id: 'note.draft',
    title: 'Keep a private draft',
    risk: 'low',
    reversible: true,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    quietPeriodMs: 0,
    async prepare({ workspaceId }, { title, body }) {
      return {
        target: { source: 'adjutant', externalId: workspaceId, ref: 'private notes', url: null },
        preconditions: bound,
        facts: [
          { label: 'Kept in', value: 'this store, private', tone: 'plain' },
          { label: 'Length', value: `${body.length} characters`, tone: 'plain' },
        ],
        recipients: ['nobody: it stays in this store'],
        content: `${title}\n\n${body}`,
        conditions: {
          channel_public: false,
          channel_members: 0,
          contains_command: false,
          deploys: false,
        },
        excludedAccounts: [],
      };
    },
    observe: async () => bound,
    async execute({ workspaceId, clock }, { actionId, payload, effectKey }) {
      const id = noteId(effectKey);
      const createdAt = clock.now();
      await store.transaction(async (transaction) => {
        const written = await transaction
          .insert(noteDrafts)
          .values({ workspaceId, id, actionId, ...payload, createdAt })
          .onConflictDoNothing()
          .returning({ id: noteDrafts.id });
        if (written.length === 0) return;
        const [action] = await transaction
          .select({ traceId: actions.traceId })
          .from(actions)
          .where(and(eq(actions.workspaceId, workspaceId), eq(actions.id, actionId)));
        await appendAuditEntry(transaction, {
          workspaceId,
          at: createdAt,
          actor: 'system',
          event: 'note.drafted',
          subject: id,
          detail: { actionId },
          traceId: action?.traceId ?? null,
        });
      });
      return { outcome: 'applied', result: { noteId: id } };
    },
    async probe({ workspaceId }, { effectKey }) {
      const id = noteId(effectKey);
      const found = await store.read
        .select({ id: noteDrafts.id })
        .from(noteDrafts)
        .where(and(eq(noteDrafts.workspaceId, workspaceId), eq(noteDrafts.id, id)));
      return found.length > 0
        ? { outcome: 'applied', result: { noteId: id } }
        : { outcome: 'absent' };
    },
  });
}

function noteId(effectKey: string): string {
  return createHash('sha256').update(effectKey).digest('hex').slice(0, 32);
}

/** Returns the newest notes of a workspace, 200 at most. @throws AdjutantError `InvalidInput` */
export async function listNoteDrafts(
  store: Store,
  workspaceId: string,
  limit = 50,
): Promise<NoteDraft[]> {
  const isUsable = Number.isSafeInteger(limit) && limit >= 1 && limit <= mostListed;
  if (!isUsable) {
    throw new AdjutantError('InvalidInput', `limit: is a whole number from 1 to ${mostListed}`);
  }
  const { id, actionId, title, body, createdAt } = noteDrafts;
  return await store.read
    .select({ id, actionId, title, body, createdAt })
    .from(noteDrafts)
    .where(eq(noteDrafts.workspaceId, workspaceId))
    .orderBy(desc(createdAt), desc(id))
    .limit(limit);
}
