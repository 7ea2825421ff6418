import { type ActionDetail, systemClock } from '../../../packages/core/src/index.ts';
import { buttonIds } from '../../../packages/connectors/src/slack/cards/button-value.ts';
import { createHands } from '../../../packages/connectors/src/slack/testing/signed-requests.ts';
import type { Figure } from '../figure.ts';
import type { Doors } from './doors.ts';
import { truth } from './truth.ts';
import { until } from './until.ts';
import { type Handle, messagesIn, secrets, type World } from './world.ts';

/** Proposes, waits for the card, presses it, and looks for what became of it. */
export async function decideOnCard(
  world: World,
  doors: Doors,
  { actions }: Handle,
  { type, payload }: { type: string; payload: Readonly<Record<string, string | number>> },
): Promise<Figure[]> {
  const { id } = await actions.propose({ type, payload, idempotencyKey: `${type} of a trial` });
  const shown = () => messagesIn(world, world.channels.approvals);
  const cards = async () => (await shown()).filter((one) => JSON.stringify(one).includes(id));
  const isShown = await until(async () => (await cards()).length > 0);
  const [card, ...others] = await cards();
  const waiting = await actions.get(id);
  if (card === undefined) return [truth(`${type}: ${waiting.status}, its card is shown`, isShown)];
  const hands = createHands({
    data: { users: [], team: { id: world.teamId, name: 'Acme', url: world.slack.url } },
    url: doors.url,
    signingSecret: secrets.presses,
    clock: systemClock,
  });
  const place = {
    channel: world.channels.approvals,
    message: { ...card, blocks: card.blocks ?? [] },
  };
  const press = hands.press({ ...place, user: world.adaAccount, button: buttonIds.approve });
  const forged = await send(doors, {
    ...press,
    body: Buffer.concat([press.body, Buffer.from(' ')]),
  });
  const answered = await send(doors, press);
  let last: ActionDetail = waiting;
  await until(async () => {
    last = await actions.get(id);
    return last.settledAt !== null;
  });
  const isTold = await until(() => doors.told.some((one) => one.includes('Approved')));
  doors.told.length = 0;
  const isUpdated = await until(async () => {
    const now = (await shown()).find(({ ts }) => ts === card.ts);
    return JSON.stringify(now).includes('was decided');
  });
  return [
    truth(`${type}: waits for presence`, waiting.assurance === 'presence'),
    truth(`${type}: its card is shown once`, isShown && others.length === 0),
    truth(`${type}: a press with one byte more is refused (${forged})`, forged === 401),
    truth(`${type}: the press of the person is taken (${answered})`, answered === 200),
    truth(`${type}: the person is told that it counts`, isTold),
    truth(`${type}: is ${last.status}`, last.status === 'executed'),
    truth(`${type}: the card shows that it ended`, isUpdated),
  ];
}

async function send(
  { url }: Doors,
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
): Promise<number> {
  const path = `${url}/slack/interactions`;
  const response = await fetch(path, { method: 'POST', headers, body: Buffer.from(body) });
  await response.text();
  return response.status;
}
