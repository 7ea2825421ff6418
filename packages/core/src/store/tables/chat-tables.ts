import type { ChatChannelKind } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Channels and the threads in them, without a word of what was said. */
export function chatTables(kit: ColumnKit) {
  const { table, text, integer, instant, flag, json, index, unique } = kit;
  return {
    chatChannels: table(
      'chat_channels',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        name: text().notNull(),
        kind: text().$type<ChatChannelKind>().notNull(),
        memberCount: integer(),
        isExternal: flag(),
        isArchived: flag().notNull(),
      },
      (t) => [unique('chat_channels_key').on(t.workspaceId, t.source, t.externalId)],
    ),
    chatThreads: table(
      'chat_threads',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        channelExternalId: text().notNull(),
        authorAccountExternalId: text(),
        startedAt: instant().notNull(),
        asks: flag().notNull(),
        namesBlocker: flag().notNull(),
        mentionedAccounts: json<string[]>().notNull(),
        mentionedGroups: json<string[]>().notNull(),
        mentionsEverybody: flag().notNull(),
        replyCount: integer(),
        firstReplyAt: instant(),
        firstReplyByAccountExternalId: text(),
        lastReplyAt: instant(),
        lastReplyByAccountExternalId: text(),
        isMarkedDone: flag().notNull(),
        url: text(),
      },
      (t) => [
        unique('chat_threads_key').on(t.workspaceId, t.source, t.externalId),
        index('chat_threads_started').on(t.workspaceId, t.startedAt),
      ],
    ),
  };
}
