// The control: what a loop without a ledger does. It sends every effect that it has not noted as
// done, notes it after the answer, and tries again after an error. Killed between the two, it sends
// again. Usage: naive-sender.ts <url> <file of what is done> <kill at the nth answer>
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { actionsOfEachClass, attemptTimeoutMs, effectName } from '../actions/scenario.ts';

const [url = '', notes = '', killAt = '0'] = process.argv.slice(2);
const done = new Set(existsSync(notes) ? readFileSync(notes, 'utf8').split('\n') : []);
process.send?.('ready');
let answers = 0;
for (let place = 0; place < actionsOfEachClass; place += 1) {
  const name = `naive-${effectName('blind', place)}`;
  while (!done.has(name)) {
    try {
      const signal = AbortSignal.timeout(attemptTimeoutMs);
      const response = await fetch(new URL(`/blind/${name}`, url), { method: 'POST', signal });
      if (!response.ok) throw new Error(String(response.status));
    } catch {
      await sleep(5);
      continue;
    }
    answers += 1;
    if (answers === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    appendFileSync(notes, `${name}\n`);
    done.add(name);
  }
}
process.send?.({ done: done.size });
process.disconnect?.();
