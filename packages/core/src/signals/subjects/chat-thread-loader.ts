import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { dayOf, timeOf } from '../../calendar/local-time.ts';
import { workingHours } from '../../calendar/working-hours.ts';
import type { ChatThreadSubject } from '../../domain/signal-subjects/chat-thread-subject.ts';
import { readRows } from '../../store/json-columns.ts';
import { keyOf, type KnownAccount, type SubjectContext } from '../subject-context.ts';
import type { SubjectLoader } from './subject-source.ts';

/** What nobody has come back to for that long, nobody waits for any more. */
const lookedBackMs = 14 * 86_400_000;
const longestChannel = 80;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  channelId: z.string(),
  channel: z.string().nullable(),
  channelRowId: z.string().nullable(),
  author: z.string().nullable(),
  startedAt: z.number(),
  asks: z.number(),
  namesBlocker: z.number(),
  accounts: z.string(),
  groups: z.string(),
  mentionsEverybody: z.number(),
  replyCount: z.number().nullable(),
  firstReplyAt: z.number().nullable(),
  firstReplyBy: z.string().nullable(),
  lastReplyAt: z.number().nullable(),
  lastReplyBy: z.string().nullable(),
  isMarkedDone: z.number(),
});
type Row = z.infer<typeof rowSchema>;
const textsSchema = z.array(z.string());

/** Returns the threads of the last fourteen days that ask or name a blocker, the oldest first. */
export const loadChatThreads: SubjectLoader<'chat_thread'> = async (context) => {
  const { store, workspaceId } = context.read;
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select t.id, t.source, t.external_id as "externalId", t.channel_external_id as "channelId",
        c.name as channel, c.id as "channelRowId", t.author_account_external_id as author,
        t.started_at as "startedAt", t.asks, t.names_blocker as "namesBlocker",
        t.mentioned_accounts as accounts, t.mentioned_groups as groups,
        t.mentions_everybody as "mentionsEverybody", t.reply_count as "replyCount",
        t.first_reply_at as "firstReplyAt", t.first_reply_by_account_external_id as "firstReplyBy",
        t.last_reply_at as "lastReplyAt", t.last_reply_by_account_external_id as "lastReplyBy",
        t.is_marked_done as "isMarkedDone"
      from chat_threads t left join chat_channels c on c.workspace_id = t.workspace_id
        and c.source = t.source and c.external_id = t.channel_external_id
      where t.workspace_id = ${workspaceId} and t.started_at > ${context.now - lookedBackMs}
        and t.started_at <= ${context.now} and (t.asks or t.names_blocker)
      order by t.started_at, t.id`,
  );
  const accounts = rows.length === 0 ? new Map() : await context.accounts();
  return rows.map((row) => toThread(context, row, accounts));
};

function toThread(
  context: SubjectContext,
  row: Row,
  accounts: ReadonlyMap<string, KnownAccount>,
): ChatThreadSubject {
  const asOf = context.asOf(row.source);
  const { timeZone } = context.read.settings;
  const author = accounts.get(keyOf(row.source, row.author));
  const replies = repliesAt(row, asOf, accounts);
  const quietSince = replies.lastReplyAt ?? row.startedAt;
  const mentioned = textsSchema.parse(JSON.parse(row.accounts));
  const groups = textsSchema.parse(JSON.parse(row.groups));
  const channel = row.channel?.slice(0, longestChannel) ?? null;
  const ts = row.externalId.slice(row.externalId.lastIndexOf(':') + 1);
  return {
    id: row.id,
    key: keyOfThread(row, timeZone),
    title: null,
    repository: null,
    teamId: null,
    asOf,
    evidence: row.channelRowId === null ? [row.id] : [row.id, row.channelRowId],
    channelId: row.channelId,
    threadTs: /^\d+\.\d+$/.test(ts) ? ts : null,
    channel,
    authorPersonId: author?.personId ?? null,
    isByBot: row.author === null || author?.isBot === true || row.author.startsWith('bot:'),
    namesBlocker: row.namesBlocker === 1,
    asks: row.asks === 1,
    ...replies,
    isMarkedDone: row.isMarkedDone === 1,
    startedAt: row.startedAt,
    weekdayHours: context.weekdayHoursSince(row.startedAt, asOf),
    workingHours: workingHours(row.startedAt, asOf, timeZone),
    quietWeekdayHours: context.weekdayHoursSince(quietSince, asOf),
    quietWorkingHours: workingHours(quietSince, asOf, timeZone),
    mentionedPersonIds: [
      ...new Set(
        mentioned.flatMap((account) => {
          const known = accounts.get(keyOf(row.source, account));
          return known === undefined || known.isBot || known.personId === null
            ? []
            : [known.personId];
        }),
      ),
    ],
    mentionCount: mentioned.length + groups.length + (row.mentionsEverybody === 1 ? 1 : 0),
  };
}

type Replies = Pick<
  ChatThreadSubject,
  'isAnswered' | 'answeredAt' | 'authorHadLastWord' | 'replyCount' | 'lastReplyAt'
>;

/** Programs answer nobody: where the first to reply was one, whether a person did is not known. */
function repliesAt(row: Row, asOf: number, accounts: ReadonlyMap<string, KnownAccount>): Replies {
  const isPast = (at: number | null): at is number => at !== null && at <= asOf;
  const isBot = (account: string | null): boolean =>
    account?.startsWith('bot:') === true ||
    accounts.get(keyOf(row.source, account))?.isBot === true;
  const wasAnswered = isPast(row.firstReplyAt) && !isBot(row.firstReplyBy);
  const lastIsKnown = isPast(row.lastReplyAt) || row.lastReplyAt === null;
  const last = isPast(row.lastReplyAt) ? row.lastReplyAt : null;
  const lastByOther =
    last !== null && row.lastReplyBy !== row.author && !isBot(row.lastReplyBy) ? last : null;
  const answeredAt = wasAnswered ? row.firstReplyAt : lastByOther;
  return {
    isAnswered: answeredAt !== null ? true : areRead(row) ? false : null,
    answeredAt,
    authorHadLastWord:
      answeredAt !== null && row.author !== null && last !== null && row.lastReplyBy === row.author,
    replyCount: lastIsKnown ? row.replyCount : null,
    lastReplyAt: last ?? (isPast(row.firstReplyAt) ? row.firstReplyAt : null),
  };
}

/** A source may count replies and not show them. */
function areRead({ replyCount, lastReplyAt }: Row): boolean {
  return replyCount !== null && (replyCount === 0 || lastReplyAt !== null);
}

/** As people find it: the channel, and when it began in the zone of the workspace. */
function keyOfThread({ channel, startedAt }: Row, timeZone: string): string {
  const name = (channel ?? '').replaceAll(/[^\p{L}\p{N}_-]/gu, '').slice(0, longestChannel);
  const at = `${dayOf(startedAt, timeZone)} ${timeOf(startedAt, timeZone)}`;
  return name === '' ? `thread of ${at}` : `#${name} ${at}`;
}
