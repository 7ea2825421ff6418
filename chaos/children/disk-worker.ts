// Serves, syncs and carries actions out, as `adjutant serve` does, and has a person in it who decides what
// it is told: it is sent names of effects, and says of each whether it was refused meanwhile, and why.
// Usage: disk-worker.ts <store> <target url> <connector> <what it takes>...
import { setTimeout as sleep } from 'node:timers/promises';
import { AdjutantError } from '@adjutant/core';
import { serveGateway } from '@adjutant/gateway';
import { z } from 'zod';
import { openChaosAdjutant, proof } from '../actions/engine.ts';
import { configuredSource } from '../configured-source.ts';
import { failDisk } from '../disk/injected-fault.ts';

const everyMs = 400;
/** A person who is told that it cannot be kept now asks again. */
const againMs = 150;

const [path = '', url = '', ...source] = process.argv.slice(2);
const connectors = source.length === 0 ? [] : [await configuredSource(source)];
const adjutant = await openChaosAdjutant([path, url], { connectors });
const owner = await adjutant.owner();
const { actions } = adjutant.workspace().as(owner);
const gateway = await serveGateway(adjutant, { port: 0 });
const stopped = new AbortController();
const { signal } = stopped;
const working = [adjutant.workActions({ signal })];
if (source.length > 0) working.push(adjutant.work({ everyMs, signal }));

const toldSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('decide'), types: z.array(z.string()), names: z.array(z.string()) }),
  z.object({ do: z.literal('fail'), code: z.string().nullable() }),
  z.object({ do: z.literal('end') }),
]);

process.on('message', (message) => {
  const told = toldSchema.parse(message);
  if (told.do === 'fail') failDisk(told.code);
  if (told.do === 'decide') void decideAll(told.types, told.names);
  if (told.do === 'end') void end();
});
process.once('disconnect', () => process.exit(0));
process.send?.({ port: Number(new URL(gateway.origin).port) });
await Promise.all(working);

async function end(): Promise<void> {
  stopped.abort();
  await Promise.all(working);
  await gateway.close();
  const { ok, findings } = await adjutant.workspace().as(owner).audit.verify();
  await adjutant.close();
  process.send?.({ ended: true, ok, findings: findings.length });
  process.disconnect?.();
}

async function decideAll(types: readonly string[], names: readonly string[]): Promise<void> {
  const refused: string[] = [];
  for (const [place, name] of names.entries()) await decide(types[place] ?? '', name, refused);
  process.send?.({ decided: names.length, refused });
}

async function decide(type: string, name: string, refused: string[]): Promise<void> {
  const idempotencyKey = `chaos-${name}`;
  const { id } = await untilKept(refused, () =>
    actions.propose({ type, payload: { name }, idempotencyKey }),
  );
  for (;;) {
    const { status, revision, payloadHash } = await actions.get(id);
    if (status !== 'preparing' && status !== 'pending') return;
    if (status === 'pending' && payloadHash !== null) {
      const decision = { actionId: id, revision, payloadHash, verdict: 'approve', proof } as const;
      await untilKept(refused, () => actions.decide(decision));
      // What was said to be kept is there.
      if ((await actions.get(id)).status === 'pending') refused.push('lost');
      return;
    }
    await sleep(10);
  }
}

async function untilKept<Result>(refused: string[], ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isOurs = AdjutantError.isInstance(error) && error.hint !== null;
      refused.push(isOurs ? error.code : `foreign: ${String(error)}`);
      if (!AdjutantError.isInstance(error) || !error.retryable) throw error;
      await sleep(againMs);
    }
  }
}
