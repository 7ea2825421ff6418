import { createHash } from 'node:crypto';
import { AdjutantError, type Batch, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import { type JiraUser, usersOf } from './list-users.ts';

/** Each address goes out at most once, and so many in a day. */
export const mostLookUpsADay = 100;
const dayMs = 24 * 3_600_000;
const markLength = 16;
const recordPrefix = 'lookup:';
/** Of two who answer to an address neither is known to be meant; more need not be shown. */
const enoughToTell = 2;
const pageSchema = z.array(z.unknown());

export const lookUpsSchema = z.object({
  /** When the day began of which addresses are counted. */
  since: z.number(),
  count: z.number(),
  /** Marks of the addresses that were asked for and are still offered; never the addresses. */
  asked: z.array(z.string()),
});
export type LookUps = z.infer<typeof lookUpsSchema>;

/** The records of the stream: accounts by id, and the accounts that were found by an address. */
export interface KnownRecords {
  accounts: Set<string>;
  lookedUp: Set<string>;
}

/** Returns what the store holds of the stream. */
export async function readKnownRecords(request: ReadRequest): Promise<KnownRecords> {
  const known: KnownRecords = { accounts: new Set(), lookedUp: new Set() };
  for await (const id of request.knownExternalIds?.() ?? []) {
    if (id.startsWith(recordPrefix)) known.lookedUp.add(id.slice(recordPrefix.length));
    else known.accounts.add(id);
  }
  return known;
}

/** Returns the id of the record that says by which address an account was found. */
export function lookUpRecordId(accountId: string): string {
  return `${recordPrefix}${accountId}`;
}

/**
 * Asks Jira for addresses that other sources vouch for, as long as there are accounts that hide theirs.
 * What is found is an account that is known here and the only one that Jira gave, for its address and
 * not for its name. Whatever ends it, a refusal or a limit, ends it until the next pass.
 */
export async function lookUpAddresses(
  client: JiraClient,
  request: ReadRequest,
  known: KnownRecords,
  { before, hidden, now }: { before: LookUps | null; hidden: number; now: number },
): Promise<{ records: Batch['records']; lookUps: LookUps }> {
  const isSameDay = before !== null && now - before.since < dayMs;
  const lookUps = { since: isSameDay ? before.since : now, count: isSameDay ? before.count : 0 };
  const asked = new Set(before?.asked);
  const stillOffered: string[] = [];
  const found = new Map<string, string>();
  let isOver = false;
  for await (const email of request.knownEmails?.() ?? []) {
    const mark = markOf(email, client.rest.address.host);
    const isLeft = hidden > known.lookedUp.size + found.size;
    if (!asked.has(mark)) {
      if (isOver || !isLeft || lookUps.count >= mostLookUpsADay) continue;
      lookUps.count += 1;
      const user = await lookUp(client, email);
      isOver = user === 'refused';
      if (user === 'refused') continue;
      const isNew = user !== null && known.accounts.has(user.id) && !known.lookedUp.has(user.id);
      if (isNew && !found.has(user.id)) found.set(user.id, email);
    }
    stillOffered.push(mark);
  }
  return {
    records: [...found].map(([accountId, email]) => ({
      externalId: lookUpRecordId(accountId),
      payload: { accountId, lookedUpBy: email },
    })),
    lookUps: { ...lookUps, asked: stillOffered },
  };
}

/** Returns the one account that Jira knows by an address, null for none or several. */
async function lookUp(client: JiraClient, email: string): Promise<JiraUser | null | 'refused'> {
  try {
    const values = await client.ask(
      async ({ findUsers }, jira) =>
        await findUsers(jira, { query: email, maxResults: enoughToTell }),
      pageSchema,
      'users',
    );
    const [user] = usersOf(values);
    if (user === undefined || values.length !== 1 || user.type !== 'atlassian') return null;
    // Jira shows this one's address, and it is another one that begins alike.
    if (typeof user.email === 'string' && user.email.toLowerCase() !== email) return null;
    return isFoundByName(user.name ?? '', email) ? null : user;
  } catch (error) {
    const isPassing =
      AdjutantError.isInstance(error) && (error.retryable || error.code === 'Permission');
    if (!isPassing) throw error;
    return 'refused';
  }
}

/** Jira searches names as well, and anybody may call themselves by somebody else's address. */
function isFoundByName(name: string, email: string): boolean {
  const shown = name.normalize('NFKC').toLowerCase();
  if (shown.includes('@')) return true;
  const words = shown.split(/[^\p{L}\p{N}]+/u);
  const parts = email.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  return parts.every((part) => words.some((word) => word.startsWith(part)));
}

/** Tells whether an address was asked for without keeping it; the site is its salt. */
function markOf(email: string, host: string): string {
  return createHash('sha256').update(`${host}\n${email}`).digest('base64url').slice(0, markLength);
}
