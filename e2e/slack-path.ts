// What people do in Slack, over HTTP on this machine: signed as Slack signs it, answered by the handler
// that a host program mounts, with a twin of Slack at the other end that holds what it is sent to Slack's
// limits. Each step says what has to be true, and nothing that was signed by nobody has any effect.
import assert from 'node:assert/strict';
import { buttonIds } from '../packages/connectors/src/slack/cards/button-value.ts';
import { approvalsChannel, openSlackPath, type SlackPathWorld, until } from './slack-path/world.ts';

/** Slack waits for three seconds. @unit milliseconds */
const patienceMs = 3_000;
const commands = ['/standup', '/sprint-health', '/triage', '/ask', '/approvals', '/report'];

type Card = Awaited<ReturnType<SlackPathWorld['propose']>>['card'];

function press({ twin }: SlackPathWorld, user: string, message: Card, button: string) {
  return twin.hands.press({ user, channel: approvalsChannel, message, button });
}

async function settled(world: SlackPathWorld, actionId: string): Promise<void> {
  await until(async () => {
    const { status } = await world.get(actionId);
    return status === 'executed' ? true : undefined;
  });
}

const countOf = (world: SlackPathWorld, text: string): number =>
  world.posted().filter((message) => message.text.includes(text)).length;

const steps: [name: string, run: (world: SlackPathWorld) => Promise<void>][] = [
  ...commands.map((command): (typeof steps)[number] => [
    `${command}: a signed request is answered at once, and then the person alone`,
    async (world) => {
      const request = world.twin.hands.command({ user: 'U0ADA', command, text: 'roll back' });
      const { status, took } = await world.send('commands', request);
      assert.equal(status, 200);
      assert.ok(took < patienceMs, `${took} ms`);
      const told = await world.told();
      if (command === '/report') assert.equal(world.modal().user, 'U0ADA');
      else assert.match(told, /"response_type":"ephemeral"/);
    },
  ]),
  [
    'an account of nobody is told what to do, and nothing else',
    async (world) => {
      world.twin.data.addUser({ id: 'U0NEW' });
      const command = { user: 'U0NEW', command: '/approvals' };
      await world.send('commands', world.twin.hands.command(command));
      assert.match(await world.told(), /adjutant people merge/);
    },
  ],
  [
    'a request with one byte more, and one signed by nobody, are refused at every address',
    async (world) => {
      for (const route of ['commands', 'interactions', 'events'] as const) {
        const request = world.twin.hands.command({ user: 'U0ADA', command: '/standup' });
        const longer = { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) };
        assert.equal((await world.send(route, longer)).status, 401);
        const { 'x-slack-signature': _, ...headers } = request.headers;
        assert.equal((await world.send(route, { ...request, headers })).status, 401);
      }
      assert.equal(await world.told(), '[]');
    },
  ],
  [
    'approved by a signed press, a message is posted once; the press sent again does nothing',
    async (world) => {
      const text = 'Two reviews wait for <!channel> & <https://evil.example|this>.';
      const { action, card } = await world.propose(text);
      const request = press(world, 'U0ADA', card, buttonIds.approve);
      assert.equal((await world.send('interactions', request)).status, 200);
      assert.equal((await world.send('interactions', request)).status, 200);
      assert.match(await world.told(), /used already/);
      await settled(world, action.id);
      assert.equal(countOf(world, 'Two reviews wait'), 1);
      assert.equal(countOf(world, '<!channel>'), 0);
      const { decisions } = await world.get(action.id);
      assert.equal(decisions.length, 1);
      assert.equal(decisions[0]?.surface, 'slack');
      assert.equal(decisions[0]?.assurance, 'presence');
      const pressed = world.log.find((line) => line.includes('A button was pressed'));
      assert.ok(pressed?.includes(action.traceId), 'the trace of the proposal stands beside it');
    },
  ],
  [
    'somebody whose account nobody linked decides nothing and changes nothing',
    async (world) => {
      const { action, card } = await world.propose('A note of Grace.');
      await world.send('interactions', press(world, 'U0GRACE', card, buttonIds.approve));
      assert.match(await world.told(), /not linked/);
      await world.send('interactions', press(world, 'U0GRACE', card, buttonIds.modify));
      assert.match(await world.told(), /not linked/);
      const { status, decisions } = await world.get(action.id);
      assert.deepEqual([status, decisions.length], ['pending', 0]);
    },
  ],
  [
    'why: policy, facts, and what nobody checked, quoted',
    async (world) => {
      const { card } = await world.propose('Why this note?');
      await world.send('interactions', press(world, 'U0ADA', card, buttonIds.why));
      const told = await world.told();
      assert.match(told, /Policy: /);
      assert.match(told, /Nobody checked it/);
      assert.match(told, /rich_text_preformatted[^\]]*<!channel>/);
    },
  ],
  [
    'changed in a form, approved on the new card, posted as changed; the old card decides nothing',
    async (world) => {
      const { action, card } = await world.propose('A note of the first words.');
      const stale = press(world, 'U0ADA', card, buttonIds.approve);
      await world.send('interactions', press(world, 'U0ADA', card, buttonIds.modify));
      await world.told();
      const view = world.modal();
      const values = { text_1: 'A note of the second words.', reason: 'Clearer' };
      const form = world.twin.hands.submit({ user: 'U0ADA', view, values });
      const answer = await world.send('interactions', form);
      assert.equal(world.twin.answerForm(view.id, answer.body), null);
      await world.told();
      assert.match(JSON.stringify(world.twin.modals.get(view.id)?.body), /Saved as revision 2/);
      const again = await world.send('interactions', form);
      assert.match(JSON.stringify(again.body), /sent already/);
      const fresh = await until(() => world.cardOf(action.id, 2));
      await world.send('interactions', stale);
      assert.match(await world.told(), /changed since|Changed since/);
      await until(async () => {
        await world.send('interactions', press(world, 'U0ADA', fresh, buttonIds.approve));
        return (await world.told()).includes('Approved') ? true : undefined;
      });
      await settled(world, action.id);
      assert.deepEqual(
        [countOf(world, 'the first words'), countOf(world, 'the second words')],
        [0, 1],
      );
    },
  ],
  [
    'a report of the day is kept from the form, and a second one is its next revision',
    async (world) => {
      for (const did of ['Reviewed', 'Reviewed and merged']) {
        const command = { user: 'U0ADA', command: '/report', text: did };
        await world.send('commands', world.twin.hands.command(command));
        await world.told();
        const view = world.modal();
        const form = world.twin.hands.submit({ user: 'U0ADA', view });
        const { body } = await world.send('interactions', form);
        assert.equal(world.twin.answerForm(view.id, body), null);
        await world.told();
        assert.match(JSON.stringify(world.twin.modals.get(view.id)?.body), /is kept/);
      }
      const [event] = (
        await world.adjutant
          .workspace()
          .as(await world.adjutant.owner())
          .audit.list({ event: 'report.revised', limit: 5 })
      ).items;
      assert.deepEqual(
        [event?.detail['revision'], event?.detail['visibility'], event?.detail['via']],
        [2, 'private', 'slack'],
      );
    },
  ],
  [
    'the home tab of whoever opens it shows what waits and what needs them',
    async (world) => {
      await world.send('events', world.twin.hands.openHome('U0GRACE'));
      await world.told();
      const home = JSON.stringify(world.twin.homes.get('U0GRACE')?.body.blocks);
      assert.match(home, /Waits for somebody: 2/);
      assert.match(home, /What needs you today/);
      assert.equal(world.twin.homes.has('U0ADA'), false);
    },
  ],
  [
    'the ledger is whole, and holds no address that opens an answer',
    async (world) => {
      const { audit } = world.adjutant.workspace().as(await world.adjutant.owner());
      assert.equal((await audit.verify()).ok, true);
      const { items } = await audit.list({ limit: 100 });
      assert.doesNotMatch(JSON.stringify(items), /only-for-this-answer|abcdef"/);
      assert.doesNotMatch(world.log.join('\n'), /only-for-this-answer|the-signing-secret/);
    },
  ],
];

async function main(): Promise<number> {
  const world = await openSlackPath();
  let failed = 0;
  try {
    for (const [name, run] of steps) {
      try {
        await run(world);
        process.stdout.write(`✓ ${name}\n`);
      } catch (error) {
        failed += 1;
        const message = error instanceof Error ? error.message : String(error);
        process.stdout.write(`✗ ${name}\n${message}\n`);
      }
    }
  } finally {
    await world.close();
  }
  process.stdout.write(`${steps.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
