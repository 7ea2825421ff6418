import {
  AdjutantError,
  type Batch,
  type ConnectorContext,
  type ReadRequest,
  type SourceRecord,
} from '@adjutant/core';
import type { SlackClient } from '../client/client.ts';
import { readPages } from '../client/read-pages.ts';
import type { SlackConfig } from '../config.ts';
import { channelOf, clientOf } from '../discovery/session.ts';
import { threadId } from '../map/map-chat.ts';
import type { Replies, ThreadPayload } from '../map/payloads.ts';
import { compareTimestamps } from '../map/timestamps.ts';
import { planPass, type ThreadPass } from './plan-pass.ts';
import { noReplies, readReplies } from './read-replies.ts';
import { createTextReader, type ReadText } from './read-text.ts';
import { type ReducedMessage, reduceMessage } from './reduce-message.ts';
import { type FoundTrouble, notInChannel, threadGaps } from './thread-gaps.ts';
import { stillWatched, type ThreadState } from './thread-state.ts';

/** What one pass over a channel carries along. */
interface Reading {
  client: SlackClient;
  channel: string;
  pass: ThreadPass;
  readText: ReadText;
  watched: ThreadState['watched'];
  /** The `ts` of every thread that was kept. */
  kept: Set<string>;
  /** The oldest `ts` that was shown. */
  lowest: string | null;
  trouble: FoundTrouble;
}

/** Reads the threads of a channel, newest first, without keeping a word of what was said. */
export async function* readThreads(
  context: ConnectorContext<SlackConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const channel = await channelOf(context, request);
  if (channel.is_member === false) {
    yield outside(request);
    return;
  }
  try {
    yield* readHistory(context, request);
  } catch (error) {
    if (!isOutside(error)) throw error;
    yield outside(request);
  }
}

async function* readHistory(
  context: ConnectorContext<SlackConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const { config } = context;
  const client = clientOf(context, request);
  const shared = {
    client,
    channel: request.scope.externalId,
    readText: createTextReader(config.blockerWords),
    trouble: { unreadable: 0, withoutReplies: 0, isHidden: false, isBroken: false },
  };
  let wanted = request;
  for (;;) {
    const pass = planPass(config, wanted, client.serverNow());
    const watched = { ...pass.before.watched };
    const reading: Reading = { ...shared, pass, watched, kept: new Set(), lowest: null };
    let state = wanted.state;
    for await (const batch of readStretch(reading, wanted, config)) {
      state = batch.state;
      yield batch;
    }
    if (!goesOnAfter(reading)) return;
    wanted = { ...request, mode: 'incremental', state };
  }
}

/**
 * A first reading that was cut off has now come to its end, and meanwhile people went on talking:
 * what they said is read before the pass is.
 */
function goesOnAfter({ pass, trouble }: Reading): boolean {
  return pass.isResumed && !trouble.isBroken;
}

/** Reads what one plan says. */
async function* readStretch(
  reading: Reading,
  request: ReadRequest,
  config: SlackConfig,
): AsyncGenerator<Batch> {
  const { client, pass } = reading;
  const pages = readPages(client, {
    method: 'conversations.history',
    parameters: {
      channel: reading.channel,
      oldest: pass.oldest,
      latest: pass.below,
      inclusive: true,
      limit: 200,
    },
    field: 'messages',
    what: 'the history of this channel',
  });
  for await (const { answer, items, isEnd, isBroken } of pages) {
    reading.trouble.isBroken ||= isBroken;
    reading.trouble.isHidden ||= answer['is_limited'] === true;
    const records = await readPage(reading, items);
    if (!isEnd) {
      yield { ...progress(reading), records };
      continue;
    }
    yield {
      records,
      tombstones: await goneThreads(reading, request),
      state: stateAfter(reading),
      complete: !goesOnAfter(reading),
      gaps: threadGaps(reading.trouble, { floor: pass.floor, watchDays: config.watchDays }),
    };
  }
}

/** Returns the threads of a page. */
async function readPage(reading: Reading, items: readonly unknown[]): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for (const item of items) {
    const message = reduceMessage(item, reading.readText);
    if (message === 'unreadable') reading.trouble.unreadable += 1;
    if (message === null || message === 'unreadable') continue;
    if (reading.lowest === null || compareTimestamps(message.ts, reading.lowest) < 0) {
      reading.lowest = message.ts;
    }
    // A reply that was also sent to the channel belongs to its thread.
    if (message.threadTs !== null) continue;
    if (!isWorthKeeping(message)) continue;
    const payload = payloadOf(message, await repliesOf(reading, message));
    reading.kept.add(message.ts);
    records.push({ externalId: threadId(reading.channel, message.ts), payload });
  }
  return records;
}

/** Of what asks nothing and got no answer nobody needs to know. */
function isWorthKeeping({ asks, namesBlocker, replyCount }: ReducedMessage): boolean {
  return asks || namesBlocker || replyCount > 0;
}

async function repliesOf(reading: Reading, message: ReducedMessage): Promise<Replies | null> {
  const { watched, client, channel, trouble } = reading;
  const { ts, replyCount, latestReply } = message;
  if (replyCount === 0) {
    delete watched[ts];
    return noReplies;
  }
  const known = watched[ts];
  if (known !== undefined && known.count === replyCount && known.latest === latestReply) {
    return known;
  }
  const replies = await readReplies(client, channel, message);
  if (replies === null) {
    trouble.withoutReplies += 1;
    delete watched[ts];
  } else watched[ts] = replies;
  return replies;
}

function payloadOf(message: ReducedMessage, replies: Replies | null): ThreadPayload {
  const { ts, author, asks, namesBlocker, isMarkedDone, replyCount } = message;
  const { mentionedAccounts, mentionedGroups, mentionsEverybody } = message;
  return {
    ts,
    author,
    asks,
    namesBlocker,
    mentionedAccounts,
    mentionedGroups,
    mentionsEverybody,
    isMarkedDone,
    replyCount,
    replies,
  };
}

/** What a whole look at a stretch of history no longer shows was deleted, or waits for nobody any more. */
async function goneThreads(
  { pass, kept, trouble, channel, lowest }: Reading,
  request: ReadRequest,
): Promise<string[]> {
  if (!pass.isSweep || trouble.isBroken || trouble.unreadable > 0) return [];
  // What a plan hides is not gone.
  const from = trouble.isHidden ? (lowest ?? pass.below) : pass.oldest;
  const gone: string[] = [];
  const start = `${channel}:`;
  for await (const id of request.knownExternalIds?.() ?? []) {
    if (!id.startsWith(start)) continue;
    const ts = id.slice(start.length);
    const isInReach = compareTimestamps(ts, from) >= 0 && compareTimestamps(ts, pass.below) <= 0;
    if (isInReach && !kept.has(ts)) gone.push(id);
  }
  return gone.toSorted();
}

function progress(reading: Reading): Omit<Batch, 'records'> {
  const state = stateOnTheWay(reading);
  return { tombstones: [], state, complete: false, gaps: [] };
}

function stateOnTheWay(reading: Reading): ThreadState {
  const { pass } = reading;
  const backfill = pass.isFull
    ? { below: reading.lowest ?? pass.below, startedAt: pass.startedAt }
    : pass.before.backfill;
  return {
    ...pass.before,
    owesSweep: pass.owesSweep || pass.before.owesSweep,
    floor: pass.floor,
    backfill,
    watched: stillWatched(reading.watched, pass.watchFrom),
  };
}

/** A pass that went round in a circle has read nothing to its end: the next one begins where it began. */
function stateAfter(reading: Reading): ThreadState {
  const { pass, trouble } = reading;
  if (trouble.isBroken) return stateOnTheWay(reading);
  return {
    readTo: pass.startedAt,
    sweptAt: pass.isSweep ? pass.startedAt : pass.before.sweptAt,
    floor: pass.floor,
    owesSweep: pass.owesSweep,
    backfill: null,
    watched: stillWatched(reading.watched, pass.watchFrom),
  };
}

function outside({ state }: ReadRequest): Batch {
  return { records: [], tombstones: [], state: state ?? {}, complete: true, gaps: [notInChannel] };
}

function isOutside(error: unknown): boolean {
  return (
    AdjutantError.isInstance(error) &&
    error.code === 'Permission' &&
    error.message.includes('not_in_channel')
  );
}
