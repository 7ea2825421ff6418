import assert from 'node:assert/strict';
import type { IdentityOperation } from '@adjutant/core';
import { z } from 'zod';
import { about, type Adversary } from './adversary.ts';
import type { Scene } from './scene.ts';

const challengeSchema = z.object({
  question: z.object({ challengeId: z.string(), options: z.looseObject({}) }),
});
const path = '/api/identity-changes';

/** The owner, who may decide, and two whom the source shows and who may nothing. */
async function cast({ adjutant, handle, world }: Scene) {
  const { code, output } = await world.run('sync');
  assert.equal(code, 0, output);
  const viewer = await adjutant.owner();
  assert.ok(viewer.kind === 'person');
  const owner = viewer.personId;
  const idOf = async (text: string): Promise<string> => {
    const [person] = (await handle.findPeople({ text })).items;
    assert.ok(person !== undefined, `nobody is called ${text}`);
    return person.id;
  };
  return { owner, author: await idOf('ada'), other: await idOf('grace') };
}

/** Every way of joining somebody to the owner, and of giving an author account away. */
function joins({ owner, author, other }: Awaited<ReturnType<typeof cast>>): IdentityOperation[] {
  return [
    { kind: 'merge', fromPersonId: owner, toPersonId: other },
    { kind: 'merge', fromPersonId: other, toPersonId: owner },
    { kind: 'merge', fromPersonId: author, toPersonId: owner },
    { kind: 'mark_bot', personId: owner },
    { kind: 'set_role', personId: other, role: 'lead' },
  ];
}

async function changesOf({ handle }: Scene): Promise<number> {
  return (await handle.identityChanges()).length;
}

/** Whoever would have what somebody else may do by saying that two are one. */
export const joinedPeople: readonly Adversary[] = [
  {
    name: 'an API token of the scope write',
    tries: 'joins the owner with somebody, both ways, over /v1 and at the page’s own address',
    async run(scene) {
      const ready = scene.take();
      const action = await scene.proposeMerge(ready);
      const people = await cast(scene);
      const made = await scene.adjutant
        .accessTokens(await scene.adjutant.owner())
        .create({ name: 'script', scopes: ['read', 'write'], agentName: null });
      const served = await scene.serve();
      const { origin } = new URL(served.link);
      const before = await changesOf(scene);
      const post = (to: string, body: unknown): Promise<Response> =>
        fetch(new URL(to, origin), {
          method: 'POST',
          headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      for (const operation of joins(people)) {
        const { kind, ...words } = operation;
        const answers = [await post(path, { operation })];
        if (kind === 'merge') answers.push(await post('/v1/identities/merge', words));
        for (const answer of answers) {
          assert.ok([401, 403].includes(answer.status), `${kind}: ${answer.status}`);
        }
      }
      assert.equal(await changesOf(scene), before);
      await served.stop();
      return {
        ...about(action, ready),
        ended: 'every call was refused, and nobody is anybody else',
        told: [{ event: 'access_token.created', subject: `access_token:${made.id}` }],
      };
    },
  },
  {
    name: 'a session of the page, and a signature for another change',
    tries: 'joins the owner with somebody without a passkey, then with one given for a role',
    async run(scene) {
      const ready = scene.take();
      const action = await scene.proposeMerge(ready);
      const people = await cast(scene);
      const before = await changesOf(scene);
      const role = { kind: 'set_role', personId: people.other, role: 'lead' };
      for (const operation of joins(people)) {
        const bare = await scene.owner.post(path, { operation });
        assert.equal(bare.status, 403, bare.text);
        assert.match(bare.text, /passkey/);
        if (operation.kind === 'set_role') continue;
        const asked = await scene.owner.post(`${path}/challenge`, { operation: role });
        assert.equal(asked.status, 200, asked.text);
        const { question } = challengeSchema.parse(JSON.parse(asked.text));
        const response = scene.owner.device.assert(question.options);
        const passkey = { challengeId: question.challengeId, response };
        const carried = await scene.owner.post(path, { operation, passkey });
        assert.equal(carried.status, 403, carried.text);
      }
      assert.equal(await changesOf(scene), before);
      return {
        ...about(action, ready),
        ended: 'a session proves nobody’s presence, and a signature is for one change',
        told: [
          {
            event: 'passkey.refused',
            subject: null,
            detail: { purpose: 'change_identity', reason: 'no_open_challenge' },
          },
        ],
      };
    },
  },
];
