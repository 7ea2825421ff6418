import {
  type ActionContext,
  AdjutantError,
  type AnyActionDefinition,
  defineAction,
  type JsonObject,
} from '@adjutant/core';
import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';
import { observed } from '../../writing/observed.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { SlackConfig } from '../config.ts';
import { identitySchema } from '../discovery/payloads.ts';
import { createSlackAccess, quietPeriodMs, type SlackAccess } from '../writing/access.ts';
import { commonFacts } from '../writing/common-facts.ts';
import { isGuest, nameOf, raisedBy, readUser, type ReadUser } from '../writing/examine-message.ts';
import { findMessage } from '../writing/find-message.ts';
import { messageShape, wireText } from '../writing/outgoing-message.ts';
import { sendMessage } from '../writing/send-message.ts';

const payloadSchema = z.strictObject({
  user: z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'is the id of a person'),
  text: messageShape.text,
});
type Payload = z.infer<typeof payloadSchema>;

const openedSchema = z.object({ channel: z.object({ id: z.string() }) });
const maybeOpenedSchema = z.object({ channel: z.object({ id: z.string() }).nullish() });

/** Sends one person a message that nobody else reads. */
export function messageDm(config: SlackConfig): AnyActionDefinition {
  const accessOf = (context: ActionContext): SlackAccess => createSlackAccess(config, context);
  return defineAction<Payload>({
    id: 'message.dm',
    title: 'Send somebody a message',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = accessOf(context);
      const found = await read(access, payload);
      const { user, isExternal } = found;
      const name = nameOf(user);
      const isProgram = user.is_bot === true;
      const guest = isGuest(user);
      const reasons = [
        ...(isProgram ? ['it goes to a program, which may obey it'] : []),
        ...(isExternal ? ['it goes to somebody of another organisation'] : []),
        ...(guest === true ? ['it goes to a guest, who may be of another organisation'] : []),
      ];
      return {
        target: { source: 'slack', externalId: user.id, ref: name, url: null },
        preconditions: bound(found),
        facts: [
          ...reasons.map((reason) => warning('Risk', reason)),
          plain('To', name),
          plain('Readable by', 'this person'),
          ...(await commonFacts(access)),
        ],
        recipients: [name],
        content: wireText(payload),
        conditions: {
          channel_public: false,
          // What is not known counts as yes.
          channel_external: isExternal || guest,
          channel_members: 1,
          contains_command: isProgram,
        },
        excludedAccounts: [],
        nudges: isProgram
          ? []
          : [
              {
                source: 'slack',
                externalId: user.id,
                itemKey: `slack:dm:${shortHash(payload.text)}`,
              },
            ],
        ...raisedBy(reasons),
      };
    },
    observe: async (context, payload) =>
      await observed(async () => bound(await read(accessOf(context), payload))),
    execute: async (context, { payload, effectKey }) => {
      const access = accessOf(context);
      const opened = await access.send('conversations.open', { users: payload.user });
      if (!opened.ok) return opened.result;
      const place = { channel: openedSchema.parse(opened.data).channel.id };
      return await sendMessage(access, 'chat.postMessage', place, { message: payload, effectKey });
    },
    probe: async (context, { payload, effectKey }) => {
      const access = accessOf(context);
      const channel = await conversationWith(access, payload.user);
      if (channel === null) return { outcome: 'absent' };
      const place = { channel, threadTs: null, now: context.clock.now() };
      return await findMessage(access, place, effectKey);
    },
  });
}

interface Found {
  user: ReadUser;
  isExternal: boolean;
}

async function read(access: SlackAccess, { user: id }: Payload): Promise<Found> {
  const user = await readUser(access, id);
  const { team_id: own } = await access.read('auth.test', {}, identitySchema, 'this token');
  return { user, isExternal: user.team_id !== own };
}

function bound({ user, isExternal }: Found): JsonObject {
  return { userId: user.id, isExternal, isGuest: isGuest(user), isProgram: user.is_bot === true };
}

/** Returns the conversation that is there; it makes none. */
async function conversationWith(access: SlackAccess, user: string): Promise<string | null> {
  try {
    const parameters = { users: user, prevent_creation: true };
    const what = 'this conversation';
    const found = await access.readAsWriter(
      'conversations.open',
      parameters,
      maybeOpenedSchema,
      what,
    );
    return found.channel?.id ?? null;
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
    throw error;
  }
}
