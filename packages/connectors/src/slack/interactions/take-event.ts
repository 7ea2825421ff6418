import type { ReceivedInteraction, WebhookRequest } from '@adjutant/core';
import { z } from 'zod';
import { publishHome } from './app-home.ts';
import { accepted, type Desk, refused } from './desk.ts';
import { actorOf, digestOf, readJson, slackIdSchema as id } from './request-form.ts';

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().regex(/^[\w.-]{1,400}$/),
});
const openedSchema = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().regex(/^[A-Za-z0-9]{2,60}$/),
  team_id: id,
  event: z.object({
    type: z.literal('app_home_opened'),
    user: id,
    tab: z.enum(['home', 'messages', 'about']).catch('about'),
  }),
});

/**
 * Takes an event of the app that shows the cards: that somebody opened its home tab. The question
 * whether anybody is there is answered; everything else is accepted and left.
 */
export function takeEvent(desk: Desk, request: WebhookRequest): ReceivedInteraction {
  const body = readJson(request.body);
  if (body === null) return refused('malformed');
  const asked = challengeSchema.safeParse(body).data;
  if (asked !== undefined) return accepted({ challenge: asked.challenge }, null);
  const opened = openedSchema.safeParse(body).data;
  if (opened?.event.tab !== 'home') return accepted(null, null);
  if (!desk.seen.isFirst(digestOf(['event', opened.event_id]))) return accepted(null, null);
  const actor = actorOf(opened.team_id, opened.event.user);
  return accepted(null, () => publishHome(desk, actor));
}
