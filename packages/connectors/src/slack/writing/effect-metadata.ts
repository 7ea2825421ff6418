import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';

/** What messages of ours carry: people do not see it, programs of the workspace may. */
const eventTypes = { message: 'adjutant_effect', card: 'adjutant_card' } as const;

const marked = z.object({
  metadata: z.object({
    event_type: z.enum(eventTypes),
    event_payload: z.object({ effect: z.string() }),
  }),
});

/** Returns the metadata by which a message is found again; it gives nothing of the key away. */
export function effectMetadata(
  effectKey: string,
  kind: keyof typeof eventTypes = 'message',
): Readonly<Record<string, unknown>> {
  return { event_type: eventTypes[kind], event_payload: { effect: shortHash(effectKey) } };
}

/** True for a message that an action of ours wrote; no action writes over an approval card. */
export function isOurs(message: unknown): boolean {
  return marked.safeParse(message).data?.metadata.event_type === eventTypes.message;
}

/** True for the message that this very effect wrote. */
export function carriesEffect(message: unknown, effectKey: string): boolean {
  const found = marked.safeParse(message);
  return found.success && found.data.metadata.event_payload.effect === shortHash(effectKey);
}
