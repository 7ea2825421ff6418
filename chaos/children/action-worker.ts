// Carries actions out, as `adjutant serve` does, until told to stop, or until it kills itself at the
// nth time at a named point. Usage: action-worker.ts <store> <url> <point|none> <nth>
import { once } from 'node:events';
import { openChaosAdjutant } from '../actions/engine.ts';

const adjutant = await openChaosAdjutant(process.argv.slice(2));
const stopped = new AbortController();
process.once('disconnect', () => stopped.abort());
process.send?.('ready');
await once(process, 'message');
process.once('message', () => stopped.abort());
await adjutant.workActions({ signal: stopped.signal });
await adjutant.close();
process.send?.({ done: true });
process.disconnect?.();
