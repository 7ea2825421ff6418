import { defineStream } from '@adjutant/core';
import type { SlackConfig } from '../config.ts';
import { isChannelScope } from '../discovery/session.ts';
import { mapThread } from '../map/map-chat.ts';
import { type ThreadPayload, threadPayloadSchema } from '../map/payloads.ts';
import { readThreads } from '../reading/read-threads.ts';

/** Questions, blockers and whatever was replied to, without what was said. */
export const threads = defineStream<SlackConfig, ThreadPayload>({
  id: 'threads',
  title: 'Threads of the channels',
  payloadSchema: threadPayloadSchema,
  appliesTo: isChannelScope,
  read: readThreads,
  map: mapThread,
});
