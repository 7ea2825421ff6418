import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';

/** What messages of ours carry: people do not see it, programs of the workspace may. */
const eventType = 'adjutant_effect';

const marked = z.object({
  metadata: z.object({
    event_type: z.literal(eventType),
    event_payload: z.object({ effect: z.string() }),
  }),
});

/** Returns the metadata by which a message is found again; it gives nothing of the key away. */
export function effectMetadata(effectKey: string): Readonly<Record<string, unknown>> {
  return { event_type: eventType, event_payload: { effect: shortHash(effectKey) } };
}

/** True for a message that an action of ours wrote. */
export function isOurs(message: unknown): boolean {
  return marked.safeParse(message).success;
}

/** True for the message that this very effect wrote. */
export function carriesEffect(message: unknown, effectKey: string): boolean {
  const found = marked.safeParse(message);
  return found.success && found.data.metadata.event_payload.effect === shortHash(effectKey);
}
