// Carries actions out until told to stop, or until it kills itself at the nth time at a named point.
// Usage: action-worker.ts <store> <url> <point|none> <nth>
import { setTimeout as sleep } from 'node:timers/promises';
import { sweepActions } from '../../packages/core/src/actions/sweep-actions.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { chaosDeps } from '../actions/engine.ts';
import { chaosActions } from '../actions/definitions.ts';
import { killAt } from '../actions/kill-at.ts';

const [path = '', url = '', point = 'none', nth = '1'] = process.argv.slice(2);
const store = await openStore(path);
const deps = chaosDeps(store, chaosActions(url), killAt(point, Number(nth)));
const stopped = new AbortController();
process.once('message', () => stopped.abort());
process.once('disconnect', () => stopped.abort());
process.send?.('ready');
// The sweep alone must do: jobs are only hints.
while (!stopped.signal.aborted) {
  const looked = await sweepActions(deps, { signal: stopped.signal });
  await sleep(looked === 0 ? 20 : 1);
}
await store.close();
process.send?.({ done: true });
process.disconnect?.();
