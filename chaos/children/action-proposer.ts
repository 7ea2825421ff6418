// Proposes every action and decides it once it is prepared, then ends; killed, another goes on.
// Usage: action-proposer.ts <store> <url> <point|none> <nth>
import { setTimeout as sleep } from 'node:timers/promises';
import { decideAction } from '../../packages/core/src/actions/decide-action.ts';
import { findRecord } from '../../packages/core/src/actions/action-rows.ts';
import { proposeAction } from '../../packages/core/src/actions/propose-action.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { chaosDeps, reviewer } from '../actions/engine.ts';
import { chaosActions } from '../actions/definitions.ts';
import { killAt } from '../actions/kill-at.ts';
import { actionsOfEachClass, classes, effectName } from '../actions/scenario.ts';

const [path = '', url = '', point = 'none', nth = '1'] = process.argv.slice(2);
const store = await openStore(path);
const deps = chaosDeps(store, chaosActions(url), killAt(point, Number(nth)));
const scope = { deps, workspaceId: 'default', viewer: reviewer };
process.send?.('ready');
for (let place = 0; place < actionsOfEachClass; place += 1) {
  for (const effectClass of classes) {
    const name = effectName(effectClass, place);
    const { id } = await proposeAction(scope, {
      type: `chaos.${effectClass}`,
      payload: { name },
      idempotencyKey: `chaos-${name}`,
    });
    await decide(id);
  }
}
await store.close();
process.send?.({ done: true });
process.disconnect?.();

async function decide(id: string): Promise<void> {
  for (;;) {
    const record = await findRecord(store.read, id);
    const status = record?.action.status;
    if (record === null || (status !== 'preparing' && status !== 'pending')) return;
    const { payloadHash, revision } = record.revision;
    if (status === 'pending' && payloadHash !== null) {
      const proof = { kind: 'terminal', operatingSystemUser: 'chaos' } as const;
      await decideAction(scope, { actionId: id, revision, payloadHash, verdict: 'approve', proof });
      return;
    }
    await sleep(2);
  }
}
