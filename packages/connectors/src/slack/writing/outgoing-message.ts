import { z } from 'zod';
import { outgoingTextSchema } from '../../writing/outgoing-text-schema.ts';

const everybodySchema = z.enum(['here', 'channel', 'everyone']);

/** Whom a message calls: a person or a user group by id, or everybody. */
export const mentionSchema = z.union([
  everybodySchema,
  z.string().regex(/^[UWS][A-Z0-9]{2,20}$/, 'is the id of a person or of a user group'),
]);
type Mention = z.infer<typeof mentionSchema>;

export const channelSchema = z.string().min(1).max(81);

/** Slack's own name of a message within its channel. */
export const timestampSchema = z
  .string()
  .regex(/^\d{10}\.\d{6}$/, 'is the time of a message, such as 1700000000.000100');

/** The words of a message, and whom it calls; nobody is called by the words alone. */
export const messageShape = {
  text: outgoingTextSchema(4_000),
  mentions: z
    .array(mentionSchema)
    .min(1)
    .max(20)
    .refine((mentions) => new Set(mentions).size === mentions.length, 'calls somebody twice')
    .optional(),
};

export interface OutgoingMessage {
  text: string;
  mentions?: readonly string[] | undefined;
}

/**
 * Returns the very text that is sent. In the words every character that Slack could read as a
 * mention or a link is escaped, so they call nobody; whom it calls stands before them.
 */
export function wireText({ text, mentions = [] }: OutgoingMessage): string {
  const called = mentions.map(wireMention).join(' ');
  const words = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return called === '' ? words : `${called} ${words}`;
}

function wireMention(mention: Mention): string {
  if (everybodySchema.safeParse(mention).success) return `<!${mention}>`;
  return mention.startsWith('S') ? `<!subteam^${mention}>` : `<@${mention}>`;
}

/** Returns how a message is to be sent: nothing in it is looked up, linked by name or unfolded. */
export function plainDelivery(message: OutgoingMessage): Readonly<Record<string, unknown>> {
  return {
    text: wireText(message),
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** True for what calls everybody at once. */
export function callsEverybody(mention: string): boolean {
  return everybodySchema.safeParse(mention).success;
}
