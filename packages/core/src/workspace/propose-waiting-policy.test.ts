import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';

const separated =
  'actions:\n  policy.update: { mode: require_approval, separation_of_duties: true }\n';

it('whoever edits the file is no second person to herself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'adjutant.policy.yaml');
  const store = join(folder, 'store.db');
  writeFileSync(file, separated);
  const before = await createAdjutant({ store, policy: { file } });
  await before.policy();
  await before.close();
  writeFileSync(file, 'actions:\n  policy.update: { mode: require_approval }\n');
  const adjutant = await createAdjutant({ store, policy: { file } });
  onTestFinished(() => adjutant.close());
  await adjutant.policy();
  const owner = await adjutant.owner();
  const { actions } = adjutant.workspace().as(owner);
  const [proposed] = (await actions.list({})).items;
  expect(await actions.get(proposed?.id ?? '')).toMatchObject({
    type: 'policy.update',
    requester: 'system',
    sponsorPersonId: 'owner:default',
  });
});
