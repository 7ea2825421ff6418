// Proposes every action and decides it once it is prepared, then ends; killed, another goes on.
// Usage: action-proposer.ts <store> <url> <point|none> <nth>
import { setTimeout as sleep } from 'node:timers/promises';
import { openChaosAdjutant, proof } from '../actions/engine.ts';
import { actionsOfEachClass, classes, effectName } from '../actions/scenario.ts';

/** Proposed before the first of them is decided, so that both workers have something to prepare. */
const ahead = 30;

const adjutant = await openChaosAdjutant(process.argv.slice(2));
const { actions } = adjutant.workspace().as(await adjutant.owner());
process.send?.('ready');
const names = Array.from({ length: actionsOfEachClass }, (_, place) => place).flatMap((place) =>
  classes.map((effectClass) => ({ effectClass, name: effectName(effectClass, place) })),
);
const proposed: string[] = [];
for (const { effectClass, name } of names) {
  const { id } = await actions.propose({
    type: `chaos.${effectClass}`,
    payload: { name },
    idempotencyKey: `chaos-${name}`,
  });
  proposed.push(id);
  const earlier = proposed.at(-ahead);
  if (earlier !== undefined) await decide(earlier);
}
for (const id of proposed) await decide(id);
await adjutant.close();
process.send?.({ done: true });
process.disconnect?.();

async function decide(id: string): Promise<void> {
  for (;;) {
    const { status, revision, payloadHash } = await actions.get(id);
    if (status !== 'preparing' && status !== 'pending') return;
    if (status === 'pending' && payloadHash !== null) {
      await actions.decide({ actionId: id, revision, payloadHash, verdict: 'approve', proof });
      return;
    }
    await sleep(5);
  }
}
