import type { ExecuteResult } from '@adjutant/core';
import { z } from 'zod';
import type { SlackAccess } from './access.ts';
import { effectMetadata } from './effect-metadata.ts';
import { type OutgoingMessage, plainDelivery } from './outgoing-message.ts';

const postedSchema = z.object({ channel: z.string(), ts: z.string() });

/** Posts or changes a message that can be found again by its metadata. */
export async function sendMessage(
  access: SlackAccess,
  method: 'chat.postMessage' | 'chat.update',
  place: Readonly<Record<string, string>>,
  { message, effectKey }: { message: OutgoingMessage; effectKey: string },
): Promise<ExecuteResult> {
  const metadata = effectMetadata(effectKey);
  const sent = await access.send(method, { ...place, ...plainDelivery(message), metadata });
  if (!sent.ok) return sent.result;
  const { channel, ts } = postedSchema.parse(sent.data);
  return { outcome: 'applied', result: { channel, ts } };
}
