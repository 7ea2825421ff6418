import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createSlackHandler, createWebhookHandler } from '../../packages/gateway/src/index.ts';
import { createSlackDesk } from '../../packages/connectors/src/slack/interactions/create-slack-desk.ts';
import type { Figure } from './figure.ts';
import { decideOnCard } from './whole-way/decide-on-card.ts';
import { type Doors, openDoors } from './whole-way/doors.ts';
import { githubAs, workAtGithub } from './whole-way/people-at-github.ts';
import { startGithub, startSlack } from './whole-way/start-systems.ts';
import { truth, wholeWayItem } from './whole-way/truth.ts';
import { until } from './whole-way/until.ts';
import { assistantOf, messagesIn, open, secrets, type World } from './whole-way/world.ts';

/**
 * People open, review and merge a pull request; its hooks come in; an assistant proposes what follows
 * at both systems; each waits for somebody, is shown on a card, pressed there by a person whose
 * account a passkey linked, carried out, and seen at the far side. Both systems are written by
 * others. Ours are the press, in the form that Slack documents, because they send none, and one field
 * of channels that they lack: that nobody of another organisation reads there.
 */
export async function wholeWayFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-whole-way-'));
  const githubSide = await startGithub();
  const slackSide = await startSlack();
  const closing: (() => Promise<unknown>)[] = [() => githubSide.close(), () => slackSide.close()];
  try {
    const doors = await openDoors(slackSide);
    closing.unshift(() => doors.close());
    const world = await open(folder, githubSide, slackSide, doors);
    closing.unshift(() => world.adjutant.close());
    mount(world, doors);
    return await goTheWholeWay(world, doors);
  } finally {
    for (const close of closing) await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both handlers as a host program mounts them. */
function mount({ adjutant, connector }: World, { handlers, hooks }: Doors): void {
  // What a hook hints at would be read by GraphQL, which this counterpart does not speak.
  const webhooks = createWebhookHandler({ webhooks: adjutant.webhooks(), onHint: () => undefined });
  const desk = createSlackDesk({ adjutant, connector });
  handlers['/webhooks/'] = async (request) => {
    const event = request.headers.get('x-github-event') ?? '';
    const response = await webhooks(request);
    hooks.push({ event, isTaken: response.ok });
    return response;
  };
  handlers['/slack/'] = createSlackHandler({ desk });
}

async function goTheWholeWay(world: World, doors: Doors): Promise<Figure[]> {
  const { adjutant } = world;
  const pulls = await workAtGithub(world.github, {
    url: `${doors.url}/webhooks/github`,
    secret: secrets.hooks,
  });
  const wanted = ['pull_request', 'pull_request_review'];
  const came = await until(() =>
    wanted.every((name) => doors.hooks.some((one) => one.event === name)),
  );
  // Slack's people and channels; GitHub's reading needs GraphQL too.
  await adjutant.sync();
  const assistant = await assistantOf(world);
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  try {
    const text = `Pull request ${pulls.merged} is merged.`;
    const { channels } = world;
    const posted = await decideOnCard(world, doors, assistant, {
      type: 'message.post',
      payload: { channel: channels.widgets, text },
    });
    const said = await messagesIn(world, channels.widgets);
    const closed = await decideOnCard(world, doors, assistant, {
      type: 'pr.close',
      payload: { repository: 'writer/widgets', number: pulls.open },
    });
    const state = await githubAs(world.github, 'writes')('GET', `/pulls/${pulls.open}`);
    const isClosed = z.object({ state: z.literal('closed') }).safeParse(state).success;
    const hooksAfter = await until(() => doors.hooks.filter(isPullRequest).length >= 4);
    const unsigned = doors.hooks.filter(({ isTaken }) => !isTaken).length;
    return [
      truth('a pull request is opened, reviewed and merged, and its hooks come in', came),
      ...posted,
      truth(
        'the message stands in the channel',
        said.some((one) => one.text.includes(`${pulls.merged} is merged`)),
      ),
      ...closed,
      truth('the other pull request is closed', isClosed),
      truth('its closing comes back as a hook', hooksAfter),
      {
        item: wholeWayItem,
        name: `hooks (${doors.hooks.length}) whose signature was refused`,
        value: unsigned,
        bound: '0',
        ok: unsigned === 0 && doors.hooks.length >= 5,
      },
    ];
  } finally {
    ended.abort();
    await working;
  }
}

const isPullRequest = ({ event }: { event: string }): boolean => event === 'pull_request';
